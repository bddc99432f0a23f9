//! K502: activities for a number or employee that the budget lacks.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::pairing::{Pair, naming, pair};
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K502",
    name: "activities-without-package",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Aktiviteten hører ikke til en pakke", "The activity belongs to no package"),
    message: Text::new(
        "»{label}« er {found}, men {reason} i budgettet {other}.",
        "“{label}” is {found}, but {reason} in the budget {other}.",
    ),
    action: Text::new(
        "Ret nummeret eller Medarbejder-ID, så de passer med budgettet.",
        "Correct the number or the Medarbejder-ID to match the budget.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(pair) = pair(subject.case) else { return Vec::new() };
    let activities = subject.document.activities.iter();
    activities.filter_map(|activity| finding(activity, &pair)).collect()
}

const NO_NUMBER: Text = Text::new("der er ingen pakke med det nummer", "there is no package of that number");
const OTHER_EMPLOYEE: Text = Text::new("den pakke er {}", "that package is {}");

fn finding(activity: &Activity, pair: &Pair<'_>) -> Option<Finding> {
    if pair.fits(activity) {
        return None;
    }
    let (number, origin) = activity.number.located()?;
    let Some(package) = pair.packages_of(*number).next() else {
        let finding = Finding::at(&RULE, origin).found(Argument::Number(*number));
        return Some(naming(finding.with("reason", Argument::Words(NO_NUMBER)), pair.budget));
    };
    let (employee, origin) = activity.employee.located()?;
    let expected = Argument::Submitted(package.employee.value()?.clone());
    let reason = Argument::Sentence(OTHER_EMPLOYEE, Box::new(expected.clone()));
    let finding = Finding::at(&RULE, origin).found(Argument::Submitted(employee.clone()));
    Some(naming(finding.expected(expected).with("reason", reason), pair.budget))
}
