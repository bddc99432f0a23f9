//! `sporskifte template`: writes a blank form.

use std::io::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;

use super::NOTHING_FOUND;
use super::failure::Failure;
use super::new_workbook::write_workbook;
use super::settings::date;
use crate::batch::Settings;
use crate::language::Language;
use crate::template::blank;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let internal = |reason: String| Failure::Internal(reason);
    let settings = Settings::embedded().map_err(|error| internal(error.to_string()))?;
    let kind = matches.get_one::<String>("kind").map(String::as_str).unwrap_or_default();
    let layout = settings.layouts.iter().find(|layout| layout.kind.name() == kind);
    let layout = layout.ok_or_else(|| internal(kind.to_owned()))?;
    let date = match date(matches, "date")? {
        Some(date) => date,
        None => settings.parameters.latest_rules_from().ok_or_else(|| internal("no rules".to_owned()))?,
    };
    let resolved = settings.parameters.resolve(date).ok_or_else(|| Failure::NoRules(language.date(date)))?;
    let bytes = blank(layout, &resolved).map_err(|error| internal(error.to_string()))?;
    let path = matches.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| format!("{kind}.xlsx").into());
    if path.symlink_metadata().is_ok() {
        return Err(Failure::AlreadyThere(path));
    }
    let wrote = write_workbook(&path, &bytes, language)?;
    // The form is there, whether or not anybody reads this.
    let _ = writeln!(std::io::stdout(), "{wrote}");
    Ok(NOTHING_FOUND)
}
