//! The records that a part of a binary package is made of: a kind, a length, and that many bytes.

use super::super::error::ReadError;

/// The longest record: a cell's text in UTF-16 with its formatting is far below.
const MAX_RECORD_BYTES: u64 = 1 << 20;

/// The record of a sheet in the workbook part, and its longest form: a name of 31 characters and an id.
pub(super) const SHEET_RECORD: u16 = 0x009C;
const MAX_SHEET_RECORD_BYTES: u64 = 1024;

/// One record of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// What it is about.
    pub(super) kind: u16,
    /// What it says.
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// Takes the next record; `None` at the end of the part.
    pub(super) fn take(part: &str, rest: &mut &'a [u8]) -> Result<Option<Self>, ReadError> {
        let Some((kind, length)) = record_head(rest) else { return Ok(None) };
        let limit = if kind == SHEET_RECORD { MAX_SHEET_RECORD_BYTES } else { MAX_RECORD_BYTES };
        let fitting = usize::try_from(length).ok().filter(|_| length <= limit);
        let (data, after) = fitting
            .and_then(|fitting| rest.split_at_checked(fitting))
            .ok_or_else(|| ReadError::damaged(part, format_args!("a record of {length} bytes")))?;
        *rest = after;
        Ok(Some(Self { kind, data }))
    }
}

/// Writes a record of a kind whose data comes in pieces.
pub(super) fn write_record(kind: u16, pieces: &[&[u8]], to: &mut Vec<u8>) {
    let [low, high] = kind.to_le_bytes();
    if kind < 0x80 {
        to.push(low);
    } else {
        to.extend([low | 0x80, (high << 1) | (low >> 7)]);
    }
    let mut length: usize = pieces.iter().map(|piece| piece.len()).sum();
    while length >= 0x80 {
        to.push(length.to_le_bytes()[0] | 0x80);
        length >>= 7;
    }
    to.push(length.to_le_bytes()[0]);
    for piece in pieces {
        to.extend_from_slice(piece);
    }
}

/// The kind and the length of the next record, in groups of seven bits.
fn record_head(rest: &mut &[u8]) -> Option<(u16, u64)> {
    let mut kind = u16::from(take_byte(rest)?);
    if kind & 0x80 != 0 {
        kind = (kind & 0x7F) | (u16::from(take_byte(rest)? & 0x7F) << 7);
    }
    let mut length = 0;
    for group in 0..4 {
        let byte = take_byte(rest)?;
        length |= u64::from(byte & 0x7F) << (7 * group);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length))
}

fn take_byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_is_written_is_read_back() {
        for kind in [0, 0x12, 0x7F, 0x80, 0x9C, 0x1FF, 0x3FFF] {
            for length in [0, 1, 0x7F, 0x80, 1000, 0x4000] {
                let data = vec![7; length];
                let mut bytes = Vec::new();
                write_record(kind, &[&data], &mut bytes);
                bytes.push(0xAA);
                let mut rest = bytes.as_slice();
                let read = Record::take("part", &mut rest);
                if kind == SHEET_RECORD && length > 1024 {
                    assert!(read.is_err(), "{length}");
                } else {
                    assert_eq!(read.unwrap(), Some(Record { kind, data: &data }));
                    assert_eq!(rest, [0xAA]);
                }
            }
        }
    }
}
