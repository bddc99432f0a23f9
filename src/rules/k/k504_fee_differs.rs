//! K504: fees of a kind differ.

use crate::case::{ActivityKind, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::pairing::{Pair, pair};
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};
/// The rule.
pub static RULE: Rule = Rule {
    code: "K504",
    name: "fee-differs",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new(
        "Deltagerbetalingen er ikke den samme i budget og kursusoversigt",
        "The fees differ between budget and overview",
    ),
    message: Text::new(
        "Budgettet har {found} kr. i »{label}«, men kursusoversigten {other} har {expected} kr.{other_cells}: {difference} kr. forskel.",
        "The budget has {found} kr. in “{label}”, but the course overview {other} has {expected} kr.{other_cells}: a difference of {difference} kr.",
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
    [(&package.guidance.fee, ActivityKind::Guidance), (&package.course.fee, ActivityKind::Course)]
        .into_iter()
        .filter_map(|(fee, kind)| {
            let planned = pair.sum(package, kind, |activity| &activity.fee)?;
            planned.differing(&RULE, pair.budgeted(fee)?, Argument::Amount, pair)
        })
        .collect()
}
