//! `sporskifte check`: checks files and folders. `sporskifte merge` is the same for parts that were checked apart.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::json;
use terminal_size::terminal_size;

use super::failure::{Failure, store_reason};
use super::log::{Log, is_log};
use super::progress::Bar;
use super::run_outputs::RunOutputs;
use super::settings::settings;
use super::{NOTHING_FOUND, RUN_FAILED, SOMETHING_FOUND};
use crate::batch::{
    CopyChoice, Discovered, NamedOutput, NamedOutputs, OVERVIEW_NAME, OutputFolder, OutputFolderError, Outputs,
    PAGE_NAME, Part, STATE_NAME, Settings, check, discover,
};
use crate::finding::Severity;
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::parameters::Parameters;
use crate::report::{
    NOT_OPENED, RunReport, Statistics, TextStyle, problem_in_words, shown_path, write_json, write_jsonl, write_junit,
    write_overview, write_page, write_sarif, write_summary, write_text,
};
use crate::store::{Store, StoreError, is_state, is_state_journal, state_journal};

/// The options that say what is written to the output folder, or need one to write to.
const NEED_A_FOLDER: [&str; 3] = ["annotate", "letter", "shard"];

/// What the run reads: files and folders to be checked, and files of settings.
const READ: [&str; 5] = ["paths", "config", "parameters", "industries", "layout"];

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    run_logged(matches, language, &[])
}

/// Merges what parts of a run decided: a run that finds in them what it needs not check again.
pub(super) fn merge(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let folders = matches.get_many::<PathBuf>("part").into_iter().flatten();
    let open = |folder: &PathBuf| {
        let missing = || Failure::NotAPart(folder.clone());
        let part = Part::open(folder).map_err(|_| missing())?;
        if part.state().is_file() { Ok(part) } else { Err(missing()) }
    };
    let parts: Vec<Part> = folders.map(open).collect::<Result<_, _>>()?;
    run_logged(matches, language, &parts)
}

fn run_logged(matches: &ArgMatches, language: Language, parts: &[Part]) -> Result<u8, Failure> {
    let named = named_outputs(matches, parts)?;
    let begun = begin(matches, language);
    if let Ok(begun) = &begun {
        named.refuse_inputs(&begun.discovered.files).map_err(Failure::Refused)?;
    }
    // Opened only now, so that no line goes to what is no log.
    let log = match matches.get_one::<PathBuf>("log") {
        Some(path) => Log::to(path).map_err(|error| Failure::NotWritten(path.clone(), io_reason(&error)))?,
        None => Log::none(),
    };
    let result = begun.and_then(|begun| Command { matches, language, parts, log: &log }.run(begun));
    match &result {
        Ok(code) => log.tell("end", json!({ "exit_code": code })),
        Err(failure) => {
            log.tell("failed", json!({ "exit_code": RUN_FAILED, "reason": failure.sentence(Language::English) }));
        }
    }
    result
}

/// The files that the run writes where the user wants them; refused where one cannot go there.
fn named_outputs(matches: &ArgMatches, parts: &[Part]) -> Result<NamedOutputs, Failure> {
    let path = |option: &str| path_of(matches, option);
    let state = path("state").into_iter().flat_map(|state| state_files("state", state.clone()));
    let log = path("log").map(|log| NamedOutput { option: "log", path: log.clone(), is_its_kind: is_log });
    let named = NamedOutputs::new(state.chain(log).collect(), path("out").map(PathBuf::as_path));
    let mut read: Vec<PathBuf> = parts.iter().map(Part::state).collect();
    for option in READ {
        read.extend(matches.try_get_many(option).ok().flatten().into_iter().flatten().cloned());
    }
    named.refuse_misplaced(&read).map_err(Failure::Refused)?;
    let of_part = path("out").filter(|_| is_given(matches, "shard"));
    let mut of_part = of_part.into_iter().flat_map(|folder| state_files("out", folder.join(STATE_NAME)));
    of_part.try_for_each(|state| state.refuse_other_kind()).map_err(Failure::Refused)?;
    Ok(named)
}

/// A state file, and what is kept beside it while it is written.
fn state_files(option: &'static str, path: PathBuf) -> [NamedOutput; 2] {
    let journal = NamedOutput { option, path: state_journal(&path), is_its_kind: is_state_journal };
    [NamedOutput { option, path, is_its_kind: is_state }, journal]
}

/// The path that an option names; `None` also where the command has no such option.
fn path_of<'m>(matches: &'m ArgMatches, option: &str) -> Option<&'m PathBuf> {
    matches.try_get_one(option).ok().flatten()
}

/// What is to be checked, and how.
struct Begun {
    settings: Settings,
    paths: Vec<PathBuf>,
    discovered: Discovered,
}

