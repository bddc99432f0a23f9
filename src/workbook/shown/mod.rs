//! What a cell's format shows of its number, as far as that counts: a date, a time, or a text of digits.

mod digit_pattern;
mod format_code;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use self::digit_pattern::DigitPattern;
use self::format_code::{TimeFormat, builtin_time, is_builtin_date, is_date_code, time_of};
use super::archive::check_size;
use super::budget::Budget;
use super::error::{Quantity, ReadError};
use super::{Cell, CellAddress, CellValue, Limits, WorkedTime};

/// The characters that a number format can have, by Excel's own limits; nothing longer counts.
const MAX_FORMAT_CHARS: usize = 255;

/// The formats of a sheet's cells, for readers that give values and formats apart.
pub(crate) type FormatsOfCells = BTreeMap<CellAddress, usize>;

/// How the formats of cells show a number.
#[derive(Debug, Default)]
pub(crate) struct CellFormats {
    /// How the number format of an id shows a number, for those that the workbook defines.
    defined: BTreeMap<u32, ShownAs>,
    formats: Vec<ShownAs>,
    patterns: Vec<DigitPattern>,
}

/// How a format shows a number, as far as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ShownAs {
    /// As a number.
    #[default]
    Number,
    /// As a date, perhaps with a time.
    Date,
    /// As a time or a duration.
    Time(TimeFormat),
    /// By the pattern in this place.
    Digits(usize),
}

impl ShownAs {
    /// How the built-in format of an id shows a number.
    const fn of_builtin(id: u32) -> Self {
        match builtin_time(id) {
            Some(time) => Self::Time(time),
            None if is_builtin_date(id) => Self::Date,
            None => Self::Number,
        }
    }

    /// Whether the number is a count of days.
    pub(crate) const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Time(_))
    }

    /// Whether a text of its own may be shown.
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Digits(_) | Self::Time(_))
    }
}

impl CellFormats {
    /// Defines the number format of an id by its code.
    pub(crate) fn define(&mut self, id: u32, code: &str) {
        if code.chars().nth(MAX_FORMAT_CHARS).is_none() {
            let shown_as = self.add_code(code);
            self.defined.insert(id, shown_as);
        }
    }

    /// Adds the next format of cells, by the id of its number format.
    pub(crate) fn add(&mut self, id: Option<u32>, limits: &Limits) -> Result<(), ReadError> {
        let shown_as = |id| self.defined.get(&id).copied().unwrap_or_else(|| ShownAs::of_builtin(id));
        self.formats.push(id.map(shown_as).unwrap_or_default());
        check_size(Quantity::CellFormats, self.formats.len() as u64, limits.cell_formats as u64)
    }

    /// How the code of a number format shows a number.
    fn add_code(&mut self, code: &str) -> ShownAs {
        if is_date_code(code) {
            return time_of(code).map_or(ShownAs::Date, ShownAs::Time);
        }
        let Some(pattern) = DigitPattern::parse(code) else { return ShownAs::Number };
        self.patterns.push(pattern);
        ShownAs::Digits(self.patterns.len() - 1)
    }

    /// How the format of this number shows one.
    pub(crate) fn shown_as(&self, format: usize) -> ShownAs {
        self.formats.get(format).copied().unwrap_or_default()
    }

    /// The text that a format shows of a number, where that is a pattern of digits or a time.
    pub(crate) fn show(&self, shown_as: ShownAs, value: &CellValue) -> Option<String> {
        match (shown_as, value) {
            (ShownAs::Digits(pattern), CellValue::Number(number)) => self.patterns.get(pattern)?.show(*number),
            (ShownAs::Time(TimeFormat::OfDay), CellValue::Date(days)) => {
                Some(WorkedTime::of_days(*days)?.of_day().to_string())
            }
            (ShownAs::Time(TimeFormat::Elapsed), CellValue::Date(days)) => {
                Some(WorkedTime::of_days(*days)?.to_string())
            }
            _ => None,
        }
    }

    /// Gives cells the texts that their formats show.
    pub(crate) fn show_on(
        &self,
        cells: &mut [Cell],
        formats: &FormatsOfCells,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        for cell in cells {
            let shown_as = formats.get(&cell.address).map(|format| self.shown_as(*format)).unwrap_or_default();
            if let Some(shown) = self.show(shown_as, &cell.value) {
                cell.shown = Some(budget.spend_text(&shown)?.into());
            }
        }
        Ok(())
    }
}

/// Whether a text that a program says it shows of a whole number is one of its digits and signs, as a pattern gives it:
/// `0017`, `MA-0017`, `33.12.00`; not the number as it is, and not in groups of thousands.
pub(crate) fn is_text_of_digits(text: &str, number: Decimal) -> bool {
    if !number.is_integer() || number.is_sign_negative() || text.contains(',') {
        return false;
    }
    let plain = number.trunc().normalize().to_string();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let without_zeros = digits.trim_start_matches('0');
    let is_same = without_zeros == plain.trim_start_matches('0') && !digits.is_empty();
    is_same && text != plain && !is_grouped(text)
}

/// Whether nothing but digits stands there, in threes between points or spaces.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split(['.', ' ', '\u{a0}', '\u{202f}']);
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_number(first));
    first && groups.all(|group| group.len() == 3 && is_number(group)) && text.len() > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_digits_is_told_from_a_number_that_is_only_written_out() {
        for (text, number, expected) in [
            ("0017", "17", true),
            ("011100", "11100", true),
            ("MA-0017", "17", true),
            ("33.12.00", "331200", true),
            ("01.11.00", "11100", true),
            ("0000", "0", true),
            ("17", "17", false),
            ("331.200", "331200", false),
            ("1 234 567", "1234567", false),
            ("17,00", "17", false),
            ("0", "0", false),
            ("MA", "0", false),
            ("18", "17", false),
            ("-17", "-17", false),
        ] {
            assert_eq!(is_text_of_digits(text, number.parse().unwrap()), expected, "{text}");
        }
    }
}
