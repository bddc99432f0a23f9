//! What the text in a cell's `<v>` means, by the type that the cell states.

use super::super::CellValue;
use super::super::number::{date_value, number_value, plain_decimal};
use super::worksheet::shown;

/// The types of values that a cell can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueType {
    /// A number, where nothing is stated.
    Unstated,
    Number,
    SharedString,
    Bool,
    Error,
    /// The text that a formula gave.
    FormulaText,
    IsoDate,
    /// Text in an element of its own: what `<v>` says does not count.
    InlineText,
    Unknown,
}

impl ValueType {
    /// The type of a cell's `t`.
    pub(super) fn of(stated: Option<&str>) -> Self {
        match stated {
            None => Self::Unstated,
            Some("n") => Self::Number,
            Some("s") => Self::SharedString,
            Some("b") => Self::Bool,
            Some("e") => Self::Error,
            Some("str") => Self::FormulaText,
            Some("d") => Self::IsoDate,
            Some("inlineStr") => Self::InlineText,
            Some(_) => Self::Unknown,
        }
    }
}

/// A number, or a date where the cell shows one; `None` for other text.
pub(super) fn number(text: &str, shows_date: bool) -> Option<CellValue> {
    if let Some(decimal) = plain_decimal(text) {
        return Some(if shows_date { CellValue::Date(decimal) } else { CellValue::Number(decimal) });
    }
    let number: f64 = text.parse().ok()?;
    if !number.is_finite() {
        // Words such as `NaN` are no number, but digits are: more than any computer number has.
        return text.bytes().any(|byte| byte.is_ascii_digit()).then(|| CellValue::OutOfRange(shown(text)));
    }
    Some(if shows_date { date_value(number) } else { number_value(number) })
}

/// TRUE or FALSE in any spelling of XML's; `None` for other text.
pub(super) fn truth(text: &str) -> Option<CellValue> {
    let text = text.trim();
    match text {
        "" => Some(CellValue::Empty),
        "0" => Some(CellValue::Bool(false)),
        "1" => Some(CellValue::Bool(true)),
        _ if text.eq_ignore_ascii_case("false") => Some(CellValue::Bool(false)),
        _ if text.eq_ignore_ascii_case("true") => Some(CellValue::Bool(true)),
        _ => None,
    }
}