fn begin(matches: &ArgMatches, language: Language) -> Result<Begun, Failure> {
    let is_given = |option: &&str| is_given(matches, option);
    if let Some(option) = NEED_A_FOLDER.into_iter().find(is_given).filter(|_| path_of(matches, "out").is_none()) {
        return Err(Failure::NeedsFolder(option));
    }
    let settings = settings(matches, language)?;
    use_threads(matches)?;
    let (paths, discovered) = inputs(matches, &settings)?;
    Ok(Begun { settings, paths, discovered })
}

/// A run as it was asked for.
struct Command<'c> {
    matches: &'c ArgMatches,
    language: Language,
    parts: &'c [Part],
    log: &'c Log,
}

impl Command<'_> {
    fn run(&self, begun: Begun) -> Result<u8, Failure> {
        let (matches, language) = (self.matches, self.language);
        let Begun { settings, paths, discovered } = begun;
        let folder = matches.get_one::<PathBuf>("out");
        let folder = folder.map(|folder| prepare(folder, &input_folders(&discovered, &paths))).transpose()?;
        let store = Arc::new(self.store(settings.shard.is_some())?);
        self.tell_start(&paths, &discovered, &settings);
        let outputs = folder.as_ref().map(|folder| Outputs {
            folder,
            copies: copies(matches),
            letters: matches.get_flag("letter"),
            parts: self.parts,
        });
        let report = check(discovered, &settings, outputs.as_ref(), Arc::clone(&store), &Bar::new());
        let report = report.map_err(|error| self.state_failure(&error))?;
        self.tell_result(&report)?;
        let run_outputs = RunOutputs { report: &report, settings: &settings, store: &store, paths: &paths };
        let write = || {
            let Some(outputs) = &folder else { return Ok(()) };
            let overviews = write_overviews(&report, &settings.parameters, outputs, language);
            run_outputs.write(outputs, self.keeps_history()).and(overviews)
        };
        let (printed, written) = rayon::join(|| print(&report, matches, language), write);
        printed?;
        written?;
        if let Some(folder) = &folder {
            folder.finish().map_err(|error| Failure::NotWritten(OVERVIEW_NAME.into(), io_reason(&error)))?;
        }
        if self.keeps_history() {
            run_outputs.remember().map_err(|error| self.state_failure(&error))?;
        }
        store.commit().map_err(|error| self.state_failure(&error))?;
        Ok(exit_code(&report, fail_on(matches)))
    }

    fn path_of(&self, option: &str) -> Option<&PathBuf> {
        path_of(self.matches, option)
    }

    /// Whether what is found is remembered, to tell the next run what is new.
    fn keeps_history(&self) -> bool {
        self.path_of("state").is_some()
    }

    /// The state file that is named, that of a part of a run, or a store for this run alone.
    fn store(&self, is_part: bool) -> Result<Store, Failure> {
        let folder = self.path_of("out").filter(|_| is_part);
        let store = match (self.path_of("state"), folder) {
            (Some(path), _) => Store::lasting(path),
            (None, Some(folder)) => Store::lasting(&folder.join(STATE_NAME)),
            (None, None) => {
                let states: Vec<PathBuf> = self.parts.iter().map(Part::state).collect();
                Store::adopting(&states)
            }
        };
        store.map_err(|error| self.state_failure(&error))
    }

    fn state_failure(&self, error: &StoreError) -> Failure {
        let is_part = self.matches.try_contains_id("shard").unwrap_or(false);
        let state = self.path_of("state").cloned();
        let of_part = self.path_of("out").filter(|_| is_part).map(|folder| folder.join(STATE_NAME));
        match state.or(of_part) {
            Some(path) => Failure::State(path, store_reason(error)),
            None => Failure::NotWritten(std::env::temp_dir(), store_reason(error)),
        }
    }

    fn tell_start(&self, paths: &[PathBuf], discovered: &Discovered, settings: &Settings) {
        self.log.tell(
            "start",
            json!({
                "version": env!("CARGO_PKG_VERSION"),
                "paths": shown_paths(paths),
                "files": discovered.files.len(),
                "passed_over": discovered.passed_over,
                "rules": settings.rules_hash().to_string(),
                "shard": settings.shard.map(|shard| shard.to_string()),
            }),
        );
    }

    /// Tells what somebody must look after: what was not checked, and what went wrong.
    fn tell_result(&self, report: &RunReport) -> Result<(), Failure> {
        if !self.log.is_kept() {
            return Ok(());
        }
        for file in report.files() {
            let file = file.map_err(Failure::Output)?;
            if file.verdict == crate::finding::Verdict::NotChecked {
                let reasons: Vec<String> =
                    file.findings.iter().map(|finding| finding.message(Language::English)).collect();
                self.log.tell("not-checked", json!({ "file": file.path, "reasons": reasons }));
            }
        }
        for file in &report.may_hold_forms {
            self.log.tell("passed-over", json!({ "file": file.path, "reason": file.reason(Language::English) }));
        }
        for problem in &report.problems {
            self.log.tell("problem", json!({ "reason": problem_in_words(problem, Language::English) }));
        }
        let totals = &report.totals;
        let verdicts = crate::finding::Verdict::ALL.into_iter();
        let verdicts: serde_json::Map<String, serde_json::Value> =
            verdicts.map(|verdict| (verdict.name().to_owned(), totals.files_with(verdict).into())).collect();
        self.log.tell(
            "checked",
            json!({ "files": totals.files, "cases": totals.cases, "verdicts": verdicts, "errors": totals.counts.errors }),
        );
        Ok(())
    }
}

