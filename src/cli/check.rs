//! `sporskifte check`: checks files and folders.

use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use jiff::civil::Date;
use terminal_size::terminal_size;

use super::failure::Failure;
use super::progress::Bar;
use super::{NOTHING_FOUND, RUN_FAILED, SOMETHING_FOUND};
use crate::batch::{OutputFolder, OutputFolderError, Settings, check, discover};
use crate::finding::Severity;
use crate::form::Layout;
use crate::language::Language;
use crate::parameters::{Industries, Parameters};
use crate::report::{RunReport, TextStyle, overview_workbook, write_json, write_jsonl, write_text};

/// The name of the overview in the output folder.
const OVERVIEW_NAME: &str = "rapport.xlsx";

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let settings = settings(matches, language)?;
    let paths: Vec<PathBuf> = matches.get_many("paths").into_iter().flatten().cloned().collect();
    if let Some(missing) = paths.iter().find(|path| path.symlink_metadata().is_err()) {
        return Err(Failure::NoSuchPath(missing.clone()));
    }
    use_threads(matches)?;
    let discovered = discover(&paths, &settings.limits);
    if discovered.files.is_empty() && discovered.problems.is_empty() {
        return Err(Failure::NothingToCheck);
    }
    let outputs = matches.get_one::<PathBuf>("out").map(|folder| prepare(folder, &paths)).transpose()?;
    let report = check(discovered, &settings, outputs.as_ref(), &Bar::new());
    print(&report, matches, language)?;
    if let Some(outputs) = &outputs {
        write_overview(&report, outputs, language)?;
    }
    Ok(exit_code(&report, fail_on(matches)))
}

fn settings(matches: &ArgMatches, language: Language) -> Result<Settings, Failure> {
    let embedded = Settings::embedded().map_err(|error| Failure::Internal(error.to_string()))?;
    let mut settings = Settings { language, rules_date: rules_date(matches)?, ..embedded };
    if let Some(path) = matches.get_one::<PathBuf>("parameters") {
        settings.parameters = from_file(path, Parameters::from_toml)?;
    }
    if let Some(path) = matches.get_one::<PathBuf>("industries") {
        settings.industries = from_file(path, Industries::from_csv)?;
    }
    for path in matches.get_many::<PathBuf>("layout").into_iter().flatten() {
        settings.layouts.push(Arc::new(from_file(path, Layout::from_toml)?));
    }
    match settings.rules_date {
        Some(date) if settings.parameters.resolve(date).is_none() => Err(Failure::NoRules(language.date(date))),
        _ => Ok(settings),
    }
}

fn from_file<T, E: std::fmt::Display>(path: &Path, read: impl Fn(&str) -> Result<T, E>) -> Result<T, Failure> {
    let broken = |reason: String| Failure::Settings(path.to_owned(), reason);
    let text = std::fs::read_to_string(path).map_err(|error| broken(error.to_string()))?;
    read(&text).map_err(|error| broken(error.to_string()))
}

fn rules_date(matches: &ArgMatches) -> Result<Option<Date>, Failure> {
    matches.get_one::<String>("rules-date").map(|text| parse_date(text)).transpose()
}

/// Reads a date given as year-month-day.
pub(super) fn parse_date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::NotADate(text.to_owned()))
}

fn use_threads(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(&jobs) = matches.get_one::<u16>("jobs") else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    pool.build_global().map_err(|error| Failure::Internal(error.to_string()))
}

fn prepare(folder: &Path, inputs: &[PathBuf]) -> Result<OutputFolder, Failure> {
    OutputFolder::prepare(folder, inputs).map_err(|error| match error {
        OutputFolderError::HoldsInputs => Failure::OutputHoldsInputs(folder.to_owned()),
        OutputFolderError::Io(error) => Failure::NotWritten(folder.to_owned(), error.to_string()),
    })
}

fn print(report: &RunReport, matches: &ArgMatches, language: Language) -> Result<(), Failure> {
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = BufWriter::new(stdout.lock());
    let written = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => write_json(report, language, &mut out),
        Some("jsonl") => write_jsonl(report, language, &mut out),
        _ => write_text(report, text_style(language, is_terminal), &mut out),
    };
    match written.and_then(|()| out.flush()) {
        // Whoever reads has seen enough, as in `sporskifte FOLDER | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Failure::Output),
    }
}

/// The width of text that goes to a file or another program.
const PLAIN_WIDTH: usize = 100;

fn text_style(language: Language, is_terminal: bool) -> TextStyle {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let width = terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0));
    TextStyle { language, colours: is_terminal && !no_color, width: if is_terminal { width } else { PLAIN_WIDTH } }
}

fn write_overview(report: &RunReport, outputs: &OutputFolder, language: Language) -> Result<(), Failure> {
    let not_written = |reason: String| Failure::NotWritten(PathBuf::from(OVERVIEW_NAME), reason);
    let bytes = overview_workbook(report, language).map_err(|error| not_written(error.to_string()))?;
    outputs.write(Path::new(OVERVIEW_NAME), &bytes).map_err(|error| not_written(error.to_string()))
}

fn fail_on(matches: &ArgMatches) -> Severity {
    match matches.get_one::<String>("fail-on").map(String::as_str) {
        Some("review") => Severity::Review,
        Some("warning") => Severity::Warning,
        _ => Severity::Error,
    }
}

fn exit_code(report: &RunReport, fail_on: Severity) -> u8 {
    if !report.problems.is_empty() {
        return RUN_FAILED;
    }
    if report.worst().is_some_and(|worst| worst >= fail_on) { SOMETHING_FOUND } else { NOTHING_FOUND }
}
