//! K509: more than `day_hours` hours a day on average.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::a::veu_hours_allowed;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K509",
    name: "hours-per-day",
    severity: Severity::Warning,
    kinds: OVERVIEW,
    sources: &[document_says("001", "52 uger à 37 timer")],
    parameters: &[ParameterKey::DayHours],
    title: Text::new("Mange timer om dagen", "Many hours a day"),
    message: Text::new(
        "{found} timer på {days} dage er over {expected} timer om dagen i gennemsnit.",
        "{found} hours in {days} days are over {expected} hours a day on average.",
    ),
    action: Text::new(
        "Kontrollér timer og dage, og ret det, der er forkert.",
        "Check hours and days, and correct what is wrong.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(|activity| finding(activity, subject)).collect()
}

/// More VEU hours than the weeks allow are a finding of their own.
fn finding(activity: &Activity, subject: &CaseSubject<'_>) -> Option<Finding> {
    let day_hours = subject.known(ParameterKey::DayHours)?;
    let ((hours, origin), (days, _)) = (activity.hours.above_zero()?, activity.days.above_zero()?);
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Number(hours))
            .expected(Argument::Number(day_hours))
            .with("days", Argument::Number(days))
    };
    (hours > days * day_hours && veu_hours_allowed(activity, subject).is_none_or(|most| hours <= most)).then(finding)
}
