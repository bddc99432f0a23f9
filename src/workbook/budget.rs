//! What the cells of one workbook may still take.

use super::archive::check_size;
use super::error::{Quantity, ReadError};
use super::{CellValue, Limits};

/// Counts cells and their texts: a small file can name one long text in every cell.
pub(crate) struct Budget {
    limits: Limits,
    cells: u64,
    rows: u64,
    text_bytes: u64,
}

impl Budget {
    /// A budget of which nothing is spent.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, cells: 0, rows: 0, text_bytes: 0 }
    }

    /// Spends one cell that is not empty.
    pub(crate) fn spend_cell(&mut self) -> Result<(), ReadError> {
        self.cells += 1;
        check_size(Quantity::Cells, self.cells, self.limits.cells as u64)
    }

    /// Spends one row, whether or not it holds a cell.
    pub(crate) fn spend_row(&mut self) -> Result<(), ReadError> {
        self.rows += 1;
        check_size(Quantity::Rows, self.rows, self.limits.rows as u64)
    }

    /// Spends a text and returns it as the value of a cell.
    pub(crate) fn spend_value(&mut self, text: &str) -> Result<CellValue, ReadError> {
        self.spend_text(text).map(CellValue::Text)
    }

    /// Spends a text and returns it, copied only where it may be.
    pub(crate) fn spend_text(&mut self, text: &str) -> Result<String, ReadError> {
        self.check_chars(text)?;
        self.text_bytes += text.len() as u64;
        check_size(Quantity::TextBytes, self.text_bytes, self.limits.text_bytes)?;
        Ok(text.to_owned())
    }

    /// Refuses a text longer than a cell can hold.
    pub(crate) fn check_chars(&self, text: &str) -> Result<(), ReadError> {
        if text.len() <= self.limits.text_chars {
            return Ok(());
        }
        check_size(Quantity::TextChars, text.chars().count() as u64, self.limits.text_chars as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_more_than_allowed_is_refused() {
        let mut budget = Budget::new(&Limits { cells: 2, ..Limits::default() });
        assert_eq!(budget.spend_cell(), Ok(()));
        assert_eq!(budget.spend_cell(), Ok(()));
        assert_eq!(budget.spend_cell(), Err(ReadError::TooLarge { what: Quantity::Cells, found: 3, limit: 2 }));
    }

    #[test]
    fn the_length_of_a_text_is_counted_in_characters() {
        let mut budget = Budget::new(&Limits { text_chars: 3, ..Limits::default() });
        assert_eq!(budget.spend_text("æøå"), Ok("æøå".into()));
        let error = ReadError::TooLarge { what: Quantity::TextChars, found: 4, limit: 3 };
        assert_eq!(budget.spend_text("æøåx"), Err(error));
    }

    #[test]
    fn all_texts_together_are_bounded() {
        let mut budget = Budget::new(&Limits { text_bytes: 5, ..Limits::default() });
        assert!(budget.spend_text("abc").is_ok());
        let error = ReadError::TooLarge { what: Quantity::TextBytes, found: 6, limit: 5 };
        assert_eq!(budget.spend_text("abc"), Err(error));
    }
}
