//! One decided case, as it is kept.

use serde::{Deserialize, Serialize};

use super::CaseFacts;
use crate::identity::holds_cpr;
use crate::report::{CaseReport, CheckedFile, FileReport};
use crate::workbook::WorkbookFormat;

/// A case that was checked: before anything is known across cases, and before what the user decided.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseRecord {
    /// The case and its files.
    pub report: CaseReport,
    /// The format of each file that is a form, in the order of the files.
    pub formats: Vec<Option<WorkbookFormat>>,
}

impl CaseRecord {
    /// Whether a CPR number stands in it or in the facts of its files: what senders wrote is masked in findings, but a
    /// sheet keeps its own name, or nobody could find it.
    pub fn holds_personal_data(&self, facts: &CaseFacts) -> bool {
        let of_facts = facts.iter().flat_map(|(_, facts)| facts.origins()).map(|origin| &*origin.sheet);
        self.sheets().chain(of_facts).any(holds_cpr)
    }

    /// The names of the sheets that its report knows, some of them often.
    fn sheets(&self) -> impl Iterator<Item = &str> {
        let findings = self.report.files.iter().flat_map(FileReport::all_findings).flat_map(|finding| &finding.places);
        let amounts = self.report.forms().flat_map(CheckedFile::places);
        findings.chain(amounts).map(|place| &*place.sheet)
    }
}
