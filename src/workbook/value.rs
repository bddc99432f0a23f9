//! What calamine read from a cell as the value of a cell.

use calamine::{Data, DataRef};

use super::budget::Budget;
use super::error::ReadError;
use super::number::{date_value, number_value};
use super::{CellValue, DateSystem, iso_date};

/// The value of a cell, its text spent from the budget.
pub(crate) fn cell_value(data: &DataRef<'_>, dates: DateSystem, budget: &mut Budget) -> Result<CellValue, ReadError> {
    Ok(match data {
        DataRef::Empty => CellValue::Empty,
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are binary floats")]
        DataRef::Int(number) => number_value(*number as f64),
        DataRef::Float(number) => number_value(*number),
        DataRef::String(text) => budget.spend_value(text)?,
        DataRef::SharedString(text) => budget.spend_value(text)?,
        DataRef::Bool(value) => CellValue::Bool(*value),
        DataRef::DateTime(days) => date_value(days.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match iso_date::serial(text, dates) {
            Some(days) => CellValue::Date(days),
            None => budget.spend_value(text)?,
        },
        DataRef::Error(error) => CellValue::Error(error.to_string()),
    })
}

/// The same value, borrowed, for the formats whose reader keeps its own copy.
pub(crate) fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(days) => DataRef::DateTime(*days),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
