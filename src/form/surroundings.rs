//! What a workbook holds besides the form: other sheets, remarks beside the fields, macros, links.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::show;
use super::{Form, Layout, Origin, SheetLayout};
use crate::plain_text::is_blank;
use crate::workbook::{Cell, CellAddress, CellValue, Sheet, Workbook};

/// What a workbook holds besides the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Sheets with values that are none of the form's.
    pub other_sheets: Vec<OtherSheet>,
    /// Values on the form's sheets outside of its fields.
    pub stray_values: Vec<StrayValue>,
    /// Whether the workbook holds macros.
    pub has_macros: bool,
    /// How many other files it links to.
    pub external_links: usize,
}

/// A sheet that is none of the form's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSheet {
    /// Whether its tab is hidden.
    pub hidden: bool,
    /// How many cells hold a value.
    pub values: usize,
    /// The one of them that is quoted: the longest text, for a remark stands below a title.
    pub quoted: StrayValue,
}

/// A value outside of the form's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrayValue {
    /// Where it stands; without a label.
    pub origin: Origin,
    /// What stands there.
    pub text: String,
}

/// The sheet that an annotated copy begins with: our own words, no remark of the sender's.
const OWN_SHEET: (&str, [&str; 2]) = ("Kontrol", ["Kontrol af ", "Check of "]);

/// Finds what stands besides a form; `sheets` are the workbook's sheets that are the form's, `labels` the cells that
/// were read as labels.
pub(super) fn find(
    workbook: &Workbook,
    form: &Form,
    sheets: &[(&SheetLayout, &Sheet)],
    labels: &[Origin],
) -> Surroundings {
    let of_fields = form.readings().map(|reading| &reading.origin);
    let known = KnownCells::new(labels.iter().chain(of_fields).chain(form.marker.iter().map(|marker| &marker.origin)));
    let search = Search { workbook, known, layout: &form.layout };
    let is_form_sheet = |sheet: &Sheet| sheets.iter().any(|(_, found)| found.name == sheet.name);
    let is_own = |sheet: &Sheet| is_form_sheet(sheet) || form.layout.is_helper(&sheet.name) || is_control(sheet);
    Surroundings {
        other_sheets: workbook.sheets.iter().filter(|sheet| !is_own(sheet)).filter_map(|s| search.other(s)).collect(),
        stray_values: sheets.iter().flat_map(|(layout, sheet)| search.stray(form, layout, sheet)).collect(),
        has_macros: workbook.has_macros,
        external_links: workbook.external_links,
    }
}

/// Whether a sheet is the one that an annotated copy begins with.
pub(crate) fn is_control(sheet: &Sheet) -> bool {
    let (name, titles) = OWN_SHEET;
    let title = sheet.cell(CellAddress::new(0, 0)).map(|cell| &cell.value);
    let is_title = |text: &str| titles.iter().any(|title| text.starts_with(title));
    sheet.name.starts_with(name) && matches!(title, Some(CellValue::Text(text)) if is_title(text))
}

/// The cells that were read, sheet by sheet, each in order.
struct KnownCells<'f>(BTreeMap<&'f str, Vec<CellAddress>>);

impl<'f> KnownCells<'f> {
    fn new(origins: impl Iterator<Item = &'f Origin>) -> Self {
        let mut sheets: Vec<(&'f str, Vec<CellAddress>)> = Vec::new();
        for origin in origins {
            // Cell after cell is of one sheet.
            match sheets.last_mut() {
                Some((sheet, cells)) if *sheet == &*origin.sheet => cells.push(origin.cell),
                _ => sheets.push((&origin.sheet, vec![origin.cell])),
            }
        }
        let mut known: BTreeMap<&'f str, Vec<CellAddress>> = BTreeMap::new();
        for (sheet, cells) in sheets {
            known.entry(sheet).or_default().extend(cells);
        }
        for cells in known.values_mut() {
            cells.sort_unstable();
        }
        Self(known)
    }

    fn on(&self, sheet: &str) -> &[CellAddress] {
        self.0.get(sheet).map(Vec::as_slice).unwrap_or_default()
    }
}

struct Search<'w> {
    workbook: &'w Workbook,
    known: KnownCells<'w>,
    layout: &'w Layout,
}

impl Search<'_> {
    fn other(&self, sheet: &Sheet) -> Option<OtherSheet> {
        let name: Arc<str> = sheet.name.as_str().into();
        let values = || sheet.cells().iter().filter(|cell| has_value(cell));
        let first = values().next()?;
        let quoted = values().take(QUOTED_AMONG).filter(|cell| !self.is_own(cell)).fold(first, longer_text);
        Some(OtherSheet { hidden: sheet.hidden, values: values().count(), quoted: self.value(&name, quoted) })
    }

    fn stray(&self, form: &Form, layout: &SheetLayout, sheet: &Sheet) -> Vec<StrayValue> {
        // The sheet of rates is the form's own throughout.
        if !layout.rates.is_empty() {
            return Vec::new();
        }
        let name: Arc<str> = sheet.name.as_str().into();
        let numbers = layout.table.as_ref().and_then(|table| form.table(&table.key)?.number_column());
        let is_row_number = |cell: &Cell| {
            numbers.is_some_and(|(row, column)| {
                cell.address.column == column && cell.address.row > row && matches!(cell.value, CellValue::Number(_))
            })
        };
        let known = self.known.on(&sheet.name);
        let table = layout.table.as_ref().and_then(|table| form.table(&table.key));
        let passed_over = table.map(|table| table.passed_over.as_slice()).unwrap_or_default();
        let unknown = sheet
            .cells()
            .iter()
            .filter(|cell| has_value(cell) && cell.formula.is_none() && known.binary_search(&cell.address).is_err())
            .filter(|cell| passed_over.binary_search(&cell.address).is_err());
        unknown.filter(|cell| !is_row_number(cell) && !self.is_own(cell)).map(|cell| self.value(&name, cell)).collect()
    }

    fn is_own(&self, cell: &Cell) -> bool {
        matches!(&cell.value, CellValue::Text(text) if self.layout.is_own_text(text))
    }

    fn value(&self, sheet: &Arc<str>, cell: &Cell) -> StrayValue {
        let origin = Origin { sheet: Arc::clone(sheet), cell: cell.address, label: "".into() };
        StrayValue { origin, text: show(&cell.value, self.workbook.date_system) }
    }
}

/// Of so many values of a sheet one is quoted.
const QUOTED_AMONG: usize = 100;

/// Of two cells the one with the longer text: a remark is longer than the title above it.
fn longer_text<'c>(one: &'c Cell, other: &'c Cell) -> &'c Cell {
    let length = |cell: &Cell| match &cell.value {
        CellValue::Text(text) => text.chars().count(),
        _ => 0,
    };
    if length(other) > length(one) { other } else { one }
}

fn has_value(cell: &Cell) -> bool {
    match &cell.value {
        CellValue::Empty => false,
        CellValue::Text(text) => !is_blank(text),
        _ => true,
    }
}
