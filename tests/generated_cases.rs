//! Generated cases: the check finds in each exactly what the list beside them expects, and they are the same each time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::collections::BTreeMap;

use rayon::prelude::*;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::Finding;
use sporskifte::sample::{CaseGenerator, GeneratedCase};

/// Rules across cases, which no case can tell of by itself.
const ACROSS_CASES: &str = "B7";

fn codes(findings: &[Finding]) -> Vec<String> {
    let codes = findings.iter().map(|finding| finding.rule.code.to_owned());
    let mut codes: Vec<String> = codes.filter(|code| !code.starts_with(ACROSS_CASES)).collect();
    codes.sort();
    codes
}

/// What differs between the codes expected and found in a case; empty where nothing does.
fn differences(case: &GeneratedCase, settings: &Settings) -> Vec<String> {
    let inputs = case.files.iter().map(|file| (file.file.clone(), file.bytes.clone().into())).collect();
    let report = check_in_memory(inputs, settings);
    let found: BTreeMap<&str, Vec<String>> =
        report.files.iter().map(|file| (file.path.as_str(), codes(&file.findings))).collect();
    let differing = case.files.iter().filter(|file| found.get(file.file.as_str()) != Some(&file.codes));
    differing
        .map(|file| {
            let kinds: Vec<&str> = case.mistakes.iter().map(|planted| planted.kind.as_str()).collect();
            let found = found.get(file.file.as_str());
            format!(
                "{} {kinds:?} {:?} {}: expected {:?}, found {found:?}",
                case.case, case.oddity, file.file, file.codes
            )
        })
        .collect()
}

fn all_differences(seed: u64, clean: u32, cases: std::ops::Range<u64>) -> Vec<String> {
    let (generator, settings) = (CaseGenerator::new(seed, clean).unwrap(), Settings::embedded().unwrap());
    cases.into_par_iter().flat_map(|number| differences(&generator.case(number).unwrap(), &settings)).collect()
}

#[test]
fn the_check_finds_in_generated_cases_exactly_what_is_expected() {
    let cases = std::env::var("SPORSKIFTE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400);
    let seed = std::env::var("SPORSKIFTE_SEED").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1);
    let clean = std::env::var("SPORSKIFTE_CLEAN").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60);
    let differences = all_differences(seed, clean, 0..cases);
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}
