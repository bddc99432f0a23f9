//! Which rows of a table somebody filled in, and which only look so: headings, headers copied down for printing,
//! subtotals, choices and zeros dragged down.

use super::label::NormalLabel;
use super::layout::FieldType;
use super::read::in_column;
use super::{Column, value::read_cell};
use crate::form::{Content, Value};
use crate::plain_text::{is_blank, plainly_spelled};
use crate::workbook::{Cell, CellValue, DateSystem};

/// The column of the rows' numbers, and that of the employees: what makes a row somebody's.
const NUMBER: &str = "nr";
const EMPLOYEE: &str = "employee";
/// From so many of the table's own labels on, a row is a header.
const HEADER_LABELS: usize = 2;
/// What begins a formula that adds up other cells.
const SUMS: [&str; 3] = ["SUM(", "SUBTOTAL(", "AGGREGATE("];

/// What a row between the header and the totals is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowUse {
    /// Nothing is filled in but, perhaps, the row's number.
    Blank,
    /// A package, an activity, a line of support.
    InUse,
    /// Zeros, dashes, choices or sums alone.
    OfNothing,
    /// The table's header once more.
    Header,
    /// Words alone: a heading or a remark.
    Words,
}

/// The columns of a table and where they stand on the sheet.
pub(super) struct RowColumns<'w> {
    pub(super) columns: &'w [Column],
    pub(super) places: &'w [Option<u32>],
    pub(super) dates: DateSystem,
}

/// What an entry says of its row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// An amount, hours, a day, or what should be one: the row's own.
    Own,
    /// Whose row it is.
    Employee,
    /// Any other text.
    Words,
    /// Ja, Nej, or a choice: also where no package is.
    Choice,
    /// Zero, a dash, or a sum of other cells.
    Nothing,
}

impl RowColumns<'_> {
    /// What a row is.
    pub(super) fn use_of(&self, row: &[Cell]) -> RowUse {
        let filled = || self.filled(row);
        if filled().filter(|(column, cell)| is_label(column, cell)).count() >= HEADER_LABELS {
            return RowUse::Header;
        }
        let asked_for = filled().filter(|(column, cell)| {
            column.formula.is_none() && (column.key != NUMBER || matches!(cell.value, CellValue::Text(_)))
        });
        let entries: Vec<Entry> = asked_for.map(|(column, cell)| self.entry(column, cell)).collect();
        let has = |entry: Entry| entries.contains(&entry);
        // The form numbers its rows beforehand, so that a heading in the column of IDs has a number too.
        let is_somebodys = has(Entry::Employee) && (has(Entry::Words) || has(Entry::Choice));
        if entries.is_empty() {
            RowUse::Blank
        } else if has(Entry::Own) || is_somebodys {
            RowUse::InUse
        } else if has(Entry::Words) || has(Entry::Employee) {
            RowUse::Words
        } else {
            RowUse::OfNothing
        }
    }

    /// Whether a row in use cannot be a remark that stands somewhere below: it has what is asked for, in at least two columns,
    /// and says whose it is where rows are somebody's.
    pub(super) fn is_whole(&self, row: &[Cell]) -> bool {
        let asked_for = || self.filled(row).filter(|(column, _)| column.formula.is_none() && column.key != NUMBER);
        let readable = |column: &Column, cell: &Cell| {
            matches!(read_cell(Some(cell), &column.kind(), self.dates), Content::Value(_))
        };
        let own = asked_for().filter(|(column, cell)| self.entry(column, cell) == Entry::Own && readable(column, cell));
        let is_somebodys =
            !self.has_employees() || asked_for().any(|(column, cell)| self.entry(column, cell) == Entry::Employee);
        own.count() >= 2 && is_somebodys
    }

    fn has_employees(&self) -> bool {
        self.columns.iter().any(|column| column.key == EMPLOYEE)
    }

    /// The cells of the row that hold something, with their columns.
    fn filled<'r>(&'r self, row: &'r [Cell]) -> impl Iterator<Item = (&'r Column, &'r Cell)> {
        let cells = self.columns.iter().zip(self.places);
        cells.filter_map(|(column, place)| Some((column, in_column(row, (*place)?)?))).filter(|(_, cell)| {
            match &cell.value {
                CellValue::Empty => cell.formula.is_some(),
                CellValue::Text(text) => !is_blank(text),
                _ => true,
            }
        })
    }

    fn entry(&self, column: &Column, cell: &Cell) -> Entry {
        match column.field_type {
            _ if is_nothing(&cell.value) => Entry::Nothing,
            // A number written as text says no more than the number.
            _ if column.key == NUMBER => match read_cell(Some(cell), &column.kind(), self.dates) {
                Content::Value(_) => Entry::Nothing,
                _ => Entry::Words,
            },
            // Where rows are nobody's, the choice is what they are about: a line's scheme.
            FieldType::YesNo | FieldType::Choice if self.has_employees() => Entry::Choice,
            FieldType::YesNo | FieldType::Choice => Entry::Own,
            FieldType::Text if column.key == EMPLOYEE => Entry::Employee,
            FieldType::Text => Entry::Words,
            _ if cell.formula.as_deref().is_some_and(is_sum) => Entry::Nothing,
            _ => match read_cell(Some(cell), &column.kind(), self.dates) {
                Content::Value(Value::Number(number)) if number.is_zero() => Entry::Nothing,
                _ => Entry::Own,
            },
        }
    }
}

fn is_label(column: &Column, cell: &Cell) -> bool {
    matches!(&cell.value, CellValue::Text(text) if NormalLabel::new(&column.label).is_written(text))
}

/// Whether a cell says that there is nothing, in whichever column: zero, or a dash.
fn is_nothing(value: &CellValue) -> bool {
    match value {
        CellValue::Number(number) | CellValue::Date(number) => number.is_zero(),
        CellValue::Text(text) => {
            !is_blank(text) && plainly_spelled(text).chars().all(|c| c == '-' || c.is_whitespace())
        }
        _ => false,
    }
}

fn is_sum(formula: &str) -> bool {
    let formula = formula.trim_start_matches(['=', '+']).trim_start().to_ascii_uppercase();
    SUMS.iter().any(|sum| formula.starts_with(sum))
}
