//! The run for people at a terminal: by case and file, the worst first.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::alike::{Alike, group_alike};
use super::control::counts_in_words;
use super::decisions::decisions_in_words;
use super::model::{CaseReport, CheckedFile, Claim, FileReport, Problem};
use super::passed_over::{NOT_OPENED, PassedOver};
use super::run_report::RunReport;
use crate::finding::{Finding, Severity, Verdict};
use crate::language::{Language, Text};
use crate::wrapping::wrapped;

/// How the text looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextStyle {
    /// The language.
    pub language: Language,
    /// Whether severities are coloured.
    pub colours: bool,
    /// The width of the terminal, in characters; longer lines are broken.
    pub width: usize,
}

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const BLUE: &str = "\u{1b}[1;36m";
const GREEN: &str = "\u{1b}[1;32m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes the run for people.
pub fn write_text(report: &RunReport, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Writer { style, out };
    let cases = report.map_cases(|case| {
        let mut told = Vec::new();
        Writer { style, out: &mut told }.case(&case)?;
        Ok(told)
    });
    for case in cases {
        text.out.write_all(&case?)?;
    }
    text.decisions(&decisions_in_words(report, style.language))?;
    text.problems(&report.problems)?;
    text.closing(report)
}

/// Writes how the run ended, for people who have the reports.
pub fn write_summary(report: &RunReport, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Writer { style, out };
    text.problems(&report.problems)?;
    text.closing(report)
}

struct Writer<'o> {
    style: TextStyle,
    out: &'o mut dyn Write,
}

