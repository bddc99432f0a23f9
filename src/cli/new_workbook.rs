//! A workbook that a command makes, and the line that says so.

use std::path::Path;

use super::failure::Failure;
use crate::io_reason::io_reason;
use crate::language::{Language, Text};
use crate::report::shown_path;
use crate::whole_file::write_whole;

/// Writes the workbook; gives the line that tells where it is.
pub(super) fn write_workbook(path: &Path, bytes: &[u8], language: Language) -> Result<String, Failure> {
    write_whole(path, bytes).map_err(|error| Failure::NotWritten(path.to_owned(), io_reason(&error)))?;
    Ok(wrote(path, language))
}

/// The line that tells where a workbook was written, with CPR numbers in the path masked.
pub(super) fn wrote(path: &Path, language: Language) -> String {
    let wrote = Text::new("Skrev", "Wrote").get(language);
    format!("{wrote} {}", shown_path(&path.to_string_lossy(), None))
}
