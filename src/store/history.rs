//! What was found when: a case's findings run by run, and what changed since the last.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError};
use crate::finding::{Finding, Severity, Verdict};
use crate::intake::FileHash;
use crate::report::{CaseReport, FileReport, Totals};

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
    fn between(before: Option<HistoryEntry>, now: &[KnownFinding]) -> Self {
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
fn name(case: &CaseReport) -> &str {
    let has_form = case.forms().next().is_some();
    let file = || case.files.first().map(|file| file.path.as_str());
    if has_form { &case.id } else { file().unwrap_or(&case.id) }
}

fn known_findings(case: &CaseReport) -> Vec<KnownFinding> {
    let of_file = |file: &FileReport| {
        file.findings.iter().map(|finding| KnownFinding::of(&file.path, finding)).collect::<Vec<_>>()
    };
    case.files.iter().flat_map(of_file).collect()
}

impl Store {
    /// What is otherwise in a case than when it was last seen.
    pub fn change(&self, case: &CaseReport) -> Result<Change, StoreError> {
        Ok(Change::between(self.last_entry(name(case))?, &known_findings(case)))
    }

    /// All that is known of a case, oldest first.
    pub fn history(&self, case: &str) -> Result<Vec<HistoryEntry>, StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached(&format!("{ENTRIES} ORDER BY run"))?;
        let rows = statement.query_map(params![case], entry)?;
        rows.map(|row| row?).collect()
    }

    fn last_entry(&self, case: &str) -> Result<Option<HistoryEntry>, StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached(&format!("{ENTRIES} ORDER BY run DESC LIMIT 1"))?;
        statement.query_row(params![case], entry).optional()?.transpose()
    }

    /// The day of the last completed run; `None` where there was none.
    pub fn last_run(&self) -> Result<Option<Date>, StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached("SELECT day FROM runs ORDER BY id DESC LIMIT 1")?;
        let day: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
        day.map(|day| parsed(&day)).transpose()
    }

    /// Remembers a completed run and, of its cases, those in which something is otherwise than before.
    pub fn remember_run(
        &self,
        day: Date,
        rules: &FileHash,
        totals: &Totals,
        cases: impl Iterator<Item = std::io::Result<CaseReport>>,
    ) -> Result<(), StoreError> {
        let number = self.run_number();
        for case in cases {
            let case = case.map_err(StoreError::Case)?;
            let (name, findings) = (name(&case), known_findings(&case));
            let last = self.last_entry(name)?;
            if last.is_some_and(|last| last.verdict == case.verdict && last.findings == findings) {
                continue;
            }
            let packed = serde_json::to_vec(&findings).map_err(StoreError::History)?;
            let open = self.lock();
            let mut statement = open.connection.prepare_cached(
                "INSERT OR REPLACE INTO history (case_id, run, verdict, findings) VALUES (?1, ?2, ?3, ?4)",
            )?;
            statement.execute(params![name, number, case.verdict.name(), packed])?;
        }
        let open = self.lock();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        open.connection.execute(
            "INSERT INTO runs (id, day, version, rules, files, cases, errors) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                number,
                day.to_string(),
                env!("CARGO_PKG_VERSION"),
                rules.as_bytes(),
                count(totals.files),
                count(totals.cases),
                count(totals.counts.errors),
            ],
        )?;
        Ok(())
    }
}

const ENTRIES: &str = "SELECT run, day, version, verdict, findings FROM history JOIN runs ON runs.id = history.run
    WHERE case_id = ?1";

fn entry(row: &Row<'_>) -> rusqlite::Result<Result<HistoryEntry, StoreError>> {
    let (number, day, version): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (verdict, findings): (String, Vec<u8>) = (row.get(3)?, row.get(4)?);
    let unpacked = || {
        let run = RunEntry { number, day: parsed(&day)?, version };
        let verdict = Verdict::ALL.into_iter().find(|known| known.name() == verdict).ok_or(StoreError::NotAState)?;
        Ok(HistoryEntry { run, verdict, findings: serde_json::from_slice(&findings).map_err(StoreError::History)? })
    };
    Ok(unpacked())
}

fn parsed(day: &str) -> Result<Date, StoreError> {
    day.parse().map_err(|_| StoreError::NotAState)
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
