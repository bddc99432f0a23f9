//! What was found when, run by run.

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Store, StoreError};
use crate::finding::Verdict;
use crate::intake::FileHash;
use crate::report::{CaseReport, Change, HistoryEntry, RunEntry, Totals, history_name, known_findings};

impl Store {
    /// What is otherwise in a case than when it was last seen.
    pub fn change(&self, case: &CaseReport) -> Result<Change, StoreError> {
        Ok(Change::between(self.last_entry(history_name(case))?, &known_findings(case)))
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
            let (name, findings) = (history_name(&case), known_findings(&case));
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
