//! `sporskifte import`: fills in the blank forms from a case as data.

use std::io::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;

use super::NOTHING_FOUND;
use super::failure::Failure;
use super::new_workbook::wrote;
use super::settings::parameters;
use crate::batch::Settings;
use crate::import::ImportError;
use crate::intake::read_bytes;
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::library::{import, write_forms};
use crate::new_files::NewFilesError;
use crate::workbook::Limits;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let case: PathBuf = matches.get_one::<PathBuf>("case").cloned().unwrap_or_default();
    let folder: PathBuf = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    if case.symlink_metadata().is_err() {
        return Err(Failure::NoSuchPath(case));
    }
    let json = read_bytes(&case, &Limits::default()).map_err(|_| Failure::NotJson(case.clone(), None))?;
    let internal = |error: String| Failure::Internal(error);
    let embedded = Settings::embedded().map_err(|error| internal(error.to_string()))?;
    let settings = Settings { parameters: parameters(matches)?, ..embedded };
    let made = import(&json, &settings).map_err(|error| match error {
        ImportError::Syntax(error) => Failure::NotJson(case.clone(), Some(error.line())),
        ImportError::Problems(problems) => Failure::NotImported(case.clone(), problems),
        ImportError::Template(error) => internal(error.to_string()),
    })?;
    let paths = write_forms(&folder, &made).map_err(|error| match error {
        NewFilesError::AlreadyThere(path) => Failure::AlreadyThere(path),
        NewFilesError::NotWritten(path, error) => Failure::NotWritten(path, io_reason(&error)),
    })?;
    for path in paths {
        // The form is there, whether or not anybody reads this.
        let _ = writeln!(std::io::stdout(), "{}", wrote(&path, language));
    }
    Ok(NOTHING_FOUND)
}
