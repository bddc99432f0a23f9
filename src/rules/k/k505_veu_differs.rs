//! K505: VEU hours in the budget differ from the hours of activities marked Ja.

use crate::case::{ActivityKind, Package, TrainingFields};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};
use rust_decimal::Decimal;

use crate::rules::pairing::{Pair, naming_cells, pair};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K505",
    name: "veu-differs",
    severity: Severity::Warning,
    kinds: BUDGET,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new(
        "VEU-timerne er ikke de samme i budget og kursusoversigt",
        "The VEU hours differ between budget and overview",
    ),
    message: Text::new(
        "Budgettet har {found} timer i »{label}«, men kursusoversigten {other} har {expected} timer med VEU-godtgørelse{other_cells}: {difference} forskel.",
        "The budget has {found} hours in “{label}”, but the course overview {other} has {expected} hours with VEU allowance{other_cells}: a difference of {difference}.",
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
    [(&package.guidance, ActivityKind::Guidance), (&package.course, ActivityKind::Course)]
        .into_iter()
        .filter_map(|(training, kind)| finding(package, training, kind, pair))
        .collect()
}

/// Where the hours themselves differ, that is the finding; the VEU hours may follow from them.
fn finding(package: &Package, training: &TrainingFields, kind: ActivityKind, pair: &Pair<'_>) -> Option<Finding> {
    let (budgeted, origin) = pair.budgeted(&training.veu_hours)?;
    let hours = pair.sum(package, kind, |activity| &activity.hours)?;
    let with_allowance = veu_hours(package, kind, pair)?;
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Number(budgeted));
        naming_cells(finding.expected(Argument::Number(with_allowance)), pair.overview, &hours.cells)
    };
    let hours_agree = training.hours.or_zero() == Some(hours.amount);
    (hours.has_any && hours_agree && with_allowance != budgeted).then(finding)
}

fn veu_hours(package: &Package, kind: ActivityKind, pair: &Pair<'_>) -> Option<Decimal> {
    let of_kind = pair.activities_of(package)?.into_iter().filter(|activity| activity.kind() == Some(kind));
    of_kind.map(|activity| if *activity.veu.value()? { activity.hours.or_zero() } else { Some(Decimal::ZERO) }).sum()
}
