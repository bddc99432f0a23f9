//! Where each field of a layout stands in the project's own form.

use std::collections::BTreeMap;

use super::formula::SheetId;
use super::{Filling, TemplateError};
use crate::form::{Layout, SheetLayout, TableLayout};
use crate::workbook::CellAddress;

/// One cell of a form, by what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The value of a field, beside a label or below a table.
    Field(String),
    /// A cell of a table; rows counted from 0.
    Cell {
        /// The table's key.
        table: String,
        /// The row within the table.
        row: u32,
        /// The column's key.
        key: String,
    },
    /// A cell of a totals row.
    Total {
        /// The table's key.
        table: String,
        /// The column's key.
        key: String,
    },
}

/// The 0-based row of the first field on a sheet of fields: below title, marker and intro.
const FIRST_FIELD_ROW: u32 = 4;
/// Rows from the totals row to the first field below it.
const SUMMARY_GAP: u32 = 2;

/// Where the fields of a layout stand, with as many rows in each table as a filling needs.
#[derive(Debug, Clone)]
pub struct Places<'l> {
    layout: &'l Layout,
    rows: BTreeMap<&'l str, u32>,
}

impl<'l> Places<'l> {
    /// The places for a layout and a filling.
    pub fn new(layout: &'l Layout, filling: &Filling) -> Result<Self, TemplateError> {
        let mut rows = BTreeMap::new();
        for table in layout.sheets.iter().filter_map(|sheet| sheet.table.as_ref()) {
            let filled = u32::try_from(filling.rows(&table.key).len()).unwrap_or(u32::MAX);
            if let Some(capacity) = table.capacity.filter(|capacity| filled > *capacity) {
                return Err(TemplateError::TableFull { table: table.key.clone(), capacity });
            }
            let prepared = table.capacity.or(table.blank_rows).unwrap_or(0);
            rows.insert(table.key.as_str(), filled.max(prepared));
        }
        Ok(Self { layout, rows })
    }

    /// The rows prepared in a table.
    pub fn row_count(&self, table: &str) -> u32 {
        self.rows.get(table).copied().unwrap_or(0)
    }

    /// The address of a field on a sheet of fields, or below a table.
    pub fn field(&self, key: &str) -> Option<(SheetId, CellAddress)> {
        self.layout.sheets.iter().enumerate().find_map(|(index, sheet)| {
            let address = self.field_on(sheet, key)?;
            Some((SheetId(index), address))
        })
    }

    /// The address of a table's cell; rows counted from 0.
    pub fn cell(&self, table: &str, row: u32, key: &str) -> Option<(SheetId, CellAddress)> {
        let (id, sheet) = self.table_sheet(table)?;
        let column = position(sheet.columns.iter().map(|column| column.key.as_str()), key)?;
        Some((id, CellAddress::new(first_row(sheet.table.as_ref()?) + row, column)))
    }

    /// The address of a column's cell in the totals row.
    pub fn total(&self, table: &str, key: &str) -> Option<(SheetId, CellAddress)> {
        let sheet = self.table_sheet(table)?.1;
        let has_totals = sheet.table.as_ref()?.totals_label.is_some();
        if has_totals { self.cell(table, self.row_count(table), key) } else { None }
    }

    /// What stands at an address of a sheet, as the layout names the sheet.
    pub fn at(&self, sheet: &str, address: CellAddress) -> Option<Place> {
        let sheet = self.layout.sheets.iter().find(|candidate| candidate.name == sheet)?;
        let keys = sheet.fields.iter().map(|field| &field.key).chain(sheet.summary.iter().map(|field| &field.key));
        let field = keys.into_iter().find(|key| self.field_on(sheet, key) == Some(address));
        field.map(|key| Place::Field(key.clone())).or_else(|| self.at_table(sheet, address))
    }

    fn at_table(&self, sheet: &SheetLayout, address: CellAddress) -> Option<Place> {
        let table = sheet.table.as_ref()?;
        let column = sheet.columns.get(usize::try_from(address.column).ok()?)?;
        let row = address.row.checked_sub(first_row(table))?;
        let (table, key) = (table.key.clone(), column.key.clone());
        match row.cmp(&self.row_count(&table)) {
            std::cmp::Ordering::Less => Some(Place::Cell { table, row, key }),
            std::cmp::Ordering::Equal if column.sum => Some(Place::Total { table, key }),
            _ => None,
        }
    }

    fn table_sheet(&self, table: &str) -> Option<(SheetId, &'l SheetLayout)> {
        let holds = |sheet: &SheetLayout| sheet.table.as_ref().is_some_and(|candidate| candidate.key == table);
        let index = self.layout.sheets.iter().position(holds)?;
        Some((SheetId(index), self.layout.sheets.get(index)?))
    }

    fn field_on(&self, sheet: &SheetLayout, key: &str) -> Option<CellAddress> {
        let beside = position(sheet.fields.iter().map(|field| field.key.as_str()), key);
        beside.map(|index| CellAddress::new(FIRST_FIELD_ROW + index, 1)).or_else(|| {
            let index = position(sheet.summary.iter().map(|field| field.key.as_str()), key)?;
            let table = sheet.table.as_ref()?;
            let totals = first_row(table) + self.row_count(&table.key);
            Some(CellAddress::new(totals + SUMMARY_GAP + index, summary_column(sheet)))
        })
    }
}

/// The 0-based row of a table's first row of data.
pub(super) fn first_row(table: &TableLayout) -> u32 {
    table.header_row
}

/// The column of the fields below a table: that of the last computed column, so that they stand under their sum.
fn summary_column(sheet: &SheetLayout) -> u32 {
    let last = sheet.columns.iter().rposition(|column| column.formula.is_some());
    last.and_then(|index| u32::try_from(index).ok()).map_or(1, |column| column.max(1))
}

fn position<'k>(mut keys: impl Iterator<Item = &'k str>, key: &str) -> Option<u32> {
    keys.position(|candidate| candidate == key).and_then(|index| u32::try_from(index).ok())
}
