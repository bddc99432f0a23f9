//! Which of the forms a workbook is: by its marker, else by its sheets and labels; never by the file's name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::label::NormalLabel;
use super::sheets::labels_on;
use super::{Layout, Origin};
use crate::workbook::{Cell, CellValue, Workbook};

/// A workbook that is one of the forms.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The layout of the form.
    pub layout: Arc<Layout>,
    /// The form's own word on what it is, where it has one.
    pub marker: Option<Marker>,
}

/// The text by which a form says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Where it stands.
    pub origin: Origin,
    /// The edition it names.
    pub version: u32,
}

/// The word before the template's name and version.
const MARKER_WORD: &str = "Skabelon";

/// Recognises the form of a workbook among the known layouts.
pub fn recognise(workbook: &Workbook, layouts: &[Arc<Layout>]) -> Option<Recognised> {
    by_marker(workbook, layouts).or_else(|| by_labels(workbook, layouts))
}

fn by_marker(workbook: &Workbook, layouts: &[Arc<Layout>]) -> Option<Recognised> {
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells().iter().map(move |cell| (sheet, cell)));
    cells.filter_map(|(sheet, cell)| Some((sheet, cell, parse_marker(cell)?))).find_map(
        |(sheet, cell, (name, version))| {
            let editions = layouts.iter().filter(|layout| layout.template == name);
            let layout = editions.min_by_key(|layout| layout.version.abs_diff(version))?;
            let origin = Origin { sheet: sheet.name.as_str().into(), cell: cell.address, label: MARKER_WORD.into() };
            Some(Recognised { layout: Arc::clone(layout), marker: Some(Marker { origin, version }) })
        },
    )
}

/// Reads `Skabelon: sporskifte-budget 1`.
fn parse_marker(cell: &Cell) -> Option<(String, u32)> {
    let CellValue::Text(text) = &cell.value else { return None };
    let (word, rest) = text.split_once(':')?;
    if !word.trim().eq_ignore_ascii_case(MARKER_WORD) {
        return None;
    }
    let (name, version) = rest.trim().rsplit_once(char::is_whitespace)?;
    Some((name.trim().to_lowercase(), version.parse().ok()?))
}

/// The layout most of whose sheets and labels are there: its table's sheet by name, or half of its labels.
fn by_labels(workbook: &Workbook, layouts: &[Arc<Layout>]) -> Option<Recognised> {
    let sheets: BTreeSet<NormalLabel> = workbook.sheets.iter().map(|sheet| NormalLabel::new(&sheet.name)).collect();
    let texts: BTreeSet<NormalLabel> = workbook.sheets.iter().flat_map(labels_on).collect();
    let score = |layout: &Layout| {
        let labels = labels_of(layout);
        let there = labels.intersection(&texts).count();
        let sheets = layout.sheets.iter().filter(|sheet| sheets.contains(&NormalLabel::new(&sheet.name))).count();
        (there * 2 >= labels.len()).then_some(there + sheets * 3)
    };
    let best = layouts.iter().filter_map(|layout| Some((score(layout)?, layout))).max_by_key(|(score, _)| *score);
    best.map(|(_, layout)| Recognised { layout: Arc::clone(layout), marker: None })
}

fn labels_of(layout: &Layout) -> BTreeSet<NormalLabel> {
    layout.sheets.iter().flat_map(super::SheetLayout::labels).map(|label| label.normal().clone()).collect()
}
