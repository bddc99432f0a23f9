//! The command line: arguments in, exit code out. Only here are arguments, threads, terminals and exit codes known.

mod arguments;
mod carry;
mod check;
mod compare;
mod completions;
mod drop;
mod export;
mod failure;
mod history;
mod import;
mod log;
mod man;
mod new_workbook;
mod opener;
mod progress;
mod result_folder;
mod rules;
mod run_outputs;
mod samples;
mod settings;
mod template;
mod usage;
mod verify;
mod window;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use failure::Failure;

/// The run found nothing at or above `--fail-on`.
const NOTHING_FOUND: u8 = 0;
/// The run found something at or above `--fail-on`.
const SOMETHING_FOUND: u8 = 1;
/// The run itself failed.
const RUN_FAILED: u8 = 2;

/// Runs the program on its arguments, the program's name first.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    // What breaks down on one file is reported as that file's; a panic's own words could repeat what the file holds.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<OsString> = arguments.collect();
    let language = arguments::language(&arguments);
    let mut command = arguments::command(language);
    let arguments = arguments::spelled_out(arguments, &command);
    let matches = match command.try_get_matches_from_mut(&arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::tell(&error, &arguments, &mut command, language),
    };
    let run = || match matches.subcommand() {
        Some(("check", matches)) => check::run(matches, language),
        Some(("merge", matches)) => check::merge(matches, language),
        Some(("verify", matches)) => verify::run(matches, language),
        Some(("history", matches)) => history::run(matches, language),
        Some(("compare", matches)) => compare::run(matches, language),
        Some(("export", matches)) => export::run(matches, language),
        Some(("import", matches)) => import::run(matches, language),
        Some((name @ ("accounts" | "overview" | "upgrade"), matches)) => carry::run(name, matches, language),
        Some(("template", matches)) => template::run(matches, language),
        Some(("rules", matches)) => rules::run(matches, language),
        Some(("samples", matches)) => samples::run(matches, language),
        Some(("drop", matches)) => drop::run(matches, language),
        Some(("completions", matches)) => completions::run(matches, language),
        Some(("man", matches)) => man::run(matches, language),
        _ => Err(Failure::NoCommand),
    };
    let code = match catch_unwind(AssertUnwindSafe(run)).unwrap_or(Err(Failure::Internal("panic".to_owned()))) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => failure::report(&failure, language),
    };
    if matches.subcommand_name() == Some("drop") {
        window::keep_open(language);
    }
    code
}
