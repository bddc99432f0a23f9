//! T404: `sum.packages` or `sum.total` differs.

use super::comparison::{AmountKind, Size, differences};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T404",
    name: "grand-total-differs",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[],
    title: Text::new("Det samlede beløb er forkert", "The grand total is wrong"),
    message: Text::new(
        "Beløbet »{label}« under tabellen er {found} kr., men skal være {expected} kr.: {difference} kr. forskel. {cause}",
        "The amount “{label}” below the table is {found} kr. but should be {expected} kr.: a difference of {difference} kr. {cause}",
    ),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    differences(subject, |kind, size| kind == AmountKind::GrandTotal && size == Size::Real)
        .iter()
        .map(|difference| difference.finding(&RULE))
        .collect()
}
