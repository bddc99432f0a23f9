//! Which files belong to one case: by journal number, else by company and application date, else by folder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::MasterData;
use crate::form::FormKind;
use crate::intake::FileHash;

/// What grouping knows of a file from what stands in it: a few numbers, since a run keeps them of all its files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFacts {
    /// Which form it is; `None` where it could not be read as one.
    kind: Option<FormKind>,
    /// The hash of the journal number.
    journal: Option<FileHash>,
    cvr: Option<u64>,
    p_number: Option<u64>,
    date: Option<Date>,
}

/// The folder that a file lies in, by a number of its own.
pub type FolderNumber = usize;

/// What grouping knows of one file.
#[derive(Debug, Clone, Copy)]
pub struct GroupingFacts {
    /// The folder it lies in.
    pub folder: FolderNumber,
    /// What stands in it.
    pub form: FormFacts,
}

impl FormFacts {
    /// The facts of a form.
    pub fn of(kind: FormKind, master: &MasterData) -> Self {
        let digits = |number: &dyn ToString| number.to_string().parse().ok();
        Self {
            kind: Some(kind),
            journal: master.journal.value().map(|text| FileHash::of(normalised(text).as_bytes())),
            cvr: master.cvr.value().and_then(|number| digits(number)),
            p_number: master.p_number.value().and_then(|number| digits(number)),
            date: master.application_date.value().copied(),
        }
    }

    /// The P-number, with its ten digits.
    pub(super) fn p_number(&self) -> Option<String> {
        self.p_number.map(|number| format!("{number:010}"))
    }

    /// Company and date together, where all three are known.
    fn identity(&self) -> Option<(u64, u64, Date)> {
        Some((self.cvr?, self.p_number?, self.date?))
    }

    /// How many of CVR number, P-number and application date two files share.
    fn shared(&self, other: &Self) -> usize {
        let same = |one: Option<u64>, two: Option<u64>| usize::from(one.is_some() && one == two);
        same(self.cvr, other.cvr)
            + same(self.p_number, other.p_number)
            + usize::from(self.date.is_some() && self.date == other.date)
    }
}

/// What tells a case from others, as a hash: its journal number, else company and date, else its first file's content.
pub(super) fn case_key(forms: &[FormFacts], first_content: Option<FileHash>) -> FileHash {
    let journal = forms.iter().find_map(|form| form.journal);
    let identity = || {
        let (cvr, p_number, date) = forms.iter().find_map(FormFacts::identity)?;
        Some(FileHash::of(format!("{cvr} {p_number} {date}").as_bytes()))
    };
    journal.or_else(identity).or(first_content).unwrap_or_else(|| FileHash::of(b"unread"))
}

fn normalised(journal: &str) -> String {
    journal.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Groups the files of a run into cases: each is the files' indexes in order; the cases in the order of their first file.
pub fn group(files: &[GroupingFacts]) -> Vec<Vec<usize>> {
    let mut groups = Groups::each_alone(files);
    groups.join_by(|form| form.journal);
    groups.join_by(FormFacts::identity);
    groups.join_folder_mates();
    groups.into_cases()
}

/// Above this many files a folder is an inbox of many applications, and says nothing of which belong together.
pub(super) const LARGEST_CASE_FOLDER: usize = 12;

/// Files in groups, each known by the lowest index of its files.
struct Groups<'f> {
    files: &'f [GroupingFacts],
    of_file: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
}

impl<'f> Groups<'f> {
    fn each_alone(files: &'f [GroupingFacts]) -> Self {
        let members = (0..files.len()).map(|index| (index, vec![index])).collect();
        Self { files, of_file: (0..files.len()).collect(), members }
    }

    fn join_by<K: Ord>(&mut self, key: impl Fn(&FormFacts) -> Option<K>) {
        let mut first_with: BTreeMap<K, usize> = BTreeMap::new();
        for (index, file) in self.files.iter().enumerate() {
            let Some(key) = key(&file.form) else { continue };
            match first_with.get(&key) {
                Some(&first) if self.may_join(self.group_of(first), self.group_of(index)) => self.join(first, index),
                Some(_) => {}
                None => drop(first_with.insert(key, index)),
            }
        }
    }

