//! Which file a path leads to, whatever links lead there.

use std::path::{Path, PathBuf};

use same_file::Handle;

/// How many links one after another are followed to a file that is not there yet.
const MOST_LINKS: usize = 40;

/// A regular file that is there; two paths to the same file have the same, hard links too.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FileIdentity(Handle);

impl FileIdentity {
    /// The file at a path; none where it cannot be opened. Pipes and devices are not, since opening them can wait for ever.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let is_file = path.metadata().is_ok_and(|metadata| metadata.is_file());
        if is_file { Handle::from_path(path).ok().map(Self) } else { None }
    }
}

/// Where a file really is, or will be once it is made.
pub(crate) fn real_place(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        let Ok(target) = path.read_link() else { break };
        path = folder_of(&path).join(target);
    }
    match path.file_name() {
        Some(name) if path.parent().is_some() => real_place(folder_of(&path)).join(name),
        _ => path,
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether two places are the same: where the system does not tell upper from lower case, whatever the case.
pub(crate) fn is_same_place(one: &Path, other: &Path) -> bool {
    one == other
        || (cfg!(any(windows, target_os = "macos"))
            && one.to_string_lossy().to_lowercase() == other.to_string_lossy().to_lowercase())
}
