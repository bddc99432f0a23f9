//! The run as `JUnit` XML, which build servers read: a suite for each case, a test for each file.
//! `docs/sarif-junit.md` says what stands where.

use std::io::{self, Write};

use super::decisions::decisions_in_words;
use super::escape::Escaped;
use super::model::{CaseReport, Counts, FileReport};
use super::run_report::RunReport;
use super::tables::not_checked::reason;
use super::text::problem_in_words;
use crate::finding::{Finding, Severity, Verdict};
use crate::language::{Language, Text};

/// Writes the run case by case: a run may be longer than memory.
pub fn write_junit(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let totals = &report.totals;
    let counts = SuiteCounts {
        tests: totals.files,
        failures: totals.files_with(Verdict::Error),
        errors: totals.files_with(Verdict::NotChecked),
    };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"sporskifte\" {}>", counts.attributes())?;
    for case in report.cases() {
        write_case(&case?, language, out)?;
    }
    write_run(report, language, out)?;
    writeln!(out, "</testsuites>")
}

/// What a suite holds.
#[derive(Default)]
struct SuiteCounts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl SuiteCounts {
    fn of(files: &[FileReport]) -> Self {
        let with = |verdict| files.iter().filter(|file| file.verdict == verdict).count();
        Self { tests: files.len(), failures: with(Verdict::Error), errors: with(Verdict::NotChecked) }
    }

    fn attributes(&self) -> String {
        let Self { tests, failures, errors } = self;
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\"")
    }
}

fn write_case(case: &CaseReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (id, counts) = (Escaped(&case.id), SuiteCounts::of(&case.files));
    writeln!(out, "<testsuite name=\"{id}\" {}>", counts.attributes())?;
    for file in &case.files {
        write_file(file, case, language, out)?;
    }
    writeln!(out, "</testsuite>")
}

fn write_file(file: &FileReport, case: &CaseReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (id, path) = (Escaped(&case.id), Escaped(&file.path));
    write!(out, "<testcase classname=\"{id}\" name=\"{path}\"")?;
    if file.verdict == Verdict::Ok {
        return writeln!(out, "/>");
    }
    writeln!(out, ">")?;
    let is_error = |finding: &&Finding| finding.severity() == Severity::Error;
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) = file.findings.iter().partition(is_error);
    match file.verdict {
        Verdict::NotChecked => write_outcome("error", &reason(file, language), file.verdict, &errors, language, out)?,
        Verdict::Error => {
            let message = errors_in_words(Counts::of(&file.findings).errors, language);
            write_outcome("failure", &message, file.verdict, &errors, language, out)?;
        }
        Verdict::Ok | Verdict::Review | Verdict::Warning => {}
    }
    if !others.is_empty() {
        writeln!(out, "<system-out>")?;
        write_findings(&others, language, out)?;
        writeln!(out, "</system-out>")?;
    }
    writeln!(out, "</testcase>")
}

fn errors_in_words(errors: usize, language: Language) -> String {
    let word = if errors == 1 { Text::new("fejl", "error") } else { Text::new("fejl", "errors") };
    format!("{errors} {}", word.get(language))
}

fn write_outcome(
    element: &str,
    message: &str,
    verdict: Verdict,
    findings: &[&Finding],
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<{element} message=\"{}\" type=\"{}\">", Escaped(message), verdict.name())?;
    write_findings(findings, language, out)?;
    writeln!(out, "</{element}>")
}

/// Writes findings, each on a line.
fn write_findings(findings: &[&Finding], language: Language, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let word = finding.severity().word().get(language);
        let place = finding.place().map(|place| {
            let cell = place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
            let label = if place.label.is_empty() { String::new() } else { format!(" · {}", place.label) };
            format!(" · {}{cell}{label}", place.shown_sheet())
        });
        let (message, action) = (finding.message(language), finding.action(language));
        let line = format!("{word} {}{}: {message} → {action}", finding.rule.code, place.unwrap_or_default());
        writeln!(out, "{}", Escaped(&line.replace('\n', " ")))?;
    }
    Ok(())
}

/// What the user decided and what went wrong with the run, in a suite without tests, so that the counts stay those of
/// the files.
fn write_run(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let decisions = decisions_in_words(report, language);
    let problems = report.problems.iter().map(|problem| problem_in_words(problem, language));
    let problems: Vec<String> =
        problems.chain(report.may_hold_forms.iter().map(|file| file.in_words(language))).collect();
    if decisions.is_empty() && problems.is_empty() {
        return Ok(());
    }
    writeln!(out, "<testsuite name=\"sporskifte\" {}>", SuiteCounts::default().attributes())?;
    for (element, sentences) in [("system-out", decisions), ("system-err", problems)] {
        if !sentences.is_empty() {
            writeln!(out, "<{element}>\n{}\n</{element}>", Escaped(&sentences.join("\n")))?;
        }
    }
    writeln!(out, "</testsuite>")
}
