//! From the bytes of a file to a workbook.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::recognise::recognise;
use super::{Limits, Package, ReadError, Workbook, WorkbookFormat, ods, xls, xlsb, xlsx};

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
    let format = recognise(&bytes, limits)?;
    // The readers of the binary formats index into records as they come: a broken file makes them panic.
    catch_unwind(AssertUnwindSafe(|| read_as(format, bytes, limits)))
        .unwrap_or_else(|_| Err(ReadError::damaged("file", "its records contradict each other")))
}

fn read_as(format: WorkbookFormat, bytes: Arc<[u8]>, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    match format {
        WorkbookFormat::Xlsx | WorkbookFormat::Xlsm => xlsx::read(bytes, format, limits),
        WorkbookFormat::Xls => xls::read(&bytes, limits),
        WorkbookFormat::Xlsb => xlsb::read(bytes, limits),
        WorkbookFormat::Ods => ods::read(bytes, limits),
    }
}
