//! What was written to an output folder: how an output of ours is told from a file that somebody else made or changed.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::intake::FileHash;
use crate::whole_file::write_whole;

/// The file by which an output folder is known.
pub(super) const FOLDER_MARK: &str = ".sporskifte-kontrol";

/// The ledger of an output folder: one line a file, its hash and its name.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    entries: Mutex<BTreeSet<Entry>>,
}

/// A file's name and the hash of what was written to it.
type Entry = (String, String);

/// Why a file in an output folder is not replaced: it is not as we wrote it.
#[derive(Debug, thiserror::Error)]
#[error("the file is not as it was written")]
pub struct ChangedByOthers;

impl Ledger {
    /// Opens the ledger of a folder, or begins one.
    pub(super) fn open(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(FOLDER_MARK);
        let mut text = String::new();
        match File::open(&path) {
            Ok(mut file) => drop(file.read_to_string(&mut text)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let entry = |line: &str| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned()));
        let ledger = Self { path, entries: Mutex::new(text.lines().filter_map(entry).collect()) };
        ledger.settle()?;
        Ok(ledger)
    }

    /// Whether a file may be replaced: it is not there, or is as we wrote it.
    pub(super) fn may_replace(&self, name: &Path, file: &Path) -> std::io::Result<bool> {
        match std::fs::read(file) {
            Ok(bytes) => Ok(self.knows(&entry(name, &bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Notes what is about to be written: before it is, so that a run that is killed leaves nothing unknown.
    pub(super) fn note(&self, name: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let entry = entry(name, bytes);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        writeln!(file, "{}  {}", entry.1, entry.0)?;
        entries.insert(entry);
        Ok(())
    }

    /// Writes the ledger in order, each file once, as it stands now.
    pub(super) fn settle(&self) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = |(name, hash): &&Entry| {
            std::fs::read(folder.join(name)).is_ok_and(|bytes| FileHash::of(&bytes).as_str() == hash)
        };
        let lines: String = entries.iter().filter(is_current).map(|(name, hash)| format!("{hash}  {name}\n")).collect();
        write_whole(&self.path, lines.as_bytes())
    }

    fn knows(&self, entry: &Entry) -> bool {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).contains(entry)
    }
}

fn entry(name: &Path, bytes: &[u8]) -> Entry {
    (name.to_string_lossy().replace('\\', "/"), FileHash::of(bytes).as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_while_it_is_as_we_wrote_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xlsx");
        let ledger = Ledger::open(folder.path()).unwrap();
        assert!(ledger.may_replace(Path::new("a.xlsx"), &file).unwrap());
        ledger.note(Path::new("a.xlsx"), b"ours").unwrap();
        std::fs::write(&file, b"ours").unwrap();
        // A later run, also after one that was killed before it settled.
        let ledger = Ledger::open(folder.path()).unwrap();
        assert!(ledger.may_replace(Path::new("a.xlsx"), &file).unwrap());
        std::fs::write(&file, b"mended").unwrap();
        assert!(!ledger.may_replace(Path::new("a.xlsx"), &file).unwrap());
    }

    #[test]
    fn a_file_that_was_there_before_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rapport.xlsx");
        std::fs::write(&file, b"somebody's own").unwrap();
        let ledger = Ledger::open(folder.path()).unwrap();
        assert!(!ledger.may_replace(Path::new("rapport.xlsx"), &file).unwrap());
    }
}
