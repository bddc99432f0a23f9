//! The finished package, with stored values taken out where a formula is to have none.
//!
//! The workbook library always writes a stored value; those to be taken out carry a mark.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter};

use super::TemplateError;
use super::write::NO_STORED_VALUE;
use crate::part_options::part_options;

/// The package without the stored values that carry the mark.
pub(super) fn without_marked_values(bytes: &[u8]) -> Result<Vec<u8>, TemplateError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let options = part_options();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        writer.start_file(entry.name()?, options)?;
        let mut part = String::new();
        entry.read_to_string(&mut part)?;
        writer.write_all(cleaned(&part).as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// XML without the marked values.
fn cleaned(xml: &str) -> String {
    let marked = format!("<v>{NO_STORED_VALUE}</v>");
    let clean = |cell: &str| cell.replacen(" t=\"str\"", "", 1).replace(&marked, "");
    let cells = xml.split_inclusive("</c>");
    cells.map(|cell| if cell.contains(&marked) { clean_last(cell, &clean) } else { cell.to_owned() }).collect()
}

/// Cleans the cell at the end of a piece of XML, which may begin with a row's own tags and cells without values.
fn clean_last(piece: &str, clean: &dyn Fn(&str) -> String) -> String {
    let start = piece.rfind("<c ").unwrap_or(0);
    let (before, cell) = piece.split_at(start);
    format!("{before}{}", clean(cell))
}
