//! R611: accounts without a budget in the case.

use crate::finding::{Finding, Severity};
use crate::form::FormKind;
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R611",
    name: "no-budget",
    severity: Severity::Warning,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "Regnskabsskabelonen svarer til budgettet")],
    parameters: &[],
    title: Text::new("Budgettet mangler", "The budget is missing"),
    message: Text::new(
        "Sagen har et slutregnskab, men intet budget, så de to kan ikke holdes op mod hinanden.",
        "The case has final accounts but no budget, so the two cannot be compared.",
    ),
    action: Text::new(
        "Find budgettet, som tilsagnet bygger på, og læg det i samme mappe.",
        "Find the budget that the grant rests on, and put it into the same folder.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let missing = subject.case.document(FormKind::Budget).is_none();
    missing.then(|| Finding::on_file(&RULE)).into_iter().collect()
}
