//! Whether a computed cell still has the template's formula.

use super::{Column, Form, Origin, Row, SheetLayout, Table};
use crate::workbook::CellAddress;

/// What became of the template's formula in a computed cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaState {
    /// It is the template's.
    Kept,
    /// It is another one.
    Changed,
    /// It is a sum that adds its own cell, which no program can calculate.
    AddsItself,
    /// It cannot be told.
    Unknown,
}

impl Form {
    /// What became of the formula in a computed cell of a table or of its totals row.
    pub fn formula_state(&self, origin: &Origin) -> FormulaState {
        let sheets = self.layout.sheets.iter();
        let tables = sheets.filter_map(|sheet| Some((sheet, self.table(&sheet.table.as_ref()?.key)?)));
        let on_sheet = tables.into_iter().find(|(_, table)| table.sheet == origin.sheet);
        let Some((sheet, table)) = on_sheet else { return FormulaState::Unknown };
        let Some((row, column)) = find(sheet, table, origin) else { return FormulaState::Unknown };
        let formula = table.cell(row, &column.key).and_then(|reading| reading.formula.as_deref());
        let Some(formula) = formula.filter(|formula| !formula.is_empty()) else { return FormulaState::Unknown };
        // OpenDocument writes references otherwise: `[.AE6]`.
        if formula.contains("[.") {
            return FormulaState::Unknown;
        }
        if adds(formula, origin.cell) {
            return FormulaState::AddsItself;
        }
        let kept = if Some(row.number) == table.totals_row {
            sums_all_rows(formula, table, origin.cell.column)
        } else {
            column
                .formula
                .as_ref()
                .and_then(|pattern| expected(pattern, table, row))
                .is_some_and(|expected| plain(formula).contains(&plain(&expected)))
        };
        if kept { FormulaState::Kept } else { FormulaState::Changed }
    }
}

fn find<'t>(sheet: &'t SheetLayout, table: &'t Table, origin: &Origin) -> Option<(&'t Row, &'t Column)> {
    let row = table.rows.iter().chain(&table.totals).find(|row| row.number == origin.cell.row)?;
    let is_here = |column: &&Column| table.cell(row, &column.key).is_some_and(|reading| reading.origin == *origin);
    Some((row, sheet.columns.iter().find(is_here)?))
}

/// The layout's formula with the addresses of the row's cells in place of their keys.
fn expected(pattern: &str, table: &Table, row: &Row) -> Option<String> {
    let mut formula = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, following) = after.split_once('}')?;
        formula.push_str(before);
        formula.push_str(&table.cell(row, key)?.origin.cell.to_string());
        rest = following;
    }
    formula.push_str(rest);
    Some(formula)
}

/// Formulas as they are compared: spaces, fixed references and the case of letters do not matter.
fn plain(formula: &str) -> String {
    formula.chars().filter(|c| !c.is_whitespace() && *c != '$').flat_map(char::to_uppercase).collect()
}

/// Whether a formula is a plain sum of its own column that covers all rows in use.
fn sums_all_rows(formula: &str, table: &Table, column: u32) -> bool {
    let Some((from, to)) = range_of_sum(formula) else { return false };
    let rows = table.rows.first().zip(table.rows.last());
    let covers = rows.is_none_or(|(first, last)| from.row <= first.number && to.row >= last.number);
    from.column == column && to.column == column && covers
}

/// Whether a formula is a plain sum whose range holds a cell.
fn adds(formula: &str, cell: CellAddress) -> bool {
    range_of_sum(formula).is_some_and(|(from, to)| {
        (from.row..=to.row).contains(&cell.row) && (from.column..=to.column).contains(&cell.column)
    })
}

/// The range of a plain sum: `SUM(AE6:AE50)`.
pub fn range_of_sum(formula: &str) -> Option<(CellAddress, CellAddress)> {
    let plain = plain(formula);
    let start = plain.find("SUM(")?;
    // The template rounds the sum; anything else around it is a formula of somebody's own.
    let (before, sum) = (plain.get(..start)?, plain.get(start..)?);
    let (inside, after) = sum.strip_prefix("SUM(")?.split_once(')')?;
    if !matches!((before, after), ("", "") | ("ROUND(", ",2)")) {
        return None;
    }
    let (from, to) = inside.split_once(':')?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_a_plain_sum_is_read() {
        let range = |formula| range_of_sum(formula).map(|(from, to)| format!("{from}:{to}"));
        assert_eq!(range("SUM(AE6:AE50)").as_deref(), Some("AE6:AE50"));
        assert_eq!(range("round( sum($AE$6:$AE$7), 2 )").as_deref(), Some("AE6:AE7"));
        for other in ["AE6+AE7", "SUM(AE6,AE7)", "SUM(AE6:AE7)+1", "SUBTOTAL(9,AE6:AE7)", "IF(A1,SUM(A1:A2),0)"] {
            assert_eq!(range(other), None, "{other}");
        }
    }
}
