//! The report for people at a terminal, as they read it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::language::{Language, Text};
use sporskifte::report::{Problem, RunReport, TextStyle, write_text};
use sporskifte::sample::sample_files;

/// Why a folder could not be read.
const REASON: Text = Text::new("der er ikke adgang til den", "access to it is denied");

/// The check of one folder of the samples.
fn check(folder: &str) -> RunReport {
    let files = sample_files().unwrap().into_iter().filter(|file| file.path.starts_with(folder));
    check_in_memory(files.map(|file| (file.path, file.bytes.into())).collect(), &Settings::embedded().unwrap())
}

fn written(report: &RunReport, style: TextStyle) -> String {
    let mut out = Vec::new();
    write_text(report, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const DANISH: TextStyle = TextStyle { language: Language::Danish, colours: false, width: 100 };
const ENGLISH: TextStyle = TextStyle { language: Language::English, ..DANISH };

#[test]
fn a_case_with_several_findings_reads_well_in_danish() {
    insta::assert_snapshot!(written(&check("15-"), DANISH));
}

#[test]
fn a_case_with_several_findings_reads_well_in_english() {
    insta::assert_snapshot!(written(&check("15-"), ENGLISH));
}

#[test]
fn an_unknown_amount_is_said_to_be_unknown() {
    insta::assert_snapshot!(written(&check("11-"), DANISH));
}

#[test]
fn problems_and_files_passed_over_stand_at_the_end() {
    let folder = Problem::UnreadableFolder { path: "sager/låst".into(), reason: REASON };
    let mut report = check("04-");
    (report.problems, report.passed_over) = (vec![folder], 2);
    insta::assert_snapshot!(written(&report, DANISH));
}

#[test]
fn lines_keep_to_the_width_of_the_terminal() {
    let narrow = written(&check("15-"), TextStyle { width: 60, ..DANISH });
    let prose = narrow.lines().filter(|line| line.starts_with("      "));
    assert!(prose.clone().count() > 10);
    for line in prose.filter(|line| !line.contains("Genberegnet")) {
        assert!(line.chars().count() <= 60, "{line}");
    }
}

#[test]
fn colours_are_written_only_on_request_and_change_no_word() {
    let report = check("15-");
    let coloured = written(&report, TextStyle { colours: true, ..DANISH });
    assert!(coloured.contains("\u{1b}[1;31mFejl\u{1b}[0m P315"));
    let plain = written(&report, DANISH);
    assert!(!plain.contains('\u{1b}'));
    let codes = ["\u{1b}[1;31m", "\u{1b}[1;33m", "\u{1b}[1;36m", "\u{1b}[1;32m", "\u{1b}[1m", "\u{1b}[0m"];
    assert_eq!(codes.iter().fold(coloured, |text, code| text.replace(code, "")), plain);
}
