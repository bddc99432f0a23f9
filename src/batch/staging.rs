//! Copies that are made before it is certain that they are the ones to keep: each is named after all that it is made
//! from, and is moved to its place once its case is decided.

use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::intake::FileHash;
use crate::whole_file::{begin_in, write_whole};

/// The folder in an output folder where they wait.
pub(super) const STAGING_NAME: &str = ".sporskifte-undervejs";

/// The copies that wait in an output folder; they are gone when this is.
#[derive(Debug)]
pub(super) struct Staging(PathBuf);

impl Staging {
    /// Nothing waits; what a run that was killed has left is removed.
    pub(super) fn begin(folder: &Path) -> std::io::Result<Self> {
        let staging = Self(folder.join(STAGING_NAME));
        staging.clear()?;
        Ok(staging)
    }

    /// Lets a copy wait.
    pub(super) fn put(&self, made_from: &FileHash, bytes: &[u8]) -> std::io::Result<()> {
        write_whole(&self.place(made_from), bytes)
    }

    /// Where the copy that was made from this waits, and the hash of its content.
    pub(super) fn find(&self, made_from: &FileHash) -> Option<(PathBuf, FileHash)> {
        let place = self.place(made_from);
        let content = FileHash::of_reader(&mut File::open(&place).ok()?).ok()?;
        Some((place, content))
    }

    /// The folder where they wait, for what else is written on the way.
    pub(super) fn folder(&self) -> std::io::Result<&Path> {
        std::fs::create_dir_all(&self.0)?;
        Ok(&self.0)
    }

    /// A file that is written bit by bit.
    pub(super) fn begin_file(&self) -> std::io::Result<NamedTempFile> {
        begin_in(&self.0)
    }

    /// Removes all that waits.
    pub(super) fn clear(&self) -> std::io::Result<()> {
        match std::fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// In one of 256 folders: a folder of a hundred thousand files is slow on many systems.
    fn place(&self, made_from: &FileHash) -> PathBuf {
        let name = made_from.to_string();
        let (folder, rest) = name.split_at(2);
        self.0.join(folder).join(rest)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // The next run clears what cannot be removed now.
        let _ = self.clear();
    }
}
