//! A sheet that is one table: a header that stays in sight, filters, a row for each thing.
//!
//! Rows go to a temporary file as they are written, so that memory does not grow with them; none can be changed later.

use rust_xlsxwriter::{Format, IgnoreError, Workbook, Worksheet, XlsxError};

use super::cells::Cells;
use super::look::Looks;
use super::page;
use super::wrapping::{height_of_lines, lines_of};
use crate::language::Language;
use crate::report::tables::{Column, Table, Value};

/// The last row of a sheet, 0-based.
const LAST_ROW: u32 = 1_048_575;

/// The last row whose height we set, 0-based. Heights stay in memory until the end; below, the spreadsheet program works
/// them out when it opens the file, as most do.
const LAST_ROW_WITH_HEIGHT: u32 = 10_000;

/// A sheet that is one table, being written from the top.
pub(super) struct TableSheet<'l> {
    worksheet: Worksheet,
    table: &'static Table,
    looks: &'l Looks,
    language: Language,
    /// The last row that may hold anything.
    last_row: u32,
    /// The last row that holds something of the table.
    filled: u32,
    /// How many rows did not fit.
    left_out: u64,
}

impl<'l> TableSheet<'l> {
    /// Begins the sheet with its header.
    pub(super) fn begin(
        workbook: &mut Workbook,
        table: &'static Table,
        looks: &'l Looks,
        language: Language,
    ) -> Result<Self, XlsxError> {
        let worksheet = workbook.new_worksheet_with_constant_memory()?;
        let mut sheet = Self { worksheet, table, looks, language, last_row: LAST_ROW, filled: 0, left_out: 0 };
        sheet.worksheet.set_name(table.name.get(language))?;
        page::set_up(&mut sheet.worksheet, language);
        sheet.worksheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        sheet.write_headers()?;
        Ok(sheet)
    }

    fn cells(&mut self) -> Cells<'_> {
        Cells { worksheet: &mut self.worksheet, looks: self.looks, language: self.language }
    }

    fn write_headers(&mut self) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(0, 32)?;
        for (index, column) in (0..).zip(self.table.columns) {
            self.worksheet.set_column_width(index, column.width)?;
            let (looks, language) = (self.looks, self.language);
            self.cells().put_text(0, index, column.header.get(language), header_look(column, looks))?;
        }
        Ok(())
    }

    /// Writes a row. Rows past the last of a sheet are counted on it instead.
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        if self.filled + 1 >= self.last_row {
            self.left_out += 1;
            return Ok(());
        }
        self.filled += 1;
        let (row, columns) = (self.filled, self.table.columns);
        let lines = columns.iter().zip(values).map(|(column, value)| lines_in(column, value)).max().unwrap_or(1);
        if lines > 1 && row <= LAST_ROW_WITH_HEIGHT {
            self.worksheet.set_row_height(row, height_of_lines(lines))?;
        }
        let mut cells = self.cells();
        (0..).zip(values).try_for_each(|(column, value)| cells.put(row, column, value))
    }

    /// How many rows of the table it holds below the header.
    pub(super) fn rows(&self) -> u32 {
        self.filled
    }

    /// Puts something beside the table.
    pub(super) fn worksheet(&mut self) -> &mut Worksheet {
        &mut self.worksheet
    }

    /// Ends the sheet and puts it into its workbook.
    pub(super) fn end(mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.filled == 0 {
            let (nothing, looks) = (self.table.nothing.get(self.language), self.looks);
            self.cells().put_text(1, 0, nothing, &looks.note)?;
        } else {
            self.filter()?;
        }
        if self.left_out > 0 {
            let (notice, last_row, looks) = (self.notice(), self.last_row, self.looks);
            self.cells().put_text(last_row, 0, &notice, &looks.strong)?;
        }
        workbook.push_worksheet(self.worksheet);
        Ok(())
    }

    fn filter(&mut self) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.table.columns.len().saturating_sub(1));
        let last_column = last_column.map_err(|_| XlsxError::RowColumnLimitError)?;
        // CVR numbers and the like are text on purpose.
        self.worksheet.ignore_error_range(1, 0, LAST_ROW, last_column, IgnoreError::NumberStoredAsText)?;
        self.worksheet.autofilter(0, 0, self.filled, last_column).map(|_| ())
    }

    fn notice(&self) -> String {
        let left_out = self.left_out;
        match self.language {
            Language::Danish => format!("Arket er fuldt: {left_out} rækker mere er ikke med."),
            Language::English => format!("The sheet is full: {left_out} more rows were left out."),
        }
    }
}

fn header_look<'l>(column: &Column, looks: &'l Looks) -> &'l Format {
    if column.holds_numbers { &looks.filtered_number_header } else { &looks.header }
}

fn lines_in(column: &Column, value: &Value<'_>) -> usize {
    value.text().map_or(1, |text| lines_of(text, usize::from(column.width)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::not_checked;

    /// The text of each first cell after so many rows were written on a sheet with so many rows.
    fn written(rows: usize, last_row: u32) -> Vec<String> {
        let mut workbook = Workbook::new();
        let looks = Looks::new(&mut workbook);
        let mut sheet = TableSheet::begin(&mut workbook, &not_checked::TABLE, &looks, Language::Danish).unwrap();
        sheet.last_row = last_row;
        for number in 1..=rows {
            sheet.row(&[Value::Text(format!("række {number}").into())]).unwrap();
        }
        sheet.end(&mut workbook).unwrap();
        let bytes = workbook.save_to_buffer().unwrap().into();
        let read = crate::workbook::read(bytes, &crate::workbook::Limits::default()).unwrap().workbook;
        let text = |cell: &crate::workbook::Cell| format!("{}: {:?}", cell.address, cell.value);
        let cells = read.sheets.iter().flat_map(crate::workbook::Sheet::cells);
        cells.filter(|cell| cell.address.row > 0).map(text).collect()
    }

    #[test]
    fn a_full_sheet_says_how_many_rows_were_left_out() {
        let fits = written(2, 3);
        assert_eq!(fits, ["A2: Text(\"række 1\")", "A3: Text(\"række 2\")"]);
        let full = written(5, 3);
        assert_eq!(full[..2], fits);
        assert_eq!(full[2..], ["A4: Text(\"Arket er fuldt: 3 rækker mere er ikke med.\")"]);
    }
}
