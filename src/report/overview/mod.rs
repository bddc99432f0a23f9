//! The overview of a run as a workbook: `rapport.xlsx`, for caseworkers at a desk.
//!
//! One file a sheet: [`summary`] is the first page, the others are tables to filter and sort. [`table`] lays a table
//! out, [`value`] writes one cell, [`look`] says how cells look, [`statistics`] counts.

mod cases;
mod files;
mod findings;
mod look;
mod packages;
mod page;
mod statistics;
mod summary;
mod table;
mod value;
mod wrapping;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::model::CaseReport;
use super::run_report::RunReport;
use crate::language::{Language, Text};
use look::Looks;

/// Makes the overview of a run; the same run gives the same bytes.
pub fn overview_workbook(report: &RunReport, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = Text::new("Overblik over kontrollen", "Overview of the check");
    let properties = DocProperties::new()
        .set_title(title.get(language))
        .set_author("sporskifte")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
    workbook.set_properties(&properties);
    let looks = Looks::new();
    let all: Vec<CaseReport> = report.all_cases()?;
    let run = summary::Run { report, cases: &all };
    summary::write(workbook.add_worksheet(), run, &looks, language)?;
    cases::TABLE.write(workbook.add_worksheet(), &looks, language, cases::rows(&all))?;
    files::TABLE.write(workbook.add_worksheet(), &looks, language, files::rows(&all))?;
    findings::TABLE.write(workbook.add_worksheet(), &looks, language, findings::rows(&all, language))?;
    packages::TABLE.write(workbook.add_worksheet(), &looks, language, packages::rows(&all))?;
    workbook.save_to_buffer()
}
