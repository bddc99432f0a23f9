//! Which sheet of a workbook is which sheet of the form.

use super::label::{Match, NormalLabel};
use super::{Anomaly, Layout, SheetLayout};
use crate::workbook::{Sheet, Workbook};

/// A sheet of the form that was found in the workbook.
pub struct FoundSheet<'w> {
    /// The sheet.
    pub sheet: &'w Sheet,
    nearly: bool,
}

impl FoundSheet<'_> {
    /// What is odd about its name, if anything.
    pub fn anomaly(&self, expected: &str) -> Option<Anomaly> {
        self.nearly.then(|| Anomaly::NearSheet { name: expected.to_owned(), found: self.sheet.name.as_str().into() })
    }
}

/// Pairs the sheets of a layout with those of a workbook, by name: exactly, else nearly.
pub fn assign<'l, 'w>(workbook: &'w Workbook, layout: &'l Layout) -> Vec<(&'l SheetLayout, Option<FoundSheet<'w>>)> {
    layout.sheets.iter().map(|expected| (expected, find(workbook, &expected.name))).collect()
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
    let exact = by_match(true).map(|sheet| FoundSheet { sheet, nearly: false });
    exact.or_else(|| by_match(false).map(|sheet| FoundSheet { sheet, nearly: true }))
}
