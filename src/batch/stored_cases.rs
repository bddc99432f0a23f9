//! The cases of a run as its reports see them: as they were kept, with what was found across cases, and with what the
//! user decided.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::across::with_findings;
use super::decided_cases::{DecidedCase, DecidedCases};
use super::decisions::apply_decisions;
use crate::configuration::Configuration;
use crate::finding::{Finding, Verdict};
use crate::report::{CaseReport, CaseSource};
use crate::store::{CaseRecord, Store};
use crate::workbook::WorkbookFormat;

/// The format of each file that is a form, in the order of a case's files.
type Formats = Vec<Option<WorkbookFormat>>;

/// The decided cases of a run.
#[derive(Debug)]
pub(super) struct StoredCases {
    pub(super) store: Arc<Store>,
    pub(super) cases: DecidedCases,
    /// What was found across cases, by the files' places among the run's files.
    pub(super) across: BTreeMap<usize, Vec<Finding>>,
    pub(super) configuration: Configuration,
}

impl StoredCases {
    /// A case with the formats of its files.
    pub(super) fn decided(&self, index: usize) -> io::Result<(DecidedCase<'_>, CaseReport, Formats)> {
        let decided = self.cases.get(index).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let CaseRecord { report, formats } = self.store.get(decided.record)?;
        let report = with_findings(report, decided.members, &self.across);
        Ok((decided, concluded(report, &self.configuration), formats))
    }
}

impl CaseSource for StoredCases {
    fn count(&self) -> usize {
        self.cases.len()
    }

    fn case(&self, index: usize) -> io::Result<CaseReport> {
        self.decided(index).map(|(_, case, _)| case)
    }
}

/// A case with all its findings, once the user's decisions are applied and its verdict is told.
pub(super) fn concluded(mut case: CaseReport, configuration: &Configuration) -> CaseReport {
    apply_decisions(&mut case, configuration);
    case.verdict = case.files.iter().map(|file| file.verdict).max().unwrap_or(Verdict::NotChecked);
    case
}
