//! Which cases a run decided: where each is kept, and the places of its files among the run's files.

use crate::store::RecordId;

/// Decided cases in the order of their first files, one after another in flat lists: a run holds them all.
#[derive(Debug, Default)]
pub(super) struct DecidedCases {
    records: Vec<RecordId>,
    /// Where each case's members begin.
    starts: Vec<usize>,
    members: Vec<usize>,
}

/// A decided case.
#[derive(Debug, Clone, Copy)]
pub(super) struct DecidedCase<'c> {
    pub(super) record: RecordId,
    pub(super) members: &'c [usize],
}

impl DecidedCases {
    /// Adds a case, whose first file comes after those of the cases before.
    pub(super) fn push(&mut self, record: RecordId, members: &[usize]) {
        self.starts.push(self.members.len());
        self.members.extend_from_slice(members);
        self.records.push(record);
    }

    /// Adds cases, whose first files come after those of the cases before.
    pub(super) fn append(&mut self, others: &Self) {
        for case in others.iter() {
            self.push(case.record, case.members);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<DecidedCase<'_>> {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.members.len());
        let members = self.members.get(*self.starts.get(index)?..end)?;
        Some(DecidedCase { record: *self.records.get(index)?, members })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = DecidedCase<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Where the case of just these files is kept.
    pub(super) fn find(&self, members: &[usize]) -> Option<RecordId> {
        let first = members.first();
        let index = self.starts.partition_point(|&start| self.members.get(start) < first);
        self.get(index).filter(|case| case.members == members).map(|case| case.record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Verdict;
    use crate::report::{CaseReport, Claim};
    use crate::store::{CaseRecord, Store};

    fn record() -> CaseRecord {
        let (grant, payout) = (Claim::default(), Claim::default());
        let report = CaseReport {
            id: "23/1".into(),
            company: None,
            verdict: Verdict::NotChecked,
            grant,
            payout,
            files: Vec::new(),
        };
        CaseRecord { report, formats: Vec::new() }
    }

    #[test]
    fn a_case_is_found_by_all_its_files_and_not_by_some_of_them() {
        let store = Store::temporary().unwrap();
        let records: Vec<RecordId> = (0..3).map(|_| store.keep(None, &record(), &Vec::new()).unwrap()).collect();
        let mut cases = DecidedCases::default();
        for (record, members) in records.iter().zip([&[0, 2][..], &[1], &[4, 5, 9]]) {
            cases.push(*record, members);
        }
        assert_eq!(cases.find(&[0, 2]), Some(records[0]));
        assert_eq!(cases.find(&[1]), Some(records[1]));
        assert_eq!(cases.find(&[4, 5, 9]), Some(records[2]));
        for other in [&[0][..], &[2], &[4, 5], &[3], &[10], &[]] {
            assert_eq!(cases.find(other), None, "{other:?}");
        }
    }
}
