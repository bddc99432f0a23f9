//! Generated cases: the check finds in each exactly what the list beside them expects, and they are the same each time.
//!
//! `SPORSKIFTE_CASES=5000 SPORSKIFTE_SEED=7 cargo test generated_cases::` tries other and more cases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::Value;
use sporskifte::batch::{Settings, check, check_in_memory, discover};
use sporskifte::finding::Finding;
use sporskifte::language::Language;
use sporskifte::report::{RunReport, write_jsonl};
use sporskifte::sample::{CaseGenerator, GeneratedCase, SampleError, write_cases};
use sporskifte::store::Store;

use crate::support::extent;

/// Rules across cases, which no case can tell of by itself.
const ACROSS_CASES: &str = "B7";

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |value| value.parse().unwrap())
}

fn codes(findings: &[Finding]) -> Vec<String> {
    let codes = findings.iter().map(|finding| finding.rule.code.to_owned());
    let mut codes: Vec<String> = codes.filter(|code| !code.starts_with(ACROSS_CASES)).collect();
    codes.sort();
    codes
}

fn codes_by_path(report: &RunReport) -> BTreeMap<String, Vec<String>> {
    report.all_files().unwrap().into_iter().map(|file| (file.path, codes(&file.findings))).collect()
}

/// What differs between the codes expected and found in a case; empty where nothing does.
fn differences(case: &GeneratedCase, settings: &Settings) -> Vec<String> {
    let inputs = case.files.iter().map(|file| (file.file.clone(), file.bytes.clone().into())).collect();
    let report = check_in_memory(inputs, settings);
    let found = codes_by_path(&report);
    let differing = case.files.iter().filter(|file| found.get(&file.file) != Some(&file.codes));
    let kinds: Vec<&str> = case.mistakes.iter().map(|planted| planted.kind.as_str()).collect();
    let told = |file: &sporskifte::sample::GeneratedFile| {
        let (name, number, oddity, expected) = (&file.file, case.case, &case.oddity, &file.codes);
        let found = found.get(name);
        format!("case {number} {kinds:?} {oddity:?}: {name}: expected {expected:?}, found {found:?}")
    };
    differing.map(told).collect()
}

fn all_differences(seed: u64, clean: u32, cases: u64) -> Vec<String> {
    let (generator, settings) = (CaseGenerator::new(seed, clean).unwrap(), Settings::embedded().unwrap());
    (0..cases).into_par_iter().flat_map(|number| differences(&generator.case(number).unwrap(), &settings)).collect()
}

fn assert_as_expected(seed: u64, clean: u32, cases: u64) {
    let differences = all_differences(seed, clean, cases);
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn the_check_finds_in_generated_cases_exactly_what_is_expected() {
    assert_as_expected(from_environment("SPORSKIFTE_SEED", 1), 60, from_environment("SPORSKIFTE_CASES", 150));
}

#[test]
fn the_check_finds_every_mistake_that_is_planted_and_nothing_else() {
    assert_as_expected(from_environment("SPORSKIFTE_SEED", 2), 0, from_environment("SPORSKIFTE_CASES", 250));
}

#[test]
fn a_run_that_keeps_only_what_cases_have_in_common_finds_across_them_what_one_that_keeps_all_does() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sager");
    write_cases(&out, &CaseGenerator::new(5, 60).unwrap(), 250).unwrap();
    let settings = Settings::embedded().unwrap();
    let paths = || discover(std::slice::from_ref(&out), &settings.limits).files.into_iter().map(|file| file.path());
    let some: Vec<_> = paths().step_by(97).collect();
    for (number, path) in some.iter().enumerate() {
        fs::copy(path, out.join(format!("igen {number}.xlsx"))).unwrap();
    }
    let in_memory = paths().map(|path| (path.to_str().unwrap().to_owned(), fs::read(&path).unwrap().into())).collect();
    let store = Arc::new(Store::temporary().unwrap());
    let kept = check(discover(std::slice::from_ref(&out), &settings.limits), &settings, None, store, &Quiet).unwrap();
    let (kept, all) = (file_lines(&kept), file_lines(&check_in_memory(in_memory, &settings)));
    for code in ["B702", "B703", "B704", "B705"] {
        assert!(all.contains(code), "{code}");
    }
    assert_eq!(kept, all);
}

