//! What a person fills in: plain values by the keys of the layout.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{TemplateError, keys};
use crate::form::Layout;

/// The values of one form.
///
/// A value for a computed cell means that it was typed over the formula.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    /// Fields beside a label, by key; those below a table (`sum.audit`) too.
    pub fields: BTreeMap<String, Entry>,
    /// The rows of each table, by the table's key: `packages`, `activities`, `support`.
    pub tables: BTreeMap<String, Vec<Row>>,
    /// Values typed over the sums of a totals row, by the table's key and the column's.
    pub totals: BTreeMap<(String, String), Entry>,
}

/// One row of a table: its values by the columns' keys.
pub type Row = BTreeMap<String, Entry>;

/// One value as it is typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Ja or Nej.
    YesNo(bool),
    /// An error value, as shown: `#REF!`.
    Error(String),
    /// A formula whose result was not stored; of a computed cell the form's own.
    NoResult,
}

impl Filling {
    /// Puts a value where a key says: `company.cvr`, `packages.1.admin.hours` (rows from 1), `totals.grant`. Rows are
    /// filled in their order; a value for a computed cell is typed over its formula.
    pub fn set(&mut self, layout: &Layout, key: &str, entry: Entry) -> Result<(), TemplateError> {
        let unknown = || TemplateError::UnknownKey(key.to_owned());
        let place = keys::place_of(layout, key).ok_or_else(unknown)?;
        keys::put(self, place, Some(entry)).ok_or_else(unknown)
    }

    /// The rows of a table.
    pub fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }
}
