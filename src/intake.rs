//! Opening an input file: its bytes, its hash, its workbook, behind limits.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

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
    /// The check itself broke down on it.
    #[error("the check broke down")]
    Failed,
}

/// The SHA-256 of a file's bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileHash(String);

impl FileHash {
    /// The hash of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digits = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(digits, "{byte:02x}"); // a String takes everything
        }
        Self(digits)
    }

    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads the bytes of a regular file that is not over the limit.
pub fn read_bytes(path: &Path, limits: &Limits) -> Result<Arc<[u8]>, IntakeError> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(IntakeError::NotRegular);
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, also one that grows meanwhile.
    File::open(path)?.take(limits.file_bytes + 1).read_to_end(&mut bytes)?;
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
