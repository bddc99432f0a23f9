//! The letters of a run: a text file for each case in which there is something to mend.

use std::path::Path;

use super::OutputFolder;
use super::outputs::not_written;
use crate::language::Language;
use crate::report::{CaseReport, Problem, letter};

/// Writes the letter of a case, or removes that of an earlier run, which no longer says how things stand.
pub(super) fn settle_letter(
    case: &CaseReport,
    name: &Path,
    folder: &OutputFolder,
    language: Language,
) -> Result<(), Problem> {
    let result = match letter(case, language) {
        // Windows is where caseworkers read: with its line ends, older editors and mail programs keep the paragraphs
        // apart too. There is no byte order mark: Windows knows UTF-8 without one, and some programs would paste it.
        Some(text) => folder.write(name, text.replace('\n', "\r\n").as_bytes()),
        None => folder.remove_outdated(name),
    };
    result.map_err(|error| not_written(name, &error))
}
