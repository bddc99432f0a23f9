//! Tables as CSV (RFC 4180), for programs or for a Danish Excel.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::document::CaseExport;
use super::table::{Cell, Table};

/// How CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvDialect {
    /// For programs: commas, decimal points.
    #[default]
    Programs,
    /// For a Danish Excel: semicolons, decimal commas, a byte order mark.
    DanishExcel,
}

/// What a text must not begin with, or a spreadsheet takes it for a formula.
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Writes a table of cases.
pub fn write_csv(
    table: &Table,
    dialect: CsvDialect,
    cases: &mut dyn Iterator<Item = io::Result<CaseExport>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let is_excel = dialect == CsvDialect::DanishExcel;
    if is_excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let delimiter = if is_excel { b';' } else { b',' };
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.name.as_str()))?;
    for case in cases {
        for row in table.rows(&case?) {
            writer.write_record(row.iter().map(|cell| shown(cell, dialect)))?;
        }
    }
    writer.flush()
}

fn shown(cell: &Cell, dialect: CsvDialect) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) if text.starts_with(FORMULA_STARTS) && !is_negative_number(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) if dialect == CsvDialect::DanishExcel => number.to_string().replace('.', ","),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::YesNo(yes) => yes.to_string(),
    }
}

/// A number below zero begins with a sign, and is harmless.
fn is_negative_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
