//! T401: a computed cell differs from the recalculation.

use super::comparison::{AmountKind, Size, differences};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T401",
    name: "amount-differs",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[
        ParameterKey::HourlyWageCap,
        ParameterKey::AdminHoursMax,
        ParameterKey::AdminRateCap,
        ParameterKey::VeuHourlyRate,
        ParameterKey::MileageRate,
    ],
    title: Text::new("Et beregnet beløb er forkert", "A computed amount is wrong"),
    message: Text::new(
        "I »{label}« står {found} kr., men beløbet skal være {expected} kr.: {difference} kr. forskel. {cause}",
        "“{label}” holds {found} kr., but the amount should be {expected} kr.: a difference of {difference} kr. {cause}",
    ),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    differences(subject, |kind, size| kind == AmountKind::Amount && size == Size::Real)
        .iter()
        .map(|difference| difference.finding(&RULE))
        .collect()
}
