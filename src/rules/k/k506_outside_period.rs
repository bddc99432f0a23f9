//! K506: an activity lies outside the project period.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K506",
    name: "outside-period",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Aktiviteten ligger uden for projektperioden", "The activity lies outside the project period"),
    message: Text::new(
        "»{label}« er den {found}, men projektperioden er {from} til {to}.",
        "“{label}” is {found}, but the project period is {from} to {to}.",
    ),
    action: Text::new(
        "Flyt aktiviteten ind i perioden, eller ret perioden.",
        "Move the activity into the period, or correct the period.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(|activity| finding(activity, subject)).collect()
}

/// A date before the application has a finding of its own, and so have a period and an activity that are reversed.
fn finding(activity: &Activity, subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let (from, to) = (*master.period_from.value()?, *master.period_to.value()?);
    let (start, end) = (activity.start.located()?, activity.end.located()?);
    let applied = master.application_date.value();
    let is_before_application = *start.0 < from && applied.is_some_and(|applied| start.0 <= applied);
    if from > to || start.0 > end.0 || is_before_application {
        return None;
    }
    let (is_early, is_late) = (*start.0 < from, *end.0 > to);
    let outside = [Some(start).filter(|_| is_early || *start.0 > to), Some(end).filter(|_| is_late || *end.0 < from)];
    let (date, origin) = outside.into_iter().flatten().next()?;
    let finding = Finding::at(&RULE, origin).found(Argument::Date(*date));
    Some(finding.with("from", Argument::Date(from)).with("to", Argument::Date(to)))
}
