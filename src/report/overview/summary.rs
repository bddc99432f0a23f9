//! The sheet `Overblik`: the run on one page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::Looks;
use super::page;
use super::statistics::{ClaimSums, budget_grant, files_of, files_with, fired_rules};
use super::value::{Cells, Value};
use super::wrapping::{height_of_lines, lines_of};
use crate::finding::{Severity, Verdict};
use crate::language::{Language, Text};
use crate::report::decisions::decisions_in_words;
use crate::report::model::{CaseReport, Counts};
use crate::report::run_report::RunReport;
use crate::report::text::problem_in_words;

const NAME: Text = Text::new("Overblik", "Overview");

/// The widths of the columns, in characters.
const WIDTHS: [u8; 5] = [52, 14, 18, 18, 18];

/// A run and its cases.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    pub(super) report: &'r RunReport,
    pub(super) cases: &'r [CaseReport],
}

/// Writes the sheet.
pub(super) fn write(
    worksheet: &mut Worksheet,
    run: Run<'_>,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    worksheet.set_name(NAME.get(language))?;
    page::set_up(worksheet, language);
    for (column, width) in (0..).zip(WIDTHS) {
        worksheet.set_column_width(column, width)?;
    }
    let mut summary = Summary { cells: Cells { worksheet, looks, language }, row: 0 };
    summary.title()?;
    summary.problems(run.report)?;
    summary.decisions(run.report)?;
    summary.verdicts(run.report)?;
    summary.severities(run)?;
    summary.amounts(run.cases)?;
    summary.rules(run.cases)
}

/// The sheet being written from the top.
struct Summary<'w> {
    cells: Cells<'w>,
    row: u32,
}

