//! K513: starts or ends on a weekend or public holiday.

use crate::calendar::is_working_day;
use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K513",
    name: "weekend-or-holiday",
    severity: Severity::Review,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Begynder eller slutter på en fridag", "Begins or ends on a day off"),
    message: Text::new(
        "»{label}« er den {found}, som er en weekend- eller helligdag.",
        "“{label}” is {found}, a weekend day or public holiday.",
    ),
    action: Text::new("Vurdér, om datoen er rigtig.", "Judge whether the date is right."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(finding).collect()
}

fn finding(activity: &Activity) -> Option<Finding> {
    let dates = [activity.start.located(), activity.end.located()];
    let (date, origin) = dates.into_iter().flatten().find(|(date, _)| !is_working_day(**date))?;
    Some(Finding::at(&RULE, origin).found(Argument::Date(*date)))
}
