//! Opening an input file: its bytes, its hash, its workbook, behind limits.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::workbook::{Limits, OpenWorkbook, Quantity, ReadError, read};

/// Why a file could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// It could not be opened or read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is a device, a pipe or the like.
    #[error("not a regular file")]
    NotRegular,
    /// It is no workbook that can be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It became another while the run was going on.
    #[error("the file changed during the check")]
    Changed,
    /// Its case has so many files, or so large ones, that this one is beyond the limit.
    #[error("{what}: more than the limit of {limit}")]
    CaseTooLarge {
        /// What the case has too much of.
        what: Quantity,
        /// How much of it is allowed.
        limit: u64,
    },
    /// The check itself broke down on it.
    #[error("the check broke down")]
    Failed,
}

/// The SHA-256 of bytes; shown in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileHash([u8; 32]);

impl FileHash {
    /// The hash of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of several pieces, each with its length, so that no two lists of pieces give the same.
    pub fn of_pieces<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hash = Sha256::new();
        for piece in pieces {
            hash.update((piece.len() as u64).to_le_bytes());
            hash.update(piece);
        }
        Self(hash.finalize().into())
    }

    /// The hash of all that is left to read.
    pub fn of_reader(reader: &mut dyn std::io::Read) -> std::io::Result<Self> {
        let mut hash = Sha256::new();
        let mut piece = vec![0; 64 << 10];
        loop {
            let length = reader.read(&mut piece)?;
            if length == 0 {
                return Ok(Self(hash.finalize().into()));
            }
            hash.update(piece.get(..length).unwrap_or_default());
        }
    }

    /// The 32 bytes of the hash.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash that is shown as these 64 hexadecimal digits.
    pub fn from_hex(digits: &str) -> Option<Self> {
        let pairs = digits.as_bytes().as_chunks::<2>();
        let ([..], []) = pairs else { return None };
        let mut bytes = [0; 32];
        if pairs.0.len() != bytes.len() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs.0) {
            let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            *byte = digit(pair[0])? * 16 + digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

impl From<[u8; 32]> for FileHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first half of a SHA-256, for what a run keeps of each of its files: still no two things have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ShortHash([u8; 16]);

impl ShortHash {
    /// The hash of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from(&FileHash::of(bytes))
    }

    /// The hash of a path, the same however its parts are separated.
    pub fn of_path(path: &Path) -> Self {
        Self::from(&FileHash::of_pieces(path.components().map(|part| part.as_os_str().as_encoded_bytes())))
    }

    /// The 16 bytes of the hash.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<&FileHash> for ShortHash {
    fn from(hash: &FileHash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(hash.0.split_at(16).0);
        Self(half)
    }
}

/// Reads the bytes of a regular file that is not over the limit.
pub fn read_bytes(path: &Path, limits: &Limits) -> Result<Arc<[u8]>, IntakeError> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(IntakeError::NotRegular);
    }
    // One byte more than allowed tells a file that is too large, also one that grows meanwhile.
    let most = limits.file_bytes + 1;
    let room = usize::try_from(metadata.len().saturating_add(1).min(most)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(room);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found > limits.file_bytes {
        return Err(ReadError::TooLarge { what: Quantity::FileBytes, found, limit: limits.file_bytes }.into());
    }
    Ok(bytes.into())
}

/// Opens the workbook in a file's bytes.
pub fn open(bytes: Arc<[u8]>, limits: &Limits) -> Result<OpenWorkbook, IntakeError> {
    Ok(read(bytes, limits)?)
}
