//! OLE compound files: the containers of Excel 97–2003 and of encrypted workbooks.

use std::collections::BTreeSet;

use super::error::ReadError;

/// What an error calls the container.
const CONTAINER: &str = "ole";

/// Sector numbers from here on mean "none" or "end".
const LAST_SECTOR: u32 = 0xFFFF_FFF9;

/// Bytes of one directory entry.
const ENTRY_BYTES: usize = 128;

/// The names of all streams and storages in a compound file.
pub(crate) fn stream_names(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let container = Container::open(bytes)?;
    let mut names = Vec::new();
    for sector in container.chain(container.u32_at(48)?)? {
        let (entries, _) = container.sector(sector)?.as_chunks::<ENTRY_BYTES>();
        names.extend(entries.iter().filter_map(entry_name));
    }
    Ok(names)
}

/// The name in UTF-16; `None` for an unused entry.
fn entry_name(entry: &[u8; ENTRY_BYTES]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    let (units, _) = entry.get(..length.checked_sub(2)?.min(62))?.as_chunks::<2>();
    let name = String::from_utf16_lossy(&units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>());
    (!name.is_empty()).then_some(name)
}

/// A compound file and its table of sectors.
struct Container<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    next_sector: Vec<u32>,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let mut container = Self { bytes, sector_bytes: 0, next_sector: Vec::new() };
        container.sector_bytes = match container.u32_at(30)? & 0xFFFF {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged("an unknown size of sectors")),
        };
        for sector in container.table_sectors()? {
            let numbers = container.numbers(sector)?;
            container.next_sector.extend(numbers);
        }
        Ok(container)
    }

    /// The sectors that hold the table: 109 in the header, the rest in a chain of their own.
    fn table_sectors(&self) -> Result<Vec<u32>, ReadError> {
        let mut sectors = Vec::new();
        for index in 0..109 {
            sectors.push(self.u32_at(76 + 4 * index)?);
        }
        let mut seen = BTreeSet::new();
        let mut list = self.u32_at(68)?;
        while list <= LAST_SECTOR {
            if !seen.insert(list) {
                return Err(damaged("a chain of sectors without an end"));
            }
            let mut numbers = self.numbers(list)?;
            list = numbers.pop().unwrap_or(u32::MAX);
            sectors.extend(numbers);
        }
        sectors.retain(|sector| *sector <= LAST_SECTOR);
        Ok(sectors)
    }

    /// The sectors of a stream, in order.
    fn chain(&self, first: u32) -> Result<Vec<u32>, ReadError> {
        let mut sectors = Vec::new();
        let mut sector = first;
        while sector <= LAST_SECTOR {
            if sectors.len() > self.next_sector.len() {
                return Err(damaged("a chain of sectors without an end"));
            }
            sectors.push(sector);
            let index = usize::try_from(sector).unwrap_or(usize::MAX);
            sector = *self.next_sector.get(index).ok_or_else(|| damaged("a sector beyond the table"))?;
        }
        Ok(sectors)
    }

    fn sector(&self, number: u32) -> Result<&'a [u8], ReadError> {
        let start =
            usize::try_from(number).ok().and_then(|number| number.checked_add(1)?.checked_mul(self.sector_bytes));
        let range = start.and_then(|start| Some(start..start.checked_add(self.sector_bytes)?));
        range.and_then(|range| self.bytes.get(range)).ok_or_else(|| damaged("a sector beyond the file"))
    }

    fn numbers(&self, sector: u32) -> Result<Vec<u32>, ReadError> {
        let (numbers, _) = self.sector(sector)?.as_chunks::<4>();
        Ok(numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn u32_at(&self, offset: usize) -> Result<u32, ReadError> {
        let bytes = self.bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(|| damaged("the header is cut off"))
    }
}

fn damaged(detail: &str) -> ReadError {
    ReadError::damaged(CONTAINER, detail)
}
