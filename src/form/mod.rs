//! A form as it was filled in: which of the three it is, and what stands in each of its fields.
//!
//! Fields are found by their labels; every value is a [`Reading`] that keeps the sheet, the cell and the label it was
//! read from. Nothing is judged here: what is odd is kept as an [`Anomaly`] or a [`Flaw`] for the rules to report.

mod beginnings;
mod formulas;
mod label;
mod layout;
mod locate;
mod personal_numbers;
mod read;
mod recognise;
mod row_use;
mod sheets;
mod surroundings;
mod value;
mod written_number;

pub use formulas::{FormulaState, range_of_sum};
pub use layout::{
    Column, Field, FieldKind, FieldType, FormKind, Layout, LayoutError, RateLine, SheetLayout, SummaryField,
    TableLayout,
};
pub use read::read_form;
pub use recognise::{Marker, Recognised, recognise};
pub(crate) use surroundings::is_control;
pub use surroundings::{OtherSheet, StrayValue, Surroundings};
pub use value::{Content, Flaw, Value};
pub use written_number::{parse_written_number, two_readings};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use value::read_cell;

use crate::workbook::{Cell, CellAddress, DateSystem, MergedRange};

/// Where a value was read: the sheet, the cell, and the label a person knows the field by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The name of the sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: CellAddress,
    /// The label; empty for a cell outside the form's fields.
    pub label: Arc<str>,
}

/// What stands in one field of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Where it was read.
    pub origin: Origin,
    /// What stands there.
    pub content: Content,
    /// The formula that computes it, where one does.
    pub formula: Option<Box<str>>,
}

/// One row of a table, in use or the totals row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The 0-based row of the sheet.
    pub number: u32,
    cells: Vec<Option<Reading>>,
}

/// A table of the form: the rows that are in use, and the totals row.
#[derive(Debug, Clone)]
pub struct Table {
    /// The sheet it stands on.
    pub sheet: Arc<str>,
    /// The 0-based row of the column labels.
    pub header_row: u32,
    /// The place of each column of the layout, by its key.
    places: Arc<BTreeMap<String, usize>>,
    /// The 0-based column of the sheet for each column of the layout.
    columns: Vec<Option<u32>>,
    /// The rows that somebody filled in.
    pub rows: Vec<Row>,
    /// The cells of rows that were passed over and are told as such.
    passed_over: Vec<CellAddress>,
    /// The rows among them that hold numbers where the totals row adds up: subtotals, which it may count along.
    pub subtotals: Vec<Row>,
    /// The first row of the table, where the form needs one and none is in use.
    first_row: Option<Row>,
    /// The 0-based row of the totals, where it was found.
    pub totals_row: Option<u32>,
    /// The totals row.
    pub totals: Option<Row>,
}

/// What is odd about the form itself, apart from what was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anomaly {
    /// A sheet the form needs is missing.
    MissingSheet {
        /// Its name.
        name: String,
        /// Sheets under other names that have the same labels of it, so that it may be each of them.
        alike: Vec<Arc<str>>,
    },
    /// A sheet's name is only nearly the form's.
    NearSheet {
        /// The form's name for it.
        name: String,
        /// The name in the workbook.
        found: Arc<str>,
    },
    /// A sheet has another name than the form's, but its labels.
    RenamedSheet {
        /// The form's name for it.
        name: String,
        /// The name in the workbook.
        found: Arc<str>,
    },
    /// The row of column labels was not found.
    MissingHeader {
        /// The sheet it should stand on.
        sheet: Arc<str>,
        /// The 1-based row where the template has it.
        row: u32,
    },
    /// A label or a column's header is missing.
    MissingLabel {
        /// The sheet it should stand on.
        sheet: Arc<str>,
        /// The label.
        label: Arc<str>,
        /// The cell where it should stand, where that can be told.
        cell: Option<CellAddress>,
        /// What stands in that cell.
        instead: String,
    },
    /// A label is only nearly the form's.
    NearLabel {
        /// Where it stands, and the form's label.
        origin: Origin,
        /// What stands there.
        text: String,
    },
    /// A label stands twice.
    RepeatedLabel {
        /// The first, which is used.
        origin: Origin,
        /// The second.
        again: CellAddress,
    },
    /// Rows of a table that hold only zeros, choices or sums: passed over.
    RowsOfNothing {
        /// The first cell of each that holds something.
        rows: Vec<Origin>,
    },
    /// Words in rows of a table that hold nothing else: headings and remarks.
    Headings {
        /// Each cell with its words.
        words: Vec<StrayValue>,
    },
    /// Rows of a table that repeat its header: passed over.
    RepeatedHeader {
        /// The first cell of each.
        rows: Vec<Origin>,
    },
}

