//! T403: a sum in the totals row differs.

use super::comparison::{AmountKind, ComputedCell, RowsAmiss, Size, computed_cells, differences};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T403",
    name: "column-total-differs",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[],
    title: Text::new("En sum i totalrækken er forkert", "A sum in the totals row is wrong"),
    message: Text::new(
        "Totalen for »{label}« er {found}, men kolonnens rækker giver {expected}: {difference} forskel. {cause}",
        "The total of “{label}” is {found}, but the column's rows make {expected}: a difference of {difference}. {cause}",
    ),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let differences = differences(subject, |kind, size| kind == AmountKind::ColumnTotal && size == Size::Real);
    let of_cells = differences.iter().map(|difference| difference.finding(&RULE));
    of_cells.chain(subtotals_counted_along(subject)).collect()
}

/// Subtotals among the rows that the sums count along: one finding for all of them, at the first, with the last amount as
/// what the sums are and should be.
fn subtotals_counted_along(subject: &CaseSubject<'_>) -> Option<Finding> {
    let counted = |cell: &'_ ComputedCell| match &cell.rows_amiss {
        Some(RowsAmiss::CountedAlong(cells)) => cells.clone(),
        _ => Vec::new(),
    };
    let cells: Vec<&ComputedCell> = computed_cells(subject).iter().filter(|cell| !counted(cell).is_empty()).collect();
    let told = cells.iter().rfind(|cell| cell.is_amount).or(cells.last())?;
    let counted = counted(told);
    let (first, others) = counted.split_first()?;
    let (cause, remedy) = if others.is_empty() { (SUBTOTAL, MOVE_IT) } else { (SUBTOTALS, MOVE_THEM) };
    let finding =
        told.finding_at(&RULE, first).with("cause", Argument::Words(cause)).with("remedy", Argument::Words(remedy));
    Some(others.iter().fold(finding, Finding::and_at).and_at(&told.origin))
}

const SUBTOTAL: Text = Text::new(
    "Rækken er ikke en pakke eller en aktivitet, men totalerne tæller dens tal med.",
    "The row is no package or activity, but the totals count its numbers along.",
);
const SUBTOTALS: Text = Text::new(
    "Rækkerne er ikke pakker eller aktiviteter, men totalerne tæller deres tal med.",
    "The rows are no packages or activities, but the totals count their numbers along.",
);
const MOVE_IT: Text = Text::new(
    "Er det en mellemsum, så flyt den ud af tabellen, for eksempel til et ark for sig selv; så retter totalerne sig selv. Ellers udfyld rækken helt.",
    "If it is a subtotal, move it out of the table, to a sheet of its own perhaps; the totals will then mend themselves. Otherwise fill in the whole row.",
);
const MOVE_THEM: Text = Text::new(
    "Er det mellemsummer, så flyt dem ud af tabellen, for eksempel til et ark for sig selv; så retter totalerne sig selv. Ellers udfyld rækkerne helt.",
    "If they are subtotals, move them out of the table, to a sheet of their own perhaps; the totals will then mend themselves. Otherwise fill in the whole rows.",
);
