//! What was written to an output folder: how an output of ours is told from a file that somebody else made or changed,
//! and one that is up to date from one that is not.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::intake::FileHash;
use crate::whole_file::write_whole;

/// The file by which an output folder is known.
pub(super) const FOLDER_MARK: &str = ".sporskifte-kontrol";

/// The ledger of an output folder: one line a file, the hashes of its name, of what was written to it and, where that is
/// told, of all that it was made from. The name itself is not repeated: it may hold a CPR number.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    entries: Mutex<Entries>,
}

/// What was written to a file, and from what it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    content: FileHash,
    made_from: Option<FileHash>,
}

#[derive(Debug, Default)]
struct Entries {
    /// What earlier runs wrote under each name, and this one, the latest last.
    known: BTreeMap<FileHash, Vec<Written>>,
    /// Where this run's lines go, once there are any.
    appended: Option<File>,
}

impl Ledger {
    /// Opens the ledger of a folder, or begins one.
    pub(super) fn open(folder: &Path) -> std::io::Result<Self> {
        let ledger = Self::read(folder)?;
        ledger.write_out(|_| true)?;
        Ok(ledger)
    }

    /// Reads the ledger of a folder that is not written to.
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(FOLDER_MARK);
        let entries = Entries { known: read_lines(&path)?, appended: None };
        Ok(Self { path, entries: Mutex::new(entries) })
    }

    /// Whether a file may be replaced: it is not there, or is as we wrote it.
    pub(super) fn may_replace(&self, name: &Path, file: &Path) -> std::io::Result<bool> {
        match File::open(file).and_then(|mut file| FileHash::of_reader(&mut file)) {
            Ok(content) => {
                let entries = self.lock();
                let known = entries.known.get(&name_hash(name)).map(Vec::as_slice).unwrap_or_default();
                Ok(known.iter().any(|written| written.content == content))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// The hash of a file's content where the file is there, is as we wrote it, and was made from just this.
    pub(super) fn current(&self, name: &Path, file: &Path, made_from: &FileHash) -> Option<FileHash> {
        let known = {
            let entries = self.lock();
            let written = entries.known.get(&name_hash(name))?.last()?;
            Some(*written).filter(|written| written.made_from.as_ref() == Some(made_from))?
        };
        let content = FileHash::of_reader(&mut File::open(file).ok()?).ok()?;
        (content == known.content).then_some(content)
    }

    /// Notes what is about to be written: before it is, so that a run that is killed leaves nothing unknown.
    pub(super) fn note(&self, name: &Path, content: FileHash, made_from: Option<FileHash>) -> std::io::Result<()> {
        let (name, written) = (name_hash(name), Written { content, made_from });
        let mut entries = self.lock();
        let file = match entries.appended.take() {
            Some(file) => file,
            None => OpenOptions::new().append(true).create(true).open(&self.path)?,
        };
        (&file).write_all(line(&name, &written).as_bytes())?;
        entries.appended = Some(file);
        let known = entries.known.entry(name).or_default();
        known.retain(|other| *other != written);
        known.push(written);
        Ok(())
    }

    /// Writes the ledger in order, of each file only what it holds now.
    pub(super) fn settle(&self) -> std::io::Result<()> {
        self.write_out(|is_last| is_last)
    }

    fn write_out(&self, takes: impl Fn(bool) -> bool) -> std::io::Result<()> {
        let mut entries = self.lock();
        entries.appended = None;
        let mut lines = String::new();
        for (name, all) in &entries.known {
            let last = all.len().saturating_sub(1);
            let told = all.iter().enumerate().filter(|(place, _)| takes(*place == last));
            lines.extend(told.map(|(_, written)| line(name, written)));
        }
        write_whole(&self.path, lines.as_bytes())
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_lines(path: &Path) -> std::io::Result<BTreeMap<FileHash, Vec<Written>>> {
    let mut text = String::new();
    match File::open(path) {
        Ok(mut file) => drop(file.read_to_string(&mut text)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut known: BTreeMap<FileHash, Vec<Written>> = BTreeMap::new();
    for line in text.lines() {
        let mut hashes = line.split(' ').map(FileHash::from_hex);
        let (Some(Some(name)), Some(Some(content))) = (hashes.next(), hashes.next()) else { continue };
        known.entry(name).or_default().push(Written { content, made_from: hashes.next().flatten() });
    }
    Ok(known)
}

fn line(name: &FileHash, written: &Written) -> String {
    match written.made_from {
        Some(made_from) => format!("{name} {} {made_from}\n", written.content),
        None => format!("{name} {}\n", written.content),
    }
}

fn name_hash(name: &Path) -> FileHash {
    FileHash::of(name.to_string_lossy().replace('\\', "/").as_bytes())
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
        ledger.note(Path::new("a.xlsx"), FileHash::of(b"ours"), None).unwrap();
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

    #[test]
    fn a_file_is_current_while_it_and_what_it_was_made_from_are_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (name, file) = (Path::new("a.xlsx"), folder.path().join("a.xlsx"));
        let (old, new) = (FileHash::of(b"findings of yesterday"), FileHash::of(b"findings of today"));
        let ledger = Ledger::open(folder.path()).unwrap();
        ledger.note(name, FileHash::of(b"copy"), Some(old)).unwrap();
        assert_eq!(ledger.current(name, &file, &old), None, "it is not there");
        std::fs::write(&file, b"copy").unwrap();
        ledger.settle().unwrap();
        let ledger = Ledger::open(folder.path()).unwrap();
        assert_eq!(ledger.current(name, &file, &old), Some(FileHash::of(b"copy")));
        assert_eq!(ledger.current(name, &file, &new), None);
        std::fs::write(&file, b"mended").unwrap();
        assert_eq!(ledger.current(name, &file, &old), None);
    }
}
