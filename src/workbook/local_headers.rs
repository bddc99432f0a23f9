//! The headers of a zip archive's entries, held against its directory: of an archive in which the two disagree, two readers
//! may read two different workbooks.

use std::io::{Cursor, Read, Seek};

use memchr::memmem;
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipResult;

/// What an entry's own header begins with.
const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
/// Bytes of a header before the name.
const FIXED_BYTES: usize = 30;
/// The flag of an entry whose sizes stand behind its content.
const SIZES_FOLLOW: u16 = 1 << 3;
/// In place of a size: it stands in a field for large archives.
const IN_EXTRA_FIELD: u32 = u32::MAX;

/// Whether every entry says of itself what the directory says of it, and nothing lies between them that is in no directory.
/// When an entry was last changed does not matter: some programs write it in one of the two places only.
pub(super) fn agree_with_directory<A: AsRef<[u8]>>(bytes: &[u8], zip: &mut ZipArchive<Cursor<A>>) -> ZipResult<bool> {
    let mut entries = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        let Some(header) = LocalHeader::at(bytes, entry.header_start()).filter(|header| header.tells_of(&entry)) else {
            return Ok(false);
        };
        let end = header.data_start.saturating_add(usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX));
        entries.push((usize::try_from(entry.header_start()).unwrap_or(usize::MAX), end));
    }
    entries.sort_unstable();
    let starts = entries.iter().map(|&(start, _)| start).skip(1).chain([directory_start(bytes, zip)]);
    let gaps = entries.iter().map(|&(_, end)| end).zip(starts);
    let before = (0, entries.first().map_or(0, |&(start, _)| start));
    let mut gaps = std::iter::once(before).chain(gaps);
    Ok(!gaps.any(|(from, to)| bytes.get(from..to).is_some_and(|gap| memmem::find(gap, LOCAL_HEADER).is_some())))
}

fn directory_start<A: AsRef<[u8]>>(bytes: &[u8], zip: &ZipArchive<Cursor<A>>) -> usize {
    usize::try_from(zip.central_directory_start()).unwrap_or(bytes.len()).min(bytes.len())
}

/// The header that stands before the content of an entry.
struct LocalHeader<'b> {
    flags: u16,
    method: u16,
    crc32: u32,
    compressed: u32,
    size: u32,
    name: &'b [u8],
    data_start: usize,
}

impl<'b> LocalHeader<'b> {
    fn at(bytes: &'b [u8], start: u64) -> Option<Self> {
        let start = usize::try_from(start).ok()?;
        let fixed = bytes.get(start..start.checked_add(FIXED_BYTES)?)?;
        let two = |at: usize| Some(u16::from_le_bytes(fixed.get(at..at + 2)?.try_into().ok()?));
        let four = |at: usize| Some(u32::from_le_bytes(fixed.get(at..at + 4)?.try_into().ok()?));
        let name_start = start + FIXED_BYTES;
        let name_end = name_start + usize::from(two(26)?);
        fixed.starts_with(LOCAL_HEADER).then_some(Self {
            flags: two(6)?,
            method: two(8)?,
            crc32: four(14)?,
            compressed: four(18)?,
            size: four(22)?,
            name: bytes.get(name_start..name_end)?,
            data_start: name_end + usize::from(two(28)?),
        })
    }

    /// Whether it says the same as the directory of what decides which bytes are read, and as what.
    fn tells_of<R: Read + Seek>(&self, entry: &ZipFile<'_, R>) -> bool {
        let is_encrypted = self.flags & 1 == 1;
        let is_size = |own: u32, listed: u64| own == IN_EXTRA_FIELD || u64::from(own) == listed;
        let sizes = self.flags & SIZES_FOLLOW != 0
            || (self.crc32 == entry.crc32()
                && is_size(self.compressed, entry.compressed_size())
                && is_size(self.size, entry.size()));
        self.name == entry.name_raw() && is_encrypted == entry.encrypted() && sizes && self.is_method_of(entry)
    }

    fn is_method_of<R: Read + Seek>(&self, entry: &ZipFile<'_, R>) -> bool {
        match entry.compression() {
            zip::CompressionMethod::Stored => self.method == 0,
            zip::CompressionMethod::Deflated => self.method == 8,
            // Of other methods nothing is read.
            _ => true,
        }
    }
}
