//! What a cell is worth to a formula that refers to it, as a Danish spreadsheet program sees it.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::filling::Entry;
use super::formula::Stored;

/// The error a formula gives that calculates with text.
const NOT_A_VALUE: &str = "#VALUE!";

/// A cell, seen by a formula.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Operand {
    /// Nothing, or the empty text of a row that is not in use.
    #[default]
    Empty,
    /// A number.
    Number(Decimal),
    /// Text.
    Text(String),
    /// An error value.
    Error(String),
}

impl Operand {
    /// What the cell of an entry is worth.
    pub(super) fn of(entry: Option<&Entry>) -> Self {
        match entry {
            None | Some(Entry::NoResult) => Self::Empty,
            Some(Entry::Text(text)) if text.is_empty() => Self::Empty,
            Some(Entry::Text(text)) if text.starts_with('#') => Self::Error(text.clone()),
            Some(Entry::Error(error)) => Self::Error(error.clone()),
            Some(Entry::Text(text)) => Self::Text(text.clone()),
            Some(Entry::YesNo(_)) => Self::Text("Ja".to_owned()),
            Some(Entry::Number(number)) => Self::Number(*number),
            Some(Entry::Date(date)) => Self::Number(serial_day(*date)),
        }
    }

    /// The number that arithmetic makes of it, or the error that it gives.
    pub(super) fn number(&self) -> Result<Decimal, String> {
        match self {
            Self::Empty => Ok(Decimal::ZERO),
            Self::Number(number) => Ok(*number),
            Self::Text(text) => danish_number(text).ok_or_else(|| NOT_A_VALUE.to_owned()),
            Self::Error(error) => Err(error.clone()),
        }
    }

    /// The number, or zero where there is none.
    pub(super) fn number_or_zero(&self) -> Decimal {
        self.number().unwrap_or_default()
    }

    /// A sum as a spreadsheet makes it: text is left out, an error spreads.
    pub(super) fn sum<'o>(cells: impl Iterator<Item = &'o Self>) -> Self {
        let mut sum = Decimal::ZERO;
        for cell in cells {
            match cell {
                Self::Number(number) => sum += number,
                Self::Error(error) => return Self::Error(error.clone()),
                Self::Empty | Self::Text(_) => {}
            }
        }
        Self::Number(sum)
    }

    /// The value stored with a formula that gives this.
    pub(super) fn stored(&self) -> Stored {
        match self {
            Self::Empty => Stored::Text(String::new()),
            Self::Number(number) => Stored::Number(*number),
            Self::Text(text) => Stored::Text(text.clone()),
            Self::Error(error) => Stored::Error(error.clone()),
        }
    }
}

impl From<Result<Decimal, String>> for Operand {
    fn from(result: Result<Decimal, String>) -> Self {
        result.map_or_else(Self::Error, Self::Number)
    }
}

/// A text that a Danish spreadsheet program takes as a number: `1.234,50 kr.`.
fn danish_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let text = ["kr.", "kr"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim();
    text.replace('.', "").replace(',', ".").parse().ok()
}

/// The day's number, counted from 30 December 1899.
fn serial_day(date: Date) -> Decimal {
    let start = Date::constant(1899, 12, 30);
    date.since(start).map_or(Decimal::ZERO, |span| span.get_days().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Operand {
        Operand::of(Some(&Entry::Text(text.to_owned())))
    }

    #[test]
    fn arithmetic_reads_numbers_typed_as_text_and_nothing_else() {
        assert_eq!(text("1.234,50 kr.").number(), Ok("1234.50".parse().unwrap()));
        assert_eq!(text("37 timer").number(), Err("#VALUE!".to_owned()));
        assert_eq!(Operand::Empty.number(), Ok(Decimal::ZERO));
    }

    #[test]
    fn a_sum_leaves_text_out_and_spreads_errors() {
        let two = Operand::Number(2.into());
        assert_eq!(Operand::sum([two.clone(), text("5")].iter()), two);
        assert_eq!(Operand::sum([two, text("#REF!")].iter()), Operand::Error("#REF!".to_owned()));
    }

    #[test]
    fn a_day_has_its_number_in_the_spreadsheets_calendar() {
        assert_eq!(serial_day(Date::constant(2024, 1, 1)), Decimal::from(45_292));
    }
}
