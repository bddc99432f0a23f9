//! K514: a course overview without a budget in the case.

use crate::finding::{Finding, Severity};
use crate::form::FormKind;
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K514",
    name: "no-budget",
    severity: Severity::Warning,
    kinds: OVERVIEW,
    sources: &[document_says(
        "001",
        "Indsend ansøgning, kursusoversigt og budget i de skabeloner, som findes på star.dk",
    )],
    parameters: &[],
    title: Text::new("Budgettet mangler", "The budget is missing"),
    message: Text::new(
        "Sagen har en kursusoversigt, men intet budget, så de to kan ikke holdes op mod hinanden.",
        "The case has a course overview but no budget, so the two cannot be compared.",
    ),
    action: Text::new(
        "Send budgettet med, eller læg det i samme mappe.",
        "Send the budget too, or put it into the same folder.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let missing = subject.case.document(FormKind::Budget).is_none();
    missing.then(|| Finding::on_file(&RULE)).into_iter().collect()
}
