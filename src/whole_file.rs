//! Writing a file whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

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
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = NamedTempFile::new_in(folder)?;
    let mut out = BufWriter::new(temporary.as_file_mut());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    place(temporary, path)
}

/// Gives a file that was written its name.
pub fn place(temporary: NamedTempFile, path: &Path) -> std::io::Result<()> {
    make_readable(&temporary)?;
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
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
