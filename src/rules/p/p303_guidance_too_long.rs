//! P303: guidance hours over `guidance_days_max` days.

use super::overview_hours::{PackageSum, hours_of_packages};
use crate::case::ActivityKind;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_OVERVIEW, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P303",
    name: "guidance-too-long",
    severity: Severity::Error,
    kinds: BUDGET_AND_OVERVIEW,
    sources: &[
        document_says("001", "Vejledning og afklaring må højst udgøre fem dage af sporskifteforløbet"),
        document_says("003", "Beskæftigelsesrettet vejledning og afklaring (1-5 dage)"),
    ],
    parameters: &[ParameterKey::GuidanceDaysMax, ParameterKey::DayHours],
    title: Text::new("For meget vejledning og afklaring", "Too much guidance"),
    message: Text::new(
        "Vejledning og afklaring er {found} timer i pakken. Det må højst være {expected} timer ({days} dage à {day_hours} timer): {difference} for meget.",
        "Guidance takes {found} hours of the package. It may take at most {expected} hours ({days} days of {day_hours} hours): {difference} too many.",
    ),
    action: Text::new(
        "Sæt vejledningen ned til højst {expected} timer.",
        "Bring guidance down to at most {expected} hours.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (Some(days), Some(day_hours)) =
        (subject.known(ParameterKey::GuidanceDaysMax), subject.known(ParameterKey::DayHours))
    else {
        return Vec::new();
    };
    let limit = days * day_hours;
    let guidance = guidance_of_packages(subject);
    let in_budget = subject
        .document
        .packages
        .iter()
        .filter_map(|package| package.guidance.hours.located().map(|(hours, origin)| (*hours, origin.clone())));
    in_budget
        .chain(guidance.into_iter().map(|hours| (hours.hours, hours.last)))
        .filter(|(hours, _)| *hours > limit)
        .map(|(hours, origin)| {
            Finding::at(&RULE, &origin)
                .found(Argument::Number(hours))
                .expected(Argument::Number(limit))
                .with("days", Argument::Number(days))
                .with("day_hours", Argument::Number(day_hours))
        })
        .collect()
}

/// The guidance of each package of an overview.
fn guidance_of_packages(subject: &CaseSubject<'_>) -> Vec<PackageSum> {
    hours_of_packages(subject, |activity| activity.kind() == Some(ActivityKind::Guidance))
}

/// The hours of guidance over the limit, for each package of an overview that has too many.
pub(super) fn guidance_over_limit(subject: &CaseSubject<'_>) -> Vec<PackageSum> {
    let (Some(days), Some(day_hours)) =
        (subject.known(ParameterKey::GuidanceDaysMax), subject.known(ParameterKey::DayHours))
    else {
        return Vec::new();
    };
    let over = |package: PackageSum| PackageSum { hours: package.hours - days * day_hours, ..package };
    guidance_of_packages(subject).into_iter().map(over).filter(|package| package.hours > Decimal::ZERO).collect()
}
