//! Several new files in a folder: all of them, or none and no folder either.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::whole_file::{begin_in, make_readable};

/// Why no file was made.
#[derive(Debug, thiserror::Error)]
pub enum NewFilesError {
    /// A file of this name is there already, and may be somebody's work.
    #[error("{} is there already", .0.display())]
    AlreadyThere(PathBuf),
    /// A file or folder cannot be written.
    #[error("{path} cannot be written: {error}", path = .0.display(), error = .1)]
    NotWritten(PathBuf, io::Error),
}

/// Writes new files into a folder, which is made where it is missing; gives their paths.
///
/// All are written under other names first, so that nothing but renaming is left when the first gets its name; what
/// has its name when that fails is removed again.
pub fn create_together<'f>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Vec<PathBuf>, NewFilesError> {
    let files: Vec<(PathBuf, &[u8])> = files.into_iter().map(|(name, bytes)| (folder.join(name), bytes)).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(NewFilesError::AlreadyThere(path.clone()));
    }
    let mut made = Made::default();
    made.folder(folder).map_err(|error| NewFilesError::NotWritten(folder.to_owned(), error))?;
    let mut staged = Vec::new();
    for (path, bytes) in files {
        match stage(folder, bytes) {
            Ok(temporary) => staged.push((temporary, path)),
            Err(error) => {
                // Before the folder they lie in is taken back.
                drop(staged);
                return Err(NewFilesError::NotWritten(path, error));
            }
        }
    }
    for (temporary, path) in staged {
        made.file(temporary, path)?;
    }
    Ok(made.keep())
}

fn stage(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut temporary = begin_in(folder)?;
    temporary.write_all(bytes)?;
    make_readable(&temporary)?;
    Ok(temporary)
}

/// What was made so far; removed again unless it is kept.
#[derive(Default)]
struct Made {
    /// From the outermost to the innermost.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && folder.symlink_metadata().is_err();
        let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
        self.folders = missing.into_iter().rev().map(Path::to_owned).collect();
        std::fs::create_dir_all(folder)
    }

    fn file(&mut self, temporary: NamedTempFile, path: PathBuf) -> Result<(), NewFilesError> {
        match temporary.persist_noclobber(&path) {
            Ok(_) => {
                self.files.push(path);
                Ok(())
            }
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(NewFilesError::AlreadyThere(path))
            }
            Err(failed) => Err(NewFilesError::NotWritten(path, failed.error)),
        }
    }

    fn keep(mut self) -> Vec<PathBuf> {
        self.folders.clear();
        std::mem::take(&mut self.files)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // What cannot be removed stays; the error that is on its way tells more than this one would.
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        // Only where it is empty: somebody else may have put something there.
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &[u8]); 3] = [("a.xlsx", b"a"), ("b.xlsx", b"b"), ("c.xlsx", b"c")];

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_are_made_and_the_folders_to_them() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("ny/sag");
        let made = create_together(&folder, FILES).unwrap();
        assert_eq!(names(&folder), ["a.xlsx", "b.xlsx", "c.xlsx"]);
        assert_eq!(made.len(), 3);
        assert_eq!(std::fs::read(&made[1]).unwrap(), b"b");
    }

    #[test]
    fn where_one_is_there_already_nothing_is_made() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("b.xlsx"), b"hers").unwrap();
        let refused = create_together(root.path(), FILES).unwrap_err();
        assert!(matches!(refused, NewFilesError::AlreadyThere(path) if path.ends_with("b.xlsx")));
        assert_eq!(names(root.path()), ["b.xlsx"]);
        assert_eq!(std::fs::read(root.path().join("b.xlsx")).unwrap(), b"hers");
    }

    #[test]
    fn where_the_last_cannot_get_its_name_the_others_and_the_folders_are_taken_back() {
        let root = tempfile::tempdir().unwrap();
        let too_long = "c".repeat(300);
        let files = FILES.into_iter().take(2).chain([(too_long.as_str(), &b"c"[..])]);
        let refused = create_together(&root.path().join("ny/sag"), files).unwrap_err();
        assert!(matches!(refused, NewFilesError::NotWritten(..)));
        assert_eq!(names(root.path()), [""; 0]);
    }
}
