//! One decided case, as it is kept.

use serde::{Deserialize, Serialize};

use crate::case::Facts;
use crate::identity::holds_cpr;
use crate::report::CaseReport;
use crate::workbook::WorkbookFormat;

/// A case that was checked: before anything is known across cases, and before what the user decided.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseRecord {
    /// The case and its files.
    pub report: CaseReport,
    /// The facts of each file that is a form, by its place among the case's files.
    pub facts: Vec<(usize, Facts)>,
    /// The format of each file that is a form, in the order of the files.
    pub formats: Vec<Option<WorkbookFormat>>,
}

impl CaseRecord {
    /// Whether a CPR number stands in it: what senders wrote is masked in findings, but a sheet keeps its own name, or
    /// nobody could find it.
    pub fn holds_personal_data(&self) -> bool {
        self.report.findings().flat_map(|finding| &finding.places).any(|place| holds_cpr(&place.sheet))
    }
}
