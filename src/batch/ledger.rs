//! What was written to an output folder: how an output of ours is told from a file that somebody else made or changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::intake::FileHash;
use crate::whole_file::write_whole;

/// The file by which an output folder is known.
pub(super) const FOLDER_MARK: &str = ".sporskifte-kontrol";

/// The ledger of an output folder: one line a file, the hashes of its name and of what was written to it. The name itself
/// is not repeated: it may hold a CPR number.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    /// What was written under each name, by earlier runs and by this one.
    known: BTreeMap<String, BTreeSet<String>>,
    /// What this run wrote.
    written: BTreeMap<String, String>,
}

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
        let mut entries = Entries::default();
        for (name, content) in text.lines().filter_map(|line| line.split_once(' ')) {
            entries.known.entry(name.to_owned()).or_default().insert(content.to_owned());
        }
        let ledger = Self { path, entries: Mutex::new(entries) };
        ledger.settle()?;
        Ok(ledger)
    }

    /// Whether a file may be replaced: it is not there, or is as we wrote it.
    pub(super) fn may_replace(&self, name: &Path, file: &Path) -> std::io::Result<bool> {
        match std::fs::read(file) {
            Ok(bytes) => {
                let known = &self.lock().known;
                Ok(known.get(&name_hash(name)).is_some_and(|contents| contents.contains(&content_hash(&bytes))))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Notes what is about to be written: before it is, so that a run that is killed leaves nothing unknown.
    pub(super) fn note(&self, name: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let (name, content) = (name_hash(name), content_hash(bytes));
        let mut entries = self.lock();
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path)?;
        writeln!(file, "{name} {content}")?;
        entries.known.entry(name.clone()).or_default().insert(content.clone());
        entries.written.insert(name, content);
        Ok(())
    }

    /// Writes the ledger in order: of a file that this run wrote, only what it holds now.
    pub(super) fn settle(&self) -> std::io::Result<()> {
        let entries = self.lock();
        let mut lines = String::new();
        for (name, contents) in &entries.known {
            let current = entries.written.get(name);
            for content in contents.iter().filter(|content| current.is_none_or(|current| current == *content)) {
                lines.extend([name, " ", content, "\n"]);
            }
        }
        write_whole(&self.path, lines.as_bytes())
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name_hash(name: &Path) -> String {
    content_hash(name.to_string_lossy().replace('\\', "/").as_bytes())
}

fn content_hash(bytes: &[u8]) -> String {
    FileHash::of(bytes).as_str().to_owned()
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
