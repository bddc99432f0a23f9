//! Findings that are the same but for their cell, told once.

use std::fmt;

use crate::finding::{Argument, Finding, Place};
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
        let places: Vec<&Place> =
            self.members().filter_map(Finding::place).filter(|place| place.cell.is_some()).collect();
        if self.others.is_empty() || places.is_empty() {
            return None;
        }
        let same = Text::new("Det samme i", "The same in").get(language);
        let word = Text::new("celler", "cells").get(language);
        let count = places.len();
        let runs = runs(places);
        let names: Vec<String> = runs.iter().take(MOST_RANGES).map(CellsDown::to_string).collect();
        let more = if runs.len() > MOST_RANGES { " …" } else { "" };
        Some(format!("{same} {count} {word}: {}{more}.", names.join(", ")))
    }

    /// All cells that it is about, as ranges down a column, first those around the one where it stands; as many as are named
    /// one by one.
    pub(super) fn cells(&self) -> Vec<CellsDown<'f>> {
        let mut runs = runs(self.members().flat_map(|finding| &finding.places));
        let own = self.first.place();
        runs.sort_by_key(|run| !own.is_some_and(|own| run.holds(own)));
        runs.truncate(MOST_RANGES);
        runs
    }
}

/// Cells below one another: `U6:U17`.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellsDown<'f> {
    /// The place of the first.
    pub(super) place: &'f Place,
    pub(super) first: CellAddress,
    pub(super) last: CellAddress,
}

impl<'f> CellsDown<'f> {
    fn holds(&self, place: &Place) -> bool {
        let in_column = |cell: CellAddress| {
            cell.column == self.first.column && (self.first.row..=self.last.row).contains(&cell.row)
        };
        place.sheet == self.place.sheet && place.cell.is_some_and(in_column)
    }

    /// The one cell of a place, if it names one.
    pub(super) fn at(place: &'f Place) -> Option<Self> {
        place.cell.map(|cell| Self { place, first: cell, last: cell })
    }
}

impl fmt::Display for CellsDown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last == self.first { Ok(()) } else { write!(f, ":{}", self.last) }
    }
}

/// Places as ranges down a column, sheet by sheet as the sheets were given.
fn runs<'f>(places: impl IntoIterator<Item = &'f Place>) -> Vec<CellsDown<'f>> {
    let mut sheets: Vec<&str> = Vec::new();
    let mut cells: Vec<(usize, u32, u32, &Place)> = Vec::new();
    for place in places {
        let Some(cell) = place.cell else { continue };
        let known = sheets.iter().position(|sheet| *sheet == &*place.sheet);
        let sheet = known.unwrap_or_else(|| {
            sheets.push(&place.sheet);
            sheets.len() - 1
        });
        cells.push((sheet, cell.column, cell.row, place));
    }
    cells.sort_by_key(|(sheet, column, row, _)| (*sheet, *column, *row));
    cells.dedup_by_key(|(sheet, column, row, _)| (*sheet, *column, *row));
    let runs = cells.chunk_by(|a, b| (a.0, a.1, a.2 + 1) == (b.0, b.1, b.2));
    runs.filter_map(|run| {
        let ((.., place), (_, column, row, _)) = (run.first()?, run.last()?);
        Some(CellsDown { place, first: place.cell?, last: CellAddress::new(*row, *column) })
    })
    .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_cell_of_a_finding_is_named_once_also_where_it_concerns_several() {
        let both = finding("B9", 6).and_at(finding("B6", 6).places.remove(0));
        let three = both.and_at(finding("B7", 6).places.remove(0));
        let cells: Vec<String> = group_alike([&three])[0].cells().iter().map(ToString::to_string).collect();
        assert_eq!(cells, ["B9", "B6:B7"], "first where it stands");
    }

    #[test]
    fn other_amounts_are_other_findings() {
        let findings = [finding("U6", 6), finding("U7", 7)];
        let groups = group_alike(&findings);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].in_words(Language::Danish), None);
    }
}
