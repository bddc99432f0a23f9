//! `sporskifte check`: checks files and folders.

use std::io::{self, BufWriter, Cursor, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use terminal_size::terminal_size;

use super::failure::Failure;
use super::progress::Bar;
use super::settings::settings;
use super::{NOTHING_FOUND, RUN_FAILED, SOMETHING_FOUND};
use crate::batch::{CopyChoice, OVERVIEW_NAME, OutputFolder, OutputFolderError, Outputs, PAGE_NAME, check, discover};
use crate::finding::Severity;
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::parameters::Parameters;
use crate::report::{
    RunReport, Statistics, TextStyle, write_json, write_jsonl, write_junit, write_overview, write_page, write_sarif,
    write_text,
};

/// The options that say what is written to the output folder.
const NEED_A_FOLDER: [&str; 2] = ["annotate", "letter"];

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let is_given = |option: &&str| matches.value_source(option) == Some(ValueSource::CommandLine);
    if let Some(option) = NEED_A_FOLDER.into_iter().find(is_given).filter(|_| !matches.contains_id("out")) {
        return Err(Failure::NeedsFolder(option));
    }
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
    let inputs: Vec<PathBuf> = discovered.files.iter().map(|file| file.path.clone()).chain(paths).collect();
    let folder = matches.get_one::<PathBuf>("out").map(|folder| prepare(folder, &inputs)).transpose()?;
    let outputs =
        folder.as_ref().map(|folder| Outputs { folder, copies: copies(matches), letters: matches.get_flag("letter") });
    let report = check(discovered, &settings, outputs.as_ref(), &Bar::new());
    let destination = matches.get_one::<PathBuf>("out").zip(folder.as_ref());
    let overviews = destination.map_or(Ok(()), |(scratch, outputs)| {
        write_overviews(&report, &settings.parameters, &Destination { outputs, scratch }, language)
    });
    print(&report, matches, language)?;
    overviews?;
    if let Some(folder) = &folder {
        folder.finish().map_err(|error| Failure::NotWritten(OVERVIEW_NAME.into(), io_reason(&error)))?;
    }
    Ok(exit_code(&report, fail_on(matches)))
}

fn use_threads(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(&jobs) = matches.get_one::<u16>("jobs") else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    pool.build_global().map_err(|error| Failure::Internal(error.to_string()))
}

fn prepare(folder: &Path, inputs: &[PathBuf]) -> Result<OutputFolder, Failure> {
    OutputFolder::prepare(folder, inputs).map_err(|error| match error {
        OutputFolderError::HoldsInputs => Failure::OutputHoldsInputs(folder.to_owned()),
        OutputFolderError::Io(error) => Failure::NotWritten(folder.to_owned(), io_reason(&error)),
    })
}

fn copies(matches: &ArgMatches) -> CopyChoice {
    match matches.get_one::<String>("annotate").map(String::as_str) {
        Some("all") => CopyChoice::All,
        Some("none") => CopyChoice::None,
        _ => CopyChoice::Findings,
    }
}

fn print(report: &RunReport, matches: &ArgMatches, language: Language) -> Result<(), Failure> {
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let mut out = BufWriter::new(stdout.lock());
    let written = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => write_json(report, language, &mut out),
        Some("jsonl") => write_jsonl(report, language, &mut out),
        Some("sarif") => write_sarif(report, language, &mut out),
        Some("junit") => write_junit(report, language, &mut out),
        _ => write_text(report, text_style(language, is_terminal), &mut out),
    };
    unless_broken_pipe(written.and_then(|()| out.flush()))
}

/// Why output failed; not where whoever reads has seen enough, as in `sporskifte FOLDER | head`.
pub(super) fn unless_broken_pipe(written: std::io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Failure::Output),
    }
}

/// The width of text that goes to a file or another program.
pub(super) const PLAIN_WIDTH: usize = 100;

fn text_style(language: Language, is_terminal: bool) -> TextStyle {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let width = terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0));
    TextStyle { language, colours: is_terminal && !no_color, width: if is_terminal { width } else { PLAIN_WIDTH } }
}

/// Where the overviews go.
struct Destination<'d> {
    outputs: &'d OutputFolder,
    /// The same folder, for files that are gone when a report is written.
    scratch: &'d Path,
}

fn write_overviews(
    report: &RunReport,
    parameters: &Parameters,
    destination: &Destination<'_>,
    language: Language,
) -> Result<(), Failure> {
    let not_written = |name: &str, error: &io::Error| Failure::NotWritten(PathBuf::from(name), io_reason(error));
    let statistics = Statistics::of(report, parameters).map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    let mut overview = Cursor::new(Vec::new());
    write_overview(report, &statistics, language, destination.scratch, &mut overview)
        .and_then(|()| destination.outputs.write(Path::new(OVERVIEW_NAME), &overview.into_inner()))
        .map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    let mut page = Vec::new();
    write_page(report, &statistics, language, &mut page)
        .and_then(|()| destination.outputs.write(Path::new(PAGE_NAME), &page))
        .map_err(|error| not_written(PAGE_NAME, &error))
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
    if report.totals.worst.is_some_and(|worst| worst >= fail_on) { SOMETHING_FOUND } else { NOTHING_FOUND }
}
