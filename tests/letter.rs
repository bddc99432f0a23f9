//! The letters to companies, as they read them.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::Severity;
use sporskifte::language::Language;
use sporskifte::report::{CaseReport, RunReport, letter};
use sporskifte::sample::sample_files;

/// The check of the samples in folders that begin so.
fn check(folder: &str) -> RunReport {
    let files = sample_files().unwrap().into_iter().filter(|file| file.path.starts_with(folder));
    check_in_memory(files.map(|file| (file.path, file.bytes.into())).collect(), &Settings::embedded().unwrap())
}

fn letters(folder: &str, language: Language) -> Vec<String> {
    let report = check(folder);
    report.all_cases().unwrap().iter().filter_map(|case| letter(case, language)).collect()
}

#[test]
fn a_letter_says_field_by_field_what_to_mend() {
    insta::assert_snapshot!(letters("15-", Language::Danish).join("---\n"));
}

#[test]
fn a_letter_tells_the_same_mistake_in_many_rows_once() {
    insta::assert_snapshot!(letters("10-", Language::Danish).join("---\n"));
}

#[test]
fn a_letter_is_written_in_english_on_request() {
    insta::assert_snapshot!(letters("15-", Language::English).join("---\n"));
}

#[test]
fn a_case_without_errors_gets_no_letter() {
    assert_eq!(letters("03-", Language::Danish), Vec::<String>::new());
}

#[test]
fn letters_name_no_rule_and_no_warning() {
    let report = check("");
    let cases = report.all_cases().unwrap();
    let letters: Vec<String> = cases.iter().filter_map(|case| letter(case, Language::Danish)).collect();
    assert!(letters.len() > 5, "{}", letters.len());
    let all = letters.join("\n");
    for finding in cases.iter().flat_map(CaseReport::findings) {
        let message = finding.message(Language::Danish);
        assert!(!all.contains(finding.rule.code), "{}", finding.rule.code);
        let is_error = finding.severity() == Severity::Error;
        assert!(is_error || !all.contains(&message), "{message}");
    }
}
