//! Every hazard of the registry beside a good case: the hazard ends as the registry says, and the good case as if alone.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "the helpers of a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::hostile::{Hazard, Outcome, companion, good_case, hazards};
use rayon::prelude::*;
use serde_json::Value;

/// What a run of the program printed, and its exit code.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sporskifte"));
    let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Checks a folder, making copies of all files too.
fn check(folder: &Path, out: &Path) -> Value {
    let [folder, out] = [folder, out].map(|path| path.to_str().unwrap());
    let run = run(&["check", folder, "--out", out, "--annotate", "all", "--format", "json"]);
    serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{folder}: {:?} {}", run.code, run.err))
}

fn write_good_case(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, bytes) in good_case() {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// What a report says on the files of one folder: files, findings and cases.
fn of_folder(report: &Value, folder: &str) -> Vec<Value> {
    let lies_in = |line: &&Value| line["file"].as_str().is_some_and(|file| file.contains(&format!("/{folder}/")));
    ["files", "findings"]
        .iter()
        .flat_map(|list| report[list].as_array().unwrap().iter().filter(lies_in))
        .cloned()
        .collect()
}

/// What is not as the registry says of a hazard.
fn wrong(hazard: &Hazard, report: &Value) -> Option<String> {
    let mut lines = of_folder(report, "bad");
    lines.retain(|line| line["file"].as_str().unwrap().ends_with(hazard.file));
    let file = lines.iter().find(|line| line["type"] == "file").unwrap();
    let said: Vec<String> = lines
        .iter()
        .filter(|line| line["type"] == "finding")
        .map(|line| format!("{} {}", line["code"].as_str().unwrap(), line["message"].as_str().unwrap()))
        .collect();
    let says = |code: &str, words: &str| said.iter().any(|said| said.starts_with(code) && said.contains(words));
    let verdict = file["verdict"].as_str().unwrap();
    let problems = report["problems"].as_array().unwrap();
    let is_right = match hazard.outcome {
        Outcome::NotChecked(words) => verdict == "not-checked" && says("S001", words) && problems.is_empty(),
        Outcome::Harmless => verdict == "ok" && said.is_empty() && problems.is_empty(),
        Outcome::Found(code, words) => says(code, words) && problems.is_empty(),
        Outcome::WithoutCopy => verdict == "ok" && problems.len() == 1,
    };
    (!is_right).then(|| format!("{}: {:?}, but {verdict}: {said:?} {problems:?}", hazard.name, hazard.outcome))
}

#[test]
fn every_hazard_ends_as_it_should_and_the_case_beside_it_as_if_alone() {
    let folder = tempfile::tempdir().unwrap();
    let alone = folder.path().join("alone/in");
    write_good_case(&alone.join("good"));
    let expected = of_folder(&check(&alone, &folder.path().join("alone/out")), "good");
    assert!(expected.iter().all(|line| line["verdict"] == "ok") && expected.len() == 3, "{expected:?}");
    let expected = serde_json::to_string(&expected).unwrap().replace("/alone/", "/");
    let try_one = |hazard: &&Hazard| {
        let place = folder.path().join(hazard.name);
        write_good_case(&place.join("in/good"));
        fs::create_dir_all(place.join("in/bad")).unwrap();
        let (name, bytes) = companion();
        fs::write(place.join("in/bad").join(name), bytes).unwrap();
        fs::write(place.join("in/bad").join(hazard.file), (hazard.build)()).unwrap();
        let report = check(&place.join("in"), &place.join("out"));
        let beside = serde_json::to_string(&of_folder(&report, "good")).unwrap();
        assert_eq!(beside.replace(&format!("/{}/", hazard.name), "/"), expected, "{}", hazard.name);
        assert_eq!(report["summary"]["inputs"], report["summary"]["verdicts"], "{}", hazard.name);
        fs::remove_dir_all(place).unwrap();
        wrong(hazard, &report)
    };
    let all_wrong: Vec<String> = hazards().par_iter().filter_map(try_one).collect();
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}

#[test]
fn hazards_have_names_of_their_own() {
    let mut names: Vec<&str> = hazards().iter().map(|hazard| hazard.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(count > 80, "{count}");
}

#[cfg(unix)]
#[test]
fn every_hazardous_folder_is_told_and_the_case_beside_it_is_checked_as_if_alone() {
    let folder = tempfile::tempdir().unwrap();
    open_to_all(folder.path());
    let nobody = nobody();
    let alone = folder.path().join("alone");
    write_good_case(&alone.join("good"));
    let expected = verdicts(&as_nobody(nobody.as_deref(), &["check", alone.to_str().unwrap(), "--format", "json"]));
    assert_eq!(expected.len(), 3);
    for hazard in crate::hostile::trees::tree_hazards() {
        if hazard.name.starts_with("closed-") && nobody.is_none() {
            eprintln!("skipped {}: this user (root) may read everything, and there is no setpriv", hazard.name);
            continue;
        }
        let place = folder.path().join(hazard.name);
        write_good_case(&place.join("good"));
        fs::create_dir(place.join("bad")).unwrap();
        (hazard.make)(&place.join("bad"));
        let place = place.to_str().unwrap();
        let words = as_nobody(nobody.as_deref(), &["check", place]);
        let out = words.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(hazard.says), "{}: {out} {}", hazard.name, words.err);
        assert_eq!(words.code, Some(hazard.exit), "{}", hazard.name);
        let report = as_nobody(nobody.as_deref(), &["check", place, "--format", "json"]);
        let beside: Vec<_> = verdicts(&report).into_iter().filter(|line| line.0.contains("/good/")).collect();
        let here = expected
            .iter()
            .map(|(file, verdict)| (file.replace("/alone/", &format!("/{}/", hazard.name)), verdict.clone()));
        assert_eq!(beside, here.collect::<Vec<_>>(), "{}", hazard.name);
    }
}

/// How to run a program as a user who may not read everything: nothing where this user may not either, `None` where that
/// cannot be done.
#[cfg(unix)]
fn nobody() -> Option<Vec<&'static str>> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let drop = vec!["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let can_drop = || Command::new(drop[0]).args(&drop[1..]).arg("true").status().is_ok_and(|status| status.success());
    if is_root { can_drop().then_some(drop) } else { Some(Vec::new()) }
}

#[cfg(unix)]
fn as_nobody(nobody: Option<&[&str]>, arguments: &[&str]) -> Run {
    // The program may lie in a folder that is closed to others: a copy of it does not.
    static COPY: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
    let copy = COPY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        open_to_all(folder.path());
        fs::copy(env!("CARGO_BIN_EXE_sporskifte"), folder.path().join("sporskifte")).unwrap();
        folder
    });
    let program = copy.path().join("sporskifte");
    let mut words = nobody.unwrap_or_default().to_vec();
    words.push(program.to_str().unwrap());
    let output = Command::new(words[0]).args(&words[1..]).args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[cfg(unix)]
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The files of a report with their verdicts.
#[cfg(unix)]
fn verdicts(run: &Run) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{:?} {}", run.code, run.err));
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    report["files"].as_array().unwrap().iter().map(|line| (text(line, "file"), text(line, "verdict"))).collect()
}
