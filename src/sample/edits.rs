//! Changes of a workbook beyond its fields: stray cells, foreign formulas, stale values, sheets and labels.

use super::SampleError;
use super::insert::Insertion;
use crate::template::{
    Content, Draft, DraftCell, DraftFormula, DraftSheet, Entry, NumberFormat, Role, SheetId, Stored, Style,
};
use crate::workbook::CellAddress;

/// Changes of one workbook, applied to its draft in the order of these members.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    pub(super) added: Vec<String>,
    pub(super) cells: Vec<(String, CellAddress, Option<Entry>)>,
    pub(super) formulas: Vec<(String, CellAddress, DraftFormula)>,
    pub(super) stored_everywhere: Option<Stored>,
    pub(super) stored: Vec<(String, CellAddress, Stored)>,
    pub(super) hidden: Vec<String>,
    pub(super) inserted: Vec<Insertion>,
    pub(super) removed: Vec<String>,
    pub(super) renamed: Vec<(String, String)>,
}

impl Edits {
    /// Applies the changes; `scenario` names the culprit in errors.
    pub(super) fn apply(&self, draft: &mut Draft, scenario: &str) -> Result<(), SampleError> {
        let unknown = |key: &str| SampleError::UnknownKey { scenario: scenario.to_owned(), key: key.to_owned() };
        for name in &self.added {
            let id = SheetId(1_000 + draft.sheets.len());
            draft.sheets.push(DraftSheet::new(id, name));
        }
        for (sheet, address, entry) in &self.cells {
            let sheet = draft.sheet_mut(sheet).ok_or_else(|| unknown(sheet))?;
            put_entry(sheet, *address, entry.as_ref());
        }
        for (sheet, address, formula) in &self.formulas {
            let sheet = draft.sheet_mut(sheet).ok_or_else(|| unknown(sheet))?;
            put_content(sheet, *address, Content::Formula(formula.clone()));
        }
        if let Some(stored) = &self.stored_everywhere {
            store_everywhere(draft, stored);
        }
        for (sheet, address, stored) in &self.stored {
            let key = format!("{sheet}!{address}");
            let sheet = draft.sheet_mut(sheet).ok_or_else(|| unknown(sheet))?;
            match sheet.cells.get_mut(address).map(|cell| &mut cell.content) {
                Some(Content::Formula(formula)) => formula.stored = stored.clone(),
                _ => return Err(unknown(&key)),
            }
        }
        for sheet in &self.hidden {
            draft.sheet_mut(sheet).ok_or_else(|| unknown(sheet))?.hidden = true;
        }
        self.rename_labels(draft, &unknown)?;
        for insertion in &self.inserted {
            insertion.apply(draft).ok_or_else(|| unknown(&insertion.sheet))?;
        }
        self.change_sheets(draft, &unknown)
    }

    fn rename_labels(&self, draft: &mut Draft, unknown: &dyn Fn(&str) -> SampleError) -> Result<(), SampleError> {
        for (from, to) in &self.renamed {
            let Some((sheet, address)) = from.rsplit_once('!') else { continue };
            let address: CellAddress = address.parse().map_err(|_| unknown(from))?;
            let sheet = draft.sheet_mut(sheet).ok_or_else(|| unknown(sheet))?;
            let cell = sheet.cells.get_mut(&address).ok_or_else(|| unknown(from))?;
            cell.content = if to.is_empty() { Content::Blank } else { Content::Text(to.clone()) };
        }
        Ok(())
    }

    fn change_sheets(&self, draft: &mut Draft, unknown: &dyn Fn(&str) -> SampleError) -> Result<(), SampleError> {
        for name in &self.removed {
            let index = draft.sheets.iter().position(|sheet| sheet.name == *name).ok_or_else(|| unknown(name))?;
            draft.sheets.remove(index);
        }
        for (from, to) in self.renamed.iter().filter(|(from, _)| !from.contains('!')) {
            draft.sheet_mut(from).ok_or_else(|| unknown(from))?.name.clone_from(to);
        }
        Ok(())
    }
}

/// Puts what was typed into a cell, which keeps its looks.
fn put_entry(sheet: &mut DraftSheet, address: CellAddress, entry: Option<&Entry>) {
    if matches!(entry, Some(Entry::Date(_))) && !sheet.cells.contains_key(&address) {
        let style = Style::with(Role::Plain, NumberFormat::Date);
        sheet.cells.insert(address, DraftCell { content: Content::Blank, style });
    }
    put_content(sheet, address, entry.map_or(Content::Blank, Content::from));
}

fn put_content(sheet: &mut DraftSheet, address: CellAddress, content: Content) {
    let blank = DraftCell { content: Content::Blank, style: Style::of(Role::Plain) };
    sheet.cells.entry(address).or_insert(blank).content = content;
}

/// Stores one value with every formula.
fn store_everywhere(draft: &mut Draft, stored: &Stored) {
    for cell in draft.sheets.iter_mut().flat_map(|sheet| sheet.cells.values_mut()) {
        if let Content::Formula(formula) = &mut cell.content {
            formula.stored = stored.clone();
        }
    }
}
