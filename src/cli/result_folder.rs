//! The new folder for the results of what was dropped on the program.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use crate::batch::OVERVIEW_NAME;
use crate::plain_text::file_name;

/// What ends the name of such a folder.
const SUFFIX: &str = " kontrolleret";

/// The longest part of a dropped thing's name that the folder is called after, in characters.
const LONGEST_NAME: usize = 80;

/// The longest path of a workbook that Excel opens, in UTF-16.
const LONGEST_PATH: usize = 218;

/// How many folders of one name there may be.
const MOST: u32 = 9999;

/// A folder that was made.
pub(super) struct ResultFolder {
    pub(super) path: PathBuf,
    /// Why it is not beside what was dropped, if it is not.
    pub(super) elsewhere: Option<Error>,
}

impl ResultFolder {
    /// Makes a new folder beside what was dropped or, where that cannot be, among the user's documents.
    pub(super) fn for_dropped(paths: &[PathBuf]) -> Result<Self> {
        let first = std::path::absolute(paths.first().map_or(Path::new("."), PathBuf::as_path))?;
        let name = if first.is_dir() { first.file_name() } else { first.file_stem() };
        let name = name.unwrap_or("sporskifte".as_ref()).to_string_lossy();
        let name = folder_name(&name, paths.len() > 1);
        // A whole drive has nothing beside it; what was written to it before is not read again.
        let beside = first.parent().unwrap_or(&first);
        let made =
            if opens(&beside.join(&name)) { new_folder(beside, &name) } else { Err(ErrorKind::InvalidFilename.into()) };
        match made {
            Ok(path) => Ok(Self { path, elsewhere: None }),
            Err(error) => Ok(Self { path: new_folder(&documents(), &name)?, elsewhere: Some(error) }),
        }
    }
}

/// Whether the programs of Windows open a report that lies there; other systems have no such limit.
fn opens(folder: &Path) -> bool {
    !cfg!(windows) || folder.join(OVERVIEW_NAME).to_string_lossy().encode_utf16().count() <= LONGEST_PATH
}

/// What the folder is called: after what was dropped, or the first of several.
fn folder_name(first: &str, is_one_of_several: bool) -> String {
    let name = file_name(first);
    // What was mended in results, or in one copy of them, is not called so twice.
    let name = without_number(&name);
    let name = name.strip_suffix(SUFFIX).or(name.strip_suffix(".kontrolleret")).unwrap_or(name);
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let others = if is_one_of_several && !name.ends_with(" m.fl.") { " m.fl." } else { "" };
    format!("{}{others}{SUFFIX}", name.trim())
}

/// The name of a folder of results without its number, and any other as it is.
fn without_number(name: &str) -> &str {
    let Some((before, number)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) else { return name };
    let is_numbered = before.ends_with(SUFFIX) && number.chars().all(|digit| digit.is_ascii_digit());
    if is_numbered { before } else { name }
}

/// A folder of this name that was not there before, with a number where others were.
fn new_folder(place: &Path, name: &str) -> Result<PathBuf> {
    let names = std::iter::once(name.to_owned()).chain((2..=MOST).map(|number| format!("{name} ({number})")));
    for name in names {
        let path = place.join(name);
        match std::fs::create_dir(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|()| path),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Where a user's own files lie.
fn documents() -> PathBuf {
    let home = std::env::home_dir().filter(|home| home.is_dir());
    let documents = home.as_ref().map(|home| home.join("Documents")).filter(|documents| documents.is_dir());
    documents.or(home).unwrap_or_else(std::env::temp_dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_called_after_what_was_dropped() {
        for (first, several, name) in [
            ("budget 2023.v2", false, "budget 2023.v2 kontrolleret"),
            ("budget", true, "budget m.fl. kontrolleret"),
            ("sager (2)", false, "sager (2) kontrolleret"),
            ("010170-0000", false, "010170-xxxx kontrolleret"),
        ] {
            assert_eq!(folder_name(first, several), name, "{first}");
        }
        assert!(folder_name(&"æ".repeat(120), true).len() < 200, "names on some systems have 255 bytes at most");
    }

    #[test]
    fn results_that_are_checked_again_are_not_called_results_of_results() {
        for first in ["sager kontrolleret", "sager kontrolleret (12)", "sager.kontrolleret"] {
            assert_eq!(folder_name(first, false), "sager kontrolleret", "{first}");
        }
        assert_eq!(folder_name("sager m.fl. kontrolleret", true), "sager m.fl. kontrolleret");
    }
}
