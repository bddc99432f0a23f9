//! Formulas that several cells share, written out in each of them: as they stand, calamine tells no text of them.

use std::collections::BTreeMap;

use super::{BEGIN, BOUND_SHEET, END, FORMULA, Record, Records};
use crate::workbook::CellAddress;

/// The formula that the cells around the last one share.
const SHARED_FORMULA: u16 = 0x04BC;

/// Where a formula begins in the record of a cell, and where its length stands.
const LENGTH_PLACE: usize = 20;
const FORMULA_PLACE: usize = 22;

/// The token of a formula that stands elsewhere: with that place it is the whole formula.
const ELSEWHERE: u8 = 0x01;
const ELSEWHERE_BYTES: usize = 5;

/// The longest record.
const MOST_RECORD_BYTES: usize = 8_224;

/// The formulas that are shared, by the part of the stream that they stand in and the cell that has them first.
type Shared<'s> = BTreeMap<(usize, CellAddress), &'s [u8]>;

/// The stream with every shared formula in the cells themselves; `None` where none is shared, or it would get too large.
pub(super) fn written_out(stream: &[u8], most_bytes: usize) -> Option<Vec<u8>> {
    let shared = shared_formulas(stream);
    if shared.is_empty() {
        return None;
    }
    let mut written = Vec::with_capacity(stream.len() * 2);
    let mut places = BTreeMap::new();
    let mut sheets = Vec::new();
    let mut part = Part::default();
    let mut read = 0;
    for record in Records::new(stream) {
        places.insert(read, written.len());
        read += record.data.len() + 4;
        part.see(&record);
        if record.kind == BOUND_SHEET {
            sheets.push((written.len() + 4, record.u32_at(0).ok()?));
        }
        match cell_with_formula(&record, part.number, &shared) {
            Some(data) => push(record.kind, &data, &mut written),
            None => push(record.kind, record.data, &mut written),
        }
        if written.len() > most_bytes {
            return None;
        }
    }
    for (at, old) in sheets {
        let new = u32::try_from(*places.get(&usize::try_from(old).ok()?)?).ok()?;
        written.get_mut(at..at + 4)?.copy_from_slice(&new.to_le_bytes());
    }
    Some(written)
}

/// The part of the stream that is walked: the workbook's own, or a sheet's with what is embedded in it.
#[derive(Default)]
struct Part {
    number: usize,
    depth: usize,
}

