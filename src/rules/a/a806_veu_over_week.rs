//! A806: VEU hours over 37 a week of the activity's length.

use crate::calendar::weeks_spanned;
use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "A806",
    name: "veu-over-week",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[document_says("public", "højst 37 timer om ugen")],
    parameters: &[ParameterKey::WeekHours],
    title: Text::new("For mange VEU-timer om ugen", "Too many VEU hours a week"),
    message: Text::new(
        "Aktiviteten har {found} timer med VEU-godtgørelse på {weeks} uger. Der gives højst {week_hours} timer om ugen, altså {expected}.",
        "The activity has {found} hours with VEU allowance in {weeks} weeks. At most {week_hours} hours a week are given, that is {expected}.",
    ),
    action: Text::new("Ret timerne eller datoerne.", "Correct the hours or the dates."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(|activity| finding(activity, subject)).collect()
}

fn finding(activity: &Activity, subject: &CaseSubject<'_>) -> Option<Finding> {
    let (hours, origin) = activity.hours.above_zero()?;
    let (most, weeks) = (veu_hours_allowed(activity, subject)?, weeks_of(activity)?);
    let week_hours = subject.known(ParameterKey::WeekHours)?;
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Number(hours))
            .expected(Argument::Number(most))
            .with("weeks", Argument::Number(weeks))
            .with("week_hours", Argument::Number(week_hours))
    };
    (hours > most).then(finding)
}

/// The most hours of an activity with VEU allowance; `None` where it has none, or its dates are unknown.
pub(in crate::rules) fn veu_hours_allowed(activity: &Activity, subject: &CaseSubject<'_>) -> Option<Decimal> {
    let has_allowance = activity.veu.value() == Some(&true);
    Some(weeks_of(activity).filter(|_| has_allowance)? * subject.known(ParameterKey::WeekHours)?)
}

fn weeks_of(activity: &Activity) -> Option<Decimal> {
    weeks_spanned(*activity.start.value()?, *activity.end.value()?).map(Decimal::from)
}
