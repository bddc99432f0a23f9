//! S007: a computed cell holds a typed number instead of the template's formula.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::t::comparison::{computed_cells, typed_over_unknown};
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S007",
    name: "formula-replaced",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("De grå felter regner skemaet selv ud.")],
    parameters: &[],
    title: Text::new("Et tal står i stedet for formlen", "A number stands in place of the formula"),
    message: Text::new(
        "Der står et indtastet tal i stedet for skabelonens formel i »{label}« ({cell}): {found}. {state} Antal felter, det gælder: {count}.",
        "A typed number stands in place of the form's formula in “{label}” ({cell}): {found}. {state} Fields concerned: {count}.",
    ),
    action: Text::new("Hent formlen tilbage fra en tom skabelon.", "Bring the formula back from a blank form."),
    check: Check::Case(check),
};

const RIGHT: Text = Text::new(
    "Tallet er rigtigt nu, men følger ikke med, hvis noget rettes.",
    "The number is right now, but will not follow when something is corrected.",
);
const UNKNOWN: Text = Text::new(
    "Om tallet er rigtigt, kan først regnes ud, når de andre fejl er rettet.",
    "Whether the number is right can be calculated only once the other mistakes are corrected.",
);

/// Reported at a number that could not be verified, if there is one: it may be wrong.
fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let unknown = typed_over_unknown(subject);
    let state = if unknown.is_empty() { RIGHT } else { UNKNOWN };
    let right = computed_cells(subject).iter().filter(|cell| cell.is_typed_over_rightly());
    let mut typed_over = unknown;
    typed_over.extend(right.map(|cell| (cell.claimed, cell.origin.clone())));
    let Some(((claimed, first), others)) = typed_over.split_first() else { return Vec::new() };
    let count = Argument::Number(typed_over.len().into());
    let finding = Finding::at(&RULE, first)
        .found(Argument::Amount(*claimed))
        .expected(Argument::Words(Text::new("skabelonens formel", "the form's formula")))
        .with("state", Argument::Words(state))
        .with("count", count);
    vec![others.iter().fold(finding, |finding, (_, origin)| finding.and_at(origin))]
}