/// The lines of all files and findings, without the last, which tells of the folder too.
fn file_lines(report: &RunReport) -> String {
    let mut out = Vec::new();
    write_jsonl(report, Language::Danish, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.trim_end().rsplit_once('\n').unwrap().0.to_owned()
}

#[test]
fn a_case_is_the_same_in_a_run_of_any_length_and_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let generator = CaseGenerator::new(5, 50).unwrap();
    let write = |name: &str, cases: u64, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write_cases(&folder.path().join(name), &generator, cases)).unwrap();
        files_below(&folder.path().join(name))
    };
    let (short, long, again) = (write("a", 12, 1), write("b", 20, 3), write("c", 20, 1));
    assert_eq!(long, again);
    let list = |files: &BTreeMap<String, Vec<u8>>| String::from_utf8(files["forventet.jsonl"].clone()).unwrap();
    assert!(list(&long).starts_with(&list(&short)));
    for (name, bytes) in short.iter().filter(|(name, _)| *name != "forventet.jsonl") {
        assert_eq!(long.get(name), Some(bytes), "{name}");
    }
    let other = CaseGenerator::new(6, 50).unwrap();
    assert_ne!(other.case(0).unwrap(), generator.case(0).unwrap());
}

#[test]
fn the_list_tells_every_file_and_a_run_over_the_folder_groups_and_finds_as_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sager");
    write_cases(&out, &CaseGenerator::new(8, 50).unwrap(), 90).unwrap();
    let list = fs::read_to_string(out.join("forventet.jsonl")).unwrap();
    let cases: Vec<Value> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 90);
    let mut listed: BTreeSet<String> = BTreeSet::from(["forventet.jsonl".to_owned()]);
    let settings = Settings::embedded().unwrap();
    let store = Arc::new(Store::temporary().unwrap());
    let report = check(discover(std::slice::from_ref(&out), &settings.limits), &settings, None, store, &Quiet).unwrap();
    let reported = report.all_files().unwrap();
    let root = out.to_str().unwrap().replace('\\', "/");
    let found = codes_by_path(&report);
    for case in &cases {
        let files = case["files"].as_array().unwrap();
        let mut ids = BTreeSet::new();
        for file in files {
            let name = file["file"].as_str().unwrap();
            listed.insert(name.to_owned());
            let expected: Vec<String> = serde_json::from_value(file["codes"].clone()).unwrap();
            let path = format!("{root}/{name}");
            assert_eq!(found[path.as_str()], expected, "{name}");
            let is_read = !expected.iter().any(|code| matches!(code.as_str(), "S001" | "S002"));
            let checked = reported.iter().find(|file| file.path == path && is_read);
            ids.extend(checked.map(|file| file.case.clone()));
        }
        assert!(ids.len() <= 1, "{}: {ids:?}", case["case"]);
        let places =
            case["mistakes"].as_array().unwrap().iter().flat_map(|planted| planted["places"].as_array().unwrap());
        for place in places {
            assert!(files.iter().any(|file| file["file"] == place["file"]), "{place}");
        }
    }
    assert_eq!(listed, files_below(&out).into_keys().collect());
    assert!(listed.iter().any(|name| name.starts_with("indbakke/")), "no folder of many cases");
}

