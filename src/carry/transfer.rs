//! One reading after the other: into the new form, or onto the list of what was left behind.

use super::{Carried, Left, MaskedText, Reason};
use crate::form::{Content, FieldKind, FieldType, Flaw, Form, Layout, Origin, Reading, Value};
use crate::identity::holds_cpr;
use crate::language::Language;
use crate::plain_text::printable;
use crate::template::{Entry, Row};

/// The field of this key that a person fills in, beside a label or below a table.
pub(super) fn field_to_fill<'l>(layout: &'l Layout, key: &str) -> Option<FieldKind<'l>> {
    layout.field_kind(key).filter(|kind| !kind.is_computed)
}

/// The column of this key that a person fills in.
pub(super) fn column_to_fill<'l>(layout: &'l Layout, table: &str, key: &str) -> Option<FieldKind<'l>> {
    let column = layout.table_sheet(table)?.columns.iter().find(|column| column.key == key)?;
    Some(column.kind()).filter(|kind| !kind.is_computed)
}

/// What goes into a field for a value; `None` where it is none of the field's.
fn entry_for(value: &Value, target: FieldKind<'_>) -> Option<Entry> {
    let is = |field_type| target.field_type == field_type;
    let text = |fits: bool, text: String| fits.then_some(Entry::Text(text));
    match value {
        Value::Text(words) => {
            let fits = is(FieldType::Text) || is(FieldType::Email) || target.choices.contains(words);
            text(fits, words.clone())
        }
        Value::Number(number) => {
            let fits = target.field_type.is_number() && (!is(FieldType::Whole) || number.fract().is_zero());
            fits.then_some(Entry::Number(*number))
        }
        Value::Date(date) => is(FieldType::Date).then_some(Entry::Date(*date)),
        Value::YesNo(yes) => is(FieldType::YesNo).then_some(Entry::YesNo(*yes)),
        Value::Cvr(cvr) => text(is(FieldType::Cvr) || is(FieldType::Text), cvr.to_string()),
        Value::PNumber(number) => text(is(FieldType::PNumber), number.to_string()),
        Value::Industry(code) => text(is(FieldType::Industry) || is(FieldType::Text), code.as_str().to_owned()),
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
    pub(super) fn field(&mut self, key: &str, target: Option<FieldKind<'_>>) {
        let Some(reading) = self.form.field(key) else { return };
        if let Some(entry) = self.entry(reading, target) {
            self.carried.filling.fields.insert(key.to_owned(), entry);
        }
    }

    /// Carries the fields of Stamdata that a form has.
    pub(super) fn fields(&mut self, layout: &Layout) {
        for field in layout.fields() {
            self.field(&field.key, field_to_fill(layout, &field.key));
        }
    }

    /// Carries a cell into a row of the new form.
    pub(super) fn cell(&mut self, row: &mut Row, key: &str, reading: Option<&Reading>, target: Option<FieldKind<'_>>) {
        if let Some(entry) = reading.and_then(|reading| self.entry(reading, target)) {
            row.insert(key.to_owned(), entry);
        }
    }

    /// The entry for a reading; where there is none, what stands there is listed.
    fn entry(&mut self, reading: &Reading, target: Option<FieldKind<'_>>) -> Option<Entry> {
        let Content::Value(value) = &reading.content else {
            self.leave_reading(reading, Reason::Unusable);
            return None;
        };
        let is_personal = matches!(value, Value::Text(text) if holds_cpr(&printable(text)));
        let entry = target.filter(|_| !is_personal).and_then(|target| entry_for(value, target));
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
            | Flaw::DateNotNumber(text, _)
            | Flaw::Time(text, _)
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
