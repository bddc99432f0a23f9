//! The tables of a run as values, row by row: what `rapport.xlsx` and `rapport.html` both write, each in its own way.

pub(super) mod cases;
pub(super) mod companies;
pub(super) mod draw_down;
pub(super) mod files;
pub(super) mod findings;
pub(super) mod mistakes;
pub(super) mod not_checked;
pub(super) mod packages;
pub(super) mod summary;
mod value;

pub(super) use value::Value;

use crate::language::Text;

/// A row, a value for each column.
pub(super) type Row<'r> = Vec<Value<'r>>;

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// What stands above it.
    pub(super) header: Text,
    /// The width in a spreadsheet, in characters.
    pub(super) width: u8,
    /// Whether it holds numbers, which stand to the right.
    pub(super) holds_numbers: bool,
}

impl Column {
    /// A column of text, of a width in characters.
    pub(super) const fn text(header: Text, width: u8) -> Self {
        Self { header, width, holds_numbers: false }
    }

    /// A column of numbers, of a width in characters.
    pub(super) const fn numbers(header: Text, width: u8) -> Self {
        Self { header, width, holds_numbers: true }
    }
}

/// What is known of a table before its rows.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name.
    pub(super) name: Text,
    /// The columns from the left.
    pub(super) columns: &'static [Column],
    /// What is said where there are no rows.
    pub(super) nothing: Text,
}
