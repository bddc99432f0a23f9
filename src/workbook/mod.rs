//! A workbook as it was sent: sheets of cells, read behind limits, not yet understood.

mod address;
mod archive;
mod budget;
mod cell_table;
mod clean_archive;
mod compound;
mod deadline;
mod dense;
mod error;
mod iso_date;
mod limits;
mod local_headers;
mod number;
mod ods;
mod package;
mod read;
mod recognise;
pub(crate) mod relationships;
mod sheet;
mod shown;
mod value;
mod watchdog;
mod worked_time;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use address::CellAddress;
pub use error::{FileGuess, Hazard, Quantity, ReadError};
pub use limits::Limits;
pub(crate) use number::{as_kept, binary};
pub use package::Package;
pub use read::{OpenWorkbook, read, read_first_sheet};
pub(crate) use recognise::guess;
pub use recognise::recognise;
pub use relationships::Relationship;
pub use sheet::{MergedRange, Sheet};
pub(crate) use worked_time::WorkedTime;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The file format a workbook was sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The sheets of cells in the order of their tabs; sheets of charts are left out.
    pub sheets: Vec<Sheet>,
    /// Whether it carries a macro project.
    pub has_macros: bool,
    /// How many other workbooks it takes values from, as far as the format tells.
    pub external_links: usize,
    /// The names that formulas know ranges by, and what each stands for in the format's own words; of the formats whose copies
    /// are written anew.
    pub names: Vec<(String, String)>,
}

/// A cell that holds a value, a formula or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub address: CellAddress,
    /// The stored value; for a formula, the stored result.
    pub value: CellValue,
    /// The formula's text without `=`, where the cell has one; empty where the file does not say it (shared, in .xls).
    pub formula: Option<String>,
    /// The text that its number format shows, where that is one of digits and signs, or a time: `0017`, `MA-0017`, `37:00`.
    pub shown: Option<Box<str>>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing: a formula without a stored result.
    Empty,
    /// Text, as typed; without characters only where a formula gave it.
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

impl CellValue {
    /// Whether there is nothing to see of it: no value, or a text without characters, as a formula may give.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }
}

impl Workbook {
    /// The sheet of exactly this name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}
