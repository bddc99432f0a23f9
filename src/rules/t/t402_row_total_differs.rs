//! T402: costs or grant of a package differ.

use super::comparison::{AmountKind, Size, differences};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T402",
    name: "row-total-differs",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[ParameterKey::PackageCap],
    title: Text::new("Pakkens udgifter eller tilskud er forkert", "A package's costs or grant are wrong"),
    message: Text::new(
        "Pakkens »{label}« er {found} kr., men skal være {expected} kr.: {difference} kr. forskel. {cause}",
        "The package's “{label}” is {found} kr. but should be {expected} kr.: a difference of {difference} kr. {cause}",
    ),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    differences(subject, |kind, size| kind == AmountKind::RowTotal && size == Size::Real)
        .iter()
        .map(|difference| difference.finding(&RULE))
        .collect()
}
