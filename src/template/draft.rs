//! A workbook before it is written: cells, formulas, widths and rules for input, as plain values.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::filling::Entry;
use super::formula::{CellRange, DraftFormula, FormulaPart, SheetId, Stored};
use super::style::Style;
use super::validation::InputRule;
use crate::workbook::CellAddress;

/// A workbook before it is written.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The title in the document's properties.
    pub title: String,
    /// The sheets in the order of their tabs.
    pub sheets: Vec<DraftSheet>,
    /// Names that formulas know cells by.
    pub names: Vec<(String, CellRange)>,
}

/// A sheet before it is written.
#[derive(Debug, Clone)]
pub struct DraftSheet {
    /// What formulas know it by.
    pub id: SheetId,
    /// The name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Its cells.
    pub cells: BTreeMap<CellAddress, DraftCell>,
    /// Widths of columns, in characters.
    pub widths: BTreeMap<u32, u16>,
    /// Heights of rows, in points.
    pub heights: BTreeMap<u32, u16>,
    /// What may be typed in.
    pub rules: Vec<InputRule>,
    /// The first cell that scrolls.
    pub frozen: Option<CellAddress>,
    /// The row repeated on each printed page.
    pub repeated_row: Option<u32>,
    /// Whether the sheet is printed across.
    pub landscape: bool,
    /// Whether rows may be inserted although the sheet is protected.
    pub rows_may_be_inserted: bool,
}

/// A cell before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftCell {
    /// What stands in it.
    pub content: Content,
    /// How it looks.
    pub style: Style,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing: a cell that has only its looks.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A formula.
    Formula(DraftFormula),
}

impl From<&Entry> for Content {
    fn from(entry: &Entry) -> Self {
        match entry {
            Entry::Text(text) => Self::Text(text.clone()),
            Entry::Number(number) => Self::Number(*number),
            Entry::Date(date) => Self::Date(*date),
            Entry::YesNo(yes) => Self::Text(if *yes { "Ja" } else { "Nej" }.to_owned()),
            Entry::Error(error) => Self::Formula(DraftFormula {
                parts: vec![FormulaPart::Text(error.clone())],
                stored: Stored::Error(error.clone()),
            }),
            Entry::NoResult => Self::Formula(DraftFormula {
                parts: vec![FormulaPart::Text("\"\"".to_owned())],
                stored: Stored::Nothing,
            }),
        }
    }
}

impl Draft {
    /// The sheet of this tab name.
    pub fn sheet_mut(&mut self, name: &str) -> Option<&mut DraftSheet> {
        self.sheets.iter_mut().find(|sheet| sheet.name == name)
    }

    /// Whether a formula is to have no stored value.
    pub(super) fn has_formulas_without_value(&self) -> bool {
        let mut cells = self.sheets.iter().flat_map(|sheet| sheet.cells.values());
        cells.any(|cell| matches!(&cell.content, Content::Formula(formula) if formula.stored == Stored::Nothing))
    }

    /// The tab name of a sheet, where it has not been removed.
    pub fn name_of(&self, id: SheetId) -> Option<&str> {
        self.sheets.iter().find(|sheet| sheet.id == id).map(|sheet| sheet.name.as_str())
    }
}

impl DraftSheet {
    /// An empty sheet.
    pub fn new(id: SheetId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            hidden: false,
            cells: BTreeMap::new(),
            widths: BTreeMap::new(),
            heights: BTreeMap::new(),
            rules: Vec::new(),
            frozen: None,
            repeated_row: None,
            landscape: false,
            rows_may_be_inserted: false,
        }
    }

    /// Puts content into a cell.
    pub fn put(&mut self, address: CellAddress, content: Content, style: Style) {
        self.cells.insert(address, DraftCell { content, style });
    }

    /// Puts text into a cell.
    pub fn put_text(&mut self, address: CellAddress, text: impl Into<String>, style: Style) {
        self.put(address, Content::Text(text.into()), style);
    }
}
