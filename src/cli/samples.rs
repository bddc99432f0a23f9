//! `sporskifte samples`: writes the sample cases, or any number of invented ones.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::NOTHING_FOUND;
use super::failure::Failure;
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::sample::{CaseGenerator, SampleError, write_cases, write_samples};

/// The seed where none is given.
const SEED: u64 = 1;

pub(super) fn run(matches: &ArgMatches, _language: Language) -> Result<u8, Failure> {
    let folder = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let written = match matches.get_one::<u64>("cases") {
        Some(&cases) => generate(matches, &folder, cases),
        None => write_samples(&folder),
    };
    written.map_err(|error| match error {
        SampleError::Io(error) => Failure::NotWritten(folder.clone(), io_reason(&error)),
        SampleError::NotOurs(path) => Failure::AlreadyThere(path),
        error => Failure::Internal(error.to_string()),
    })?;
    Ok(NOTHING_FOUND)
}

fn generate(matches: &ArgMatches, folder: &Path, cases: u64) -> Result<(), SampleError> {
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(SEED);
    let clean = matches.get_one::<u32>("clean").copied().unwrap_or(CaseGenerator::CLEAN_PERCENT);
    write_cases(folder, &CaseGenerator::new(seed, clean)?, cases)
}
