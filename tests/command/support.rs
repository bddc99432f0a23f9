//! Running the program, and folders of workbooks to run it on.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use sporskifte::form::{FormKind, Layout};
use sporskifte::parameters::Parameters;
use sporskifte::sample::{Bases, Scenario, workbooks};
use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The program, about to be run; it opens no report on the screen of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sporskifte"));
    command.stdin(Stdio::null()).env_remove("NO_COLOR").env("SPORSKIFTE_OPENER", "");
    command
}

/// Runs the program on its arguments.
pub(crate) fn run(arguments: &[&str]) -> Run {
    finish(program().args(arguments))
}

pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The samples of the project.
pub(crate) fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").to_str().unwrap().to_owned()
}

/// A folder that is gone when the test is over.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with one workbook in which there is nothing to find.
    pub(crate) fn with_clean_budget() -> Self {
        let folder = Self::new();
        folder.put("in/budget.xlsx", &clean_budget());
        folder
    }

    /// Puts the application of a scenario, a budget and a course overview, into a folder.
    pub(crate) fn put_application(&self, name: &str, changes: &str) {
        for (kind, bytes) in case(changes).into_iter().filter(|(kind, _)| *kind != FormKind::Accounts) {
            self.put(&format!("{name}/{kind}.xlsx"), &bytes);
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The path as an argument.
    pub(crate) fn arg(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Every file below, by its path, with its bytes.
    pub(crate) fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.path(name))
    }
}

pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The workbooks of a scenario on top of the clean case of 2023.
pub(crate) fn case(changes: &str) -> BTreeMap<FormKind, Vec<u8>> {
    let scenario = Scenario::from_table(format!("base = \"2023\"\n{changes}").parse().unwrap()).unwrap();
    let layouts = Layout::embedded().unwrap();
    let made = workbooks(&scenario, &Bases::embedded().unwrap(), &layouts, &Parameters::embedded().unwrap());
    made.unwrap().into_iter().collect()
}

/// The budget of such a scenario.
pub(crate) fn budget(changes: &str) -> Vec<u8> {
    case(changes).remove(&FormKind::Budget).unwrap()
}

/// A budget without any finding.
pub(crate) fn clean_budget() -> Vec<u8> {
    budget("")
}

/// A budget with an error, P309.
pub(crate) fn wrong_budget() -> Vec<u8> {
    budget("[set.budget]\n\"packages.1.admin.hours\" = 6")
}

/// Checks a path and reads the result as JSON.
pub(crate) fn json(arguments: &[&str]) -> Value {
    let run = run(&[&["check", "--format", "json"], arguments].concat());
    assert_eq!(run.err, "", "{arguments:?}");
    serde_json::from_str(&run.out).unwrap()
}

/// The codes of the findings, in order.
pub(crate) fn codes(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// The report on the file of this name.
pub(crate) fn file<'r>(report: &'r Value, name: &str) -> &'r Value {
    let files = report["files"].as_array().unwrap();
    files.iter().find(|file| file["file"].as_str().unwrap().ends_with(name)).unwrap()
}

/// The parts of a package, by their names.
pub(crate) type Parts = BTreeMap<String, Vec<u8>>;

pub(crate) fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// A package of these parts.
pub(crate) fn packed(parts: &Parts) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
