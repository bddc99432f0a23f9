//! One value as data: what stands in a field, and the cell it came from.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::form::{Content, FieldType, Flaw, Origin, Value};
use crate::identity::{NOTHING_BUT_MASK, holds_cpr, mask_cpr};
use crate::plain_text::{one_line, quotable};

/// A field that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What stands there.
    #[serde(flatten)]
    pub said: Said,
    /// The cell it was read from: `Budget!U6`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Whether it stands in a computed cell and is the sender's own: typed over the form's formula, or the result of
    /// another one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overridden: bool,
    /// The formula in a computed cell, where it is not the form's own but the sender's, whatever it gives. It tells who
    /// reads the data; import puts the form's own formula back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    /// A value of the field's type.
    Value {
        /// The value.
        value: FieldValue,
    },
    /// Something else, as it was written.
    Written {
        /// What was written.
        written: String,
        /// What it was written as.
        #[serde(default, rename = "as", skip_serializing_if = "WrittenAs::is_text")]
        written_as: WrittenAs,
    },
    /// Text with CPR numbers, of which the last digits are left out.
    Masked {
        /// What is left of it.
        masked: String,
    },
}

/// A value of a field's type: numbers as decimal texts, days as `2023-03-01`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// Ja or Nej.
    YesNo(bool),
    /// Everything else.
    Text(String),
}

/// What something was written as that is no value of its field's type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrittenAs {
    /// Text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A spreadsheet's error value.
    Error,
    /// A formula without a stored result.
    NoResult,
}

impl WrittenAs {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

impl Field {
    /// What was read; `None` where nothing stands there.
    pub(super) fn of(content: &Content, field_type: FieldType, origin: &Origin) -> Option<Self> {
        let said = match content {
            Content::Empty => return None,
            Content::Value(value) => Said::of_value(value, field_type),
            Content::Flawed(flaw) => Said::of_flaw(flaw),
        };
        // Ten digits may look like a CPR number, and are none where the form asks for a P-number.
        let is_p_number = matches!(content, Content::Value(Value::PNumber(_)));
        let said = if is_p_number { said } else { said.without_cpr() };
        Some(Self { said, cell: Some(cell(origin)), overridden: false, formula: None })
    }

    /// A computed cell that was emptied.
    pub(super) fn emptied(origin: &Origin) -> Self {
        let said = Said::written(String::new(), WrittenAs::Text);
        Self { said, cell: Some(cell(origin)), overridden: true, formula: None }
    }

    /// Whether nothing was written, as in a computed cell that was emptied.
    pub fn is_empty_text(&self) -> bool {
        matches!(&self.said, Said::Written { written, written_as: WrittenAs::Text } if written.is_empty())
    }

    /// The number, where the field holds one.
    pub fn number(&self) -> Option<Decimal> {
        match &self.said {
            Said::Value { value: FieldValue::Text(text) } => text.parse().ok(),
            _ => None,
        }
    }

    /// The value as text, where the field holds one.
    pub fn text(&self) -> Option<&str> {
        match &self.said {
            Said::Value { value: FieldValue::Text(text) } => Some(text),
            _ => None,
        }
    }
}

impl Said {
    fn written(written: String, written_as: WrittenAs) -> Self {
        Self::Written { written, written_as }
    }

    fn of_value(value: &Value, field_type: FieldType) -> Self {
        let value = match value {
            Value::Text(text) => FieldValue::Text(text.clone()),
            Value::Number(number) => FieldValue::Text(number_text(*number, field_type)),
            Value::Date(date) => FieldValue::Text(date.to_string()),
            Value::YesNo(yes) => FieldValue::YesNo(*yes),
            Value::Cvr(cvr) => FieldValue::Text(cvr.to_string()),
            Value::PNumber(number) => FieldValue::Text(number.to_string()),
            Value::Industry(code) => FieldValue::Text(code.to_string()),
        };
        Self::Value { value }
    }

    fn of_flaw(flaw: &Flaw) -> Self {
        let number = |number: &Decimal| Self::written(number.normalize().to_string(), WrittenAs::Number);
        let text = |text: &String| Self::written(text.clone(), WrittenAs::Text);
        match flaw {
            Flaw::NotANumber(written, _)
            | Flaw::DateNotNumber(written, _)
            | Flaw::Time(written, _)
            | Flaw::NotADate(written, _)
            | Flaw::NotAChoice(written)
            | Flaw::InvalidCvr(written)
            | Flaw::InvalidPNumber(written)
            | Flaw::InvalidIndustry(written) => text(written),
            Flaw::TooLarge(written) => Self::written(written.clone(), WrittenAs::Number),
            Flaw::Negative(value) | Flaw::NotWhole(value) => number(value),
            Flaw::ErrorValue(error) => Self::written(error.clone(), WrittenAs::Error),
            Flaw::FormulaWithoutValue => Self::written(String::new(), WrittenAs::NoResult),
            Flaw::PersonalNumber => Self::Masked { masked: NOTHING_BUT_MASK.to_owned() },
        }
    }

    /// The same, masked where it holds a CPR number, also one that invisible marks or line breaks hide.
    fn without_cpr(self) -> Self {
        let text = match &self {
            Self::Value { value: FieldValue::Text(text) } | Self::Written { written: text, .. } => text,
            Self::Value { value: FieldValue::YesNo(_) } | Self::Masked { .. } => return self,
        };
        let plain = one_line(text);
        if holds_cpr(text) || holds_cpr(&plain) { Self::Masked { masked: mask_cpr(&plain) } } else { self }
    }
}

/// A number as data; amounts in kroner have at least their two decimals.
pub(crate) fn number_text(number: Decimal, field_type: FieldType) -> String {
    let number = number.normalize();
    if field_type == FieldType::Amount && number.scale() < 2 { format!("{number:.2}") } else { number.to_string() }
}

fn cell(origin: &Origin) -> String {
    format!("{}!{}", quotable(&origin.sheet), origin.cell)
}
