//! The letters of a run: a text file for each case in which there is something to mend.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::OutputFolder;
use super::outputs::{letter_name, not_written};
use super::run::PlacedCase;
use crate::language::Language;
use crate::report::{Problem, letter};

/// Writes the letters beside the copies, whose names are given file by file; gives what went wrong.
pub(super) fn write_letters(
    cases: &[PlacedCase],
    copies: &[PathBuf],
    folder: &OutputFolder,
    language: Language,
) -> Vec<Problem> {
    let mut taken = BTreeSet::new();
    let mut problems = Vec::new();
    for (indexes, case) in cases {
        let Some(first) = indexes.first().and_then(|&index| copies.get(index)) else { continue };
        // Every case takes its name, so that it does not depend on which others have errors.
        let name = letter_name(first, &mut taken);
        let result = match letter(case, language) {
            Some(text) => write(&name, &text, folder),
            // A letter of an earlier run no longer says how things stand.
            None => folder.remove_outdated(&name).map_err(|error| not_written(&name, &error)),
        };
        problems.extend(result.err());
    }
    problems
}

/// Windows is where caseworkers read: with its line ends, older editors and mail programs keep the paragraphs apart too.
/// There is no byte order mark: Windows knows UTF-8 without one, and some programs would paste it.
fn write(name: &Path, text: &str, folder: &OutputFolder) -> Result<(), Problem> {
    folder.write(name, text.replace('\n', "\r\n").as_bytes()).map_err(|error| not_written(name, &error))
}
