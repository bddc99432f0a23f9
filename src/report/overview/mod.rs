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

use std::io::{self, ErrorKind, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use zip::result::ZipError;

use super::model::CaseReport;
use super::run_report::RunReport;
use super::statistics::Statistics;
use super::tables::{Row, Table, cases, companies, draw_down, files, findings, mistakes, not_checked, packages};
use crate::finding::Verdict;
use crate::language::{Language, Text};
use look::Looks;
use sheet::TableSheet;

/// Writes the overview of a run in one pass over its cases; the same run gives the same bytes.
///
/// Rows go through nameless files in the scratch folder, so that memory does not grow with the cases.
pub fn write_overview(
    report: &RunReport,
    statistics: &Statistics,
    language: Language,
    scratch: &Path,
    out: impl Write + Seek + Send,
) -> io::Result<()> {
    let run = summary::Run { report, statistics };
    // The library panics where a row cannot be written to its file.
    let written = catch_unwind(AssertUnwindSafe(|| write(run, language, scratch, out)));
    written.unwrap_or(Err(XlsxError::IoError(ErrorKind::StorageFull.into()))).map_err(io_error)
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) | XlsxError::ZipError(ZipError::Io(error)) => {
            error
        }
        other => io::Error::other(other),
    }
}

fn write(
    run: summary::Run<'_>,
    language: Language,
    scratch: &Path,
    out: impl Write + Seek + Send,
) -> Result<(), XlsxError> {
    let summary::Run { report, statistics } = run;
    let looks = Looks::new();
    let mut book = Book::begin(scratch, &looks, language)?;
    summary::write(book.workbook.add_worksheet(), run, &looks, language)?;
    let mut sheets = CaseSheets::begin(&mut book)?;
    for case in report.cases() {
        sheets.case(&case?, language)?;
    }
    let not_checked = sheets.end(&mut book)?;
    write_rules(&mut book, statistics)?;
    let mistakes = statistics.mistakes.iter().take(mistakes::MOST_FIELDS);
    book.table(&mistakes::FIELDS, mistakes.map(|mistake| mistakes::field_row(mistake, language)))?;
    let companies = statistics.companies.iter();
    book.table(&companies::TABLE, companies.map(|company| companies::row(company, language)))?;
    budget::write(book.workbook.add_worksheet(), statistics, &looks, language)?;
    let draws = statistics.years.iter().flat_map(|year| (1..).zip(&year.draws));
    book.table(&draw_down::CASES, draws.map(|(number, draw)| draw_down::case_row(number, draw, language)))?;
    not_checked.end(&mut book.workbook)?;
    book.workbook.save_to_writer(out)
}

/// The workbook being written.
struct Book<'l> {
    workbook: Workbook,
    looks: &'l Looks,
    language: Language,
}

impl<'l> Book<'l> {
    fn begin(scratch: &Path, looks: &'l Looks, language: Language) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch)?;
        let title = Text::new("Overblik over kontrollen", "Overview of the check");
        let properties = DocProperties::new()
            .set_title(title.get(language))
            .set_author("sporskifte")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
        workbook.set_properties(&properties);
        Ok(Self { workbook, looks, language })
    }

    fn begin_table(&mut self, table: &'static Table) -> Result<TableSheet<'l>, XlsxError> {
        TableSheet::begin(&mut self.workbook, table, self.looks, self.language)
    }

    /// Adds a sheet that is one table.
    fn table<'r>(&mut self, table: &'static Table, rows: impl Iterator<Item = Row<'r>>) -> Result<(), XlsxError> {
        let mut sheet = self.begin_table(table)?;
        for row in rows {
            sheet.row(&row)?;
        }
        sheet.end(&mut self.workbook)
    }
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
    fn begin(book: &mut Book<'l>) -> Result<Self, XlsxError> {
        Ok(Self {
            cases: book.begin_table(&cases::TABLE)?,
            files: book.begin_table(&files::TABLE)?,
            findings: book.begin_table(&findings::TABLE)?,
            packages: book.begin_table(&packages::TABLE)?,
            not_checked: book.begin_table(&not_checked::TABLE)?,
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
    fn end(self, book: &mut Book<'l>) -> Result<TableSheet<'l>, XlsxError> {
        self.cases.end(&mut book.workbook)?;
        self.files.end(&mut book.workbook)?;
        self.findings.end(&mut book.workbook)?;
        self.packages.end(&mut book.workbook)?;
        Ok(self.not_checked)
    }
}

/// The rules that fired, with a chart beside them.
fn write_rules(book: &mut Book<'_>, statistics: &Statistics) -> Result<(), XlsxError> {
    let mut sheet = book.begin_table(&mistakes::RULES)?;
    for fired in &statistics.rules {
        sheet.row(&mistakes::rule_row(fired, book.language))?;
    }
    if let Some(chart) = charts::findings_by_rule(sheet.rows(), book.language) {
        let beside = charts::beside(mistakes::RULES.columns);
        sheet.worksheet().set_column_width(beside - 1, 3)?.insert_chart(0, beside, &chart)?;
    }
    sheet.end(&mut book.workbook)
}
