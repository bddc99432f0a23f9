//! The limits on files and cases: they are documented, may be lowered, and bound a case of any number of files.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "the helpers of a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sporskifte::workbook::Limits;
use tempfile::TempDir;

const BUDGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/04-ren-sag-2024/budget_v3.xlsx");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sporskifte")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn check(folder: &Path, more: &[&str]) -> Value {
    let output = run(&[&["check", folder.to_str().unwrap(), "--format", "json"], more].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// A folder with so many copies of one budget, two in each folder of its own, and what lies beside it.
fn folder(budgets: usize, configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..budgets {
        let place = folder.path().join(format!("in/{:03}", number / 2));
        fs::create_dir_all(&place).unwrap();
        fs::copy(BUDGET, place.join(format!("budget{number:03}.xlsx"))).unwrap();
    }
    fs::write(folder.path().join("sporskifte.toml"), configuration).unwrap();
    folder
}

fn verdicts(report: &Value) -> Vec<(String, bool)> {
    let line = |file: &Value| (file["file"].as_str().unwrap().to_owned(), file["verdict"] != "not-checked");
    report["files"].as_array().unwrap().iter().map(line).collect()
}

fn with_thousands(number: u64) -> String {
    let digits = number.to_string();
    let from_end = |place: usize| digits.len() - place;
    let mark =
        |(place, digit)| if place > 0 && from_end(place) % 3 == 0 { format!(",{digit}") } else { format!("{digit}") };
    digits.chars().enumerate().map(mark).collect()
}

#[test]
fn the_readme_lists_every_limit_as_it_is() {
    let readme = include_str!("../README.md");
    let listed: Vec<&str> = readme
        .lines()
        .skip_while(|line| *line != "| limit | at most | of what |")
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let limits = Limits::default().by_name();
    assert_eq!(listed.len(), limits.len());
    for (name, limit) in limits {
        let row = format!("| `{name}` | {} | ", with_thousands(limit));
        assert!(listed.iter().any(|line| line.starts_with(&row)), "the README has no row {row}");
    }
}

#[test]
fn a_lowered_limit_holds_and_every_report_says_so() {
    let folder = folder(1, "[limits]\ncells = 100\n");
    let report = check(&folder.path().join("in"), &[]);
    assert_eq!(report["files"][0]["verdict"], "not-checked");
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("mindst 101 udfyldte celler, og der må højst være 100, så den er ikke kontrolleret"),
        "{message}"
    );
    assert_eq!(
        (report["decisions"][0]["decision"].as_str(), report["decisions"][0]["code"].as_str()),
        (Some("limit"), Some("cells"))
    );
    let input = folder.path().join("in");
    let text = |language| String::from_utf8(run(&[input.to_str().unwrap(), "--lang", language]).stdout).unwrap();
    assert!(text("da").contains("Grænsen cells er sat ned til 100."), "{}", text("da"));
    assert!(text("en").contains("at least 101 cells that hold something, and may have 100"), "{}", text("en"));
}

#[test]
fn every_limit_can_be_lowered_until_nothing_passes_it() {
    for name in Limits::default().by_name().into_keys() {
        let folder = folder(1, &format!("[limits]\n{name} = 0\n"));
        let report = check(&folder.path().join("in"), &[]);
        let is_checked = report["files"][0]["verdict"] != "not-checked";
        // The form has no notes and no merged cells.
        assert_eq!(is_checked, ["comments", "merged_ranges"].contains(&name.as_str()), "{name}");
    }
}

#[test]
fn a_limit_that_is_raised_or_unknown_stops_the_run_and_says_why() {
    for (configuration, sentence) in [
        ("[limits]\ncells = 200001\n", "grænsen cells kan kun sættes lavere end 200000, ikke højere"),
        ("[limits]\nceller = 5\n", "linje 2"),
    ] {
        let folder = folder(1, configuration);
        let output = run(&["check", folder.path().join("in").to_str().unwrap()]);
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(words.contains(sentence) && output.stdout.is_empty(), "{words}");
    }
}

#[test]
fn lowered_limits_are_part_of_the_receipt_and_of_what_is_remembered() {
    let folder = folder(1, "");
    let [input, out, state] = ["in", "out", "state"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    let checked = || {
        let report = check(Path::new(&input), &["--out", &out, "--state", &state]);
        let receipt: Value =
            serde_json::from_slice(&fs::read(folder.path().join("out/kvittering.json")).unwrap()).unwrap();
        (report["files"][0]["verdict"] != "not-checked", receipt["rules"].clone())
    };
    let (was_checked, before) = checked();
    fs::write(folder.path().join("sporskifte.toml"), "[limits]\nrows = 5\n").unwrap();
    let (is_checked, after) = checked();
    assert!(was_checked && !is_checked, "what was remembered under other limits does not count");
    assert_ne!(before["configuration"], after["configuration"]);
    assert_ne!(before["all"], after["all"]);
}

#[test]
fn of_a_case_of_many_files_the_first_are_checked_and_the_rest_say_why() {
    let folder = folder(70, "");
    let input = folder.path().join("in");
    let report = check(&input, &["--jobs", "1"]);
    let verdicts = verdicts(&report);
    assert_eq!(verdicts.len(), 70);
    assert!(verdicts.iter().enumerate().all(|(place, (_, is_checked))| *is_checked == (place < 60)), "{verdicts:?}");
    assert_eq!(report["cases"].as_array().unwrap().len(), 1);
    assert_eq!(report["summary"]["verdicts"], 70);
    let last = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "S001").unwrap();
    let message = last["message"].as_str().unwrap();
    assert!(message.contains("dens sag har mere end 60 filer, og denne er ikke blandt de første"), "{message}");
    assert_eq!(check(&input, &["--jobs", "4"]), report);
}

#[test]
fn of_a_case_of_large_files_those_that_fit_are_checked() {
    let one = check(&folder(1, "").path().join("in"), &[]);
    assert_ne!(one["files"][0]["verdict"], "not-checked");
    let folder = folder(4, "[limits]\ncase_bytes = 400000\n");
    let is_checked: Vec<bool> =
        verdicts(&check(&folder.path().join("in"), &[])).into_iter().map(|file| file.1).collect();
    assert_eq!((is_checked[0], is_checked[3]), (true, false), "{is_checked:?}");
    assert!(is_checked.is_sorted_by(|one, next| one >= next), "{is_checked:?}");
}
