//! `sporskifte samples`: writes the sample cases.

use std::path::PathBuf;

use clap::ArgMatches;

use super::NOTHING_FOUND;
use super::failure::Failure;
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::sample::{SampleError, write_samples};

pub(super) fn run(matches: &ArgMatches, _language: Language) -> Result<u8, Failure> {
    let folder = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    write_samples(&folder).map_err(|error| match error {
        SampleError::Io(error) => Failure::NotWritten(folder.clone(), io_reason(&error)),
        error => Failure::Internal(error.to_string()),
    })?;
    Ok(NOTHING_FOUND)
}