    /// Two groups with different journal numbers are two cases, whatever else they share.
    fn may_join(&self, one: usize, two: usize) -> bool {
        let journal = |group| self.members(group).find_map(|form| form.journal);
        match (journal(one), journal(two)) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    /// Joins groups of one folder that complete each other, where there is no choice: no form twice, and two of CVR
    /// number, P-number and date the same, or one of them without any.
    fn join_folder_mates(&mut self) {
        let mut folders: BTreeMap<FolderNumber, Vec<usize>> = BTreeMap::new();
        for (index, file) in self.files.iter().enumerate() {
            folders.entry(file.folder).or_default().push(index);
        }
        for folder in folders.into_values().filter(|folder| folder.len() <= LARGEST_CASE_FOLDER) {
            for &index in &folder {
                if let [only] = self.mates(index, &folder).as_slice()
                    && let [_] = self.mates(*only, &folder).as_slice()
                {
                    self.join(*only, index);
                }
            }
        }
    }

    /// The groups of the folder that complete the file's own.
    fn mates(&self, index: usize, folder: &[usize]) -> Vec<usize> {
        let own = self.group_of(index);
        let groups: BTreeSet<usize> = folder.iter().map(|&other| self.group_of(other)).collect();
        groups.into_iter().filter(|&group| group != own && self.completes(own, group)).collect()
    }

    fn completes(&self, one: usize, two: usize) -> bool {
        let pairs = || self.members(one).flat_map(|a| self.members(two).map(move |b| (a, b)));
        let known = |group: usize| self.members(group).any(|form| form.identity().is_some());
        let alike = pairs().any(|(a, b)| a.shared(b) >= 2) || !known(one) || !known(two);
        let twice = pairs().any(|(a, b)| a.kind.is_some() && a.kind == b.kind);
        alike && !twice && self.may_join(one, two)
    }

    fn members(&self, group: usize) -> impl Iterator<Item = &'f FormFacts> {
        let members = self.members.get(&group).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter_map(|&index| self.files.get(index)).map(|file| &file.form)
    }

    fn group_of(&self, index: usize) -> usize {
        self.of_file.get(index).copied().unwrap_or(index)
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.group_of(one), self.group_of(two));
        if one == two {
            return;
        }
        let (kept, gone) = (one.min(two), one.max(two));
        let moved = self.members.remove(&gone).unwrap_or_default();
        for &index in &moved {
            if let Some(group) = self.of_file.get_mut(index) {
                *group = kept;
            }
        }
        self.members.entry(kept).or_default().extend(moved);
    }

    fn into_cases(self) -> Vec<Vec<usize>> {
        let mut cases: Vec<Vec<usize>> = self.members.into_values().collect();
        for members in &mut cases {
            members.sort_unstable();
        }
        cases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &str, kind: FormKind, journal: Option<&str>, cvr: &str, day: i8) -> GroupingFacts {
        let form = FormFacts {
            kind: Some(kind),
            journal: journal.map(|journal| FileHash::of(normalised(journal).as_bytes())),
            cvr: cvr.parse().ok(),
            p_number: Some(1_003_456_789),
            date: Some(Date::constant(2023, 3, day)),
        };
        GroupingFacts { folder: folder.bytes().map(usize::from).sum(), form }
    }

    #[test]
    fn a_journal_number_joins_files_of_different_folders() {
        let files = [
            file("a", FormKind::Budget, Some("23/1"), "13585628", 1),
            file("b", FormKind::Accounts, Some("23/1 "), "26134439", 2),
        ];
        assert_eq!(group(&files), [[0, 1]]);
    }

    #[test]
    fn company_and_date_join_files_whose_journal_is_missing() {
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("b", FormKind::Accounts, Some("23/1"), "13585628", 1),
            file("c", FormKind::Budget, None, "13585628", 2),
        ];
        assert_eq!(group(&files), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn different_journal_numbers_keep_one_companys_cases_apart() {
        let files = [
            file("a", FormKind::Budget, Some("23/1"), "13585628", 1),
            file("a", FormKind::Overview, Some("23/2"), "13585628", 1),
        ];
        assert_eq!(group(&files), [[0], [1]]);
    }

    #[test]
    fn a_folder_joins_files_that_differ_in_one_field() {
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("a", FormKind::Overview, None, "13585628", 2),
            file("b", FormKind::Overview, None, "13585628", 2),
        ];
        // The overviews share company and date; the budget of the first one's folder completes them.
        assert_eq!(group(&files[..2]), [[0, 1]]);
    }

    #[test]
    fn a_folder_of_many_applications_is_not_one_case() {
        let mut unreadable = file("a", FormKind::Overview, None, "13585628", 1);
        unreadable.form.cvr = None;
        unreadable.form.p_number = None;
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("a", FormKind::Budget, None, "26134439", 5),
            unreadable,
        ];
        assert_eq!(group(&files), [[0], [1], [2]]);
    }
}
