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

/// Bytes of a sector of the containers that are written here, and the numbers of sectors that one of them lists.
const SECTOR_BYTES: usize = 512;
const LISTED: usize = SECTOR_BYTES / 4;

/// Sectors of the table that the header lists.
const HEADER_LISTS: usize = 109;

/// The longest stream that a container written here may have: as far as the table goes that its header lists.
pub(crate) const MOST_STREAM_BYTES: usize = (HEADER_LISTS * LISTED - HEADER_LISTS - 1) * SECTOR_BYTES;

/// "End of a chain" and "none", among the numbers of sectors.
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const NO_SECTOR: u32 = 0xFFFF_FFFF;

/// A container of one stream, that of a workbook's records; `None` where it is too long.
pub(crate) fn with_one_stream(mut stream: Vec<u8>) -> Option<Vec<u8>> {
    if stream.len() > MOST_STREAM_BYTES {
        return None;
    }
    // No short one, and whole sectors: after the last record nothing is read.
    stream.resize(stream.len().max(SHORT_STREAM_BYTES).next_multiple_of(SECTOR_BYTES), 0);
    let sectors = u32::try_from(stream.len() / SECTOR_BYTES).ok()?;
    let table_sectors = u32::try_from((stream.len() / SECTOR_BYTES + 1).div_ceil(LISTED - 1)).ok()?;
    let mut bytes = header(sectors, table_sectors);
    let size = u32::try_from(stream.len()).ok()?;
    bytes.extend(stream);
    bytes.extend(directory_entry("Root Entry", 5, END_OF_CHAIN, 0));
    bytes.extend(directory_entry("Workbook", 2, 0, size));
    bytes.resize(bytes.len() + SECTOR_BYTES - 2 * ENTRY_BYTES, 0);
    // The stream's chain, that of the directory, and the table itself.
    let chain = (1..sectors).chain([END_OF_CHAIN, END_OF_CHAIN]).chain((0..table_sectors).map(|_| OF_THE_TABLE));
    let end = bytes.len() + usize::try_from(table_sectors).ok()? * SECTOR_BYTES;
    bytes.extend(chain.flat_map(u32::to_le_bytes));
    bytes.resize(end, 0xFF);
    Some(bytes)
}

/// The mark of a sector of the table.
const OF_THE_TABLE: u32 = 0xFFFF_FFFD;

/// The header of a container whose directory stands after the stream, and the table after that.
fn header(directory: u32, table_sectors: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(SECTOR_BYTES);
    header.extend([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    header.resize(24, 0);
    // Its version, the order of bytes, the sizes of sectors as powers of two.
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        header.extend(number.to_le_bytes());
    }
    header.resize(44, 0);
    for number in [table_sectors, directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0] {
        header.extend(number.to_le_bytes());
    }
    header.extend((1..=table_sectors).flat_map(|sector| (directory + sector).to_le_bytes()));
    header.resize(SECTOR_BYTES, 0xFF);
    header
}

fn directory_entry(name: &str, kind: u8, first_sector: u32, bytes: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = u16::try_from(entry.len() + 2).unwrap_or_default();
    entry.resize(64, 0);
    entry.extend(name_bytes.to_le_bytes());
    entry.extend([kind, 1]);
    // Beside it stands nothing; below the root the stream.
    let child = if kind == 5 { 1 } else { NO_SECTOR };
    entry.extend([NO_SECTOR, NO_SECTOR, child].into_iter().flat_map(u32::to_le_bytes));
    entry.resize(116, 0);
    entry.extend(first_sector.to_le_bytes());
    entry.extend(bytes.to_le_bytes());
    entry.resize(ENTRY_BYTES, 0);
    entry
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_is_written_is_read_back() {
        for length in [0, 1, 4_096, 5_000, 64_000, 65_024, 70_000, 1_000_000, MOST_STREAM_BYTES] {
            let stream: Vec<u8> = (0..length).map(|place| u8::try_from(place % 251).unwrap()).collect();
            let bytes = with_one_stream(stream.clone()).unwrap();
            let read = Container::open(&bytes).unwrap().workbook_stream().unwrap();
            assert_eq!(read.get(..length), Some(stream.as_slice()), "{length}");
        }
        assert_eq!(with_one_stream(vec![0; MOST_STREAM_BYTES + 1]), None);
    }
}
