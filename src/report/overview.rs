//! The overview of a run as a workbook: `rapport.xlsx`.

use rust_xlsxwriter::XlsxError;

use super::model::RunReport;
use crate::language::Language;

/// Makes the overview of a run.
pub fn overview_workbook(_report: &RunReport, _language: Language) -> Result<Vec<u8>, XlsxError> {
    rust_xlsxwriter::Workbook::new().save_to_buffer()
}
