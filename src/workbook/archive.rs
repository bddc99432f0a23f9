//! A zip archive, opened and inflated behind limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;
use zip::result::ZipError;
use zip::{ZipArchive, read::ZipFile};

use super::error::{Hazard, Quantity, ReadError};
use super::{Limits, local_headers, xml};

/// What an error calls the archive itself.
const ARCHIVE: &str = "zip";

/// What each line of the archive's directory begins with.
const ENTRY_HEADER: &[u8] = b"PK\x01\x02";

/// How many times smaller than its content a deflated entry can be at most.
const HIGHEST_RATIO: u64 = 1032;

/// An archive whose entries are known and unambiguous; nothing is inflated before it is asked for.
#[derive(Debug)]
pub(crate) struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    bytes: Arc<[u8]>,
    limits: Limits,
    names: Vec<String>,
    by_canonical_name: BTreeMap<String, usize>,
    /// The bytes that were inflated, all entries together.
    inflated: AtomicU64,
}

impl Archive {
    /// Reads the directory of the archive and checks it.
    pub(crate) fn open(bytes: Arc<[u8]>, limits: &Limits) -> Result<Self, ReadError> {
        check_size(Quantity::FileBytes, bytes.len() as u64, limits.file_bytes)?;
        check_entry_count(&bytes, limits)?;
        let mut zip = ZipArchive::new(Cursor::new(Arc::clone(&bytes))).map_err(|error| zip_error(ARCHIVE, &error))?;
        check_size(Quantity::Entries, zip.len() as u64, limits.entries as u64)?;
        if zip.has_duplicate_names() {
            return Err(ReadError::hazardous(ARCHIVE, Hazard::DuplicateEntry));
        }
        check_layout(&bytes, &mut zip)?;
        let names = entry_names(&mut zip, limits)?;
        let by_canonical_name = index_names(&names)?;
        Ok(Self { zip, bytes, limits: *limits, names, by_canonical_name, inflated: AtomicU64::new(0) })
    }

    /// What it may ask for.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The archive as it was sent, byte for byte.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The names of all entries as they stand in the archive, in its order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The place, among all entries, of the one that a package would find under `name`.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.by_canonical_name.get(&*canonical_name(name)).copied()
    }

    /// Inflates an entry, if there is one of this name.
    pub(crate) fn inflate(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.find(name).map(|index| self.inflate_entry(index)).transpose()
    }

    /// Inflates an XML entry, if there is one of this name, to UTF-8 without a byte order mark or a document type.
    pub(crate) fn inflate_xml(&self, name: &str) -> Result<Option<String>, ReadError> {
        self.find(name).map(|index| self.inflate_xml_entry(index)).transpose()
    }

    /// Inflates the XML entry at a place among all entries.
    pub(crate) fn inflate_xml_entry(&self, index: usize) -> Result<String, ReadError> {
        xml::decode(self.name(index), self.inflate_entry(index)?)
    }

    fn inflate_entry(&self, index: usize) -> Result<Vec<u8>, ReadError> {
        let name = self.name(index);
        // A copy of the directory's handle: each reads on its own.
        let mut zip = self.zip.clone();
        let mut file = zip.by_index(index).map_err(|error| zip_error(name, &error))?;
        check_size(Quantity::PartBytes, file.size(), self.limits.part_bytes)?;
        let so_far = self.inflated.load(Ordering::Relaxed);
        check_size(Quantity::TotalBytes, so_far.saturating_add(file.size()), self.limits.total_bytes)?;
        let bytes = read_bounded(&mut file, name, &self.limits)?;
        let inflated = self.inflated.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        check_size(Quantity::TotalBytes, inflated.saturating_add(bytes.len() as u64), self.limits.total_bytes)?;
        Ok(bytes)
    }

    fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or(ARCHIVE, String::as_str)
    }
}

/// Refuses what is more than its limit.
pub(crate) fn check_size(what: Quantity, found: u64, limit: u64) -> Result<(), ReadError> {
    if found > limit { Err(ReadError::TooLarge { what, found, limit }) } else { Ok(()) }
}

/// One name for all spellings that mean the same part: slashes, no leading one, lower case.
pub(crate) fn canonical_name(name: &str) -> String {
    let name = name.trim_start_matches(['/', '\\']);
    if name.is_ascii() {
        let byte = |byte: u8| if byte == b'\\' { '/' } else { char::from(byte.to_ascii_lowercase()) };
        return name.bytes().map(byte).collect();
    }
    name.replace('\\', "/").to_lowercase()
}

/// Counts the headers of entries before a directory of them is built.
fn check_entry_count(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let headers = memmem::find_iter(bytes, ENTRY_HEADER).count();
    check_size(Quantity::Entries, headers as u64, limits.entries as u64)
}

/// Refuses entries that share bytes, and those whose own headers contradict the directory.
fn check_layout(bytes: &[u8], zip: &mut ZipArchive<Cursor<Arc<[u8]>>>) -> Result<(), ReadError> {
    if zip.has_overlapping_entries().map_err(|error| zip_error(ARCHIVE, &error))? {
        return Err(ReadError::hazardous(ARCHIVE, Hazard::OverlappingEntries));
    }
    let agree = local_headers::agree_with_directory(bytes, zip).map_err(|error| zip_error(ARCHIVE, &error))?;
    if agree { Ok(()) } else { Err(ReadError::hazardous(ARCHIVE, Hazard::ContradictoryEntry)) }
}

/// The names of all entries; what they declare to become when they are inflated, needed or not, must be within the limits.
fn entry_names(zip: &mut ZipArchive<Cursor<Arc<[u8]>>>, limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut names = Vec::with_capacity(zip.len());
    let mut total = 0_u64;
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(|error| zip_error(ARCHIVE, &error))?;
        if entry.encrypted() {
            return Err(ReadError::Encrypted);
        }
        check_size(Quantity::PartBytes, entry.size(), limits.part_bytes)?;
        total = total.saturating_add(entry.size());
        check_size(Quantity::TotalBytes, total, limits.total_bytes)?;
        let name = entry.name().map_err(|error| zip_error(ARCHIVE, &error))?.into_owned();
        if leads_out(&name) {
            return Err(ReadError::hazardous(&name, Hazard::EntryName));
        }
        names.push(name);
    }
    Ok(names)
}

/// Whether unpacking an entry of this name would write beside the folder that it is unpacked to.
fn leads_out(name: &str) -> bool {
    let mut segments = name.split(['/', '\\']);
    let has_drive = name.chars().nth(1) == Some(':');
    segments.any(|segment| segment == "..") || has_drive || name.contains('\0')
}

fn index_names(names: &[String]) -> Result<BTreeMap<String, usize>, ReadError> {
    let mut index = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        if index.insert(canonical_name(name), position).is_some() {
            return Err(ReadError::hazardous(name, Hazard::DuplicateEntry));
        }
    }
    Ok(index)
}

/// Inflates at most one byte more than allowed, whatever size is declared; the end checks the checksum.
fn read_bounded(file: &mut ZipFile<'_, Cursor<Arc<[u8]>>>, name: &str, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    // Room for what is declared, as far as that can be true; one byte more lets the reader see the end.
    let room = file.size().min(file.compressed_size().saturating_mul(HIGHEST_RATIO)).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or(0));
    file.take(limits.part_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::damaged(name, error))?;
    check_size(Quantity::PartBytes, bytes.len() as u64, limits.part_bytes)?;
    Ok(bytes)
}

fn zip_error(part: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
        other => ReadError::damaged(part, other),
    }
}
