//! One case, checked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Settings;
use super::read_file::{Content, ReadFile};
use crate::case::{Assessment, Case, Document, Facts};
use crate::export::FormContent;
use crate::finding::{Finding, Verdict};
use crate::form::FormKind;
use crate::intake::IntakeError;
use crate::parameters::Resolved;
use crate::report::{CaseReport, CheckedFile, Claim, FileReport};
use crate::rules::{CaseSubject, Comparison, FileSubject, FormSubject, check_document, check_file};
use crate::store::{CaseFacts, CaseRecord};
use crate::workbook::OpenWorkbook;

/// A case that was checked.
pub(super) struct CheckedCase {
    pub(super) record: CaseRecord,
    /// What the rules across cases look at.
    pub(super) facts: CaseFacts,
    /// What the copy of each file is made of, in the order of the files; nothing for what is no form.
    pub(super) workbooks: Vec<Option<OpenWorkbook>>,
}

/// Checks a case, of its files in the order of their paths.
pub(super) fn check_case(members: Vec<ReadFile>, settings: &Settings) -> CheckedCase {
    let mut places = Vec::new();
    let mut documents = Vec::new();
    let mut workbooks = Vec::new();
    for file in members {
        let (path, sha256) = (file.shown_path, file.sha256);
        let (findings, format, workbook) = match file.content {
            Content::Form(form) => {
                documents.push(form.document);
                (Vec::new(), Some(form.format), Some(form.workbook))
            }
            Content::NoForm(findings) => (findings, None, None),
        };
        workbooks.push(workbook);
        let verdict = Verdict::NotChecked;
        let (case, waived, form) = (String::new(), Vec::new(), None);
        places.push((FileReport { path, case, sha256, verdict, findings, waived, form }, format));
    }
    let id = case_id(&documents, places.first().map(|(file, _)| file.path.as_str()).unwrap_or_default());
    let case = Case { id: id.clone(), documents };
    let date = settings.rules_date.or_else(|| case.dated_by().map(|(_, date)| date));
    let resolved = date.and_then(|date| settings.parameters.resolve(date));
    let mut checked = case.documents.iter().map(|document| check_one(document, &case, resolved.as_ref(), settings));
    let (mut files, mut facts, mut formats) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (file, format)) in places.into_iter().enumerate() {
        let checked = if format.is_some() { checked.next() } else { None };
        let (file, of_file) = with_result(FileReport { case: id.clone(), ..file }, checked);
        facts.extend(of_file.map(|of_file| (place, of_file)));
        files.push(file);
        formats.push(format);
    }
    CheckedCase { record: CaseRecord { report: case_report(id, files), formats }, facts, workbooks }
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
        let mut form = CheckedFile::of(document, assessment.as_ref(), rules_date);
        form.content = settings.keeps_content.then(|| content(document, case, assessment.as_ref(), settings));
        CheckedDocument { findings, form, facts: Facts::of(document, &case.id.as_str().into(), assessment.as_ref()) }
    };
    catch_unwind(AssertUnwindSafe(check)).map_err(|_| IntakeError::Failed)
}

/// All that a form says; its own formulas calculate with the figures of the case's date, whatever date is asked for.
fn content(document: &Document, case: &Case, assessment: Option<&Assessment>, settings: &Settings) -> FormContent {
    let figures = case.dated_by().and_then(|(_, date)| settings.parameters.resolve(date));
    FormContent::of(document, assessment, figures.as_ref())
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
    journal.map(|journal| crate::plain_text::quotable(journal)).or_else(identity).unwrap_or_else(folder)
}

fn case_report(id: String, mut files: Vec<FileReport>) -> CaseReport {
    for finding in files.iter_mut().flat_map(|file| &mut file.findings) {
        finding.mask();
    }
    let forms = || files.iter().filter_map(|file| file.form.as_ref());
    let total = |kind| forms().find(|form| form.kind == kind).map(CheckedFile::total);
    let payout = total(FormKind::Accounts);
    CaseReport {
        id,
        company: forms().find_map(|form| form.company.clone()),
        // Told once the findings across cases are in.
        verdict: Verdict::NotChecked,
        grant: total(FormKind::Budget).or(payout).unwrap_or_default(),
        payout: payout.unwrap_or(Claim::default()),
        files,
    }
}
