//! One reading after the other: into the new form, or onto the list of what was left behind.

use super::{Carried, Left, MaskedText, Reason};
use crate::form::{Content, FieldType, Flaw, Form, Layout, Origin, Reading, Value};
use crate::identity::holds_cpr;
use crate::language::Language;
use crate::plain_text::printable;
use crate::template::{Entry, Row};

/// A field of the new form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'l> {
    field_type: FieldType,
    choices: &'l [String],
}

impl<'l> Target<'l> {
    /// The field of this key that a person fills in, beside a label or below a table.
    pub(super) fn field(layout: &'l Layout, key: &str) -> Option<Self> {
        let beside = layout.fields().find(|field| field.key == key);
        let beside = beside.map(|field| Self { field_type: field.field_type, choices: &field.choices });
        let mut below = layout.sheets.iter().flat_map(|sheet| &sheet.summary);
        beside.or_else(|| {
            let field = below.find(|field| field.key == key && field.formula.is_none())?;
            Some(Self { field_type: field.field_type, choices: &[] })
        })
    }

    /// The column of this key that a person fills in.
    pub(super) fn column(layout: &'l Layout, table: &str, key: &str) -> Option<Self> {
        let columns = &layout.table_sheet(table)?.columns;
        let column = columns.iter().find(|column| column.key == key && column.formula.is_none())?;
        Some(Self { field_type: column.field_type, choices: &column.choices })
    }

    fn entry(self, value: &Value) -> Option<Entry> {
        let is = |field_type| self.field_type == field_type;
        let text = |fits: bool, text: String| fits.then_some(Entry::Text(text));
        match value {
            Value::Text(words) => {
                let fits = is(FieldType::Text) || is(FieldType::Email) || self.choices.contains(words);
                text(fits, words.clone())
            }
            Value::Number(number) => {
                let fits = self.field_type.is_number() && (!is(FieldType::Whole) || number.fract().is_zero());
                fits.then_some(Entry::Number(*number))
            }
            Value::Date(date) => is(FieldType::Date).then_some(Entry::Date(*date)),
            Value::YesNo(yes) => is(FieldType::YesNo).then_some(Entry::YesNo(*yes)),
            Value::Cvr(cvr) => text(is(FieldType::Cvr) || is(FieldType::Text), cvr.to_string()),
            Value::PNumber(number) => text(is(FieldType::PNumber), number.to_string()),
            Value::Industry(code) => text(is(FieldType::Industry) || is(FieldType::Text), code.as_str().to_owned()),
        }
    }
}

/// The way of a form's readings into a new form.
pub(super) struct Transfer<'f> {
    form: &'f Form,
    pub(super) carried: Carried,
}

impl<'f> Transfer<'f> {
    pub(super) fn new(form: &'f Form) -> Self {
        Self { form, carried: Carried::default() }
    }

    /// Carries the field of this key.
    pub(super) fn field(&mut self, key: &str, target: Option<Target<'_>>) {
        let Some(reading) = self.form.field(key) else { return };
        if let Some(entry) = self.entry(reading, target) {
            self.carried.filling.fields.insert(key.to_owned(), entry);
        }
    }

    /// Carries the fields of Stamdata that a form has.
    pub(super) fn fields(&mut self, layout: &Layout) {
        for field in layout.fields() {
            self.field(&field.key, Target::field(layout, &field.key));
        }
    }

    /// Carries a cell into a row of the new form.
    pub(super) fn cell(&mut self, row: &mut Row, key: &str, reading: Option<&Reading>, target: Option<Target<'_>>) {
        if let Some(entry) = reading.and_then(|reading| self.entry(reading, target)) {
            row.insert(key.to_owned(), entry);
        }
    }

    /// The entry for a reading; where there is none, what stands there is listed.
    fn entry(&mut self, reading: &Reading, target: Option<Target<'_>>) -> Option<Entry> {
        let Content::Value(value) = &reading.content else {
            self.leave_reading(reading, Reason::Unusable);
            return None;
        };
        let is_personal = matches!(value, Value::Text(text) if holds_cpr(&printable(text)));
        let entry = target.filter(|_| !is_personal).and_then(|target| target.entry(value));
        if entry.is_none() {
            self.leave_reading(reading, if target.is_some() { Reason::Unusable } else { Reason::NoField });
        }
        entry
    }

    /// Lists what stands in a field, where something does.
    pub(super) fn leave_reading(&mut self, reading: &Reading, reason: Reason) {
        if !reading.is_empty() {
            self.leave(&reading.origin, &text_of(&reading.content), reason);
        }
    }

    /// Lists what stands somewhere in the form.
    pub(super) fn leave(&mut self, origin: &Origin, text: &str, reason: Reason) {
        let text = printable(text);
        let here = |other: &Origin| other.sheet == origin.sheet && other.cell == origin.cell;
        let is_personal = holds_cpr(&text) || self.form.personal_numbers.iter().any(here);
        let reason = if is_personal { Reason::PersonalNumber } else { reason };
        let text = MaskedText::new(&text, is_personal);
        self.carried.left.push(Left { origin: origin.clone(), text, reason });
    }
}

/// What stands in a field, as a Danish form shows it; empty where it may not be shown.
pub(super) fn text_of(content: &Content) -> String {
    let danish = Language::Danish;
    match content {
        Content::Empty | Content::Flawed(Flaw::FormulaWithoutValue | Flaw::PersonalNumber) => String::new(),
        Content::Value(Value::Text(text))
        | Content::Flawed(
            Flaw::NotANumber(text, _)
            | Flaw::TooLarge(text)
            | Flaw::NotADate(text, _)
            | Flaw::NotAChoice(text)
            | Flaw::InvalidCvr(text)
            | Flaw::InvalidPNumber(text)
            | Flaw::InvalidIndustry(text)
            | Flaw::ErrorValue(text),
        ) => text.clone(),
        Content::Value(Value::Number(number)) | Content::Flawed(Flaw::Negative(number) | Flaw::NotWhole(number)) => {
            danish.ungrouped(*number)
        }
        Content::Value(Value::Date(date)) => danish.date(*date),
        Content::Value(Value::YesNo(yes)) => if *yes { "Ja" } else { "Nej" }.to_owned(),
        Content::Value(Value::Cvr(cvr)) => cvr.to_string(),
        Content::Value(Value::PNumber(number)) => number.to_string(),
        Content::Value(Value::Industry(code)) => code.as_str().to_owned(),
    }
}