impl Part {
    fn see(&mut self, record: &Record<'_>) {
        match record.kind {
            BEGIN => {
                self.number += usize::from(self.depth == 0);
                self.depth += 1;
            }
            END => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

fn shared_formulas(stream: &[u8]) -> Shared<'_> {
    let mut shared = Shared::new();
    let mut part = Part::default();
    let mut last = None;
    for record in Records::new(stream) {
        part.see(&record);
        match record.kind {
            FORMULA => last = address(&record),
            SHARED_FORMULA => {
                let length = record.u16_at(8).unwrap_or_default() as usize;
                let formula = record.data.get(10..).and_then(|rest| rest.get(..length));
                shared.extend(last.zip(formula).map(|(cell, formula)| ((part.number, cell), formula)));
            }
            _ => {}
        }
    }
    shared
}

fn address(record: &Record<'_>) -> Option<CellAddress> {
    Some(CellAddress::new(record.u16_at(0).ok()?, record.u16_at(2).ok()?))
}

/// The cell's record with the formula that it shares; `None` where it shares none, or one that cannot be moved.
fn cell_with_formula(record: &Record<'_>, part: usize, shared: &Shared<'_>) -> Option<Vec<u8>> {
    if record.kind != FORMULA || record.u16_at(LENGTH_PLACE).ok()? as usize != ELSEWHERE_BYTES {
        return None;
    }
    let own = record.data.get(FORMULA_PLACE..FORMULA_PLACE + ELSEWHERE_BYTES)?;
    let [ELSEWHERE, row_low, row_high, column_low, column_high] = *own else { return None };
    let number = |low, high| u32::from(u16::from_le_bytes([low, high]));
    let first = CellAddress::new(number(row_low, row_high), number(column_low, column_high));
    let formula = moved_to(address(record)?, shared.get(&(part, first))?)?;
    let length = u16::try_from(formula.len()).ok()?;
    let mut data = record.data.get(..LENGTH_PLACE)?.to_vec();
    data.extend(length.to_le_bytes());
    data.extend(formula);
    (data.len() <= MOST_RECORD_BYTES).then_some(data)
}

fn push(kind: u16, data: &[u8], written: &mut Vec<u8>) {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    written.extend(kind.to_le_bytes());
    written.extend(length.to_le_bytes());
    written.extend(data);
}

/// The tokens of a shared formula as those of a cell: what is said relative to it becomes the cells that it means.
fn moved_to(cell: CellAddress, mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut moved = Vec::with_capacity(rest.len());
    while let Some((&token, operands)) = rest.split_first() {
        let length = operand_bytes(token, operands)?;
        let (own, after) = operands.split_at_checked(length)?;
        match token & 0x1F | 0x20 {
            // A cell relative to the own one, and an area.
            0x2C if token >= 0x20 => {
                moved.push(token - 8);
                let (row, column) = reference(cell, u16_in(own, 0)?, u16_in(own, 2)?);
                moved.extend([row, column].into_iter().flat_map(u16::to_le_bytes));
            }
            0x2D if token >= 0x20 => {
                moved.push(token - 8);
                let (first_row, first_column) = reference(cell, u16_in(own, 0)?, u16_in(own, 4)?);
                let (last_row, last_column) = reference(cell, u16_in(own, 2)?, u16_in(own, 6)?);
                moved.extend([first_row, last_row, first_column, last_column].into_iter().flat_map(u16::to_le_bytes));
            }
            _ => {
                moved.push(token);
                moved.extend(own);
            }
        }
        rest = after;
    }
    Some(moved)
}

/// The row and the column that a reference means, seen from a cell. The column says whether each is relative, and keeps to it.
fn reference(cell: CellAddress, row: u16, column: u16) -> (u16, u16) {
    const ROW_IS_RELATIVE: u16 = 0x8000;
    const COLUMN_IS_RELATIVE: u16 = 0x4000;
    const COLUMN: u16 = 0x00FF;
    let own = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    let row = if column & ROW_IS_RELATIVE == 0 { row } else { row.wrapping_add(own(cell.row)) };
    let moved = if column & COLUMN_IS_RELATIVE == 0 { column } else { column.wrapping_add(own(cell.column)) };
    (row, column & !COLUMN | moved & COLUMN)
}

fn u16_in(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

/// How many bytes follow a token; `None` for those that need more than stands there, and unknown ones.
fn operand_bytes(token: u8, operands: &[u8]) -> Option<usize> {
    match token {
        0x03..=0x16 => Some(0),
        // A text: its length, and whether its characters take two bytes.
        0x17 => {
            let [characters, flags] = *operands.first_chunk()?;
            Some(2 + usize::from(characters) * if flags & 1 == 1 { 2 } else { 1 })
        }
        // What belongs to a function; choices have a list of places.
        0x19 => {
            let [kind, low, high] = *operands.first_chunk()?;
            let choices = if kind == 0x04 { usize::from(u16::from_le_bytes([low, high])) + 1 } else { 0 };
            Some(3 + choices * 2)
        }
        0x1C | 0x1D => Some(1),
        0x1E => Some(2),
        0x1F => Some(8),
        _ => match token & 0x1F | 0x20 {
            _ if token < 0x20 => None,
            0x21 => Some(2),
            0x22 => Some(3),
            0x23 | 0x24 | 0x2A | 0x2C => Some(4),
            0x25 | 0x2B | 0x2D => Some(8),
            0x39 | 0x3A | 0x3C => Some(6),
            0x3B | 0x3D => Some(10),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_relative_to_a_cell_becomes_the_cells_it_means() {
        let cell = CellAddress::new(9, 4);
        // The cell left of it, a fixed one, the area of two cells left in its row, 2, the sum of both.
        let relative = [0x4C, 0, 0, 0xFF, 0xC0];
        let fixed = [0x44, 4, 0, 1, 0];
        let area = [0x2D, 0, 0, 0, 0, 0xFE, 0xC0, 0xFF, 0xC0];
        let number = [0x1E, 2, 0];
        let formula = [&relative[..], &fixed, &area, &number, &[0x03]].concat();
        let expected = [&[0x44, 9, 0, 3, 0xC0][..], &fixed, &[0x25, 9, 0, 9, 0, 2, 0xC0, 3, 0xC0], &number, &[0x03]];
        assert_eq!(moved_to(cell, &formula), Some(expected.concat()));
    }

    #[test]
    fn a_formula_with_what_is_not_known_or_cut_off_is_left_alone() {
        for formula in
            [&[0x20, 0, 0, 0, 0, 0, 0, 0][..], &[0x4C, 0, 0], &[0x17, 9, 0, b'a'], &[0x18, 0], &[0x01, 0, 0, 0, 0]]
        {
            assert_eq!(moved_to(CellAddress::new(0, 0), formula), None, "{formula:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_stream_makes_it_fail(stream in proptest::collection::vec(0_u8.., 0..200), formula in proptest::collection::vec(0_u8.., 0..40)) {
            let _ = written_out(&stream, 1_000);
            let _ = moved_to(CellAddress::new(70_000, 300), &formula);
        }
    }
}
