//! K502: activities for a number or employee that the budget lacks.

use super::pairing::{Pair, naming, pair};
use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::employee_key::employee_key;
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
    let (number, origin) = activity.number.located()?;
    let numbers: Option<Vec<_>> = pair.budget.packages.iter().map(|package| package.number.value()).collect();
    let Some(index) = numbers?.into_iter().position(|of| of == number) else {
        let finding = Finding::at(&RULE, origin).found(Argument::Number(*number));
        return Some(naming(finding.with("reason", Argument::Words(NO_NUMBER)), pair.budget, None));
    };
    let (employee, origin) = activity.employee.located()?;
    let (expected, _) = pair.budget.packages.get(index)?.employee.located()?;
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Submitted(employee.clone()));
        let expected = Argument::Submitted(expected.clone());
        let reason = Argument::Sentence(OTHER_EMPLOYEE, Box::new(expected.clone()));
        naming(finding.expected(expected).with("reason", reason), pair.budget, None)
    };
    (employee_key(employee) != employee_key(expected)).then(finding)
}
