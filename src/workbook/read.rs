//! From the bytes of a file to a workbook.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::deadline::Deadline;
use super::recognise::{Recognised, identify};
use super::{Limits, Package, ReadError, Workbook, WorkbookFormat, ods, watchdog, xls, xlsb, xlsx};

/// Below this size no reader is slow: those that cannot be interrupted then need no thread of their own.
const SLOW_FROM_BYTES: usize = 1 << 20;

/// A workbook, and the package it came in where it can be annotated.
#[derive(Debug, Clone)]
pub struct OpenWorkbook {
    /// The cells.
    pub workbook: Workbook,
    /// The package of an `.xlsx`, `.xltx` or `.xlsm`.
    pub package: Option<Package>,
}

impl OpenWorkbook {
    /// What an annotated copy needs once the cells have been read: the package alone, or, of a workbook that is made
    /// anew, the cells.
    #[must_use]
    pub fn for_annotation(mut self) -> Self {
        if self.package.is_some() {
            self.workbook.sheets = Vec::new();
        }
        self
    }

    /// About how many bytes of memory it holds.
    pub fn held_bytes(&self) -> u64 {
        let package = self.package.as_ref().map_or(0, Package::held_bytes);
        let cells: usize = self.workbook.sheets.iter().map(|sheet| sheet.cells().len()).sum();
        package + cells as u64 * BYTES_PER_CELL
    }
}

/// About how many bytes a cell takes in memory.
const BYTES_PER_CELL: u64 = 128;

/// Reads a workbook of any format behind limits.
pub fn read(bytes: Arc<[u8]>, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    let deadline = Deadline::starting_now(limits);
    let Recognised { format, package } = identify(&bytes, limits)?;
    let limits = *limits;
    match (format, package) {
        (WorkbookFormat::Xlsx | WorkbookFormat::Xlsm, Some(package)) => {
            unless_it_panics(|| xlsx::read(package, format, &xlsx::Bounds { limits, deadline }, usize::MAX))
        }
        (WorkbookFormat::Xlsb, Some(package)) => {
            read_at_once(deadline, bytes.len(), move || xlsb::read(package.archive(), &limits))
        }
        (WorkbookFormat::Ods, Some(package)) => {
            read_at_once(deadline, bytes.len(), move || ods::read(package.archive(), &limits))
        }
        _ => read_at_once(deadline, bytes.len(), move || xls::read(&bytes, &limits)),
    }
}

/// Reads the first worksheet alone, where the format lets the others rest; `None` where it does not.
pub fn read_first_sheet(bytes: &Arc<[u8]>, limits: &Limits) -> Result<Option<Workbook>, ReadError> {
    let deadline = Deadline::starting_now(limits);
    match identify(bytes, limits)? {
        Recognised { format: format @ (WorkbookFormat::Xlsx | WorkbookFormat::Xlsm), package: Some(package) } => {
            let bounds = xlsx::Bounds { limits: *limits, deadline };
            unless_it_panics(|| xlsx::read(package, format, &bounds, 1)).map(|opened| Some(opened.workbook))
        }
        _ => Ok(None),
    }
}

/// Reads with a reader that cannot be interrupted.
fn read_at_once(
    deadline: Deadline,
    size: usize,
    read: impl FnOnce() -> Result<OpenWorkbook, ReadError> + Send + 'static,
) -> Result<OpenWorkbook, ReadError> {
    deadline.check()?;
    if size < SLOW_FROM_BYTES { unless_it_panics(read) } else { watchdog::run(deadline, || unless_it_panics(read)) }
}

/// The readers of the binary formats index into records as they come: a broken file makes them panic.
fn unless_it_panics(read: impl FnOnce() -> Result<OpenWorkbook, ReadError>) -> Result<OpenWorkbook, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ReadError::contradictory()))
}
