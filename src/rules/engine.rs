//! Runs the rules on a file and brings their findings into order.

use std::cmp::Reverse;

use super::consequences::drop_consequences;
use super::{CaseSubject, Check, FileSubject, FormSubject, Rule, RunFinding, RunSubject, all};
use crate::finding::Finding;
use crate::form::{Form, FormKind};

/// The findings on a file that may be no form at all.
pub fn check_file(subject: &FileSubject<'_>) -> Vec<Finding> {
    all().flat_map(|rule| if let Check::File(check) = rule.check { check(subject) } else { Vec::new() }).collect()
}

/// The findings on a form and on the workbook in its case, in the order of their cells.
pub fn check_document(form_subject: &FormSubject<'_>, case_subject: &CaseSubject<'_>) -> Vec<Finding> {
    let kind = case_subject.document.kind();
    let mut findings: Vec<Finding> = rules_for(kind)
        .flat_map(|rule| match rule.check {
            Check::File(_) | Check::Run(_) => Vec::new(),
            Check::Form(check) => check(form_subject),
            Check::Case(check) => check(case_subject),
        })
        .collect();
    drop_consequences(&mut findings);
    if let Some(in_force) = form_subject.resolved {
        for finding in &mut findings {
            finding.weigh_figures(in_force);
        }
    }
    sort(&mut findings, form_subject.form);
    findings
}

/// The findings across the cases of a run.
pub fn check_run(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let of_rule = |rule: &Rule| if let Check::Run(check) = rule.check { check(subject) } else { Vec::new() };
    let mut findings: Vec<RunFinding> = all().flat_map(of_rule).collect();
    for RunFinding { file, finding } in &mut findings {
        if let Some(in_force) = subject.figures_for(*file) {
            finding.weigh_figures(&in_force);
        }
    }
    findings
}

fn rules_for(kind: FormKind) -> impl Iterator<Item = &'static Rule> {
    all().filter(move |rule| rule.kinds.contains(&kind))
}

/// In reading order: sheet by sheet as the form has them, cell by cell; at one cell the worst first.
fn sort(findings: &mut [Finding], form: &Form) {
    findings.sort_by_cached_key(|finding| {
        let place = finding.place();
        let order = place.map(|place| form.reading_order(&place.sheet, place.cell));
        (order, Reverse(finding.severity()), finding.rule.code)
    });
}
