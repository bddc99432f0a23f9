//! The overview of a run as a workbook: `rapport.xlsx`, for caseworkers at a desk.
//!
//! [`summary`] is the first page, [`budget`] tells how the year's budget is drawn down; the other sheets are tables to
//! filter and sort, which [`sheet`] lays out. [`cells`] writes one cell, [`look`] says how cells look, [`charts`] draws.

mod budget;
mod cells;
mod charts;
mod flow;
mod look;
mod page;
mod sheet;
mod summary;
mod wrapping;

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::run_report::RunReport;
use super::statistics::Statistics;
use super::tables::{cases, companies, draw_down, files, findings, mistakes, not_checked, packages};
use crate::finding::Verdict;
use crate::language::{Language, Text};
use crate::report::model::CaseReport;
use look::Looks;
use sheet::TableSheet;

/// Writes the overview of a run in one pass over its cases; the same run gives the same bytes.
///
/// Rows go through temporary files, so that memory does not grow with the cases.
pub fn write_overview(
    report: &RunReport,
    statistics: &Statistics,
    language: Language,
    out: impl Write + Seek + Send,
) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let title = Text::new("Overblik over kontrollen", "Overview of the check");
    let properties = DocProperties::new()
        .set_title(title.get(language))
        .set_author("sporskifte")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
    workbook.set_properties(&properties);
    let looks = Looks::new();
    summary::write(workbook.add_worksheet(), summary::Run { report, statistics }, &looks, language)?;
    let mut sheets = CaseSheets::begin(&mut workbook, &looks, language)?;
    for case in report.cases() {
        sheets.case(&case?, language)?;
    }
    let not_checked = sheets.end(&mut workbook)?;
    write_rules(&mut workbook, statistics, &looks, language)?;
    write_fields(&mut workbook, statistics, &looks, language)?;
    write_companies(&mut workbook, statistics, &looks, language)?;
    budget::write(workbook.add_worksheet(), statistics, &looks, language)?;
    write_draws(&mut workbook, statistics, &looks, language)?;
    not_checked.end(&mut workbook)?;
    workbook.save_to_writer(out)
}

/// The sheets that grow with the cases, all open while the cases go by.
struct CaseSheets<'l> {
    cases: TableSheet<'l>,
    files: TableSheet<'l>,
    findings: TableSheet<'l>,
    packages: TableSheet<'l>,
    not_checked: TableSheet<'l>,
}

impl<'l> CaseSheets<'l> {
    fn begin(workbook: &mut Workbook, looks: &'l Looks, language: Language) -> Result<Self, XlsxError> {
        Ok(Self {
            cases: TableSheet::begin(workbook, &cases::TABLE, looks, language)?,
            files: TableSheet::begin(workbook, &files::TABLE, looks, language)?,
            findings: TableSheet::begin(workbook, &findings::TABLE, looks, language)?,
            packages: TableSheet::begin(workbook, &packages::TABLE, looks, language)?,
            not_checked: TableSheet::begin(workbook, &not_checked::TABLE, looks, language)?,
        })
    }

    fn case(&mut self, case: &CaseReport, language: Language) -> Result<(), XlsxError> {
        self.cases.row(&cases::row(case))?;
        for file in &case.files {
            self.files.row(&files::row(file))?;
            for finding in &file.findings {
                self.findings.row(&findings::row(file, finding, language))?;
            }
            packages::rows(file).try_for_each(|row| self.packages.row(&row))?;
            if file.verdict == Verdict::NotChecked {
                self.not_checked.row(&not_checked::row(file, language))?;
            }
        }
        Ok(())
    }

    /// Ends the sheets but that of the files not checked, which is the workbook's last.
    fn end(self, workbook: &mut Workbook) -> Result<TableSheet<'l>, XlsxError> {
        self.cases.end(workbook)?;
        self.files.end(workbook)?;
        self.findings.end(workbook)?;
        self.packages.end(workbook)?;
        Ok(self.not_checked)
    }
}

fn write_rules(
    workbook: &mut Workbook,
    statistics: &Statistics,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let mut sheet = TableSheet::begin(workbook, &mistakes::RULES, looks, language)?;
    for fired in &statistics.rules {
        sheet.row(&mistakes::rule_row(fired, language))?;
    }
    if let Some(chart) = charts::findings_by_rule(sheet.rows(), language) {
        let beside = charts::beside(mistakes::RULES.columns);
        sheet.worksheet().set_column_width(beside - 1, 3)?.insert_chart(0, beside, &chart)?;
    }
    sheet.end(workbook)
}

fn write_fields(
    workbook: &mut Workbook,
    statistics: &Statistics,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let mut sheet = TableSheet::begin(workbook, &mistakes::FIELDS, looks, language)?;
    for mistake in statistics.mistakes.iter().take(mistakes::MOST_FIELDS) {
        sheet.row(&mistakes::field_row(mistake, language))?;
    }
    sheet.end(workbook)
}

fn write_companies(
    workbook: &mut Workbook,
    statistics: &Statistics,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let mut sheet = TableSheet::begin(workbook, &companies::TABLE, looks, language)?;
    for company in &statistics.companies {
        sheet.row(&companies::row(company, language))?;
    }
    sheet.end(workbook)
}

fn write_draws(
    workbook: &mut Workbook,
    statistics: &Statistics,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let mut sheet = TableSheet::begin(workbook, &draw_down::CASES, looks, language)?;
    for year in &statistics.years {
        for (number, draw) in (1..).zip(&year.draws) {
            sheet.row(&draw_down::case_row(number, draw, language))?;
        }
    }
    sheet.end(workbook)
}
