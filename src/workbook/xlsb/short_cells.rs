//! Cells without a column of their own, which stand right of the cell before, and texts with formatting: as calamine reads
//! cells, each with its column and its text plain.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::super::error::ReadError;
use super::record::{Record, write_record};

/// A row begins, before whose first column nothing stands.
const ROW: u16 = 0x0000;

/// Cells that begin with their column: values, and what formulas gave.
const LONG: RangeInclusive<u16> = 0x0001..=0x000B;

/// The same values without a column.
const SHORT: RangeInclusive<u16> = 0x000C..=0x0012;

/// How much higher the kind of a short cell is than that of the long one.
const SHORT_ABOVE_LONG: u16 = 0x000B;

/// A text in the cell itself, and one with formatting, which stands after a byte that tells what follows it.
const TEXT: u16 = 0x0006;
const RICH_TEXT: u16 = 0x003E;

/// The bytes of a cell's column, and of its format.
const COLUMN_BYTES: usize = 4;
const FORMAT_BYTES: usize = 4;

/// The content of a worksheet with every cell in its long form; grows by at most five bytes a cell.
pub(super) fn in_long_form<'a>(part: &str, content: &'a [u8]) -> Result<Cow<'a, [u8]>, ReadError> {
    if !has_other_forms(part, content)? {
        return Ok(Cow::Borrowed(content));
    }
    let (mut rest, mut written, mut next_column) = (content, Vec::with_capacity(content.len()), 0_u32);
    while let Some(Record { kind, data }) = Record::take(part, &mut rest)? {
        let broken = || ReadError::damaged(part, format_args!("a cell of {} bytes", data.len()));
        if kind == ROW {
            next_column = 0;
        } else if SHORT.contains(&kind) {
            if data.len() < FORMAT_BYTES {
                return Err(broken());
            }
            write_record(kind - SHORT_ABOVE_LONG, &[&next_column.to_le_bytes(), data], &mut written);
            next_column = next_column.saturating_add(1);
            continue;
        } else if LONG.contains(&kind) || kind == RICH_TEXT {
            let column = data.first_chunk().copied().ok_or_else(broken)?;
            next_column = u32::from_le_bytes(column).saturating_add(1);
        }
        if kind == RICH_TEXT {
            let (head, text) = data.split_at_checked(COLUMN_BYTES + FORMAT_BYTES).ok_or_else(broken)?;
            let (_, text) = text.split_first().ok_or_else(broken)?;
            write_record(TEXT, &[head, text], &mut written);
        } else {
            write_record(kind, &[data], &mut written);
        }
    }
    Ok(Cow::Owned(written))
}

fn has_other_forms(part: &str, mut rest: &[u8]) -> Result<bool, ReadError> {
    while let Some(Record { kind, .. }) = Record::take(part, &mut rest)? {
        if SHORT.contains(&kind) || kind == RICH_TEXT {
            return Ok(true);
        }
    }
    Ok(false)
}
