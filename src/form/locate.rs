//! Where a form's labels stand on a sheet: by what they say, never by a fixed address.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::label::{Label, Match, NormalLabel};
use crate::workbook::{Cell, CellAddress, CellValue, Sheet};

/// A label to look for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'l> {
    /// The label as the layout writes it.
    pub label: &'l Label,
    /// Other spellings that are taken as right.
    pub also: &'l [Label],
}

/// A label that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLabel {
    /// Where it stands.
    pub cell: CellAddress,
    /// What stands there, where that is only nearly the label.
    pub nearly: Option<String>,
    /// Where the same label stands once more.
    pub again: Option<CellAddress>,
}

/// The texts of a sheet that may be labels, in reading order.
pub struct SheetTexts<'c>(Vec<Candidate<'c>>);

impl<'c> SheetTexts<'c> {
    /// The texts of a sheet; each is read as a label once, for all that is looked for.
    pub fn of(sheet: &'c Sheet) -> Self {
        Self(sheet.cells().iter().filter_map(Candidate::of).collect())
    }

    /// Finds labels anywhere from a 0-based row on.
    pub fn find_from(&self, row: u32, wanted: &[Wanted<'_>]) -> Vec<Option<FoundLabel>> {
        find_labels(self.from(row), wanted)
    }

    /// Finds labels in a 0-based row.
    pub fn find_in(&self, row: u32, wanted: &[Wanted<'_>]) -> Vec<Option<FoundLabel>> {
        let from = self.from(row);
        let end = from.partition_point(|candidate| candidate.cell.row == row);
        find_labels(from.get(..end).unwrap_or_default(), wanted)
    }

    /// The row that holds most of the column labels; `None` where no row holds at least a quarter of them, and two.
    pub fn find_header_row(&self, wanted: &[Wanted<'_>]) -> Option<u32> {
        let labels: BTreeSet<&NormalLabel> = wanted.iter().flat_map(Wanted::spellings).collect();
        let mut best: Option<(usize, u32)> = None;
        for row in self.0.chunk_by(|a, b| a.cell.row == b.cell.row) {
            let Some(number) = row.first().map(|candidate| candidate.cell.row) else { continue };
            let known = row.iter().map(Candidate::label).filter(|label| labels.contains(label));
            let matches = known.collect::<BTreeSet<_>>().len();
            if best.is_none_or(|(most, _)| matches > most) {
                best = Some((matches, number));
            }
            if matches == wanted.len() {
                break;
            }
        }
        best.filter(|(matches, _)| *matches >= 2 && matches * 4 >= wanted.len()).map(|(_, row)| row)
    }

    fn from(&self, row: u32) -> &[Candidate<'c>] {
        self.0.get(self.0.partition_point(|candidate| candidate.cell.row < row)..).unwrap_or_default()
    }
}

/// Finds each label among the texts: exact matches first, then near ones among those that are left.
fn find_labels(candidates: &[Candidate<'_>], wanted: &[Wanted<'_>]) -> Vec<Option<FoundLabel>> {
    let mut by_label: Vec<&Candidate<'_>> = candidates.iter().collect();
    by_label.sort_unstable_by_key(|candidate| (candidate.label(), candidate.cell));
    let mut used = BTreeSet::new();
    let mut found: Vec<Option<FoundLabel>> = wanted.iter().map(|wanted| exact(wanted, &by_label)).collect();
    used.extend(found.iter().flatten().flat_map(|label| [Some(label.cell), label.again]).flatten());
    for (place, wanted) in found.iter_mut().zip(wanted).filter(|(place, _)| place.is_none()) {
        *place = nearest(wanted, candidates.iter().filter(|candidate| !used.contains(&candidate.cell)));
        used.extend(place.iter().map(|label| label.cell));
    }
    found
}

/// A cell whose text may be a label.
struct Candidate<'c> {
    cell: CellAddress,
    text: &'c str,
    /// Made when it is asked for, and kept: of most cells it never is.
    label: OnceCell<NormalLabel>,
}

impl<'c> Candidate<'c> {
    fn of(cell: &'c Cell) -> Option<Self> {
        let CellValue::Text(text) = &cell.value else { return None };
        Some(Self { cell: cell.address, text, label: OnceCell::new() })
    }

    fn label(&self) -> &NormalLabel {
        self.label.get_or_init(|| NormalLabel::new(self.text))
    }
}

impl Wanted<'_> {
    fn spellings(&self) -> impl Iterator<Item = &NormalLabel> {
        std::iter::once(self.label).chain(self.also).map(Label::normal)
    }
}

fn exact(wanted: &Wanted<'_>, by_label: &[&Candidate<'_>]) -> Option<FoundLabel> {
    let mut cells: Vec<CellAddress> = Vec::new();
    for spelling in wanted.spellings() {
        let first = by_label.partition_point(|candidate| candidate.label() < spelling);
        let same = by_label.iter().skip(first).take_while(|candidate| candidate.label() == spelling);
        cells.extend(same.map(|candidate| candidate.cell));
    }
    cells.sort_unstable();
    let mut cells = cells.into_iter();
    Some(FoundLabel { cell: cells.next()?, nearly: None, again: cells.next() })
}

