//! A sheet that is written from the top: headings, sentences and small tables below one another.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::Cells;
use super::look::Looks;
use super::page;
use super::wrapping::{height_of_lines, lines_of};
use crate::language::{Language, Text};
use crate::report::tables::{Row, Table, Value};

/// The height of a row that is left free, in points.
const FREE_ROW_HEIGHT: u32 = 15;

/// The sheet.
pub(super) struct Flow<'w> {
    cells: Cells<'w>,
    /// The row that is written next.
    row: u32,
    /// The widths of the columns, in characters.
    widths: &'static [u8],
}

impl<'w> Flow<'w> {
    /// Begins a sheet with columns of these widths, in characters.
    pub(super) fn begin(
        worksheet: &'w mut Worksheet,
        name: Text,
        widths: &'static [u8],
        looks: &'w Looks,
        language: Language,
    ) -> Result<Self, XlsxError> {
        worksheet.set_name(name.get(language))?;
        page::set_up(worksheet, language);
        for (column, width) in (0..).zip(widths) {
            worksheet.set_column_width(column, *width)?;
        }
        Ok(Self { cells: Cells { worksheet, looks, language }, row: 0, widths })
    }

    /// The language of the words.
    pub(super) fn language(&self) -> Language {
        self.cells.language
    }

    /// The words in the sheet's language.
    pub(super) fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.cells.language)
    }

    /// The row that is written next.
    pub(super) fn next_row(&self) -> u32 {
        self.row
    }

    /// Leaves rows free, for something that lies above them; their height is what it is in every program.
    pub(super) fn leave(&mut self, rows: u32) -> Result<(), XlsxError> {
        for row in self.row..self.row + rows {
            self.cells.worksheet.set_row_height(row, FREE_ROW_HEIGHT)?;
        }
        self.row += rows;
        Ok(())
    }

    /// The sheet itself.
    pub(super) fn worksheet(&mut self) -> &mut Worksheet {
        self.cells.worksheet
    }

    /// The title of the sheet.
    pub(super) fn title(&mut self, words: &str) -> Result<(), XlsxError> {
        self.cells.put_text(self.row, 0, words, &self.cells.looks.title)?;
        self.cells.worksheet.set_row_height(self.row, 28)?;
        self.row += 1;
        Ok(())
    }

    /// A heading, with some room above.
    pub(super) fn heading(&mut self, words: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.cells.put_text(self.row, 0, words, &self.cells.looks.heading)?;
        self.cells.worksheet.set_row_height(self.row, 22)?;
        self.row += 1;
        Ok(())
    }

    /// A sentence over all columns, on as many lines as it needs.
    pub(super) fn sentence(&mut self, sentence: &str) -> Result<(), XlsxError> {
        let (row, looks) = (self.row, self.cells.looks);
        let room: usize = self.widths.iter().copied().map(usize::from).sum();
        let last_column = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or_default();
        self.cells.worksheet.merge_range(row, 0, row, last_column, "", &looks.note)?;
        self.cells.put_text(row, 0, sentence, &looks.note)?;
        self.cells.worksheet.set_row_height(row, height_of_lines(lines_of(sentence, room)))?;
        self.row += 1;
        Ok(())
    }

    /// A small table below its name.
    pub(super) fn table(&mut self, table: &Table, rows: &[Row<'_>]) -> Result<(), XlsxError> {
        self.heading(table.name.get(self.language()))?;
        self.header(table)?;
        rows.iter().try_for_each(|row| self.line(row))
    }

    /// The header of a table.
    pub(super) fn header(&mut self, table: &Table) -> Result<(), XlsxError> {
        let looks = self.cells.looks;
        for (index, column) in (0..).zip(table.columns) {
            let look = if column.holds_numbers { &looks.number_header } else { &looks.header };
            self.cells.put_text(self.row, index, column.header.get(self.language()), look)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of a table.
    pub(super) fn line(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        for (column, value) in (0..).zip(values) {
            self.cells.put(self.row, column, value)?;
        }
        self.row += 1;
        Ok(())
    }
}