/// The given paths, and what was found at them; something must have been.
pub(super) fn inputs(matches: &ArgMatches, settings: &Settings) -> Result<(Vec<PathBuf>, Discovered), Failure> {
    let paths: Vec<PathBuf> = matches.get_many("paths").into_iter().flatten().cloned().collect();
    if let Some(missing) = paths.iter().find(|path| path.symlink_metadata().is_err()) {
        return Err(Failure::NoSuchPath(missing.clone()));
    }
    let discovered = discover(&paths, &settings.limits);
    if discovered.files.is_empty() && discovered.problems.is_empty() {
        return Err(Failure::NothingToCheck(discovered.may_hold_forms));
    }
    Ok((paths, discovered))
}

/// Tells on standard error what no output of the command names: what went wrong, and files in which a form may be that were
/// not opened.
pub(super) fn tell_unchecked(report: &RunReport, language: Language) {
    let problems = report.problems.iter().map(|problem| problem_in_words(problem, language));
    let heading = (!report.may_hold_forms.is_empty()).then(|| format!("{}:", NOT_OPENED.get(language)));
    let files = report.may_hold_forms.iter().map(|file| format!("  - {}", file.in_words(language)));
    for line in problems.chain(heading).chain(files) {
        // Nobody is left to tell where even this cannot be written.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// Paths as reports show them.
pub(super) fn shown_paths(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| shown_path(&path.to_string_lossy(), None)).collect()
}

fn is_given(matches: &ArgMatches, option: &str) -> bool {
    let is_known = matches.try_contains_id(option).unwrap_or(false);
    is_known && matches.value_source(option) == Some(ValueSource::CommandLine)
}

pub(super) fn use_threads(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(&jobs) = matches.get_one::<u16>("jobs") else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
    pool.build_global().map_err(|error| Failure::Internal(error.to_string()))
}

/// The given paths and the folders that inputs lie in, of files that follow one another each once.
pub(super) fn input_folders(discovered: &Discovered, paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = paths.to_vec();
    for file in &discovered.files {
        let folder = file.folder();
        if folders.last() != Some(&folder) {
            folders.push(folder);
        }
    }
    folders
}

pub(super) fn prepare(folder: &Path, inputs: &[PathBuf]) -> Result<OutputFolder, Failure> {
    OutputFolder::prepare(folder, inputs).map_err(|error| match error {
        OutputFolderError::HoldsInputs => Failure::OutputHoldsInputs(folder.to_owned()),
        OutputFolderError::OtherList(refused) => Failure::Refused(refused),
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
        Some("summary") => write_summary(report, text_style(language, is_terminal), &mut out),
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
    TextStyle {
        language,
        colours: is_terminal && !no_color && understands_colours(),
        width: if is_terminal { width } else { PLAIN_WIDTH },
    }
}

/// Whether the terminal takes colours for what they are: a window of Windows must be told to, and old ones cannot.
fn understands_colours() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

fn write_overviews(
    report: &RunReport,
    parameters: &Parameters,
    outputs: &OutputFolder,
    language: Language,
) -> Result<(), Failure> {
    let not_written = |name: &str, error: &io::Error| Failure::NotWritten(PathBuf::from(name), io_reason(error));
    let statistics = Statistics::of(report, parameters).map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    let overview = |file: &mut File| write_overview(report, &statistics, language, outputs.scratch()?, file);
    let page = |file: &mut File| buffered(file, |out| write_page(report, &statistics, language, out));
    let (overview, page) = rayon::join(
        || outputs.write_with(Path::new(OVERVIEW_NAME), overview),
        || outputs.write_with(Path::new(PAGE_NAME), page),
    );
    overview.map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    page.map_err(|error| not_written(PAGE_NAME, &error))
}

/// Fills a file through a buffer.
pub(super) fn buffered(
    file: &mut File,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
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
    let is_found = report.totals.worst.is_some_and(|worst| worst >= fail_on);
    if is_found || report.left_workbooks_unopened() { SOMETHING_FOUND } else { NOTHING_FOUND }
}
