//! A field of the typed model: a value that knows where it was read, or why there is none.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::form::{Content, Origin, Reading, Row, Table, Value};
use crate::identity::{Cvr, IndustryCode, PNumber};

/// One field of a form, as a value of its type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Field<T> {
    /// The value and where it stands.
    Given(T, Origin),
    /// The cell is empty.
    Empty(Origin),
    /// The cell holds something that is no such value; the field's own finding says so.
    Unusable(Origin),
    /// The form has no such field, or its label was not found.
    Absent,
}

/// A type that a form's value can be taken as.
pub trait FromValue: Sized {
    /// The value as this type.
    fn from_value(value: &Value) -> Option<Self>;
}

impl<T: FromValue> Field<T> {
    /// The field that was read, as a value of its type.
    pub fn of(reading: Option<&Reading>) -> Self {
        let Some(reading) = reading else { return Self::Absent };
        let origin = reading.origin.clone();
        match &reading.content {
            Content::Empty => Self::Empty(origin),
            Content::Flawed(_) => Self::Unusable(origin),
            Content::Value(value) => match T::from_value(value) {
                Some(value) => Self::Given(value, origin),
                None => Self::Unusable(origin),
            },
        }
    }

    /// The field in a column of a table's row.
    pub fn in_row(table: &Table, row: &Row, key: &str) -> Self {
        Self::of(table.cell(row, key))
    }
}

impl<T> Field<T> {
    /// The value, where one stands there.
    pub fn value(&self) -> Option<&T> {
        if let Self::Given(value, _) = self { Some(value) } else { None }
    }

    /// The value with its place, where one stands there.
    pub fn located(&self) -> Option<(&T, &Origin)> {
        if let Self::Given(value, origin) = self { Some((value, origin)) } else { None }
    }

    /// Where the field stands, to be changed.
    pub(super) fn origin_mut(&mut self) -> Option<&mut Origin> {
        match self {
            Self::Given(_, origin) | Self::Empty(origin) | Self::Unusable(origin) => Some(origin),
            Self::Absent => None,
        }
    }

    /// Where the field stands, where its label was found.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Given(_, origin) | Self::Empty(origin) | Self::Unusable(origin) => Some(origin),
            Self::Absent => None,
        }
    }
}

impl Field<Decimal> {
    /// The number, 0 for an empty cell; `None` where it cannot be told.
    pub fn or_zero(&self) -> Option<Decimal> {
        match self {
            Self::Given(number, _) => Some(*number),
            Self::Empty(_) => Some(Decimal::ZERO),
            Self::Unusable(_) | Self::Absent => None,
        }
    }

    /// The number where it is above zero, with its place.
    pub fn above_zero(&self) -> Option<(Decimal, &Origin)> {
        self.located().map(|(number, origin)| (*number, origin)).filter(|(number, _)| *number > Decimal::ZERO)
    }
}

impl FromValue for Decimal {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Number(number) = value { Some(*number) } else { None }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.clone()) } else { None }
    }
}

impl FromValue for Date {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Date(date) = value { Some(*date) } else { None }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::YesNo(yes) = value { Some(*yes) } else { None }
    }
}

impl FromValue for Cvr {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Cvr(cvr) = value { Some(cvr.clone()) } else { None }
    }
}

impl FromValue for PNumber {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::PNumber(number) = value { Some(number.clone()) } else { None }
    }
}

impl FromValue for IndustryCode {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Industry(code) = value { Some(code.clone()) } else { None }
    }
}
