//! S007: a computed cell holds a typed number instead of the template's formula.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::t::comparison::computed_cells;
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
        "Der står et indtastet tal i stedet for skabelonens formel i »{label}« ({cell}): {found}. Tallet er rigtigt nu, men følger ikke med, hvis noget rettes. Antal felter, det gælder: {count}.",
        "A typed number stands in place of the form's formula in “{label}” ({cell}): {found}. The number is right now, but will not follow when something is corrected. Fields concerned: {count}.",
    ),
    action: Text::new("Hent formlen tilbage fra en tom skabelon.", "Bring the formula back from a blank form."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let typed_over: Vec<_> = computed_cells(subject).iter().filter(|cell| cell.is_typed_over_rightly()).collect();
    let Some((first, others)) = typed_over.split_first() else { return Vec::new() };
    let count = Argument::Number(typed_over.len().into());
    let finding = Finding::at(&RULE, &first.origin)
        .found(Argument::Amount(first.claimed))
        .expected(Argument::Words(Text::new("skabelonens formel", "the form's formula")))
        .with("count", count);
    vec![others.iter().fold(finding, |finding, cell| finding.and_at(&cell.origin))]
}
