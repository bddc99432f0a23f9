//! `sporskifte import`: fills in the blank forms from a case as data.

use std::io::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;

use super::NOTHING_FOUND;
use super::failure::Failure;
use super::new_workbook::write_workbook;
use super::settings::parameters;
use crate::form::Layout;
use crate::import::{ImportError, import_case};
use crate::intake::read_bytes;
use crate::language::Language;
use crate::template::Forms;
use crate::workbook::Limits;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let case: PathBuf = matches.get_one::<PathBuf>("case").cloned().unwrap_or_default();
    let folder: PathBuf = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    if case.symlink_metadata().is_err() {
        return Err(Failure::NoSuchPath(case));
    }
    let json = read_bytes(&case, &Limits::default()).map_err(|_| Failure::NotJson(case.clone(), None))?;
    let layouts = Layout::embedded().map_err(|error| Failure::Internal(error.to_string()))?;
    let parameters = parameters(matches)?;
    let made = import_case(&json, &Forms::new(&layouts, &parameters)).map_err(|error| match error {
        ImportError::Syntax(error) => Failure::NotJson(case.clone(), Some(error.line())),
        ImportError::Problems(problems) => Failure::NotImported(case.clone(), problems),
        ImportError::Template(error) => Failure::Internal(error.to_string()),
    })?;
    let files: Vec<(PathBuf, Vec<u8>)> = made.into_iter().map(|form| (folder.join(&form.name), form.bytes)).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(Failure::AlreadyThere(path.clone()));
    }
    for (path, bytes) in files {
        let wrote = write_workbook(&path, &bytes, language)?;
        // The form is there, whether or not anybody reads this.
        let _ = writeln!(std::io::stdout(), "{wrote}");
    }
    Ok(NOTHING_FOUND)
}
