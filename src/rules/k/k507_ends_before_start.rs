//! K507: the activity ends before it begins.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K507",
    name: "ends-before-start",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Aktiviteten slutter, før den begynder", "The activity ends before it begins"),
    message: Text::new(
        "Aktiviteten slutter den {found}, men begynder først den {start}.",
        "The activity ends on {found} but begins only on {start}.",
    ),
    action: Text::new("Ret den af de to datoer, der er forkert.", "Correct whichever of the two dates is wrong."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(finding).collect()
}

fn finding(activity: &Activity) -> Option<Finding> {
    let ((start, start_origin), (end, origin)) = (activity.start.located()?, activity.end.located()?);
    let finding = || {
        let finding = Finding::at(&RULE, origin).and_at(start_origin).found(Argument::Date(*end));
        finding.with("start", Argument::Date(*start))
    };
    (end < start).then(finding)
}