impl Summary<'_> {
    fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.cells.language)
    }

    fn line(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        for (column, value) in (0..).zip(values) {
            self.cells.put(self.row, column, value)?;
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, words: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.cells.put_text(self.row, 0, words, &self.cells.looks.heading)?;
        self.cells.worksheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    /// The header of a table; numbers stand in the columns from `numbers_from` on.
    fn header(&mut self, headers: &[&str], numbers_from: u16) -> Result<(), XlsxError> {
        for (column, header) in (0..).zip(headers) {
            let looks = self.cells.looks;
            let look = if column < numbers_from { &looks.header } else { &looks.number_header };
            self.cells.put_text(self.row, column, header, look)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A sentence over all columns, on as many lines as it needs.
    fn sentence(&mut self, sentence: &str) -> Result<(), XlsxError> {
        let (row, looks) = (self.row, self.cells.looks);
        let room: usize = WIDTHS.into_iter().map(usize::from).sum();
        self.cells.worksheet.merge_range(row, 0, row, 4, "", &looks.note)?;
        self.cells.put_text(row, 0, sentence, &looks.note)?;
        self.cells.worksheet.set_row_height(row, height_of_lines(lines_of(sentence, room)))?;
        self.row += 1;
        Ok(())
    }

    /// Colours draw the eye to what there is, not to what there is none of.
    fn coloured_where_any(&self, count: usize, coloured: Value<'static>, word: Text) -> Value<'static> {
        if count == 0 { Value::Text(word.get(self.cells.language).into()) } else { coloured }
    }

    fn title(&mut self) -> Result<(), XlsxError> {
        let title = self.t("Overblik over kontrollen", "Overview of the check");
        self.cells.put_text(self.row, 0, title, &self.cells.looks.title)?;
        self.cells.worksheet.set_row_height(self.row, 28)?;
        self.row += 1;
        let version = env!("CARGO_PKG_VERSION");
        let guide = self.t(
            "Arkene Sager, Filer, Fund og Pakker kan filtreres og sorteres.",
            "The sheets Cases, Files, Findings and Packages can be filtered and sorted.",
        );
        let by = self.t("Kontrolleret med sporskifte", "Checked with sporskifte");
        self.sentence(&format!("{by} {version}. {guide}"))
    }

    fn problems(&mut self, report: &RunReport) -> Result<(), XlsxError> {
        if report.problems.is_empty() {
            return Ok(());
        }
        self.heading(self.t("Problemer under kørslen", "Problems of the run"))?;
        for problem in &report.problems {
            self.sentence(&problem_in_words(problem, self.cells.language))?;
        }
        Ok(())
    }

    /// What the user decided for the whole run, so that nobody takes silence for a check.
    fn decisions(&mut self, report: &RunReport) -> Result<(), XlsxError> {
        let decisions = decisions_in_words(report, self.cells.language);
        if !decisions.is_empty() {
            self.heading(self.t("Valgt for kørslen", "Decided for the run"))?;
        }
        decisions.iter().try_for_each(|decision| self.sentence(decision))
    }

    fn verdicts(&mut self, report: &RunReport) -> Result<(), XlsxError> {
        self.heading(self.t("Resultat", "Verdicts"))?;
        let headers = ["", self.t("Sager", "Cases"), self.t("Filer", "Files")];
        self.header(&headers, 1)?;
        let (mut cases, mut files) = (0, 0);
        for verdict in Verdict::ALL.into_iter().rev() {
            let cases_with = report.totals.cases_with(verdict);
            let files_with = report.totals.files_with(verdict);
            let coloured = Value::Verdict(verdict);
            let word = self.coloured_where_any(cases_with + files_with, coloured, verdict.word());
            self.line(&[word, Value::Count(cases_with), Value::Count(files_with)])?;
            (cases, files) = (cases + cases_with, files + files_with);
        }
        let all = self.t("Med resultat i alt", "With a verdict in all");
        self.line(&[Value::Strong(all.into()), Value::Count(cases), Value::Count(files)])?;
        let read = self.t("Sager og filer i kørslen", "Cases and files of the run");
        let counts = [Value::Count(report.totals.cases), Value::Count(report.totals.files)];
        self.line(&[&[Value::Strong(read.into())][..], &counts].concat())?;
        let passed_over = self.t(
            "Andre filer, sprunget over, fordi de ikke er regneark",
            "Other files, passed over because they are no workbooks",
        );
        self.line(&[Value::Text(passed_over.into()), Value::Blank, Value::Count(report.passed_over)])
    }

    fn severities(&mut self, run: Run<'_>) -> Result<(), XlsxError> {
        self.heading(self.t("Fund", "Findings"))?;
        let headers = ["", self.t("Fund", "Findings"), self.t("Filer", "Files")];
        self.header(&headers, 1)?;
        let Counts { errors, warnings, reviews } = run.report.totals.counts;
        let counted = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Review, reviews)];
        for (severity, count) in counted {
            let files = files_with(run.cases, severity);
            let word = self.coloured_where_any(count, Value::Severity(severity), severity.word());
            self.line(&[word, Value::Count(count), Value::Count(files)])?;
        }
        let all = self.t("I alt", "In all");
        let files = files_of(run.cases).filter(|file| !file.findings.is_empty()).count();
        self.line(&[Value::Strong(all.into()), Value::Count(errors + warnings + reviews), Value::Count(files)])
    }

    fn amounts(&mut self, cases: &[CaseReport]) -> Result<(), XlsxError> {
        self.heading(self.t("Beløb (kr.)", "Amounts (kr.)"))?;
        let headers = [
            "",
            self.t("Sager", "Cases"),
            self.t("Oplyst", "Claimed"),
            self.t("Genberegnet", "Recalculated"),
            self.t("Forskel", "Difference"),
        ];
        self.header(&headers, 1)?;
        let grants = ClaimSums::of(cases.iter().map(budget_grant));
        let payouts = ClaimSums::of(cases.iter().map(|case| case.payout));
        self.sums(self.t("Ansøgt tilskud (budgetter)", "Grants applied for (budgets)"), &grants)?;
        self.sums(self.t("Udbetaling (slutregnskaber)", "Payouts (accounts)"), &payouts)
    }

    fn sums(&mut self, label: &str, sums: &ClaimSums) -> Result<(), XlsxError> {
        let claim = [
            Value::Amount(sums.claimed),
            Value::Amount(sums.recalculated),
            Value::Difference(sums.claimed.saturating_sub(sums.recalculated)),
        ];
        self.line(&[&[Value::Text(label.into()), Value::Count(sums.compared)][..], &claim].concat())?;
        if sums.not_compared == 0 {
            return Ok(());
        }
        let label = Value::Text(format!("{label}: {}", self.t("uden genberegning", "not recalculated")).into());
        let claimed = Value::Amount(sums.claimed_only);
        self.line(&[label, Value::Count(sums.not_compared), claimed, Value::Unknown, Value::Unknown])
    }

    fn rules(&mut self, cases: &[CaseReport]) -> Result<(), XlsxError> {
        self.heading(
            self.t("Regler, der fandt noget, hyppigste først", "Rules that found something, most often first"),
        )?;
        let fired = fired_rules(cases);
        if fired.is_empty() {
            return self.sentence(self.t("Kontrollen fandt intet.", "The check found nothing."));
        }
        let headers = [
            self.t("Hvad reglen finder", "What the rule finds"),
            self.t("Regel", "Rule"),
            self.t("Alvor", "Severity"),
            self.t("Fund", "Findings"),
            self.t("Filer", "Files"),
        ];
        self.header(&headers, 3)?;
        for rule in fired {
            self.line(&[
                Value::Text(rule.rule.title.get(self.cells.language).into()),
                Value::Text(rule.rule.code.into()),
                Value::Severity(rule.rule.severity),
                Value::Count(rule.findings),
                Value::Count(rule.files),
            ])?;
        }
        Ok(())
    }
}