fn nearest<'c>(wanted: &Wanted<'_>, candidates: impl Iterator<Item = &'c Candidate<'c>>) -> Option<FoundLabel> {
    let (_, best) = candidates
        .filter_map(|candidate| match candidate.label().matches(wanted.label.normal())? {
            Match::Near(slips) => Some((slips, candidate)),
            Match::Exact => None,
        })
        .min_by_key(|(slips, candidate)| (*slips, candidate.cell))?;
    Some(FoundLabel { cell: best.cell, nearly: Some(best.text.to_owned()), again: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(texts: &[(&str, &str)]) -> Sheet {
        let cell = |(address, text): &(&str, &str)| Cell {
            address: address.parse().unwrap(),
            value: CellValue::Text((*text).into()),
            formula: None,
            shown: None,
        };
        Sheet::new("Stamdata", false, texts.iter().map(cell).collect())
    }

    fn layout_labels(labels: &[&str]) -> Vec<Label> {
        labels.iter().map(|label| Label::from((*label).to_owned())).collect()
    }

    fn find(texts: &[(&str, &str)], labels: &[&str]) -> Vec<Option<FoundLabel>> {
        let labels = layout_labels(labels);
        let wanted: Vec<Wanted<'_>> = labels.iter().map(|label| Wanted { label, also: &[] }).collect();
        SheetTexts::of(&sheet(texts)).find_from(0, &wanted)
    }

    #[test]
    fn a_label_that_stands_twice_is_found_first_in_reading_order() {
        let found = find(&[("C7", "P-nummer"), ("A3", "p-nummer:")], &["P-nummer"]);
        let first = found[0].as_ref().unwrap();
        assert_eq!(
            (first.cell.to_string(), first.again.map(|cell| cell.to_string())),
            ("A3".into(), Some("C7".into()))
        );
    }

    #[test]
    fn a_near_label_is_used_only_where_the_exact_one_is_missing() {
        let found = find(&[("A1", "Branchekode"), ("A2", "Brancekode")], &["Branchekode"]);
        assert_eq!(found[0].as_ref().unwrap().nearly, None);
        let found = find(&[("A2", "Brancekode")], &["Branchekode", "Telefon"]);
        assert_eq!(found[0].as_ref().unwrap().nearly.as_deref(), Some("Brancekode"));
        assert_eq!(found[1], None);
    }

    #[test]
    fn the_header_row_is_found_wherever_it_was_moved() {
        let sheet = sheet(&[("A1", "Nr."), ("C9", "Nr."), ("D9", "Titel"), ("F9", "Timer"), ("C10", "Titel")]);
        let header_row = |labels: &[&str]| {
            let labels = layout_labels(labels);
            let wanted: Vec<Wanted<'_>> = labels.iter().map(|label| Wanted { label, also: &[] }).collect();
            SheetTexts::of(&sheet).find_header_row(&wanted)
        };
        assert_eq!(header_row(&["Nr.", "Titel", "Timer"]), Some(8));
        assert_eq!(header_row(&["Dage", "Timer"]), None);
    }
}
