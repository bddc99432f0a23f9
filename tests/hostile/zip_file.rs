//! Zip archives as no program writes them: every field can say what it likes.

use flate2::{Compress, Compression, Crc, FlushCompress};

const DEFLATED: u16 = 8;

/// Content of an entry, deflated.
#[derive(Clone)]
pub struct Deflated {
    bytes: Vec<u8>,
    crc: u32,
    size: u64,
}

impl Deflated {
    /// Content as it stands.
    pub fn of(content: &[u8]) -> Self {
        Self::repeated(content, b"", 0, b"")
    }

    /// A piece between two others, so many times; deflated once, so that a gigabyte takes no time.
    pub fn repeated(before: &[u8], piece: &[u8], times: usize, after: &[u8]) -> Self {
        let mut bytes = chunk(before, FlushCompress::Full);
        let repeated = chunk(piece, FlushCompress::Full);
        let mut crc = Crc::new();
        crc.update(before);
        let mut of_piece = Crc::new();
        of_piece.update(piece);
        for _ in 0..times {
            bytes.extend_from_slice(&repeated);
            crc.combine(&of_piece);
        }
        bytes.extend(chunk(after, FlushCompress::Finish));
        crc.update(after);
        let size = (before.len() + piece.len() * times + after.len()) as u64;
        Self { bytes, crc: crc.sum(), size }
    }
}

/// One piece of a deflated stream, which no other piece refers to.
fn chunk(content: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut bytes = Vec::with_capacity(content.len() + 1024);
    compress.compress_vec(content, &mut bytes, flush).unwrap();
    assert_eq!(compress.total_in(), content.len() as u64);
    bytes
}

/// One entry, and what its headers say of it.
#[derive(Clone)]
pub struct Entry {
    pub name: String,
    pub content: Deflated,
    /// The name in the entry's own header, where that is another.
    pub local_name: Option<String>,
    /// The size that is declared, where that is not the true one.
    pub declared_size: Option<u32>,
    /// The checksum that is declared, where that is not the true one.
    pub declared_crc: Option<u32>,
    pub flags: u16,
    /// The entry, by its place, whose bytes this one names as its own.
    pub same_bytes_as: Option<usize>,
    /// Whether sizes stand in the field for archives over 4 GB.
    pub zip64: bool,
}

impl Entry {
    pub fn new(name: &str, content: Deflated) -> Self {
        Self {
            name: name.to_owned(),
            content,
            local_name: None,
            declared_size: None,
            declared_crc: None,
            flags: 0,
            same_bytes_as: None,
            zip64: false,
        }
    }

    /// The fields that both headers have from the version on, up to the lengths of name and extra field.
    fn shared_fields(&self, name: &str, extra: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for field in [if self.zip64 { 45 } else { 20 }, self.flags, DEFLATED, 0, 0x21] {
            bytes.extend(field.to_le_bytes());
        }
        let length = |number: usize| u32::try_from(number).unwrap();
        let size = self.declared_size.unwrap_or_else(|| u32::try_from(self.content.size).unwrap());
        let (packed, size) = if self.zip64 { (u32::MAX, u32::MAX) } else { (length(self.content.bytes.len()), size) };
        for field in [self.declared_crc.unwrap_or(self.content.crc), packed, size] {
            bytes.extend(field.to_le_bytes());
        }
        for field in [name.len(), extra.len()] {
            bytes.extend(u16::try_from(field).unwrap().to_le_bytes());
        }
        bytes
    }

    fn extra(&self) -> Vec<u8> {
        if !self.zip64 {
            return Vec::new();
        }
        let fields = [self.content.size, self.content.bytes.len() as u64];
        [&[1, 0, 16, 0][..], &fields[0].to_le_bytes(), &fields[1].to_le_bytes()].concat()
    }

    fn local(&self) -> Vec<u8> {
        let name = self.local_name.as_ref().unwrap_or(&self.name);
        let extra = self.extra();
        [b"PK\x03\x04", &self.shared_fields(name, &extra)[..], name.as_bytes(), &extra, &self.content.bytes].concat()
    }

    fn central(&self, offset: u32) -> Vec<u8> {
        let extra = self.extra();
        let rest = [&[0; 10][..], &offset.to_le_bytes()].concat();
        let fields = self.shared_fields(&self.name, &extra);
        [b"PK\x01\x02\x14\x00", &fields[..], &rest, self.name.as_bytes(), &extra].concat()
    }
}

/// The archive of these entries.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut offsets) = (Vec::new(), Vec::new());
    for entry in entries {
        if let Some(other) = entry.same_bytes_as {
            offsets.push(offsets[other]);
        } else {
            offsets.push(u32::try_from(bytes.len()).unwrap());
            bytes.extend(entry.local());
        }
    }
    let directory = bytes.len();
    for (entry, offset) in entries.iter().zip(offsets) {
        bytes.extend(entry.central(offset));
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let length = u32::try_from(bytes.len() - directory).unwrap().to_le_bytes();
    let start = u32::try_from(directory).unwrap().to_le_bytes();
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &start, &[0, 0]].concat());
    bytes
}
