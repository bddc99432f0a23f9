//! How cells of a binary package are shown: the styles, the format of each cell, and which part is which sheet's.

use super::super::archive::canonical_name;
use super::super::error::ReadError;
use super::super::relationships::Relationship;
use super::super::shown::{CellFormats, FormatsOfCells};
use super::super::{CellAddress, Limits};
use super::record::{Record, SHEET_RECORD};

/// The code of a number format, after its id; and a format of cells, whose second number is such an id.
const NUMBER_FORMAT: u16 = 0x002C;
const CELL_FORMAT: u16 = 0x002F;

/// Where the formats of cells begin and end: others are those of styles.
const BEGIN_CELL_FORMATS: u16 = 0x0269;
const END_CELL_FORMATS: u16 = 0x026A;

/// A row, which begins with its number; and the cells that hold a number: short and long, and what a formula gave.
const ROW: u16 = 0x0000;
const NUMBERS: [u16; 3] = [0x0002, 0x0005, 0x0009];

/// The length of a text that is not there.
const NO_TEXT: u32 = 0xFFFF_FFFF;

/// Reads the styles part.
pub(super) fn read_styles(part: &str, content: &[u8], limits: &Limits) -> Result<CellFormats, ReadError> {
    let (mut rest, mut formats, mut are_of_cells) = (content, CellFormats::default(), false);
    while let Some(Record { kind, data }) = Record::take(part, &mut rest)? {
        match kind {
            NUMBER_FORMAT => {
                if let (Some(id), Some(code)) = (u16_at(data, 0), text_at(data, 2)) {
                    formats.define(id.into(), &code);
                }
            }
            BEGIN_CELL_FORMATS => are_of_cells = true,
            END_CELL_FORMATS => are_of_cells = false,
            CELL_FORMAT if are_of_cells => formats.add(u16_at(data, 2).map(u32::from), limits)?,
            _ => {}
        }
    }
    Ok(formats)
}

/// The formats of a sheet's cells in their long form, where these show a number as a text of its own.
pub(super) fn in_sheet(part: &str, content: &[u8], formats: &CellFormats) -> Result<FormatsOfCells, ReadError> {
    let (mut rest, mut row, mut of_cells) = (content, 0, FormatsOfCells::new());
    while let Some(Record { kind, data }) = Record::take(part, &mut rest)? {
        if kind == ROW {
            row = u32_at(data, 0).unwrap_or(CellAddress::ROWS);
        } else if NUMBERS.contains(&kind)
            && let (Some(column), Some(format)) = (u32_at(data, 0), u32_at(data, 4))
            && row < CellAddress::ROWS
            && column < CellAddress::COLUMNS
        {
            // Three bytes; the fourth is about phonetic texts.
            let format = (format & 0x00FF_FFFF) as usize;
            if formats.shown_as(format).is_text() {
                of_cells.insert(CellAddress::new(row, column), format);
            }
        }
    }
    Ok(of_cells)
}

/// The names of the parts of all sheets, in their order.
pub(super) fn parts_of_sheets(
    part: &str,
    content: &[u8],
    relationships: &[Relationship],
) -> Result<Vec<String>, ReadError> {
    let (mut rest, mut parts) = (content, Vec::new());
    while let Some(Record { kind, data }) = Record::take(part, &mut rest)? {
        if kind == SHEET_RECORD && u32_at(data, 8) != Some(NO_TEXT) {
            let id = text_at(data, 8).unwrap_or_default();
            let target = relationships.iter().find(|to| to.id == id).map(|to| canonical_name(&to.target));
            parts.push(target.unwrap_or_default());
        }
    }
    Ok(parts)
}

fn u16_at(data: &[u8], offset: usize) -> Option<u16> {
    data.get(offset..)?.first_chunk().copied().map(u16::from_le_bytes)
}

fn u32_at(data: &[u8], offset: usize) -> Option<u32> {
    data.get(offset..)?.first_chunk().copied().map(u32::from_le_bytes)
}

/// A text in UTF-16 after the count of its units.
fn text_at(data: &[u8], offset: usize) -> Option<String> {
    let units = usize::try_from(u32_at(data, offset)?).ok()?;
    let text = data.get(offset + 4..)?.get(..units.checked_mul(2)?)?;
    let (units, _) = text.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(String::from_utf16_lossy(&units))
}
