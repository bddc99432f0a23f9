//! A sheet that is one table: a header that stays in sight, filters, a row for each thing.

use rust_xlsxwriter::{IgnoreError, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::look::Looks;
use super::page;
use super::value::{Cells, Value};
use super::wrapping::{height_of_lines, lines_of};
use crate::language::{Language, Text};

/// The last row of a sheet, 0-based.
const LAST_ROW: u32 = 1_048_575;

/// A column of a table.
pub(super) struct Column {
    header: Text,
    width: u8,
    holds_numbers: bool,
}

impl Column {
    /// A column of text, of a width in characters.
    pub(super) const fn text(header: Text, width: u8) -> Self {
        Self { header, width, holds_numbers: false }
    }

    /// A column of numbers, of a width in characters.
    pub(super) const fn numbers(header: Text, width: u8) -> Self {
        Self { header, width, holds_numbers: true }
    }
}

/// A sheet that is one table.
pub(super) struct TableSheet {
    /// The name of the sheet and of the table.
    pub(super) name: Text,
    /// The columns from the left.
    pub(super) columns: &'static [Column],
    /// What the sheet says where there are no rows.
    pub(super) nothing: Text,
}

impl TableSheet {
    /// Writes the sheet; rows past the last of a sheet are counted on it instead.
    pub(super) fn write<'r>(
        &self,
        worksheet: &mut Worksheet,
        looks: &Looks,
        language: Language,
        rows: impl Iterator<Item = Vec<Value<'r>>>,
    ) -> Result<(), XlsxError> {
        let mut cells = Cells { worksheet, looks, language };
        cells.worksheet.set_name(self.name.get(language))?;
        page::set_up(cells.worksheet, language);
        cells.worksheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        self.write_headers(&mut cells)?;
        let filled = write_rows(&mut cells, self.columns, LAST_ROW, rows)?;
        if filled == 0 {
            return cells.put_text(1, 0, self.nothing.get(language), &looks.note);
        }
        let last_column = self.last_column()?;
        // CVR numbers and the like are text on purpose.
        cells.worksheet.ignore_error_range(1, 0, LAST_ROW, last_column, IgnoreError::NumberStoredAsText)?;
        cells.worksheet.add_table(0, 0, filled, last_column, &self.table(looks, language)).map(|_| ())
    }

    fn write_headers(&self, cells: &mut Cells<'_>) -> Result<(), XlsxError> {
        let (looks, language) = (cells.looks, cells.language);
        for (index, column) in (0..).zip(self.columns) {
            cells.worksheet.set_column_width(index, column.width)?;
            cells.put_text(0, index, column.header.get(language), column.header_look(looks))?;
        }
        cells.worksheet.set_row_height(0, 32).map(|_| ())
    }

    fn last_column(&self) -> Result<u16, XlsxError> {
        u16::try_from(self.columns.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)
    }

    fn table(&self, looks: &Looks, language: Language) -> Table {
        let columns: Vec<TableColumn> = self
            .columns
            .iter()
            .map(|column| {
                let header = TableColumn::new().set_header(column.header.get(language));
                header.set_header_format(column.header_look(looks))
            })
            .collect();
        Table::new().set_name(self.name.get(language)).set_style(TableStyle::None).set_columns(&columns)
    }
}

impl Column {
    fn header_look<'l>(&self, looks: &'l Looks) -> &'l rust_xlsxwriter::Format {
        if self.holds_numbers { &looks.filtered_number_header } else { &looks.header }
    }
}

/// Writes rows from the second on; gives the last that holds one. What does not fit is counted in the last row.
fn write_rows<'r>(
    cells: &mut Cells<'_>,
    columns: &[Column],
    last_row: u32,
    rows: impl Iterator<Item = Vec<Value<'r>>>,
) -> Result<u32, XlsxError> {
    let mut filled = 0;
    let mut left_out: u64 = 0;
    for row in rows {
        if filled + 1 >= last_row {
            left_out += 1;
            continue;
        }
        filled += 1;
        write_row(cells, columns, filled, &row)?;
    }
    if left_out > 0 {
        let notice = match cells.language {
            Language::Danish => format!("Arket er fuldt: {left_out} rækker mere er ikke med."),
            Language::English => format!("The sheet is full: {left_out} more rows were left out."),
        };
        cells.put_text(last_row, 0, &notice, &cells.looks.strong)?;
    }
    Ok(filled)
}

fn write_row(cells: &mut Cells<'_>, columns: &[Column], row: u32, values: &[Value<'_>]) -> Result<(), XlsxError> {
    let mut lines = 1;
    for ((index, column), value) in (0..).zip(columns).zip(values) {
        cells.put(row, index, value)?;
        lines = lines.max(value.text().map_or(1, |text| lines_of(text, usize::from(column.width))));
    }
    if lines > 1 {
        cells.worksheet.set_row_height(row, height_of_lines(lines))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;

    /// The text of each row after so many rows were written on a sheet with so many rows.
    fn written(rows: usize, last_row: u32) -> Vec<String> {
        let mut workbook = Workbook::new();
        let looks = Looks::new();
        let mut cells = Cells { worksheet: workbook.add_worksheet(), looks: &looks, language: Language::Danish };
        let rows = (1..=rows).map(|number| vec![Value::Text(format!("række {number}").into())]);
        write_rows(&mut cells, &[Column::text(Text::new("Fil", "File"), 12)], last_row, rows).unwrap();
        let bytes = workbook.save_to_buffer().unwrap().into();
        let read = crate::workbook::read(bytes, &crate::workbook::Limits::default()).unwrap().workbook;
        let text = |cell: &crate::workbook::Cell| format!("{}: {:?}", cell.address, cell.value);
        read.sheets.iter().flat_map(|sheet| sheet.cells().iter().map(text)).collect()
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
