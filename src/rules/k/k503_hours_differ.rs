//! K503: hours of a kind differ between the two.

use crate::case::{ActivityKind, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::pairing::{Pair, pair};
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};
/// The rule.
pub static RULE: Rule = Rule {
    code: "K503",
    name: "hours-differ",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new(
        "Timerne er ikke de samme i budget og kursusoversigt",
        "The hours differ between budget and overview",
    ),
    message: Text::new(
        "Budgettet har {found} timer i »{label}«, men kursusoversigten {other} har {expected}{other_cells}: {difference} forskel.",
        "The budget has {found} hours in “{label}”, but the course overview {other} has {expected}{other_cells}: a difference of {difference}.",
    ),
    action: Text::new(
        "Ret det sted, der er forkert, så budget og kursusoversigt siger det samme.",
        "Correct whichever is wrong, so that budget and course overview agree.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(pair) = pair(subject.case) else { return Vec::new() };
    subject.document.packages.iter().flat_map(|package| findings(package, &pair)).collect()
}

fn findings(package: &Package, pair: &Pair<'_>) -> Vec<Finding> {
    let input = package.input();
    let weeks = package.internship_weeks.origin();
    let internship = input.map(|input| input.internship_hours()).zip(weeks);
    [
        (pair.budgeted(&package.guidance.hours), ActivityKind::Guidance),
        (pair.budgeted(&package.course.hours), ActivityKind::Course),
        (internship, ActivityKind::Internship),
    ]
    .into_iter()
    .filter_map(|(budgeted, kind)| {
        let planned = pair.sum(package, kind, |activity| &activity.hours)?;
        planned.differing(&RULE, budgeted?, Argument::Number, pair)
    })
    .collect()
}
