//! Which sheet of a workbook is which sheet of the form.

use std::collections::BTreeSet;

use super::label::{Match, NormalLabel};
use super::{Anomaly, Layout, SheetLayout};
use crate::workbook::{CellValue, Sheet, Workbook};

/// A sheet of the form that was found in the workbook.
pub struct FoundSheet<'w> {
    /// The sheet.
    pub sheet: &'w Sheet,
    found: FoundBy,
}

/// By what a sheet was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FoundBy {
    Name,
    NearName,
    /// It has another name, but the labels of the form.
    Labels,
}

impl FoundSheet<'_> {
    /// What is odd about its name, if anything.
    pub fn anomaly(&self, expected: &str) -> Option<Anomaly> {
        let (name, found) = (expected.to_owned(), self.sheet.name.as_str().into());
        match self.found {
            FoundBy::Name => None,
            FoundBy::NearName => Some(Anomaly::NearSheet { name, found }),
            FoundBy::Labels => Some(Anomaly::RenamedSheet { name, found }),
        }
    }
}

/// A sheet of a layout, and the one of the workbook that it is, or those of which each may be it.
pub struct Assigned<'l, 'w> {
    /// The sheet of the layout.
    pub expected: &'l SheetLayout,
    /// What was found.
    pub found: Result<FoundSheet<'w>, Vec<&'w Sheet>>,
}

/// Pairs the sheets of a layout with those of a workbook: by name, exactly or nearly; else by their labels.
pub fn assign<'l, 'w>(workbook: &'w Workbook, layout: &'l Layout) -> Vec<Assigned<'l, 'w>> {
    let by_name: Vec<_> = layout.sheets.iter().map(|expected| (expected, find(workbook, &expected.name))).collect();
    let taken: BTreeSet<&str> =
        by_name.iter().filter_map(|(_, found)| Some(found.as_ref()?.sheet.name.as_str())).collect();
    let free: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| !taken.contains(sheet.name.as_str())).collect();
    let assigned = |(expected, found): (&'l SheetLayout, Option<FoundSheet<'w>>)| Assigned {
        expected,
        found: found.map_or_else(|| find_by_labels(&free, expected), Ok),
    };
    by_name.into_iter().map(assigned).collect()
}

/// The one sheet among those without a name of the form's that has most of a sheet's labels, and more than half of them.
fn find_by_labels<'w>(free: &[&'w Sheet], expected: &SheetLayout) -> Result<FoundSheet<'w>, Vec<&'w Sheet>> {
    if free.is_empty() {
        return Err(Vec::new());
    }
    let rates = expected.rates.iter().map(|rate| NormalLabel::new(&rate.label));
    let wanted: BTreeSet<NormalLabel> = expected.labels().map(|label| label.normal().clone()).chain(rates).collect();
    let count = |sheet: &Sheet| labels_on(sheet).filter(|label| wanted.contains(label)).collect::<BTreeSet<_>>().len();
    // What the sheet of rates is called does not matter: nothing is read from it.
    let found = if expected.rates.is_empty() { FoundBy::Labels } else { FoundBy::Name };
    let likely = free.iter().map(|sheet| (count(sheet), *sheet)).filter(|(there, _)| {
        // One label may stand on any sheet.
        *there >= 2 && there * 2 > wanted.len()
    });
    let likely: Vec<(usize, &Sheet)> = likely.collect();
    let most = likely.iter().map(|(there, _)| *there).max().unwrap_or_default();
    let best: Vec<&Sheet> = likely.into_iter().filter(|(there, _)| *there == most).map(|(_, sheet)| sheet).collect();
    match best.as_slice() {
        [sheet] => Ok(FoundSheet { sheet, found }),
        _ => Err(best),
    }
}

/// The texts of a sheet as labels are compared.
pub(super) fn labels_on(sheet: &Sheet) -> impl Iterator<Item = NormalLabel> {
    sheet.cells().iter().filter_map(|cell| match &cell.value {
        CellValue::Text(text) => Some(NormalLabel::new(text)),
        _ => None,
    })
}

fn find<'w>(workbook: &'w Workbook, name: &str) -> Option<FoundSheet<'w>> {
    let wanted = NormalLabel::new(name);
    let by_match = |exact: bool| {
        workbook.sheets.iter().find(|sheet| match NormalLabel::new(&sheet.name).matches(&wanted) {
            Some(Match::Exact) => exact,
            Some(Match::Near(_)) => !exact,
            None => false,
        })
    };
    let exact = by_match(true).map(|sheet| FoundSheet { sheet, found: FoundBy::Name });
    exact.or_else(|| by_match(false).map(|sheet| FoundSheet { sheet, found: FoundBy::NearName }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, CellAddress, DateSystem, WorkbookFormat};

    /// A sheet with the first of a form's labels, one below the other.
    fn with_labels(name: &str, of: &SheetLayout, count: usize) -> Sheet {
        let cell = |(row, label): (u32, &super::super::label::Label)| Cell {
            address: CellAddress::new(row, 0),
            value: CellValue::Text(label.to_string()),
            formula: None,
            shown: None,
        };
        Sheet::new(name, false, (0..).zip(of.labels().take(count)).map(cell).collect())
    }

    /// The name of the sheet that is taken for the form's, or of those of which each may be it.
    fn found(sheets: Vec<Sheet>, layout: &Layout, expected: &str) -> Result<String, Vec<String>> {
        let (format, date_system) = (WorkbookFormat::Xlsx, DateSystem::From1900);
        let workbook =
            Workbook { format, date_system, sheets, has_macros: false, external_links: 0, names: Vec::new() };
        let assigned = assign(&workbook, layout).into_iter().find(|assigned| assigned.expected.name == expected);
        let name = |sheet: &Sheet| sheet.name.clone();
        assigned.unwrap().found.map(|found| name(found.sheet)).map_err(|alike| alike.into_iter().map(name).collect())
    }

    #[test]
    fn a_sheet_of_another_name_is_found_by_most_of_its_labels_and_not_guessed_among_equals() {
        for layout in Layout::embedded().unwrap() {
            // Of the sheet of rates nothing is read.
            for of in layout.sheets.iter().filter(|sheet| sheet.required) {
                let all = of.labels().count();
                let labelled = |name: &str, count| with_labels(name, of, count);
                let found = |sheets| found(sheets, &layout, &of.name);
                assert_eq!(found(vec![labelled("Ark1", all)]), Ok("Ark1".to_owned()), "{}", of.name);
                assert_eq!(found(vec![labelled("Ark1", all / 2), labelled("Ark2", all)]), Ok("Ark2".to_owned()));
                assert_eq!(found(vec![labelled("Ark1", 1), Sheet::new("Noter", false, vec![])]), Err(vec![]));
                let alike = vec![labelled("Ark1", all), labelled("Ark2", all)];
                assert_eq!(found(alike), Err(vec!["Ark1".to_owned(), "Ark2".to_owned()]));
                let named = vec![labelled("Ark1", all), labelled(&of.name, 1)];
                assert_eq!(found(named), Ok(of.name.clone()), "a name is the better word");
            }
        }
    }
}
