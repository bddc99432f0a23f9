//! What the files of one case may take together: they are in memory at once.

use super::read_file::ReadFile;
use crate::intake::{FileHash, IntakeError};
use crate::workbook::{Limits, Quantity};

/// Counts the files of a case, in the order of their paths; those beyond the limits are not checked.
pub(super) struct CaseBudget {
    limits: Limits,
    files: u64,
    bytes: u64,
}

impl CaseBudget {
    /// A case without files.
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, files: 0, bytes: 0 }
    }

    /// The next file of the case, which is read only if it may be.
    pub(super) fn next(&mut self, path: &str, hash: Option<FileHash>, read: impl FnOnce() -> ReadFile) -> ReadFile {
        self.files += 1;
        if self.files > self.limits.case_files as u64 {
            return beyond(path, hash, Quantity::CaseFiles, self.limits.case_files as u64);
        }
        let read = read();
        self.bytes = self.bytes.saturating_add(read.held_bytes());
        if self.bytes > self.limits.case_bytes {
            return beyond(path, hash, Quantity::CaseBytes, self.limits.case_bytes);
        }
        read
    }
}

fn beyond(path: &str, hash: Option<FileHash>, what: Quantity, limit: u64) -> ReadFile {
    ReadFile::failed(path, hash, &IntakeError::CaseTooLarge { what, limit })
}
