//! Which files belong to one case: by journal number, else by company and application date, else by folder.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU64;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::MasterData;
use crate::form::FormKind;
use crate::intake::{FileHash, ShortHash};
use crate::plain_text::plainly_spelled;

/// What grouping knows of a file from what stands in it: a few numbers, since a run keeps them of all its files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFacts {
    /// Which form it is; `None` where it could not be read as one.
    kind: Option<FormKind>,
    journal: Option<ShortHash>,
    cvr: Option<Digits>,
    p_number: Option<Digits>,
    date: Option<Date>,
}

/// A number that is written in a few digits, as one more than it is: an optional one takes no more room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Digits(NonZeroU64);

impl Digits {
    fn of(written: &str) -> Option<Self> {
        NonZeroU64::new(written.parse::<u64>().ok()?.checked_add(1)?).map(Self)
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&(self.0.get() - 1), f)
    }
}

/// The folder that a file lies in, by a number of its own.
pub type FolderNumber = usize;

impl FormFacts {
    /// The facts of a form.
    pub fn of(kind: FormKind, master: &MasterData) -> Self {
        Self {
            kind: Some(kind),
            journal: master.journal.value().map(|text| ShortHash::of(normalised(text).as_bytes())),
            cvr: master.cvr.value().and_then(|number| Digits::of(&number.to_string())),
            p_number: master.p_number.value().and_then(|number| Digits::of(&number.to_string())),
            date: master.application_date.value().copied(),
        }
    }

    /// The P-number, with its ten digits.
    pub(super) fn p_number(&self) -> Option<String> {
        self.p_number.map(|number| format!("{number:010}"))
    }

    /// Company and date together, where all three are known.
    fn identity(&self) -> Option<(Digits, Digits, Date)> {
        Some((self.cvr?, self.p_number?, self.date?))
    }

    /// How many of CVR number, P-number and application date two files share.
    fn shared(&self, other: &Self) -> usize {
        let same = |one: Option<Digits>, two: Option<Digits>| usize::from(one.is_some() && one == two);
        same(self.cvr, other.cvr)
            + same(self.p_number, other.p_number)
            + usize::from(self.date.is_some() && self.date == other.date)
    }
}

/// What tells a case from others, as a hash: its journal number, else company and date, else its first file's content.
pub(super) fn case_key(forms: &[FormFacts], first_content: Option<FileHash>) -> ShortHash {
    let journal = forms.iter().find_map(|form| form.journal);
    let identity = || {
        let (cvr, p_number, date) = forms.iter().find_map(FormFacts::identity)?;
        Some(ShortHash::of(format!("{cvr} {p_number} {date}").as_bytes()))
    };
    let content = || first_content.as_ref().map(ShortHash::from);
    journal.or_else(identity).or_else(content).unwrap_or_else(|| ShortHash::of(b"unread"))
}

fn normalised(journal: &str) -> String {
    plainly_spelled(journal).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Groups the files of a run into cases, by what stands in each and the folder it lies in.
pub(super) fn group(forms: Vec<&FormFacts>, folders: &[FolderNumber]) -> Grouped {
    let mut groups = Groups::each_alone(forms);
    groups.join_by(|form| form.journal);
    groups.join_by(FormFacts::identity);
    groups.join_folder_mates(folders);
    groups.into_grouped()
}

/// The files of a run in cases.
pub(super) struct Grouped {
    /// The first file of each file's case.
    first: Vec<usize>,
    /// The files, case by case.
    files: Vec<usize>,
}

impl Grouped {
    /// The cases in the order of their first files, each as its files' indexes in order.
    pub(super) fn cases(&self) -> impl Iterator<Item = &[usize]> {
        self.files.chunk_by(|one, two| self.first.get(*one) == self.first.get(*two))
    }
}

/// Above this many files a folder is an inbox of many applications, and says nothing of which belong together.
pub(super) const LARGEST_CASE_FOLDER: usize = 12;

/// Files in groups, each known by the lowest index of its files.
struct Groups<'f> {
    forms: Vec<&'f FormFacts>,
    of_file: Vec<usize>,
    /// The file that comes after each in its group, round and round.
    next: Vec<usize>,
}

impl<'f> Groups<'f> {
    fn each_alone(forms: Vec<&'f FormFacts>) -> Self {
        let each: Vec<usize> = (0..forms.len()).collect();
        Self { forms, of_file: each.clone(), next: each }
    }