#[test]
fn the_shares_of_mistakes_come_out_as_asked_for() {
    const CASES: u64 = 3_000;
    let generator = CaseGenerator::new(11, 60).unwrap();
    let kinds: Vec<Vec<String>> =
        (0..CASES).into_par_iter().map(|number| generator.planted_kinds(number).unwrap()).collect();
    let broken = ["truncated", "web-page", "encrypted", "empty", "other-workbook"];
    let is_broken = |kinds: &Vec<String>| kinds.iter().any(|kind| broken.contains(&kind.as_str()));
    let percent = |is_so: &dyn Fn(&Vec<String>) -> bool| {
        let count = kinds.iter().filter(|kinds| is_so(kinds)).count();
        f64::from(u32::try_from(count).unwrap()) * 100.0 / f64::from(u32::try_from(CASES).unwrap())
    };
    // Each within four standard deviations.
    let shares = [
        (percent(&|kinds| kinds.is_empty()), 60.0, 3.6),
        (percent(&|kinds| kinds.len() == 1 && !is_broken(kinds)), 30.0, 3.4),
        (percent(&|kinds| kinds.len() == 2), 8.0, 2.0),
        (percent(&is_broken), 2.0, 1.1),
    ];
    for (found, expected, tolerance) in shares {
        assert!((found - expected).abs() < tolerance, "{found} % where {expected} % are asked for");
    }
    let all = CaseGenerator::new(11, 100).unwrap();
    assert!((0..200).all(|number| all.planted_kinds(number).unwrap().is_empty()));
}

#[test]
fn every_kind_of_mistake_and_breakage_is_made() {
    let generator = CaseGenerator::new(4, 0).unwrap();
    let made: BTreeSet<String> =
        (0..6_000).into_par_iter().flat_map(|number| generator.planted_kinds(number).unwrap()).collect();
    let table: toml::Table = include_str!("../samples/mistakes.toml").parse().unwrap();
    for sort in ["mistake", "broken"] {
        for entry in table[sort].as_array().unwrap() {
            let kind = entry["kind"].as_str().unwrap();
            assert!(made.contains(kind), "{kind} is never made");
        }
    }
}

#[test]
fn a_folder_of_ours_is_made_anew_and_what_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let generator = CaseGenerator::new(1, 60).unwrap();
    let write = |name: &str, cases| write_cases(&folder.path().join(name), &generator, cases);
    write("vores", 6).unwrap();
    write("vores", 3).unwrap();
    write("nyt", 3).unwrap();
    assert_eq!(files_below(&folder.path().join("vores")), files_below(&folder.path().join("nyt")));

    fs::create_dir(folder.path().join("andres")).unwrap();
    fs::write(folder.path().join("andres/noter.txt"), "husk").unwrap();
    assert!(matches!(write("andres", 1), Err(SampleError::NotOurs(path)) if path.ends_with("noter.txt")));
    assert_eq!(files_below(&folder.path().join("andres")).len(), 1);

    let before = files_below(&folder.path().join("vores"));
    let changed = before.keys().find(|name| name.to_lowercase().ends_with(".xlsx")).unwrap();
    fs::write(folder.path().join("vores").join(changed), "rettet").unwrap();
    assert!(matches!(write("vores", 1), Err(SampleError::NotOurs(path)) if path.ends_with(changed)));
    assert_eq!(files_below(&folder.path().join("vores")).len(), before.len());

    fs::write(folder.path().join("nyt/sager/mine.txt"), "x").unwrap();
    assert!(matches!(write("nyt", 1), Err(SampleError::NotOurs(path)) if path.ends_with("mine.txt")));
}

struct Quiet;

impl sporskifte::batch::Progress for Quiet {
    fn begin(&self, _steps: usize) {}
    fn step(&self) {}
}

fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn no_two_cases_of_a_long_run_have_the_same_journal_number() {
    let (generator, settings) = (CaseGenerator::new(2023, 100).unwrap(), Settings::embedded().unwrap());
    // Cases so far apart that a number of five digits comes round again.
    let numbers = (0..extent(12, 40)).flat_map(|number| [number, number + 10_000, number + 100_000]);
    let journal = |number: u64| {
        let case = generator.case(number).unwrap();
        let inputs = case.files.into_iter().map(|file| (file.file, file.bytes.into())).collect();
        let cases = check_in_memory(inputs, &settings).all_cases().unwrap();
        cases[0].forms().find_map(|form| form.journal.clone())
    };
    let journals: Vec<String> = numbers.filter_map(journal).collect();
    let running: BTreeSet<&str> = journals.iter().filter_map(|journal| journal.split('/').nth(1)).collect();
    assert!(journals.len() > 10, "{journals:?}");
    assert_eq!(running.len(), journals.len(), "{journals:?}");
}