impl Writer<'_> {
    fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.style.language)
    }

    fn paint(&self, text: &str, colour: &str) -> String {
        if self.style.colours { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn case(&mut self, case: &CaseReport) -> io::Result<()> {
        let company = case.company.as_deref().map(|name| format!(" · {name}")).unwrap_or_default();
        let heading = format!("{} {}{company}", self.t("Sag", "Case"), case.id);
        writeln!(self.out, "{}", self.paint(&heading, BOLD))?;
        for file in &case.files {
            self.file(file)?;
        }
        writeln!(self.out)
    }

    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let kind = file.form.as_ref().map(|form| format!(" ({})", form.kind)).unwrap_or_default();
        let verdict = self.paint(file.verdict.word().get(self.style.language), verdict_colour(file.verdict));
        writeln!(self.out, "  {}{kind}: {verdict}", file.path)?;
        let mut worst_first: Vec<&Finding> = file.findings.iter().collect();
        worst_first.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        for alike in group_alike(worst_first) {
            self.finding(&alike)?;
        }
        match &file.form {
            Some(form) => self.packages(form),
            None => Ok(()),
        }
    }

    fn finding(&mut self, alike: &Alike<'_>) -> io::Result<()> {
        let finding = alike.first;
        let language = self.style.language;
        let severity = finding.severity();
        let word = self.paint(severity.word().get(language), severity_colour(severity));
        let place = finding.place().map(|place| {
            let cell = place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
            let label = if place.label.is_empty() { String::new() } else { format!(" · {}", place.label) };
            format!(" · {}{cell}{label}", place.shown_sheet())
        });
        writeln!(self.out, "    {word} {}{}", finding.rule.code, place.unwrap_or_default())?;
        self.wrapped("      ", &finding.message(language))?;
        if let Some(cells) = alike.in_words(language) {
            self.wrapped("      ", &cells)?;
        }
        self.wrapped("      → ", &finding.action(language))
    }

    fn wrapped(&mut self, lead: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrapped(lead, text, self.style.width))
    }

    /// The grant or payout of each package as claimed and as recalculated, and the sums.
    fn packages(&mut self, form: &CheckedFile) -> io::Result<()> {
        if form.packages.is_empty() {
            return Ok(());
        }
        let header =
            [self.t("Oplyst", "Claimed"), self.t("Genberegnet", "Recalculated"), self.t("Forskel", "Difference")];
        let lines: Vec<(String, Claim)> = form
            .packages
            .iter()
            .map(|package| {
                let number = package.number.map(|number| self.style.language.number(number)).unwrap_or_default();
                (format!("{} {number} {}", self.t("Pakke", "Package"), package.employee), package.result())
            })
            .chain(form.sums.iter().map(|sum| (sum.label.to_string(), sum.claim)))
            .collect();
        let width = lines.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
        let [claimed, recalculated, difference] = header;
        writeln!(self.out, "    {:width$}  {claimed:>14}  {recalculated:>14}  {difference:>12}", "")?;
        for (label, claim) in lines {
            let difference = claim.difference().filter(|difference| !difference.is_zero());
            let (claimed, recalculated) = (self.amount(claim.claimed), self.amount(claim.recalculated));
            let difference = difference.map(|difference| self.amount(Some(difference))).unwrap_or_default();
            let line = format!("    {label:width$}  {claimed:>14}  {recalculated:>14}  {difference:>12}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn amount(&self, amount: Option<Decimal>) -> String {
        amount.map_or_else(|| self.t("ukendt", "unknown").to_owned(), |amount| self.style.language.amount(amount))
    }

    fn decisions(&mut self, decisions: &[String]) -> io::Result<()> {
        if decisions.is_empty() {
            return Ok(());
        }
        let heading = self.t("Valgt for kørslen", "Decided for the run");
        writeln!(self.out, "{}", self.paint(heading, BOLD))?;
        for decision in decisions {
            self.wrapped("  - ", decision)?;
        }
        writeln!(self.out)
    }

    fn problems(&mut self, problems: &[Problem]) -> io::Result<()> {
        for problem in problems {
            let sentence = problem_in_words(problem, self.style.language);
            writeln!(self.out, "{}", self.paint(&sentence, RED))?;
        }
        if problems.is_empty() { Ok(()) } else { writeln!(self.out) }
    }

    fn closing(&mut self, report: &RunReport) -> io::Result<()> {
        let language = self.style.language;
        let verdicts: Vec<String> = Verdict::ALL
            .into_iter()
            .map(|verdict| (verdict, report.totals.files_with(verdict)))
            .filter(|(_, count)| *count > 0)
            .map(|(verdict, count)| format!("{count} {}", verdict.counted().get(language)))
            .collect();
        let (files, cases) = (report.totals.files, report.totals.cases);
        let (files_word, cases_word) = (
            if files == 1 { self.t("fil", "file") } else { self.t("filer", "files") },
            if cases == 1 { self.t("sag", "case") } else { self.t("sager", "cases") },
        );
        let line = format!("{files} {files_word} {} {cases} {cases_word}: {}.", self.t("i", "in"), verdicts.join(", "));
        writeln!(self.out, "{}", self.paint(&line, BOLD))?;
        let found = self.t("Fund i alt", "Findings in all");
        writeln!(self.out, "{found}: {}.", counts_in_words(&report.totals.counts, language))?;
        if report.passed_over > 0 {
            let words = match report.passed_over {
                1 => self.t(
                    "anden fil er sprunget over, fordi den ikke er et regneark.",
                    "other file was passed over: no workbook.",
                ),
                _ => self.t(
                    "andre filer er sprunget over, fordi de ikke er regneark.",
                    "other files were passed over: no workbooks.",
                ),
            };
            writeln!(self.out, "{} {words}", report.passed_over)?;
        }
        self.may_hold_forms(&report.may_hold_forms)
    }

    fn may_hold_forms(&mut self, files: &[PassedOver]) -> io::Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        let language = self.style.language;
        writeln!(self.out, "{}", self.paint(&format!("{}:", NOT_OPENED.get(language)), RED))?;
        files.iter().try_for_each(|file| self.wrapped("  - ", &file.in_words(language)))
    }
}

/// What went wrong with the run, in a sentence.
pub fn problem_in_words(problem: &Problem, language: Language) -> String {
    let text = |da: String, en: String| if language == Language::Danish { da } else { en };
    match problem {
        Problem::UnreadableFolder { path, reason } => text(
            format!("{path} kan ikke læses ({}); det, der ligger dér, er ikke kontrolleret.", reason.da),
            format!("{path} cannot be read ({}); what is there was not checked.", reason.en),
        ),
        Problem::NotWritten { path, reason } => text(
            format!("Filen {path} kunne ikke skrives ({}).", reason.da),
            format!("The file {path} could not be written ({}).", reason.en),
        ),
        Problem::NotCheckedAcross => text(
            "Kontrollen på tværs af sager (B701–B705) brød sammen; ingen sag er kontrolleret for den.".to_owned(),
            "The check across cases (B701–B705) broke down; no case was checked by it.".to_owned(),
        ),
        Problem::NotAnnotated { path, reason, .. } => text(
            format!("Der kunne ikke laves en kopi med noter af {path}: {}.", reason.da),
            format!("No annotated copy of {path} could be made: {}.", reason.en),
        ),
    }
}

const fn severity_colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Review => BLUE,
    }
}

const fn verdict_colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => GREEN,
        Verdict::Review => BLUE,
        Verdict::Warning => YELLOW,
        Verdict::Error | Verdict::NotChecked => RED,
    }
}
