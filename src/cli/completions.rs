//! `sporskifte completions`: what a shell needs to complete commands and options.

use std::io::Write as _;

use clap::ArgMatches;
use clap_complete::{Shell, generate};

use super::NOTHING_FOUND;
use super::arguments::{PROGRAM, command};
use super::check::unless_broken_pipe;
use super::failure::Failure;
use crate::language::Language;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let shell = matches.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash);
    let mut script = Vec::new();
    generate(shell, &mut command(language), PROGRAM, &mut script);
    unless_broken_pipe(std::io::stdout().lock().write_all(&script))?;
    Ok(NOTHING_FOUND)
}
