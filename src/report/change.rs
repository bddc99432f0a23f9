//! What was found in a case when, and what changed since the last time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::model::{CaseReport, FileReport};
use crate::finding::{Finding, Severity, Verdict};

/// A finding as history remembers it: where it was and which rule found it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KnownFinding {
    /// The file, as reports show it.
    pub file: String,
    /// The rule's code.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The sheet, as reports show it, and the cell: `Budget U6`; empty where the whole file is meant.
    pub place: String,
    /// The label of the field; empty where there is none.
    pub label: String,
}

impl KnownFinding {
    fn of(file: &str, finding: &Finding) -> Self {
        let place = finding.place().map(|place| {
            let cell = place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
            format!("{}{cell}", place.shown_sheet())
        });
        Self {
            file: file.to_owned(),
            code: finding.rule.code.to_owned(),
            severity: finding.severity(),
            place: place.unwrap_or_default(),
            label: finding.place().map(|place| place.label.to_string()).unwrap_or_default(),
        }
    }
}

/// A run that was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEntry {
    /// Its number in the state file.
    pub number: i64,
    /// The day on which it ran.
    pub day: Date,
    /// The version of the program.
    pub version: String,
}

/// What a run found in a case; there is an entry for each run in which something was otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The run.
    pub run: RunEntry,
    /// The case's verdict.
    pub verdict: Verdict,
    /// What was found, in the order of the files and cells.
    pub findings: Vec<KnownFinding>,
}

/// What is otherwise in a case than the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The verdict of the last time; `None` for a case that is new.
    pub before: Option<Verdict>,
    /// Findings that are new.
    pub new: Vec<KnownFinding>,
    /// Findings that are gone.
    pub mended: Vec<KnownFinding>,
    /// How many findings were there the last time too.
    pub lasting: usize,
}

impl Change {
    /// Whether anything is new or gone.
    pub fn is_change(&self) -> bool {
        !self.new.is_empty() || !self.mended.is_empty()
    }

    /// What is otherwise than before in a case with these findings.
    pub fn between(before: Option<HistoryEntry>, now: &[KnownFinding]) -> Self {
        let (verdict, known) = before.map(|entry| (entry.verdict, entry.findings)).unzip();
        let known = known.unwrap_or_default();
        let (old, current): (BTreeSet<_>, BTreeSet<_>) = (known.iter().collect(), now.iter().collect());
        let without = |all: &[KnownFinding], others: &BTreeSet<&KnownFinding>| {
            all.iter().filter(|each| !others.contains(each)).cloned().collect()
        };
        Self {
            before: verdict,
            new: without(now, &old),
            mended: without(&known, &current),
            lasting: now.iter().filter(|each| old.contains(each)).count(),
        }
    }
}

/// The name by which history knows a case: its own, or that of its file where nothing tells which case it is.
pub fn history_name(case: &CaseReport) -> &str {
    let has_form = case.forms().next().is_some();
    let file = || case.files.first().map(|file| file.path.as_str());
    if has_form { &case.id } else { file().unwrap_or(&case.id) }
}

/// The findings of a case as history remembers them.
pub fn known_findings(case: &CaseReport) -> Vec<KnownFinding> {
    let of_file = |file: &FileReport| {
        file.findings.iter().map(|finding| KnownFinding::of(&file.path, finding)).collect::<Vec<_>>()
    };
    case.files.iter().flat_map(of_file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: &str, place: &str) -> KnownFinding {
        let (severity, label) = (Severity::Error, String::new());
        KnownFinding { file: "a.xlsx".into(), code: code.into(), severity, place: place.into(), label }
    }

    #[test]
    fn findings_are_new_mended_or_lasting() {
        let run = RunEntry { number: 1, day: Date::constant(2026, 1, 1), version: "0".into() };
        let findings = vec![finding("P309", "Budget U6"), finding("T401", "Budget W6")];
        let before = HistoryEntry { run, verdict: Verdict::Error, findings };
        let now = [finding("P309", "Budget U6"), finding("P309", "Budget U7")];
        let change = Change::between(Some(before), &now);
        assert_eq!(change.new, [finding("P309", "Budget U7")]);
        assert_eq!(change.mended, [finding("T401", "Budget W6")]);
        assert_eq!((change.lasting, change.before), (1, Some(Verdict::Error)));
        assert_eq!(Change::between(None, &now).new.len(), 2);
    }
}
