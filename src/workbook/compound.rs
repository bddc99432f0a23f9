//! OLE compound files: the containers of Excel 97–2003 and of encrypted workbooks.

use std::collections::BTreeSet;

use super::error::ReadError;

/// What an error calls the container.
const CONTAINER: &str = "ole";

/// Sector numbers from here on mean "none" or "end".
const FIRST_RESERVED: u32 = 0xFFFF_FFFA;

/// Bytes of one directory entry.
const ENTRY_BYTES: usize = 128;

/// Bytes of one sector of the stream that holds all short streams.
const SHORT_SECTOR_BYTES: usize = 64;

/// A stream of fewer bytes is a short one.
const SHORT_STREAM_BYTES: usize = 4096;

/// A compound file and its tables of sectors.
pub(crate) struct Container<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    next_sector: Vec<u32>,
    entries: Vec<Entry>,
}

/// A line of the directory: a stream or a storage.
struct Entry {
    name: String,
    first_sector: u32,
    bytes: usize,
}

impl<'a> Container<'a> {
    /// Reads the tables and the directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let sector_bytes = match u32_at(bytes, 30)? & 0xFFFF {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged("an unknown size of sectors")),
        };
        let mut container = Self { bytes, sector_bytes, next_sector: Vec::new(), entries: Vec::new() };
        for sector in container.table_sectors()? {
            let numbers = numbers(container.sector(sector)?);
            container.next_sector.extend(numbers);
        }
        let directory = container.sectors(u32_at(bytes, 48)?)?;
        let (entries, _) = directory.as_chunks::<ENTRY_BYTES>();
        container.entries = entries.iter().map(|bytes| entry(bytes, sector_bytes == 4096)).collect::<Result<_, _>>()?;
        if u32_at(bytes, 64)? > 0 {
            container.short_streams()?;
        }
        Ok(container)
    }

    /// The names of all streams and storages.
    pub(crate) fn stream_names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The stream of a workbook's records, whichever of its two names it has.
    pub(crate) fn workbook_stream(&self) -> Result<Vec<u8>, ReadError> {
        let named = |name: &str| self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let entry = named("Workbook").or_else(|| named("Book")).ok_or_else(|| damaged("no stream of records"))?;
        let mut stream = if entry.bytes < SHORT_STREAM_BYTES {
            self.short_sectors(entry.first_sector)?
        } else {
            self.sectors(entry.first_sector)?
        };
        if stream.len() < entry.bytes {
            return Err(damaged("the stream of records is cut off"));
        }
        stream.truncate(entry.bytes);
        Ok(stream)
    }

    /// The sectors that hold the table: 109 in the header, the rest in a chain of their own.
    fn table_sectors(&self) -> Result<Vec<u32>, ReadError> {
        let mut sectors = numbers(self.bytes.get(76..512).unwrap_or_default());
        let mut lists = BTreeSet::new();
        let mut list = u32_at(self.bytes, 68)?;
        while list < FIRST_RESERVED {
            if !lists.insert(list) {
                return Err(damaged("a chain of sectors without an end"));
            }
            let mut listed = numbers(self.sector(list)?);
            list = listed.pop().unwrap_or(u32::MAX);
            sectors.extend(listed);
        }
        sectors.retain(|sector| *sector < FIRST_RESERVED);
        let mut seen = BTreeSet::new();
        if sectors.iter().all(|sector| seen.insert(*sector)) {
            Ok(sectors)
        } else {
            Err(damaged("a sector used twice"))
        }
    }

    /// The bytes of a chain of sectors.
    fn sectors(&self, first: u32) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        for sector in chain(first, &self.next_sector, self.bytes.len() / self.sector_bytes)? {
            bytes.extend_from_slice(self.sector(sector)?);
        }
        Ok(bytes)
    }

    /// The stream that all short streams lie in, and the table of its short sectors.
    fn short_streams(&self) -> Result<(Vec<u8>, Vec<u32>), ReadError> {
        let root = self.entries.first().ok_or_else(|| damaged("no directory"))?;
        let pool = self.sectors(root.first_sector)?;
        let next_sector = numbers(&self.sectors(u32_at(self.bytes, 60)?)?);
        Ok((pool, next_sector))
    }

    /// The bytes of a chain of short sectors.
    fn short_sectors(&self, first: u32) -> Result<Vec<u8>, ReadError> {
        let (pool, next_sector) = self.short_streams()?;
        let mut bytes = Vec::new();
        for sector in chain(first, &next_sector, pool.len() / SHORT_SECTOR_BYTES)? {
            bytes.extend_from_slice(slice(&pool, sector, SHORT_SECTOR_BYTES, 0)?);
        }
        Ok(bytes)
    }

    /// One sector; the header takes the place of the first.
    fn sector(&self, number: u32) -> Result<&'a [u8], ReadError> {
        slice(self.bytes, number, self.sector_bytes, self.sector_bytes)
    }
}

/// The numbers of the sectors of a chain, in order: no more than there are.
fn chain(first: u32, next_sector: &[u32], sectors_there_are: usize) -> Result<Vec<u32>, ReadError> {
    let mut sectors = Vec::new();
    let mut sector = first;
    while sector < FIRST_RESERVED {
        if sectors.len() >= sectors_there_are {
            return Err(damaged("a chain of sectors without an end"));
        }
        sectors.push(sector);
        let next = usize::try_from(sector).ok().and_then(|index| next_sector.get(index));
        sector = *next.ok_or_else(|| damaged("a sector beyond the table"))?;
    }
    Ok(sectors)
}

/// Sector `number` of `length` bytes each, `offset` bytes into the whole; the last may be cut short.
fn slice(whole: &[u8], number: u32, length: usize, offset: usize) -> Result<&[u8], ReadError> {
    let start = usize::try_from(number).ok().and_then(|number| number.checked_mul(length)?.checked_add(offset));
    let rest = start.and_then(|start| whole.get(start..)).filter(|rest| !rest.is_empty());
    let rest = rest.ok_or_else(|| damaged("a sector beyond the file"))?;
    Ok(rest.get(..length).unwrap_or(rest))
}

/// A directory entry, read as calamine reads it: the name ends at the first zero, whatever its length is said to be.
fn entry(bytes: &[u8; ENTRY_BYTES], long: bool) -> Result<Entry, ReadError> {
    let (units, _) = bytes.get(..64).unwrap_or_default().as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).take_while(|unit| *unit != 0).collect();
    let high = if long { u32_at(bytes, 124)? } else { 0 };
    let length = u64::from(high) << 32 | u64::from(u32_at(bytes, 120)?);
    Ok(Entry {
        name: String::from_utf16_lossy(&units),
        first_sector: u32_at(bytes, 116)?,
        bytes: usize::try_from(length).unwrap_or(usize::MAX),
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

fn u32_at(bytes: &[u8], offset: usize) -> Result<u32, ReadError> {
    let bytes = bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(|| damaged("the header is cut off"))
}

fn damaged(detail: &str) -> ReadError {
    ReadError::damaged(CONTAINER, detail)
}
