//! What was written to an output folder: how an output of ours is told from a file that somebody else made or changed,
//! and one that is up to date from one that is not.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::intake::FileHash;
use crate::store::{Written, WrittenFiles};
use crate::whole_file::write_whole_with;

/// The file by which an output folder is known.
pub(super) const FOLDER_MARK: &str = ".sporskifte-kontrol";

/// Three hashes and what stands between them.
const LONGEST_LINE: u64 = 3 * 65;

/// The ledger of an output folder: one line a file, the hashes of its name, of what was written to it and, where that is
/// told, of all that it was made from. The name itself is not repeated: it may hold a CPR number.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    written: WrittenFiles,
    /// Where this run's lines go, once there are any.
    appended: Mutex<Option<File>>,
}

impl Ledger {
    /// Opens the ledger of a folder, or begins one.
    pub(super) fn open(folder: &Path) -> std::io::Result<Self> {
        let ledger = Self::read(folder)?;
        write_whole_with(&ledger.path, |out| {
            Ok(ledger.written.each(|name, written| write_line(out, name, written))?)
        })?;
        Ok(ledger)
    }

    /// Reads the ledger of a folder that is not written to.
    pub(super) fn read(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(FOLDER_MARK);
        let written = WrittenFiles::begin()?;
        read_lines(&path, &written)?;
        Ok(Self { path, written, appended: Mutex::default() })
    }

    /// Whether a file may be replaced: it is not there, or is as we wrote it.
    pub(super) fn may_replace(&self, name: &Path, file: &Path) -> std::io::Result<bool> {
        match File::open(file).and_then(|mut file| FileHash::of_reader(&mut file)) {
            Ok(content) => Ok(self.written.holds(&name_hash(name), &content)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// The hash of a file's content where the file is there, is as we wrote it, and was made from just this.
    pub(super) fn current(&self, name: &Path, file: &Path, made_from: &FileHash) -> Option<FileHash> {
        let known = self.written.latest(&name_hash(name)).ok()??;
        if known.made_from.as_ref() != Some(made_from) {
            return None;
        }
        let content = FileHash::of_reader(&mut File::open(file).ok()?).ok()?;
        (content == known.content).then_some(content)
    }

    /// Notes what is about to be written: before it is, so that a run that is killed leaves nothing unknown.
    pub(super) fn note(&self, name: &Path, content: FileHash, made_from: Option<FileHash>) -> std::io::Result<()> {
        let (name, written) = (name_hash(name), Written { content, made_from });
        let mut appended = self.lock();
        let mut file = match appended.take() {
            Some(file) => file,
            None => OpenOptions::new().append(true).create(true).open(&self.path)?,
        };
        file.write_all(line(&name, &written).as_bytes())?;
        *appended = Some(file);
        Ok(self.written.note(&name, &written)?)
    }

    /// Writes the ledger in order, of each file only what it holds now.
    pub(super) fn settle(&self) -> std::io::Result<()> {
        *self.lock() = None;
        write_whole_with(&self.path, |out| {
            Ok(self.written.each_latest(|name, written| write_line(out, name, written))?)
        })
    }

    /// Notes an output of this run: one that was written, or found to be up to date.
    pub(super) fn note_output(&self, relative: &Path, content: &FileHash) -> std::io::Result<()> {
        Ok(self.written.note_output(&relative.to_string_lossy().replace('\\', "/"), content)?)
    }

    /// The outputs of this run.
    pub(super) fn written(&self) -> &WrittenFiles {
        &self.written
    }

    fn lock(&self) -> MutexGuard<'_, Option<File>> {
        self.appended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_lines(path: &Path, written: &WrittenFiles) -> std::io::Result<()> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for line in BufReader::new(file).lines() {
        let line = line?;
        let mut hashes = line.split(' ').map(FileHash::from_hex);
        let (Some(Some(name)), Some(Some(content))) = (hashes.next(), hashes.next()) else { continue };
        written.note(&name, &Written { content, made_from: hashes.next().flatten() })?;
    }
    Ok(())
}

/// Whether a file begins as a ledger does.
pub(super) fn is_ledger(path: &Path) -> std::io::Result<bool> {
    let mut first = String::new();
    BufReader::new(File::open(path)?.take(LONGEST_LINE)).read_line(&mut first)?;
    Ok(first.trim_end().split(' ').all(|hash| FileHash::from_hex(hash).is_some()))
}

fn write_line(out: &mut dyn Write, name: &FileHash, written: &Written) -> std::io::Result<()> {
    out.write_all(line(name, written).as_bytes())
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
