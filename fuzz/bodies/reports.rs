//! The reports on a case: they are written whatever was found, and tell no CPR number.

use std::io::Cursor;

use sporskifte::batch::Settings;
use sporskifte::finding::Verdict;
use sporskifte::identity::holds_cpr;
use sporskifte::language::Language;
use sporskifte::report::{
    CaseReport, CheckedFile, Claim, FileReport, RunReport, Statistics, TextStyle, letter, write_jsonl, write_junit,
    write_overview, write_page, write_sarif, write_text,
};

pub fn assert_reports_are_written(files: &[FileReport], settings: &Settings) {
    let case = case_of(files);
    let mut told = vec![letter(&case, Language::Danish).unwrap_or_default()];
    let report = RunReport::in_memory(vec![case], settings.configuration.clone());
    let statistics = Statistics::of(&report, &settings.parameters).expect("cases in memory");
    let style = TextStyle { language: Language::Danish, colours: true, width: 80 };
    told.push(written(|out| write_text(&report, style, out)));
    told.push(written(|out| write_junit(&report, Language::Danish, out)));
    told.push(written(|out| write_page(&report, &statistics, Language::Danish, out)));
    for text in told {
        let text = without_p_numbers(text, files);
        assert_eq!(text.lines().find(|line| holds_cpr(line)), None, "a report tells a CPR number");
    }
    // Not looked at for CPR numbers: plain sums and hashes may look like one.
    let sarif = written(|out| write_sarif(&report, Language::English, out));
    serde_json::from_str::<serde_json::Value>(&sarif).expect("SARIF is a JSON value");
    for line in written(|out| write_jsonl(&report, Language::Danish, out)).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("a line is a JSON value");
    }
    let mut overview = Cursor::new(Vec::new());
    write_overview(&report, &statistics, Language::Danish, &std::env::temp_dir(), &mut overview).expect("memory");
}

fn case_of(files: &[FileReport]) -> CaseReport {
    let forms = || files.iter().filter_map(|file| file.form.as_ref());
    let total = |form: Option<&CheckedFile>| form.map_or(Claim::default(), CheckedFile::total);
    CaseReport {
        id: forms().find_map(|form| form.journal.clone()).unwrap_or_else(|| "sag".into()),
        company: forms().find_map(|form| form.company.clone()),
        files: files.to_vec(),
        verdict: files.iter().map(|file| file.verdict).max().unwrap_or(Verdict::NotChecked),
        grant: total(forms().next()),
        payout: total(forms().next_back()),
    }
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes what is written to it");
    String::from_utf8(out).expect("a report is text")
}

/// A P-number has ten digits too, and may look like a CPR number.
fn without_p_numbers(text: String, files: &[FileReport]) -> String {
    let numbers = files.iter().filter_map(|file| file.form.as_ref()?.p_number.as_ref());
    numbers.fold(text, |text, number| text.replace(number, ""))
}
