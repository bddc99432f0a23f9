//! P325: the rate is unknown on that date: the workbook's own rate was used.

use super::declared_rates::declared_rates;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P325",
    name: "rate-unverified",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Ukendte satser gættes ikke; så bruges den sats, skemaet selv oplyser.")],
    parameters: &[ParameterKey::VeuHourlyRate, ParameterKey::MileageRate],
    title: Text::new("Satsen kan ikke kontrolleres", "The rate cannot be verified"),
    message: Text::new(
        "»{label}« er {found} kr. Satsen for ansøgningsdatoen kendes ikke her, så der er regnet med skemaets egen sats.",
        "“{label}” is {found} kr. The rate on the application date is not known here, so the form's own rate was used.",
    ),
    action: Text::new(
        "Kontrollér satsen mod den officielle sats for året.",
        "Check the rate against the official rate of the year.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let unverified = declared_rates(subject).into_iter().filter(|rate| rate.is_used && rate.in_force.is_none());
    unverified
        .filter_map(|rate| {
            let (declared, origin) = rate.field.located()?;
            Some(Finding::at(&RULE, origin).found(Argument::Amount(*declared)))
        })
        .collect()
}
