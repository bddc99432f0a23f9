//! The formulas of a table: those of its rows, its totals row, and the fields below it.

use super::TemplateError;
use super::compose::Form;
use super::formula::{CellRange, DraftFormula, FormulaPart, SheetId, Symbol, symbols};
use crate::form::{Column, FieldType, SheetLayout};
use crate::workbook::CellAddress;

/// The column that only counts the rows: a row is not in use because it has a number.
pub(super) const NUMBER_KEY: &str = "nr";

/// Makes the formulas of one table.
pub(super) struct TableFormulas<'t> {
    pub(super) form: &'t Form<'t>,
    pub(super) layout: &'t SheetLayout,
    pub(super) table: &'t str,
}

impl TableFormulas<'_> {
    /// `IF(COUNTA(…)=0,"",ROUND(…,2))`: empty in a row that is not in use.
    pub(super) fn row(&self, column: &Column, formula: &str, row: u32) -> Result<DraftFormula, TemplateError> {
        let mut parts = vec![text("IF(COUNTA(")];
        parts.extend(self.input_cells(row));
        parts.push(text(")=0,\"\",ROUND("));
        parts.extend(self.parts(formula, Some(row))?);
        parts.push(text(",2))"));
        Ok(DraftFormula { parts, stored: self.form.calculated.cell(self.table, row, &column.key) })
    }

    /// The sum of a column: amounts to the øre, hours and days as they are.
    pub(super) fn sum(&self, column: &Column) -> Option<DraftFormula> {
        let (sheet, total) = self.form.places.total(self.table, &column.key)?;
        let (_, first) = self.form.places.cell(self.table, 0, &column.key)?;
        let last = CellAddress::new(total.row.checked_sub(1)?, first.column);
        let cells = FormulaPart::Cells(CellRange { sheet, first, last });
        let parts = if column.field_type == FieldType::Amount {
            vec![text("ROUND(SUM("), cells, text("),2)")]
        } else {
            vec![text("SUM("), cells, text(")")]
        };
        Some(DraftFormula { parts, stored: self.form.calculated.total(self.table, &column.key) })
    }

    /// A field below the table.
    pub(super) fn field(&self, key: &str, formula: &str) -> Result<DraftFormula, TemplateError> {
        let mut parts = vec![text("ROUND(")];
        parts.extend(self.parts(formula, None)?);
        parts.push(text(",2)"));
        Ok(DraftFormula { parts, stored: self.form.calculated.field(key) })
    }

    fn parts(&self, formula: &str, row: Option<u32>) -> Result<Vec<FormulaPart>, TemplateError> {
        let mut parts = Vec::new();
        for (plain, symbol) in symbols(formula) {
            if !plain.is_empty() {
                parts.push(text(plain));
            }
            if let Some(symbol) = symbol {
                let (sheet, address) = self.find(symbol, row)?;
                parts.push(FormulaPart::Cells(CellRange::cell(sheet, address)));
            }
        }
        Ok(parts)
    }

    fn find(&self, symbol: Symbol<'_>, row: Option<u32>) -> Result<(SheetId, CellAddress), TemplateError> {
        let places = &self.form.places;
        let (key, found) = match symbol {
            Symbol::SameRow(key) => (key, row.and_then(|row| places.cell(self.table, row, key))),
            Symbol::Sum(key) => (key, places.total(self.table, key)),
            Symbol::Field(key) => (key, places.field(key)),
        };
        found.ok_or_else(|| TemplateError::UnknownKey(key.to_owned()))
    }

    /// The row's cells to fill in, as ranges between the computed ones, with commas between.
    fn input_cells(&self, row: u32) -> Vec<FormulaPart> {
        let is_input = |column: &Column| column.formula.is_none() && column.key != NUMBER_KEY;
        let inputs: Vec<(SheetId, CellAddress)> = (self.layout.columns.iter().filter(|column| is_input(column)))
            .filter_map(|column| self.form.places.cell(self.table, row, &column.key))
            .collect();
        let mut parts = Vec::new();
        for run in inputs.chunk_by(|(_, left), (_, right)| left.column + 1 == right.column) {
            let (Some(&(sheet, first)), Some(&(_, last))) = (run.first(), run.last()) else { continue };
            if !parts.is_empty() {
                parts.push(text(","));
            }
            parts.push(FormulaPart::Cells(CellRange { sheet, first, last }));
        }
        parts
    }
}

fn text(text: &str) -> FormulaPart {
    FormulaPart::Text(text.to_owned())
}
