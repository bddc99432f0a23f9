//! Folders of invented cases, runs of the program over them, and what the runs wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sporskifte::sample::{CaseGenerator, write_cases};
use tempfile::TempDir;
use walkdir::WalkDir;

/// What a run of the program gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A folder with invented cases in `sager`, in which the program is run.
pub(crate) struct Night(TempDir);

impl Night {
    /// So many cases, half of them with mistakes.
    pub(crate) fn with_cases(cases: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_cases(&folder.path().join("sager"), &CaseGenerator::new(22, 50).unwrap(), cases).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The program, about to be run in the folder.
    pub(crate) fn program(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sporskifte"));
        command.current_dir(self.0.path()).args(arguments.split(' ')).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Run {
        let output = self.program(arguments).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs over all cases, which must hold mistakes and nothing that hinders the run.
    pub(crate) fn check(&self, options: &str) -> String {
        let run = self.run(&format!("check sager {options}"));
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
        run.out
    }

    /// All files below a folder by their paths, also hidden ones.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.path(folder))
    }

    /// The first case's budget in a folder of its own.
    pub(crate) fn some_budget(&self) -> PathBuf {
        let list = fs::read_to_string(self.path("sager/forventet.jsonl")).unwrap();
        let is_budget =
            |file: &serde_json::Value| file["kind"] == "budget" && file["codes"].as_array().unwrap().is_empty();
        let cases = list.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut budgets = cases.flat_map(|case| case["files"].as_array().unwrap().clone()).filter(is_budget);
        let budget = budgets.next().unwrap();
        self.path("sager").join(budget["file"].as_str().unwrap())
    }
}

pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read(entry.path()).unwrap())
    };
    files.map(named).collect()
}

/// Fails where two folders do not hold the same files, naming those that differ.
pub(crate) fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let names = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        a.iter().filter(|(name, bytes)| b.get(*name) != Some(bytes)).map(|(name, _)| name.clone()).collect()
    };
    assert_eq!((names(one, other), names(other, one)), (Vec::new(), Vec::new()));
}
