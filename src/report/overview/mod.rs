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

use super::model::{CaseReport, FileReport};
use super::run_report::RunReport;
use super::statistics::Statistics;
use super::tables::{Row, Table, cases, companies, draw_down, files, findings, mistakes, not_checked, packages};
use crate::finding::Verdict;
use crate::language::{Language, Text};
use look::Looks;
use sheet::TableSheet;

/// Of how many cases the rows are written at once.
const WRITTEN_TOGETHER: usize = 128;

/// Deflating is most of what the overview costs, and nothing else can go on beside it: the usual level would make the file a
/// tenth smaller in twice the time.
const COMPRESSION_LEVEL: u8 = 2;

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
    let mut workbook = Workbook::new();
    let looks = Looks::new(&mut workbook);
    let mut book = Book::begin(workbook, scratch, &looks, language)?;
    summary::write(book.workbook.add_worksheet(), run, &looks, language)?;
    let mut sheets = CaseSheets::begin(&mut book)?;
    let mut cases = report.cases();
    loop {
        let some = cases.by_ref().take(WRITTEN_TOGETHER).collect::<io::Result<Vec<CaseReport>>>()?;
        if some.is_empty() {
            break;
        }
        sheets.write(&some, language)?;
    }
    let mut not_checked = sheets.end(&mut book)?;
    let passed_over = report.may_hold_forms.iter();
    passed_over.map(|file| not_checked::passed_over_row(file, language)).try_for_each(|row| not_checked.row(&row))?;
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
    fn begin(mut workbook: Workbook, scratch: &Path, looks: &'l Looks, language: Language) -> Result<Self, XlsxError> {
        workbook.set_tempdir(scratch)?;
        workbook.set_zip_compression_level(COMPRESSION_LEVEL);
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

    /// Writes the rows of some cases, the sheets beside one another.
    fn write(&mut self, some: &[CaseReport], language: Language) -> Result<(), XlsxError> {
        let Self { cases, files, findings, packages, not_checked } = self;
        let cases_and_files = || write_cases(cases, some).and_then(|()| write_files(files, some));
        let findings = || write_findings(findings, some, language);
        let others = || write_packages(packages, some).and_then(|()| write_not_checked(not_checked, some, language));
        let (first, (second, third)) = rayon::join(cases_and_files, || rayon::join(findings, others));
        first.and(second).and(third)
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

fn write_cases(sheet: &mut TableSheet<'_>, some: &[CaseReport]) -> Result<(), XlsxError> {
    some.iter().try_for_each(|case| sheet.row(&cases::row(case)))
}

fn write_files(sheet: &mut TableSheet<'_>, some: &[CaseReport]) -> Result<(), XlsxError> {
    files_of(some).try_for_each(|file| sheet.row(&files::row(file)))
}

fn write_findings(sheet: &mut TableSheet<'_>, some: &[CaseReport], language: Language) -> Result<(), XlsxError> {
    for file in files_of(some) {
        file.findings.iter().try_for_each(|finding| sheet.row(&findings::row(file, finding, language)))?;
    }
    Ok(())
}

fn write_packages(sheet: &mut TableSheet<'_>, some: &[CaseReport]) -> Result<(), XlsxError> {
    files_of(some).flat_map(packages::rows).try_for_each(|row| sheet.row(&row))
}

fn write_not_checked(sheet: &mut TableSheet<'_>, some: &[CaseReport], language: Language) -> Result<(), XlsxError> {
    let mut files = files_of(some).filter(|file| file.verdict == Verdict::NotChecked);
    files.try_for_each(|file| sheet.row(&not_checked::row(file, language)))
}

fn files_of(some: &[CaseReport]) -> impl Iterator<Item = &FileReport> {
    some.iter().flat_map(|case| &case.files)
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
