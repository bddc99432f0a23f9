//! How many rules there are, and on how many cases they are tested.

use std::iter::Sum;

use super::Catalogue;
use super::groups::{GROUPS, Group};
use crate::language::{Language, Text};

/// The counts of a group, or of all.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Rules that the catalogue has.
    specified: usize,
    /// Rules that are made.
    made: usize,
    /// Cases that break their rule.
    failing: usize,
    /// Cases that just do not.
    passing: usize,
}

/// The headings of the numbers.
const HEADINGS: [Text; 4] = [
    Text::new("i kataloget", "in the catalogue"),
    Text::new("lavet", "made"),
    Text::new("udløsende sager", "failing cases"),
    Text::new("bestående sager", "passing cases"),
];

/// The counts by group and in all, a line each.
pub fn counts_text(catalogue: &Catalogue<'_>, language: Language) -> String {
    let names = GROUPS.iter().map(|group| format!("{} {}", group.letter, group.name.get(language)));
    let counts: Vec<Counts> = GROUPS.iter().map(|group| Counts::of(catalogue, group)).collect();
    let total = (Text::new("I alt", "In all").get(language).to_owned(), counts.iter().copied().sum());
    let lines: Vec<(String, Counts)> = names.zip(counts.iter().copied()).chain([total]).collect();
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let headings = HEADINGS.map(|heading| heading.get(language)).join("  ");
    let head = format!("{:width$}  {headings}\n", "");
    lines.iter().fold(head, |text, (name, counts)| text + &format!("{name:width$}  {}\n", counts.cells(language)))
}

impl Counts {
    fn of(catalogue: &Catalogue<'_>, group: &Group) -> Self {
        let rules = catalogue.group(group).map(|entry| Self {
            specified: 0,
            made: 1,
            failing: entry.example.map_or(0, |example| example.failing),
            passing: entry.example.map_or(0, |example| example.passing),
        });
        Self { specified: group.specified, ..rules.sum() }
    }

    /// The numbers, each below its heading.
    fn cells(self, language: Language) -> String {
        let numbers = [self.specified, self.made, self.failing, self.passing];
        let below = |(number, heading): (usize, Text)| format!("{number:>0$}", heading.get(language).chars().count());
        numbers.into_iter().zip(HEADINGS).map(below).collect::<Vec<_>>().join("  ")
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, more| Self {
            specified: sum.specified + more.specified,
            made: sum.made + more.made,
            failing: sum.failing + more.failing,
            passing: sum.passing + more.passing,
        })
    }
}