    /// Joins each file to the first with the same key, in the order of the files.
    fn join_by<K: Ord>(&mut self, key: impl Fn(&FormFacts) -> Option<K>) {
        let key = |index: usize| self.forms.get(index).and_then(|form| key(form));
        let mut keyed: Vec<usize> = (0..self.forms.len()).filter(|&index| key(index).is_some()).collect();
        keyed.sort_unstable_by(|&one, &two| key(one).cmp(&key(two)).then(one.cmp(&two)));
        let mut to_join: Vec<(usize, usize)> = Vec::new();
        for alike in keyed.chunk_by(|&one, &two| key(one) == key(two)) {
            if let [first, others @ ..] = alike {
                to_join.extend(others.iter().map(|&other| (other, *first)));
            }
        }
        to_join.sort_unstable();
        for (index, first) in to_join {
            if self.may_join(self.group_of(first), self.group_of(index)) {
                self.join(first, index);
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
    fn join_folder_mates(&mut self, folders: &[FolderNumber]) {
        let folder_of = |index: &usize| folders.get(*index);
        let mut by_folder: Vec<usize> = (0..self.forms.len()).collect();
        by_folder.sort_unstable_by_key(|index| (folder_of(index), *index));
        let folders = by_folder.chunk_by(|one, two| folder_of(one) == folder_of(two));
        for folder in folders.filter(|folder| folder.len() <= LARGEST_CASE_FOLDER) {
            for &index in folder {
                if let [only] = self.mates(index, folder).as_slice()
                    && let [_] = self.mates(*only, folder).as_slice()
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
        self.places(group).filter_map(|index| self.forms.get(index).copied())
    }

    /// The files of a group.
    fn places(&self, group: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(group), move |&index| self.next.get(index).copied().filter(|&next| next != group))
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
        let moved: Vec<usize> = self.places(gone).collect();
        for index in moved {
            if let Some(group) = self.of_file.get_mut(index) {
                *group = kept;
            }
        }
        // Two rounds become one where each goes on as the other did.
        if kept < self.next.len() && gone < self.next.len() {
            self.next.swap(kept, gone);
        }
    }

    fn into_grouped(self) -> Grouped {
        let first = self.of_file;
        let mut files: Vec<usize> = (0..first.len()).collect();
        files.sort_unstable_by_key(|&index| (first.get(index), index));
        Grouped { first, files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &str, kind: FormKind, journal: Option<&str>, cvr: &str, day: i8) -> (FolderNumber, FormFacts) {
        let form = FormFacts {
            kind: Some(kind),
            journal: journal.map(|journal| ShortHash::of(normalised(journal).as_bytes())),
            cvr: Digits::of(cvr),
            p_number: Digits::of("1003456789"),
            date: Some(Date::constant(2023, 3, day)),
        };
        (folder.bytes().map(usize::from).sum(), form)
    }

    fn cases(files: &[(FolderNumber, FormFacts)]) -> Vec<Vec<usize>> {
        let folders: Vec<FolderNumber> = files.iter().map(|(folder, _)| *folder).collect();
        let grouped = group(files.iter().map(|(_, form)| form).collect(), &folders);
        grouped.cases().map(<[usize]>::to_vec).collect()
    }

    #[test]
    fn a_journal_number_joins_files_of_different_folders() {
        let files = [
            file("a", FormKind::Budget, Some("23/1"), "13585628", 1),
            file("b", FormKind::Accounts, Some("23/1 "), "26134439", 2),
        ];
        assert_eq!(cases(&files), [[0, 1]]);
    }

    #[test]
    fn a_journal_number_is_the_same_in_whatever_way_its_hyphen_and_spaces_are_written() {
        for journal in ["23-0117 a", "23\u{2011}0117 A", "23-0117\u{a0}a\u{200b}", "\u{feff}23-\u{ad}0117  a"] {
            assert_eq!(normalised(journal), "23-0117 a", "{journal:?}");
        }
    }

    #[test]
    fn company_and_date_join_files_whose_journal_is_missing() {
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("b", FormKind::Accounts, Some("23/1"), "13585628", 1),
            file("c", FormKind::Budget, None, "13585628", 2),
        ];
        assert_eq!(cases(&files), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn different_journal_numbers_keep_one_companys_cases_apart() {
        let files = [
            file("a", FormKind::Budget, Some("23/1"), "13585628", 1),
            file("a", FormKind::Overview, Some("23/2"), "13585628", 1),
        ];
        assert_eq!(cases(&files), [[0], [1]]);
    }

    #[test]
    fn a_folder_joins_files_that_differ_in_one_field() {
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("a", FormKind::Overview, None, "13585628", 2),
            file("b", FormKind::Overview, None, "13585628", 2),
        ];
        // The overviews share company and date; the budget of the first one's folder completes them.
        assert_eq!(cases(&files[..2]), [[0, 1]]);
    }

    #[test]
    fn a_folder_of_many_applications_is_not_one_case() {
        let mut unreadable = file("a", FormKind::Overview, None, "13585628", 1);
        unreadable.1.cvr = None;
        unreadable.1.p_number = None;
        let files = [
            file("a", FormKind::Budget, None, "13585628", 1),
            file("a", FormKind::Budget, None, "26134439", 5),
            unreadable,
        ];
        assert_eq!(cases(&files), [[0], [1], [2]]);
    }
}
