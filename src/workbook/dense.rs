//! Sheets that calamine keeps as full rectangles: what they may take, and how their cells are read.

use calamine::{Data, Range};

use super::archive::check_size;
use super::budget::Budget;
use super::cell_table::CellTable;
use super::error::{Quantity, ReadError};
use super::value::{borrowed, cell_value};
use super::{Cell, CellAddress, DateSystem, Limits};

/// How many places a rectangle may have for each cell that a workbook may have.
const PLACES_FOR_A_CELL: u64 = 10;

/// Counts the places of all rectangles of a workbook, before they are allocated.
pub(crate) struct Places {
    used: u64,
    limit: u64,
}

impl Places {
    /// No places yet.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { used: 0, limit: (limits.cells as u64).saturating_mul(PLACES_FOR_A_CELL) }
    }

    /// Takes the places of one rectangle.
    pub(crate) fn spend(&mut self, rows: u64, columns: u64) -> Result<(), ReadError> {
        self.used = self.used.saturating_add(rows.saturating_mul(columns));
        check_size(Quantity::Places, self.used, self.limit)
    }
}

/// The cells of two rectangles: one of values, one of formulas.
///
/// Of the two formats read so, only `OpenDocument` has dates as text, and it counts their days from 1900.
pub(crate) fn cells(
    values: &Range<Data>,
    formulas: &Range<String>,
    budget: &mut Budget,
) -> Result<Vec<Cell>, ReadError> {
    let mut table = CellTable::new(budget);
    for (address, data) in used(values) {
        let value = cell_value(&borrowed(data), DateSystem::From1900, table.budget())?;
        table.add_value(address, value)?;
    }
    for (address, formula) in used(formulas).filter(|(_, formula)| !formula.is_empty()) {
        table.add_formula(address, formula)?;
    }
    Ok(table.into_cells())
}

/// What stands in a rectangle, by its place on the sheet.
fn used<T>(range: &Range<T>) -> impl Iterator<Item = (CellAddress, &T)>
where
    T: calamine::CellType,
{
    let (first_row, first_column) = range.start().unwrap_or_default();
    range.used_cells().filter_map(move |(row, column, content)| {
        let row = first_row.checked_add(u32::try_from(row).ok()?)?;
        let column = first_column.checked_add(u32::try_from(column).ok()?)?;
        let on_sheet = row < CellAddress::ROWS && column < CellAddress::COLUMNS;
        on_sheet.then_some((CellAddress::new(row, column), content))
    })
}
