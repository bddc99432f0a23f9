//! Writing a file whole or not at all.

use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

/// Why a file is not replaced: it is not as we wrote it.
#[derive(Debug, thiserror::Error)]
#[error("the file is not as it was written")]
pub(crate) struct ChangedByOthers;

/// Writes a file: to a temporary file beside it first, which is then renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
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
fn make_readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)] // as on Unix
fn make_readable(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