/// A workbook read as one of the forms.
#[derive(Debug, Clone)]
pub struct Form {
    /// The layout it was read by.
    pub layout: Arc<Layout>,
    /// The form's own word on what it is.
    pub marker: Option<Marker>,
    fields: BTreeMap<String, Reading>,
    tables: BTreeMap<String, Table>,
    /// What is odd about the form itself.
    pub anomalies: Vec<Anomaly>,
    /// Where what looks like a CPR number stands.
    pub personal_numbers: Vec<Origin>,
    /// What the workbook holds besides the form.
    pub surroundings: Surroundings,
    /// The merged regions of the form's sheets.
    merged: Vec<(Arc<str>, MergedRange)>,
}

impl Form {
    /// The field of this key; `None` where its label is missing or the form has no such field.
    pub fn field(&self, key: &str) -> Option<&Reading> {
        self.fields.get(key)
    }

    /// The table of this key, where its header was found.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.tables.get(key)
    }

    /// Every field that was found: beside labels, in rows that are in use, and in totals rows.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        let tables = self.tables.values();
        let rows = tables.flat_map(|table| table.rows.iter().chain(&table.totals));
        self.fields.values().chain(rows.flat_map(|row| row.cells.iter().flatten()))
    }

    /// The fields that must be filled in and are empty, in rows that are in use.
    pub fn missing_required(&self) -> Vec<&Reading> {
        let mut missing = Vec::new();
        for sheet in &self.layout.sheets {
            for field in &sheet.fields {
                let required = field.required || field.required_with.iter().any(|key| self.any_row_fills(key));
                missing.extend(self.field(&field.key).filter(|reading| required && reading.is_empty()));
            }
            let Some(table) = sheet.table.as_ref().and_then(|table| self.table(&table.key)) else { continue };
            // An empty table is one finding, at the field that says whose row it would be.
            missing.extend(table.first_row.as_ref().and_then(|row| table.cell(row, "employee")));
            for row in &table.rows {
                missing.extend(sheet.columns.iter().filter_map(|column| {
                    let needed = |key: &String| table.cell(row, key).is_some_and(Reading::is_more_than_zero);
                    let required = column.required || column.required_with.iter().any(needed);
                    table.cell(row, &column.key).filter(|reading| required && reading.is_empty())
                }));
            }
        }
        missing
    }

    /// Whether a field has a finding for being empty.
    pub fn is_missing(&self, origin: &Origin) -> bool {
        self.missing_required().iter().any(|reading| reading.origin == *origin)
    }

    /// The cell that one is merged into, which alone of its region can hold something; `None` for that cell itself, and for
    /// what is not merged.
    pub fn merged_into(&self, origin: &Origin) -> Option<CellAddress> {
        let holds = |(sheet, region): &&(Arc<str>, MergedRange)| *sheet == origin.sheet && region.contains(origin.cell);
        self.merged.iter().find(holds).map(|(_, region)| region.first).filter(|first| *first != origin.cell)
    }

    /// What puts cells into reading order: sheet by sheet as the form has them, other sheets last, then cell by cell.
    pub fn reading_order(&self, sheet: &str, cell: Option<CellAddress>) -> (usize, Option<CellAddress>) {
        let sheets = &self.layout.sheets;
        (sheets.iter().position(|known| known.name == sheet).unwrap_or(sheets.len()), cell)
    }

    /// The fields that a formula computes.
    pub fn formula_cells(&self) -> BTreeSet<&Origin> {
        self.readings().filter(|reading| reading.formula.is_some()).map(|reading| &reading.origin).collect()
    }

    fn any_row_fills(&self, key: &str) -> bool {
        let filled =
            |table: &Table| table.rows.iter().any(|row| table.cell(row, key).is_some_and(Reading::is_more_than_zero));
        self.tables.values().any(filled)
    }
}

impl Table {
    /// The cell of a row in the column of this key; `None` where the column was not found.
    pub fn cell<'t>(&self, row: &'t Row, key: &str) -> Option<&'t Reading> {
        row.cells.get(*self.places.get(key)?)?.as_ref()
    }

    /// The header row and the column of the rows' numbers, both 0-based.
    fn number_column(&self) -> Option<(u32, u32)> {
        let index = *self.places.get("nr")?;
        let column = self.columns.get(index).copied().flatten()?;
        Some((self.header_row, column))
    }

    /// Whether the column of this key was found.
    pub fn has_column(&self, key: &str) -> bool {
        self.places.get(key).and_then(|&index| self.columns.get(index)).is_some_and(Option::is_some)
    }
}

impl Reading {
    fn of(cell: Option<&Cell>, expected: &FieldKind<'_>, origin: Origin, dates: DateSystem) -> Self {
        let formula = cell.and_then(|cell| cell.formula.as_deref()).map(Box::from);
        Self { origin, content: read_cell(cell, expected, dates), formula }
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        self.content == Content::Empty
    }

    /// The number, where one stands there.
    pub fn number(&self) -> Option<Decimal> {
        if let Content::Value(Value::Number(number)) = &self.content { Some(*number) } else { None }
    }

    fn is_more_than_zero(&self) -> bool {
        self.number().is_some_and(|number| number > Decimal::ZERO)
    }
}
