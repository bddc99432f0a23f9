//! Rows and columns inserted into a draft: everything below or to the right moves, formulas and names with it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::template::{Allowed, CellRange, Content, Draft, DraftSheet, FormulaPart, SheetId};
use crate::workbook::CellAddress;

/// Empty rows and columns that come before one of a sheet's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insertion {
    /// The sheet's name.
    pub sheet: String,
    /// The number (from 1) of the row before which rows come in.
    pub row: Option<u32>,
    /// The letters of the column before which columns come in.
    pub column: Option<String>,
    /// How many.
    pub count: u32,
}

/// Where cells move, and how far.
#[derive(Debug, Clone, Copy)]
struct Shift {
    sheet: SheetId,
    /// The first row that moves, and by how much.
    rows: (u32, u32),
    /// The first column that moves, and by how much.
    columns: (u32, u32),
}

impl Insertion {
    /// Moves the draft's cells; `None` where the sheet, the row or the column does not exist.
    pub(super) fn apply(&self, draft: &mut Draft) -> Option<()> {
        let sheet = draft.sheet_mut(&self.sheet)?;
        let rows = self.row.map_or(Some((0, 0)), |row| Some((row.checked_sub(1)?, self.count)))?;
        let columns = match &self.column {
            None => (0, 0),
            Some(letters) => (format!("{letters}1").parse::<CellAddress>().ok()?.column, self.count),
        };
        let shift = Shift { sheet: sheet.id, rows, columns };
        shift.move_sheet(sheet);
        shift.move_references(draft);
        Some(())
    }
}

impl Shift {
    fn move_sheet(&self, sheet: &mut DraftSheet) {
        let cells = std::mem::take(&mut sheet.cells);
        sheet.cells = cells.into_iter().map(|(address, cell)| (self.address(address), cell)).collect();
        sheet.heights = moved_keys(&sheet.heights, self.rows);
        sheet.widths = moved_keys(&sheet.widths, self.columns);
        sheet.frozen = sheet.frozen.map(|cell| self.address(cell));
        sheet.repeated_row = sheet.repeated_row.map(|row| moved(row, self.rows));
    }

    fn move_references(&self, draft: &mut Draft) {
        draft.names.iter_mut().for_each(|(_, range)| self.move_range(range));
        for sheet in &mut draft.sheets {
            for rule in &mut sheet.rules {
                self.move_range(&mut rule.range);
                if let Allowed::OneOfCells(list) = &mut rule.allowed {
                    self.move_range(list);
                }
            }
            for cell in sheet.cells.values_mut() {
                self.move_content(&mut cell.content);
            }
        }
    }

    fn move_content(&self, content: &mut Content) {
        let Content::Formula(formula) = content else { return };
        for part in &mut formula.parts {
            if let FormulaPart::Cells(range) = part {
                self.move_range(range);
            }
        }
    }

    fn move_range(&self, range: &mut CellRange) {
        if range.sheet == self.sheet {
            range.first = self.address(range.first);
            range.last = self.address(range.last);
        }
    }

    fn address(&self, address: CellAddress) -> CellAddress {
        CellAddress::new(moved(address.row, self.rows), moved(address.column, self.columns))
    }
}

fn moved(index: u32, (first, count): (u32, u32)) -> u32 {
    if index >= first { index + count } else { index }
}

fn moved_keys(sizes: &BTreeMap<u32, u16>, shift: (u32, u32)) -> BTreeMap<u32, u16> {
    sizes.iter().map(|(&index, &size)| (moved(index, shift), size)).collect()
}
