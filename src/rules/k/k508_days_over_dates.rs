//! K508: more days than working days from start to end.

use crate::calendar::working_days;
use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "K508",
    name: "days-over-dates",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Flere dage end arbejdsdage", "More days than working days"),
    message: Text::new(
        "Aktiviteten er sat til {found} dage, men fra {start} til {end} er der kun {expected} arbejdsdage, når weekender og helligdage er trukket fra.",
        "The activity is set to {found} days, but from {start} to {end} there are only {expected} working days without weekends and public holidays.",
    ),
    action: Text::new("Ret dagene eller datoerne.", "Correct the days or the dates."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(finding).collect()
}

fn finding(activity: &Activity) -> Option<Finding> {
    let (days, origin) = activity.days.above_zero()?;
    let (start, end) = (*activity.start.value()?, *activity.end.value()?);
    let possible = Decimal::from(working_days(start, end)?);
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Number(days))
            .expected(Argument::Number(possible))
            .with("start", Argument::Date(start))
            .with("end", Argument::Date(end))
    };
    (start <= end && days > possible).then(finding)
}
