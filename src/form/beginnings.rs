//! Where something that spreads through formulas begins.

use super::{Column, Form, Reading, Row, SheetLayout, Table};

impl Form {
    /// The fields for which something holds, without those that only compute from such fields.
    pub fn beginnings_of(&self, holds: impl Fn(&Reading) -> bool) -> Vec<&Reading> {
        let mut found: Vec<&Reading> =
            self.layout.fields().filter_map(|field| self.field(&field.key)).filter(|reading| holds(reading)).collect();
        for sheet in &self.layout.sheets {
            let before = found.len();
            if let Some(table) = sheet.table.as_ref().and_then(|table| self.table(&table.key)) {
                found.extend(beginnings_in_table(sheet, table, &holds));
            }
            // The sums below a table compute from it.
            let spread = found.len() > before;
            let summary = sheet.summary.iter().filter(|field| field.formula.is_none() || !spread);
            found.extend(summary.filter_map(|field| self.field(&field.key)).filter(|reading| holds(reading)));
        }
        found
    }
}

fn beginnings_in_table<'t>(
    sheet: &SheetLayout,
    table: &'t Table,
    holds: &impl Fn(&Reading) -> bool,
) -> Vec<&'t Reading> {
    let cell_holds = |row: &Row, key: &str| table.cell(row, key).is_some_and(holds);
    let begins_in_row = |row: &Row, column: &Column| !column.precedents().any(|key| cell_holds(row, key));
    let begins_in_totals = |column: &Column| !table.rows.iter().any(|row| cell_holds(row, &column.key));
    let rows = table.rows.iter().flat_map(|row| {
        sheet
            .columns
            .iter()
            .filter(|column| begins_in_row(row, column))
            .filter_map(|column| table.cell(row, &column.key))
    });
    let totals = table.totals.iter().flat_map(|row| {
        sheet.columns.iter().filter(|column| begins_in_totals(column)).filter_map(|column| table.cell(row, &column.key))
    });
    rows.chain(totals).filter(|reading| holds(reading)).collect()
}
