//! `sporskifte history`: what was found in a case through time.

use std::io::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;

use super::check::unless_broken_pipe;
use super::failure::{Failure, store_reason};
use super::{NOTHING_FOUND, SOMETHING_FOUND};
use crate::language::{Language, Text};
use crate::plain_text::quotable;
use crate::report::{HistoryEntry, write_history};
use crate::store::{Store, StoreError};

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let case = matches.get_one::<String>("case").cloned().unwrap_or_default();
    let path = matches.get_one::<PathBuf>("state").cloned().unwrap_or_default();
    let entries = entries(&path, &case).map_err(|error| Failure::State(path.clone(), store_reason(&error)))?;
    let mut out = std::io::stdout().lock();
    if entries.is_empty() {
        let unknown = Text::new("Der er ikke set nogen sag, der hedder", "No case was seen that is called");
        unless_broken_pipe(writeln!(out, "{} {}.", unknown.get(language), quotable(&case)))?;
        return Ok(SOMETHING_FOUND);
    }
    unless_broken_pipe(write_history(&entries, language, &mut out))?;
    Ok(NOTHING_FOUND)
}

fn entries(path: &std::path::Path, case: &str) -> Result<Vec<HistoryEntry>, StoreError> {
    Store::existing(path)?.history(case)
}
