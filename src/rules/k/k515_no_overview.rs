//! K515: a budget without a course overview in the case.

use crate::finding::{Finding, Severity};
use crate::form::FormKind;
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K515",
    name: "no-overview",
    severity: Severity::Warning,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "Indsend ansøgning, kursusoversigt og budget i de skabeloner, som findes på star.dk",
    )],
    parameters: &[],
    title: Text::new("Kursusoversigten mangler", "The course overview is missing"),
    message: Text::new(
        "Sagen har et budget, men ingen kursusoversigt, så de to kan ikke holdes op mod hinanden.",
        "The case has a budget but no course overview, so the two cannot be compared.",
    ),
    action: Text::new(
        "Send kursusoversigten med, eller læg den i samme mappe.",
        "Send the course overview too, or put it into the same folder.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let missing = subject.case.document(FormKind::Overview).is_none();
    missing.then(|| Finding::on_file(&RULE)).into_iter().collect()
}
