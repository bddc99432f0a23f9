//! Findings that are the same but for their cell, told once.

use crate::finding::{Argument, Finding};
use crate::language::{Language, Text};
use crate::workbook::CellAddress;

/// Findings of one rule on one field, that found and expected the same in several rows.
#[derive(Debug, Clone)]
pub(super) struct Alike<'f> {
    /// The first, in the order they were given.
    pub(super) first: &'f Finding,
    others: Vec<&'f Finding>,
}

/// Groups findings that are alike; a group stands where its first finding stood.
pub(super) fn group_alike<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Alike<'f>> {
    let mut groups: Vec<Alike<'f>> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| are_alike(group.first, finding)) {
            Some(group) => group.others.push(finding),
            None => groups.push(Alike { first: finding, others: Vec::new() }),
        }
    }
    groups
}

/// The most ranges of cells that are named one by one.
const MOST_RANGES: usize = 8;

impl<'f> Alike<'f> {
    /// All findings of the group.
    pub(super) fn members(&self) -> impl Iterator<Item = &'f Finding> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// Where else it is the same: `Samme fejl i 12 celler: U6:U17.`; nothing for a finding that stands alone.
    pub(super) fn in_words(&self, language: Language) -> Option<String> {
        let cells: Vec<CellAddress> = self.members().filter_map(|finding| finding.place()?.cell).collect();
        if self.others.is_empty() || cells.is_empty() {
            return None;
        }
        let same = Text::new("Det samme i", "The same in").get(language);
        let word = Text::new("celler", "cells").get(language);
        Some(format!("{same} {} {word}: {}.", cells.len(), ranges(cells)))
    }
}

fn are_alike(one: &Finding, other: &Finding) -> bool {
    let field = |finding: &Finding| {
        let place = finding.place()?;
        place.cell?;
        Some((place.sheet.clone(), place.label.clone()))
    };
    // A file's findings without a cell are each about something else.
    let same_field = field(one).is_some() && field(one) == field(other);
    same_field
        && one.rule.code == other.rule.code
        && one.severity == other.severity
        && one.found == other.found
        && one.expected == other.expected
        && arguments(one).eq(arguments(other))
}

/// The values that the messages name, without cells: those are where they differ.
fn arguments(finding: &Finding) -> impl Iterator<Item = &(&'static str, Argument)> {
    finding.arguments.iter().filter(|(_, value)| !matches!(value, Argument::Cell(_)))
}

/// Cells as ranges down a column: `U6:U17, U20`.
fn ranges(mut cells: Vec<CellAddress>) -> String {
    cells.sort_unstable_by_key(|cell| (cell.column, cell.row));
    let runs = cells.chunk_by(|a, b| a.column == b.column && a.row + 1 == b.row);
    let names: Vec<String> = runs
        .filter_map(|run| match run {
            [only] => Some(only.to_string()),
            [first, .., last] => Some(format!("{first}:{last}")),
            [] => None,
        })
        .collect();
    let shown = names.iter().take(MOST_RANGES).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > MOST_RANGES { format!("{shown} …") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    fn finding(cell: &str, hours: u32) -> Finding {
        let place = Place { sheet: "Budget".into(), cell: Some(cell.parse().unwrap()), label: "Timer".into() };
        Finding::at(crate::rules::find("P309").unwrap(), place).found(Argument::Number(hours.into()))
    }

    #[test]
    fn the_same_mistake_in_many_rows_is_told_once() {
        let findings: Vec<Finding> = ["U6", "U7", "U9", "U8", "U12"].map(|cell| finding(cell, 6)).into();
        let groups = group_alike(&findings);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].in_words(Language::Danish).as_deref(), Some("Det samme i 5 celler: U6:U9, U12."));
    }

    #[test]
    fn other_amounts_are_other_findings() {
        let findings = [finding("U6", 6), finding("U7", 7)];
        let groups = group_alike(&findings);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].in_words(Language::Danish), None);
    }
}
