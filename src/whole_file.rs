//! Writing a file whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why a file is not replaced: it is not as we wrote it.
#[derive(Debug, thiserror::Error)]
#[error("the file is not as it was written")]
pub(crate) struct ChangedByOthers;

/// Writes a file: to a temporary file beside it first, which is then renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_with(path, |out| out.write_all(bytes))
}

/// The same for a file that is written bit by bit.
pub fn write_whole_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut temporary = begin_in(folder_of(path))?;
    let mut out = BufWriter::new(temporary.as_file_mut());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    place(temporary, path)
}

/// Begins a file that has no name yet, in a folder that is made where it is missing.
pub fn begin_in(folder: &Path) -> io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    NamedTempFile::new_in(literal(folder)?)
}

/// Gives a file that was written its name.
pub fn place(temporary: NamedTempFile, path: &Path) -> io::Result<()> {
    make_readable(&temporary)?;
    let name = path.file_name().unwrap_or_default();
    temporary.persist(literal(folder_of(path))?.join(name)).map_err(|error| error.error)?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A folder as Windows takes it whatever its length: files are renamed there by more than the standard library, which
/// sees to that itself.
fn literal(folder: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) { folder.canonicalize() } else { Ok(folder.to_owned()) }
}

/// A temporary file is its owner's alone; what is written is to be read by colleagues as any new file is.
#[cfg(unix)]
pub(crate) fn make_readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // as on Unix
pub(crate) fn make_readable(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
