//! Which files belong to one case: by journal number, else by company and application date, else by folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;

use crate::case::MasterData;
use crate::form::FormKind;

/// What grouping knows of one file.
#[derive(Debug, Clone)]
pub struct GroupingFacts {
    /// The folder it lies in.
    pub folder: PathBuf,
    /// Which form it is; `None` where it could not be read as one.
    pub kind: Option<FormKind>,
    journal: Option<String>,
    cvr: Option<String>,
    p_number: Option<String>,
    date: Option<Date>,
}

impl GroupingFacts {
    /// The facts of a file that was read as a form, or was not.
    pub fn of(folder: PathBuf, form: Option<(FormKind, &MasterData)>) -> Self {
        let master = form.map(|(_, master)| master);
        Self {
            folder,
            kind: form.map(|(kind, _)| kind),
            journal: master.and_then(|master| master.journal.value()).map(|text| normalised(text)),
            cvr: master.and_then(|master| master.cvr.value()).map(ToString::to_string),
            p_number: master.and_then(|master| master.p_number.value()).map(ToString::to_string),
            date: master.and_then(|master| master.application_date.value()).copied(),
        }
    }

    /// Company and date together, where all three are known.
    fn identity(&self) -> Option<(&str, &str, Date)> {
        Some((self.cvr.as_deref()?, self.p_number.as_deref()?, self.date?))
    }

    /// How many of CVR number, P-number and application date two files share.
    fn shared(&self, other: &Self) -> usize {
        let same = |one: Option<&str>, two: Option<&str>| usize::from(one.is_some() && one == two);
        same(self.cvr.as_deref(), other.cvr.as_deref())
            + same(self.p_number.as_deref(), other.p_number.as_deref())
            + usize::from(self.date.is_some() && self.date == other.date)
    }
}

fn normalised(journal: &str) -> String {
    journal.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Groups the files of a run into cases: each is the files' indexes in order; the cases in the order of their first file.
pub fn group(files: &[GroupingFacts]) -> Vec<Vec<usize>> {
    let mut groups = Groups::each_alone(files);
    groups.join_by(|file| file.journal.clone());
    groups.join_by(|file| file.identity().map(|(cvr, p_number, date)| format!("{cvr} {p_number} {date}")));
    groups.join_folder_mates();
    groups.into_cases()
}

/// Above this many files a folder is an inbox of many applications, and says nothing of which belong together.
const LARGEST_CASE_FOLDER: usize = 12;

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

    fn join_by(&mut self, key: impl Fn(&GroupingFacts) -> Option<String>) {
        let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
        for (index, file) in self.files.iter().enumerate() {
            let Some(key) = key(file) else { continue };
            match first_with.get(&key) {
                Some(&first) if self.may_join(self.group_of(first), self.group_of(index)) => self.join(first, index),
                Some(_) => {}
                None => drop(first_with.insert(key, index)),
            }
        }
    }

    /// Two groups with different journal numbers are two cases, whatever else they share.
    fn may_join(&self, one: usize, two: usize) -> bool {
        let journal = |group| self.members(group).find_map(|file| file.journal.as_ref());
        match (journal(one), journal(two)) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }

    /// Joins groups of one folder that complete each other, where there is no choice: no form twice, and two of CVR
    /// number, P-number and date the same, or one of them without any.
    fn join_folder_mates(&mut self) {
        let mut folders: BTreeMap<&PathBuf, Vec<usize>> = BTreeMap::new();
        for (index, file) in self.files.iter().enumerate() {
            folders.entry(&file.folder).or_default().push(index);
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
        let known = |group: usize| self.members(group).any(|file| file.identity().is_some());
        let alike = pairs().any(|(a, b)| a.shared(b) >= 2) || !known(one) || !known(two);
        let twice = pairs().any(|(a, b)| a.kind.is_some() && a.kind == b.kind);
        alike && !twice && self.may_join(one, two)
    }

    fn members(&self, group: usize) -> impl Iterator<Item = &'f GroupingFacts> {
        let members = self.members.get(&group).map(Vec::as_slice).unwrap_or_default();
        members.iter().filter_map(|&index| self.files.get(index))
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
        GroupingFacts {
            folder: folder.into(),
            kind: Some(kind),
            journal: journal.map(normalised),
            cvr: Some(cvr.into()),
            p_number: Some("1003456789".into()),
            date: Some(Date::constant(2023, 3, day)),
        }
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
        unreadable.cvr = None;
        unreadable.p_number = None;
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("a", FormKind::Budget, None, "26134439", 5),
            unreadable,
        ];
        assert_eq!(group(&files), [[0], [1], [2]]);
    }
}
