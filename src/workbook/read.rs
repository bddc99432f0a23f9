//! From the bytes of a file to a workbook.

use std::sync::Arc;

use super::recognise::recognise;
use super::{Limits, Package, ReadError, Workbook, WorkbookFormat, xlsx};

/// A workbook, and the package it came in where it can be annotated.
#[derive(Debug, Clone)]
pub struct OpenWorkbook {
    /// The cells.
    pub workbook: Workbook,
    /// The package of an `.xlsx`, `.xltx` or `.xlsm`.
    pub package: Option<Package>,
}

/// Reads a workbook of any format behind limits.
pub fn read(bytes: Arc<[u8]>, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    match recognise(&bytes, limits)? {
        format @ (WorkbookFormat::Xlsx | WorkbookFormat::Xlsm) => xlsx::read(bytes, format, limits),
        _ => Err(ReadError::NoWorksheets),
    }
}
