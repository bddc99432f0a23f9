//! Why cases cannot be kept or found.

use std::io;

/// Why cases cannot be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no state file, or no such case in it.
    #[error("it is not there")]
    Missing,
    /// The file is some other program's.
    #[error("it is not a state file of sporskifte")]
    NotAState,
    /// The state file was made by another version.
    #[error("it was made by another version of sporskifte")]
    OtherVersion,
    /// The state file is used by another run.
    #[error("another run uses it")]
    InUse,
    /// There is no room on the disk.
    #[error("no space is left")]
    Full,
    /// The state file cannot be read or written.
    #[error("{0}")]
    Database(rusqlite::Error),
    /// A case of the run cannot be read.
    #[error("{0}")]
    Case(io::Error),
    /// What is told of a list goes where it cannot be written.
    #[error("{0}")]
    List(io::Error),
    /// What is known of a case cannot be packed or unpacked.
    #[error("what was known of a case cannot be read: {0}")]
    History(serde_json::Error),
    /// A case cannot be packed or unpacked.
    #[error("a kept case cannot be read: {0}")]
    Record(postcard::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::InUse,
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => Self::NotAState,
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Database(error),
        }
    }
}

impl From<StoreError> for io::Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::List(error) => error,
            other => Self::other(other),
        }
    }
}
