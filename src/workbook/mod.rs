//! A workbook as it was sent: sheets of cells, read behind limits, not yet understood.

mod address;
mod archive;
mod error;
mod limits;
mod package;
pub(crate) mod relationships;
mod xml;

pub use address::CellAddress;
pub use error::{FileGuess, Hazard, Quantity, ReadError};
pub use limits::Limits;
pub use package::Package;
pub use relationships::Relationship;

use rust_decimal::Decimal;

/// The file format a workbook was sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookFormat {
    /// Office Open XML without macros (`.xlsx`, `.xltx`).
    Xlsx,
    /// Office Open XML with macros (`.xlsm`).
    Xlsm,
    /// Excel 97–2003 (`.xls`).
    Xls,
    /// Excel's binary package (`.xlsb`).
    Xlsb,
    /// `OpenDocument` (`.ods`).
    Ods,
}

/// How a workbook counts days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateSystem {
    /// Day 1 is 1 January 1900, with Excel's 29 February 1900.
    #[default]
    From1900,
    /// Day 0 is 1 January 1904.
    From1904,
}

/// One workbook, read once; cells in reading order, empty cells left out.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// The format of the file.
    pub format: WorkbookFormat,
    /// How its dates are counted.
    pub date_system: DateSystem,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// One sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The name on the tab.
    pub name: String,
    /// Whether the tab is hidden (or "very hidden").
    pub hidden: bool,
    cells: Vec<Cell>,
}

/// A cell that holds a value, a formula or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub address: CellAddress,
    /// The stored value; for a formula, the stored result.
    pub value: CellValue,
    /// The formula's text without `=`, where the cell has one.
    pub formula: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing: a formula without a stored result.
    Empty,
    /// Text, as typed.
    Text(String),
    /// A number, by its shortest decimal form with at most 15 significant digits.
    Number(Decimal),
    /// A number shown as a date: days in the workbook's date system.
    Date(Decimal),
    /// A number that no decimal can hold (`1E+308`), as text.
    OutOfRange(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value, as shown: `#REF!`.
    Error(String),
}

impl Sheet {
    /// A sheet of the given cells, which may come in any order; of two for one address the first stays.
    pub fn new(name: impl Into<String>, hidden: bool, mut cells: Vec<Cell>) -> Self {
        cells.sort_by_key(|cell| cell.address);
        cells.dedup_by_key(|cell| cell.address);
        Self { name: name.into(), hidden, cells }
    }

    /// All cells that are not empty, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell at an address, if anything stands there.
    pub fn cell(&self, address: CellAddress) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&address, |cell| cell.address).ok()?;
        self.cells.get(index)
    }

    /// The cells of one row (0-based), in column order.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.address.row < row);
        let end = self.cells.partition_point(|cell| cell.address.row <= row);
        self.cells.get(start..end).unwrap_or_default()
    }
}

impl Workbook {
    /// The sheet of exactly this name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}
