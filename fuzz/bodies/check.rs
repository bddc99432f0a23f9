//! A check as a run makes it, for the bodies that look at what it tells.

use std::sync::{Arc, LazyLock};

use sporskifte::annotate::{ControlContent, ControlSheet, Mark};
use sporskifte::batch::Settings;
use sporskifte::case::{Assessment, Case, Document, Facts};
use sporskifte::finding::{Finding, Verdict};
use sporskifte::form::{FormKind, read_form, recognise};
use sporskifte::identity::holds_cpr;
use sporskifte::intake::FileHash;
use sporskifte::language::Language;
use sporskifte::parameters::Resolved;
use sporskifte::report::{CheckedFile, ControlContext, FileReport, RulesInForce, control_sheet, marks};
use sporskifte::rules::{CaseSubject, Comparison, FormSubject, RunSubject, check_document, check_run};
use sporskifte::workbook::Workbook;

use super::package_of_parts::without_a_clock;

/// What comes with the program.
pub static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings {
    limits: without_a_clock(),
    ..Settings::embedded().expect("the embedded data is valid")
});

/// Checks workbooks as one case, and that what is told of them holds no CPR number and lacks no value.
pub fn check_case(workbooks: &[Workbook], settings: &Settings) -> Vec<FileReport> {
    let documents: Vec<Document> = workbooks.iter().filter_map(|workbook| document(workbook, settings)).collect();
    let case = Case { id: "sag".into(), documents };
    let date = FormKind::ALL
        .into_iter()
        .find_map(|kind| case.document(kind)?.master.application_date.value().copied())
        .or(settings.rules_date);
    let resolved = date.and_then(|date| settings.parameters.resolve(date));
    let checked = case.documents.iter().map(|document| check_one(document, &case, resolved.as_ref(), settings));
    let (mut files, facts): (Vec<FileReport>, Vec<Facts>) = checked.unzip();
    for file in &files {
        assert_told_well(file, settings);
    }
    if let Some(file) = files.first_mut() {
        file.findings.extend(findings_across(&facts, settings));
    }
    files
}

/// What is found across cases where the case is there twice.
fn findings_across(facts: &[Facts], settings: &Settings) -> Vec<Finding> {
    let again = facts.iter().map(|of_one| Facts { case: Arc::from("anden sag"), ..of_one.clone() });
    let facts: Vec<(usize, Facts)> = facts.iter().cloned().chain(again).enumerate().collect();
    let hashes = vec![FileHash::of(&[]); facts.len()];
    let subject =
        RunSubject { facts: &facts, hashes: &hashes, lone: &[], parameters: &settings.parameters, rules_date: None };
    let mut findings: Vec<Finding> = check_run(&subject).into_iter().map(|found| found.finding).collect();
    findings.iter_mut().for_each(Finding::mask);
    findings
}

fn document(workbook: &Workbook, settings: &Settings) -> Option<Document> {
    let form = read_form(workbook, recognise(workbook, &settings.layouts)?);
    Some(Document::new("fil.xlsx".into(), form))
}

fn check_one(
    document: &Document,
    case: &Case,
    resolved: Option<&Resolved<'_>>,
    settings: &Settings,
) -> (FileReport, Facts) {
    let parameters = resolved.filter(|_| document.kind() != FormKind::Overview);
    let assessment = parameters.map(|parameters| Assessment::of(document, case, parameters));
    let comparison = Comparison::default();
    let mut findings = check_document(
        &FormSubject { form: &document.form, parameters: &settings.parameters, resolved },
        &CaseSubject {
            case,
            document,
            parameters: resolved,
            assessment: assessment.as_ref(),
            industries: &settings.industries,
            comparison: &comparison,
        },
    );
    for finding in &mut findings {
        assert_eq!(finding.missing_values(), Vec::<String>::new(), "{}: its message lacks values", finding.rule.code);
        finding.mask();
    }
    let facts = Facts::of(document, &Arc::from("sag"), assessment.as_ref());
    let kept = facts.budget.iter().flat_map(|budget| budget.package_employees.iter());
    for (id, _) in kept {
        assert!(!holds_cpr(id), "a fact with a CPR number");
    }
    let file = FileReport {
        path: "fil.xlsx".into(),
        case: case.id.clone(),
        sha256: None,
        verdict: Verdict::of(&findings),
        findings,
        waived: Vec::new(),
        form: Some(CheckedFile::of(
            document,
            assessment.as_ref(),
            resolved.map(sporskifte::parameters::Resolved::date),
        )),
    };
    (file, facts)
}

/// The sheet `Kontrol` and the marks of a file.
pub fn told(file: &FileReport, settings: &Settings) -> (ControlSheet, Vec<Mark>) {
    let in_force =
        |form: &CheckedFile| Some(RulesInForce::of(form.kind, &settings.parameters.resolve(form.rules_date?)?));
    let rules = file.form.as_ref().and_then(in_force);
    let context = ControlContext { rules: rules.as_ref(), ..ControlContext::default() };
    (control_sheet(file, &context, Language::Danish), marks(file, Language::Danish))
}

fn assert_told_well(file: &FileReport, settings: &Settings) {
    let (control, marks) = told(file, settings);
    for mark in marks {
        assert!(!holds_cpr(&mark.note), "a note with a CPR number: {}", mark.note);
    }
    for cell in control.rows.iter().flat_map(|row| &row.cells) {
        if let ControlContent::Text(text) | ControlContent::Link { text, .. } = &cell.content {
            assert!(!holds_cpr(text), "Kontrol with a CPR number: {text}");
        }
    }
    for finding in &file.findings {
        let (message, action) = (finding.message(Language::English), finding.action(Language::English));
        assert!(!message.trim().is_empty() && !action.trim().is_empty(), "{}: says nothing", finding.rule.code);
        assert!(!holds_cpr(&message) && !holds_cpr(&action), "{}: tells a CPR number", finding.rule.code);
    }
}
