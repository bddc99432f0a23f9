//! Many bombs among many good cases: the good ones' results are what they are alone, and memory stays within bounds.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "the helpers of a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::hostile::{Outcome, hazards};
use crate::support::extent;
use serde_json::Value;
use sporskifte::workbook::Limits;

const GOOD_CASES: usize = 25;
const JOBS: u64 = 2;

/// What a run said, and the most bytes of memory it had.
fn check(folder: &Path, report: &Path) -> (Value, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sporskifte"))
        .args(["check", folder.to_str().unwrap(), "--format", "json", "--jobs", &JOBS.to_string()])
        .stdin(Stdio::null())
        .stdout(fs::File::create(report).unwrap())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let highest = fs::read_to_string(&status).ok().and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        });
        peak = peak.max(highest.unwrap_or(0) * 1024);
        std::thread::sleep(Duration::from_millis(5));
    }
    (serde_json::from_slice(&fs::read(report).unwrap()).unwrap(), peak)
}

/// What a report says on the files below a folder.
fn below<'r>(report: &'r Value, list: &'r str, folder: &Path) -> Vec<&'r Value> {
    let lies_below = |line: &&Value| Path::new(line["file"].as_str().unwrap()).starts_with(folder);
    report[list].as_array().unwrap().iter().filter(lies_below).collect()
}

#[test]
fn good_cases_among_bombs_are_checked_as_if_alone_and_memory_stays_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let [all, report] = ["in", "report.json"].map(|name| folder.path().join(name));
    let [good, bad] = ["gode", "bomber"].map(|name| all.join(name));
    let made = Command::new(env!("CARGO_BIN_EXE_sporskifte"))
        .args(["samples", "--cases", &GOOD_CASES.to_string(), "--seed", "7", "--out", good.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let is_bomb =
        |hazard: &crate::hostile::Hazard| hazard.group == "bombs" && matches!(hazard.outcome, Outcome::NotChecked(_));
    let bombs: Vec<Vec<u8>> =
        hazards().into_iter().filter(|hazard| is_bomb(hazard)).map(|hazard| (hazard.build)()).collect();
    let count = usize::try_from(extent(20, 60)).unwrap().max(bombs.len());
    for (number, bomb) in (0..count).zip(bombs.iter().cycle()) {
        fs::create_dir_all(bad.join(number.to_string())).unwrap();
        // What lies after the end is not read, but makes it another file, which is not known from before.
        let bytes = [&bomb[..], &number.to_le_bytes()].concat();
        fs::write(bad.join(format!("{number}/budget.xlsx")), bytes).unwrap();
    }

    let (alone, _) = check(&good, &report);
    let (together, peak) = check(&all, &report);
    for list in ["files", "findings"] {
        assert_eq!(below(&together, list, &good), below(&alone, list, &good), "{list}");
    }
    assert!(below(&alone, "files", &good).len() > GOOD_CASES);
    let verdicts = below(&together, "files", &bad);
    assert_eq!(verdicts.len(), count);
    assert!(verdicts.iter().all(|file| file["verdict"] == "not-checked"));
    let too_slow = below(&together, "findings", &bad)
        .into_iter()
        .filter(|finding| finding["message"].as_str().unwrap().contains("længere tid"));
    assert_eq!(too_slow.count(), 0, "a bomb is refused by its size, not by the clock");
    let limits = Limits::default();
    let bound = JOBS * (limits.file_bytes + limits.total_bytes + limits.text_bytes);
    assert!((1 << 20..bound).contains(&peak), "{peak} bytes of at most {bound}");
    println!("{} MB at most", peak >> 20);
}
