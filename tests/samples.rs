//! The samples in `samples/` are what the program makes.
//!
//! After a change: `SPORSKIFTE_UPDATE=1 cargo test samples::`, or `sporskifte samples --out samples`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::sample::{sample_files, write_samples};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

#[test]
fn the_committed_samples_are_current() {
    if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
        write_samples(&folder()).unwrap();
    }
    for file in sample_files().unwrap() {
        let committed = fs::read(folder().join(&file.path)).unwrap_or_default();
        let path = &file.path;
        assert!(committed == file.bytes, "{path} is out of date: run SPORSKIFTE_UPDATE=1 cargo test samples::");
    }
}

#[test]
fn nothing_else_lies_among_the_samples() {
    let made: BTreeSet<String> = sample_files().unwrap().into_iter().map(|file| file.path).collect();
    let found = walkdir::WalkDir::new(folder()).into_iter().map(|entry| entry.unwrap());
    let sources = ["bases.toml", "cases.toml", "mistakes.toml", "mixture.toml"];
    for entry in found.filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/");
        assert!(made.contains(&path) || sources.contains(&path.as_str()), "{path}");
    }
}

#[test]
fn the_samples_stay_few_and_small() {
    let files = sample_files().unwrap();
    let workbooks: Vec<_> =
        files.iter().filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "xlsx")).collect();
    assert!((12..=36).contains(&workbooks.len()), "{}", workbooks.len());
    for file in workbooks {
        assert!(file.bytes.len() < 64 * 1024, "{}: {} bytes", file.path, file.bytes.len());
    }
}

#[test]
fn every_sample_shows_just_the_findings_it_is_made_for() {
    let files = sample_files().unwrap();
    let is_workbook = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "xlsx");
    let workbooks = files.into_iter().filter(|file| is_workbook(&file.path));
    let inputs: Vec<_> = workbooks.map(|file| (file.path, file.bytes.into())).collect();
    let report = check_in_memory(inputs, &Settings::embedded().unwrap());
    let files = report.all_files().unwrap();
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in &files {
        let folder = file.path.split_once('/').unwrap().0;
        found.entry(folder).or_default().extend(file.findings.iter().map(|finding| finding.rule.code));
    }
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    for (folder, codes) in found {
        let row = readme.lines().find(|line| line.starts_with(&format!("| `{folder}`"))).unwrap();
        let expected = row.trim_end_matches(" |").rsplit_once("| ").unwrap().1;
        let expected: BTreeSet<&str> = expected.split(", ").filter(|code| *code != "none").collect();
        assert_eq!(codes, expected, "{folder}");
    }
}
