//! One case, checked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;

use super::Settings;
use super::read_file::{Content, ReadFile};
use crate::case::{Assessment, Case, Document, Facts};
use crate::finding::{Finding, Verdict};
use crate::form::FormKind;
use crate::intake::IntakeError;
use crate::parameters::Resolved;
use crate::report::{CaseReport, CheckedFile, Claim, FileReport};
use crate::rules::{CaseSubject, Comparison, FileSubject, FormSubject, check_document, check_file};
use crate::workbook::WorkbookFormat;

/// A case that was checked.
pub(super) struct CheckedCase {
    /// What is known of the case itself; its files are beside it.
    pub(super) report: CaseReport,
    /// The places of its files among the run's files.
    pub(super) indexes: Vec<usize>,
    /// The facts of each file that is a form, by its place among the run's files.
    pub(super) facts: Vec<(usize, Facts)>,
    pub(super) files: Vec<(FileReport, Option<WorkbookFormat>)>,
}

/// Checks a case: its files by their places among the run's files, in order.
pub(super) fn check_case(indexes: Vec<usize>, members: Vec<ReadFile>, settings: &Settings) -> CheckedCase {
    let mut places = Vec::new();
    let mut documents = Vec::new();
    for file in members {
        let (path, sha256) = (file.shown_path, file.sha256);
        let (findings, format) = match file.content {
            Content::Form(document, format) => {
                documents.push(*document);
                (Vec::new(), Some(format))
            }
            Content::NoForm(findings) => (findings, None),
        };
        let verdict = Verdict::NotChecked;
        let (case, waived, form) = (String::new(), Vec::new(), None);
        places.push((FileReport { path, case, sha256, verdict, findings, waived, form }, format));
    }
    let id = case_id(&documents, places.first().map(|(file, _)| file.path.as_str()).unwrap_or_default());
    let case = Case { id: id.clone(), documents };
    let date = settings.rules_date.or_else(|| application_date(&case));
    let resolved = date.and_then(|date| settings.parameters.resolve(date));
    let mut checked = case.documents.iter().map(|document| check_one(document, &case, resolved.as_ref(), settings));
    let results: Vec<_> = places
        .into_iter()
        .map(|(file, format)| {
            let checked = if format.is_some() { checked.next() } else { None };
            (file, format, checked)
        })
        .collect();
    let mut files = Vec::new();
    let mut facts = Vec::new();
    for (index, (file, format, checked)) in indexes.iter().zip(results) {
        let (file, of_file) = with_result(FileReport { case: id.clone(), ..file }, checked);
        facts.extend(of_file.map(|of_file| (*index, of_file)));
        files.push((file, format));
    }
    CheckedCase { report: case_report(id, &files), indexes, facts, files }
}

/// A document that was checked.
struct CheckedDocument {
    findings: Vec<Finding>,
    form: CheckedFile,
    facts: Facts,
}

/// The report on a file, and its facts where it is a form.
fn with_result(file: FileReport, checked: Option<Result<CheckedDocument, IntakeError>>) -> (FileReport, Option<Facts>) {
    match checked {
        None => (file, None),
        Some(Ok(CheckedDocument { findings, form, facts })) => {
            (FileReport { verdict: Verdict::of(&findings), findings, form: Some(form), ..file }, Some(facts))
        }
        Some(Err(error)) => {
            let findings = check_file(&FileSubject { workbook: Err(&error), recognised: false });
            (FileReport { findings, ..file }, None)
        }
    }
}

fn check_one(
    document: &Document,
    case: &Case,
    resolved: Option<&Resolved<'_>>,
    settings: &Settings,
) -> Result<CheckedDocument, IntakeError> {
    let check = || {
        let has_packages = document.kind() != FormKind::Overview;
        let parameters = resolved.filter(|_| has_packages);
        let assessment = parameters.map(|parameters| Assessment::of(document, case, parameters));
        let form_subject = FormSubject { form: &document.form, parameters: &settings.parameters, resolved };
        let comparison = Comparison::default();
        let case_subject = CaseSubject {
            case,
            document,
            parameters: resolved,
            assessment: assessment.as_ref(),
            industries: &settings.industries,
            comparison: &comparison,
        };
        let findings = check_document(&form_subject, &case_subject);
        let rules_date = resolved.map(Resolved::date);
        let form = CheckedFile::of(document, assessment.as_ref(), rules_date);
        CheckedDocument { findings, form, facts: Facts::of(document, &case.id.as_str().into(), assessment.as_ref()) }
    };
    catch_unwind(AssertUnwindSafe(check)).map_err(|_| IntakeError::Failed)
}

/// The application date of the case: of its budget, else of its overview, else of its accounts.
fn application_date(case: &Case) -> Option<Date> {
    FormKind::ALL.into_iter().find_map(|kind| case.document(kind)?.master.application_date.value().copied())
}

/// The journal number, else company and date, else the folder of the first file.
fn case_id(documents: &[Document], first_path: &str) -> String {
    let journal = documents.iter().find_map(|document| document.master.journal.value());
    let identity = || {
        documents.iter().find_map(|document| {
            let master = &document.master;
            let (cvr, p_number) = (master.cvr.value()?, master.p_number.value()?);
            Some(format!("{cvr}-{p_number}-{}", master.application_date.value()?))
        })
    };
    let folder = || first_path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned();
    journal.map(|journal| crate::finding::quotable(journal)).or_else(identity).unwrap_or_else(folder)
}

fn case_report(id: String, files: &[(FileReport, Option<WorkbookFormat>)]) -> CaseReport {
    let forms = || files.iter().filter_map(|(file, _)| file.form.as_ref());
    let total = |kind| forms().find(|form| form.kind == kind).map(CheckedFile::total);
    let payout = total(FormKind::Accounts);
    CaseReport {
        id,
        company: forms().find_map(|form| form.company.clone()),
        files: Vec::new(),
        // Told once the findings across cases are in.
        verdict: Verdict::NotChecked,
        grant: total(FormKind::Budget).or(payout).unwrap_or_default(),
        payout: payout.unwrap_or(Claim::default()),
    }
}
