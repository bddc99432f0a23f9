//! Writes a value into a cell, as what it is and looking like it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::look::Looks;
use crate::language::{Language, Text};
use crate::money::round_to_ore;
use crate::report::tables::Value;
use crate::workbook::binary;

/// The most UTF-16 code units that Excel takes in a cell.
const LONGEST_TEXT: usize = 32_767;

/// A sheet being written.
pub(super) struct Cells<'w> {
    /// The sheet.
    pub(super) worksheet: &'w mut Worksheet,
    /// How cells look.
    pub(super) looks: &'w Looks,
    /// The language of its words.
    pub(super) language: Language,
}

impl Cells<'_> {
    /// Writes a value.
    pub(super) fn put(&mut self, row: u32, column: u16, value: &Value<'_>) -> Result<(), XlsxError> {
        let (looks, language) = (self.looks, self.language);
        match value {
            Value::Blank => self.worksheet.write_blank(row, column, &looks.text).map(|_| ()),
            Value::Text(text) => self.put_text(row, column, text, &looks.text),
            Value::Strong(text) => self.put_text(row, column, text, &looks.strong),
            #[expect(clippy::cast_precision_loss, reason = "no run has so many files or findings")]
            Value::Count(count) => self.put_float(row, column, *count as f64, &looks.count),
            Value::Number(number) => self.put_decimal(row, column, *number, &looks.number),
            Value::Amount(amount) => self.put_decimal(row, column, round_to_ore(*amount), &looks.amount),
            Value::Difference(difference) => {
                let difference = round_to_ore(*difference);
                let look = if difference.is_zero() { &looks.amount } else { &looks.wrong_amount };
                self.put_decimal(row, column, difference, look)
            }
            Value::Left(left) => {
                let left = round_to_ore(*left);
                let look = if left.is_sign_negative() { &looks.wrong_amount } else { &looks.amount };
                self.put_decimal(row, column, left, look)
            }
            Value::Unknown => self.put_text(row, column, Text::new("ukendt", "unknown").get(language), &looks.unknown),
            Value::Date(date) => self.put_date(row, column, *date),
            Value::Severity(severity) => {
                self.put_text(row, column, severity.word().get(language), looks.severity(*severity))
            }
            Value::Verdict(verdict) => {
                self.put_text(row, column, verdict.word().get(language), looks.verdict(*verdict))
            }
        }
    }

    /// Writes text as text, whatever it begins with.
    pub(super) fn put_text(&mut self, row: u32, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        self.worksheet.write_string_with_format(row, column, cell_text(text), look).map(|_| ())
    }

    fn put_decimal(&mut self, row: u32, column: u16, number: Decimal, look: &Format) -> Result<(), XlsxError> {
        self.put_float(row, column, binary(number), look)
    }

    fn put_float(&mut self, row: u32, column: u16, number: f64, look: &Format) -> Result<(), XlsxError> {
        self.worksheet.write_number_with_format(row, column, number, look).map(|_| ())
    }

    /// Writes a day; as text if it is before Excel's first.
    fn put_date(&mut self, row: u32, column: u16, date: Date) -> Result<(), XlsxError> {
        match ExcelDateTime::parse_from_str(&date.to_string()) {
            Ok(day) => self.worksheet.write_datetime_with_format(row, column, day, &self.looks.date).map(|_| ()),
            Err(_) => self.put_text(row, column, &self.language.date(date), &self.looks.text),
        }
    }
}

/// Text that a cell can hold: no control characters, and not longer than Excel takes.
fn cell_text(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return plain.collect();
    }
    let mut units = 1;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST_TEXT
    };
    plain.take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shortened_to_what_a_cell_holds() {
        let longest = "x".repeat(LONGEST_TEXT);
        assert_eq!(cell_text(&longest), longest);
        for long in ["x".repeat(LONGEST_TEXT + 1), "😀".repeat(LONGEST_TEXT)] {
            let short = cell_text(&long);
            let units = short.encode_utf16().count();
            assert!(short.ends_with('…') && (LONGEST_TEXT - 1..=LONGEST_TEXT).contains(&units), "{units}");
        }
    }

    #[test]
    fn control_characters_become_spaces_and_line_breaks_stay() {
        assert_eq!(cell_text("a\u{0}b\u{1b}c\rd\ne"), "a b c d\ne");
    }
}
