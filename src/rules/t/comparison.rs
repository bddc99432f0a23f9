//! Computed cells that are wrong by themselves, and the words for it.

use rust_decimal::Decimal;

pub(in crate::rules) use super::computed::{AmountKind, ComputedCell, RowsAmiss, computed_cells, typed_over_unknown};
use crate::finding::{Argument, Finding};
use crate::form::{FormulaState, Origin};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::r::over_grant;
use crate::rules::{CaseSubject, Rule};

/// Whether a difference is more than rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// No more than `rounding_tolerance`.
    Rounding,
    /// More.
    Real,
}

/// A computed cell that is wrong, and not because of a cell it builds on.
pub(super) struct Difference {
    cell: ComputedCell,
    formula: FormulaState,
}

/// The differences of the chosen kinds and sizes.
pub(super) fn differences(subject: &CaseSubject<'_>, chosen: impl Fn(AmountKind, Size) -> bool) -> Vec<Difference> {
    let tolerance = subject.known(ParameterKey::RoundingTolerance).unwrap_or_default();
    // Asking for more than was granted is a finding of its own.
    let over_grant: Vec<&Origin> = over_grant(subject).into_iter().map(|over| over.origin).collect();
    let cells = computed_cells(subject).iter().filter(|cell| !over_grant.contains(&&cell.origin));
    let wrong = cells.filter(|cell| !cell.is_right_or_follows());
    wrong
        .filter(|cell| chosen(cell.kind, size(cell, tolerance)))
        .map(|cell| Difference { formula: subject.document.form.formula_state(&cell.origin), cell: cell.clone() })
        .collect()
}

/// The computed cells that are wrong by themselves.
pub(in crate::rules) fn wrong_cells(subject: &CaseSubject<'_>) -> Vec<Origin> {
    differences(subject, |_, _| true).into_iter().map(|difference| difference.cell.origin).collect()
}

/// Hours are not rounded by anybody: every difference in them is real.
fn size(cell: &ComputedCell, tolerance: Decimal) -> Size {
    let difference = (cell.claimed - cell.expected).abs();
    if cell.is_amount && difference <= tolerance { Size::Rounding } else { Size::Real }
}

impl ComputedCell {
    /// The finding of a rule at a place, with what the cell holds and what it should.
    pub(in crate::rules) fn finding_at(&self, rule: &'static Rule, origin: &Origin) -> Finding {
        let number = |number| if self.is_amount { Argument::Amount(number) } else { Argument::Number(number) };
        Finding::at(rule, origin).found(number(self.claimed)).expected(number(self.expected))
    }
}

impl Difference {
    /// The finding of a rule on this difference.
    pub(super) fn finding(&self, rule: &'static Rule) -> Finding {
        let (cause, remedy) = self.cause();
        self.cell
            .finding_at(rule, &self.cell.origin)
            .with("cause", Argument::Words(cause))
            .with("remedy", Argument::Words(remedy))
    }

    /// Which of the ways to go wrong it is, and what mends it.
    fn cause(&self) -> (Text, Text) {
        match self.formula {
            _ if self.cell.is_empty => (DELETED, BRING_BACK),
            _ if !self.cell.has_formula => (TYPED_OVER, BRING_BACK),
            FormulaState::AddsItself => (ADDS_ITSELF, END_ABOVE),
            FormulaState::Changed => (CHANGED, BRING_BACK),
            FormulaState::Kept => (OUT_OF_DATE, RECALCULATE),
            FormulaState::Unknown => (CHANGED_OR_OUT_OF_DATE, RECALCULATE_OR_BRING_BACK),
        }
    }
}

const DELETED: Text = Text::new("Feltet er tomt; formlen er slettet.", "The field is empty; the formula was deleted.");
const TYPED_OVER: Text =
    Text::new("Tallet er skrevet ind over skabelonens formel.", "The number was typed over the form's formula.");
const ADDS_ITSELF: Text = Text::new(
    "Formlen lægger også sin egen celle til, så summen ikke kan regnes ud.",
    "The formula adds its own cell too, so that the sum cannot be calculated.",
);
const END_ABOVE: Text = Text::new(
    "Lad formlens område slutte i rækken over totalen, eller hent formlen tilbage fra en tom skabelon.",
    "Let the formula's range end in the row above the total, or bring the formula back from a blank form.",
);
const CHANGED: Text = Text::new("Formlen er ikke skabelonens.", "The formula is not the form's.");
const OUT_OF_DATE: Text = Text::new(
    "Formlen er skabelonens, men dens gemte resultat er forældet.",
    "The formula is the form's, but its stored result is out of date.",
);
const CHANGED_OR_OUT_OF_DATE: Text = Text::new(
    "Formlen er ændret, eller dens gemte resultat er forældet.",
    "The formula was changed, or its stored result is out of date.",
);
const RECALCULATE: Text = Text::new(
    "Åbn filen, lad den regne om (Ctrl+Alt+F9), og gem den.",
    "Open the file, let it recalculate (Ctrl+Alt+F9) and save it.",
);
const RECALCULATE_OR_BRING_BACK: Text = Text::new(
    "Åbn filen, lad den regne om (Ctrl+Alt+F9), og gem den. Passer beløbet stadig ikke, så hent formlen fra en tom skabelon.",
    "Open the file, let it recalculate (Ctrl+Alt+F9) and save it. If the amount is still wrong, bring the formula back from a blank form.",
);
const BRING_BACK: Text = Text::new(
    "Hent formlen tilbage fra en tom skabelon; så retter beløbet sig selv.",
    "Bring the formula back from a blank form; the amount will then mend itself.",
);
