//! Values and formulas that come apart, joined by the cell they stand in.

use std::collections::BTreeMap;

use super::budget::Budget;
use super::error::ReadError;
use super::{Cell, CellAddress, CellValue};

/// The cells of one sheet while it is read.
pub(crate) struct CellTable<'a> {
    budget: &'a mut Budget,
    cells: BTreeMap<CellAddress, Cell>,
}

impl<'a> CellTable<'a> {
    /// A sheet without cells; what it takes is spent from the budget.
    pub(crate) fn new(budget: &'a mut Budget) -> Self {
        Self { budget, cells: BTreeMap::new() }
    }

    /// The budget, for the text of the next value.
    pub(crate) fn budget(&mut self) -> &mut Budget {
        self.budget
    }

    /// Adds a value; an empty one is no cell.
    pub(crate) fn add_value(&mut self, address: CellAddress, value: CellValue) -> Result<(), ReadError> {
        if value != CellValue::Empty {
            self.cell(address)?.value = value;
        }
        Ok(())
    }

    /// Adds a formula to the value of its cell, where that has one.
    pub(crate) fn add_formula(&mut self, address: CellAddress, formula: &str) -> Result<(), ReadError> {
        let formula = self.budget.spend_text(formula)?;
        self.cell(address)?.formula = Some(formula);
        Ok(())
    }

    /// All cells in reading order; a text without characters is a cell where a formula gave it.
    pub(crate) fn into_cells(self) -> Vec<Cell> {
        self.cells.into_values().filter(|cell| cell.formula.is_some() || !cell.value.is_nothing()).collect()
    }

    fn cell(&mut self, address: CellAddress) -> Result<&mut Cell, ReadError> {
        if !self.cells.contains_key(&address) {
            self.budget.spend_cell()?;
        }
        Ok(self.cells.entry(address).or_insert(Cell { address, value: CellValue::Empty, formula: None, shown: None }))
    }
}
