//! T405: any difference of no more than `rounding_tolerance`.

use super::comparison::{Size, differences};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T405",
    name: "rounding",
    severity: Severity::Review,
    kinds: ALL_FORMS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[ParameterKey::RoundingTolerance],
    title: Text::new("En afrunding", "A rounding"),
    message: Text::new(
        "I »{label}« står {found}; genberegnet er det {expected}. Forskellen på {difference} regnes som afrunding.",
        "“{label}” holds {found}; recalculated it is {expected}. The difference of {difference} counts as rounding.",
    ),
    action: Text::new(
        "Der skal ikke rettes noget; der regnes med det genberegnede beløb.",
        "Nothing to correct; the recalculated amount is used.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    differences(subject, |_, size| size == Size::Rounding).iter().map(|difference| difference.finding(&RULE)).collect()
}
