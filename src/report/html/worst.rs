//! The findings that the page tells, the worst first: as many as a person may look through.

use crate::finding::{Finding, Severity};
use crate::report::model::{Counts, FileReport};

/// A finding with what it is in.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) case: Box<str>,
    pub(super) file: Box<str>,
    pub(super) finding: Finding,
}

/// Picks findings while the cases go by. How many there are of each severity is known before.
#[derive(Debug)]
pub(super) struct WorstFindings {
    /// How many of errors, warnings and reviews are still to be told, with those that were picked.
    picked: [(Severity, usize, Vec<Told>); 3],
}

impl WorstFindings {
    /// Of so many findings, the worst up to a number.
    pub(super) fn of(counts: Counts, most: usize) -> Self {
        let mut room = most;
        let mut quota = |count: usize| {
            let quota = count.min(room);
            room -= quota;
            quota
        };
        let (errors, warnings, reviews) = (quota(counts.errors), quota(counts.warnings), quota(counts.reviews));
        let picked = [
            (Severity::Error, errors, Vec::new()),
            (Severity::Warning, warnings, Vec::new()),
            (Severity::Review, reviews, Vec::new()),
        ];
        Self { picked }
    }

    /// Picks from a file what there is room for.
    pub(super) fn add(&mut self, file: &FileReport) {
        for finding in &file.findings {
            for (severity, quota, told) in &mut self.picked {
                if *severity == finding.severity() && told.len() < *quota {
                    let (case, path) = (file.case.as_str().into(), file.path.as_str().into());
                    told.push(Told { case, file: path, finding: finding.clone() });
                }
            }
        }
    }

    /// Whether nothing more is to be picked.
    pub(super) fn is_full(&self) -> bool {
        self.picked.iter().all(|(_, quota, told)| told.len() >= *quota)
    }

    /// What was picked, the worst first, each severity in the order of the run.
    pub(super) fn worst_first(self) -> impl Iterator<Item = Told> {
        self.picked.into_iter().flat_map(|(_, _, told)| told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Verdict;

    #[test]
    fn errors_come_first_and_leave_less_room_for_the_rest() {
        let codes = ["V210", "K515", "P309", "V210", "P309", "K515"];
        let findings: Vec<Finding> =
            codes.iter().map(|code| Finding::on_file(crate::rules::find(code).unwrap())).collect();
        let counts = Counts::of(&findings);
        let (path, case) = ("a.xlsx".to_owned(), "1".to_owned());
        let (verdict, waived) = (Verdict::of(&findings), Vec::new());
        let file = FileReport { path, case, sha256: None, verdict, findings, waived, form: None };
        let told = |most: usize| {
            let mut worst = WorstFindings::of(counts, most);
            worst.add(&file);
            assert!(worst.is_full());
            worst.worst_first().map(|told| told.finding.rule.code).collect::<Vec<_>>()
        };
        assert_eq!(told(9), ["P309", "P309", "K515", "K515", "V210", "V210"]);
        assert_eq!(told(3), ["P309", "P309", "K515"]);
        assert_eq!(told(1), ["P309"]);
    }
}
