//! Holds a workbook that was made against the data that it was made of, by reading it as any workbook is read.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::problem::{ImportProblem, JsonPath, Mistake};
use crate::case::Document;
use crate::export::{Field, FieldValue, Fields, FormContent, Said};
use crate::form::{read_form, recognise};
use crate::plain_text::quotable;
use crate::template::Forms;
use crate::workbook::{Limits, read};

/// What a workbook says otherwise than its data, each with its place below the form's.
pub(super) fn differences(
    content: &FormContent,
    workbook: &[u8],
    (forms, date): (&Forms<'_>, Option<Date>),
    path: &JsonPath,
) -> Vec<ImportProblem> {
    let Some(made) = content_of(workbook, content, forms, date) else {
        return vec![path.problem(Mistake::ReadAs(String::new()))];
    };
    let mut problems = Vec::new();
    let Some(layout) = forms.layout(content.kind) else { return problems };
    let is_computed = |key: &str| layout.field_kind(key).is_some_and(|kind| kind.is_computed);
    compare(&content.fields, Some(&made.fields), &is_computed, &path.member("fields"), &mut problems);
    for (key, rows) in &content.tables {
        let path = path.member("tables").member(key);
        let made = made.tables.get(key).map(Vec::as_slice).unwrap_or_default();
        let columns = layout.table_sheet(key).map(|sheet| sheet.columns.as_slice()).unwrap_or_default();
        let is_computed = |key: &str| columns.iter().any(|column| column.key == key && column.formula.is_some());
        for (index, row) in rows.iter().enumerate() {
            let made = made.get(index).map(|row| &row.fields);
            compare(&row.fields, made, &is_computed, &path.item(index).member("fields"), &mut problems);
        }
    }
    for (key, totals) in &content.totals {
        compare(totals, made.totals.get(key), &|_| true, &path.member("totals").member(key), &mut problems);
    }
    problems
}

fn content_of(workbook: &[u8], content: &FormContent, forms: &Forms<'_>, date: Option<Date>) -> Option<FormContent> {
    let opened = read(Arc::from(workbook), &Limits::default()).ok()?;
    let layout = Arc::new(forms.layout(content.kind)?.clone());
    let recognised = recognise(&opened.workbook, &[layout])?;
    let document = Document::new(Arc::from(""), read_form(&opened.workbook, recognised));
    let figures = date.and_then(|date| forms.figures(date));
    Some(FormContent::of(&document, None, figures.as_ref()))
}

fn compare(
    given: &Fields,
    made: Option<&Fields>,
    is_computed: &dyn Fn(&str) -> bool,
    path: &JsonPath,
    problems: &mut Vec<ImportProblem>,
) {
    for (key, field) in given {
        let made = made.and_then(|made| made.get(key));
        if field.is_empty_text() && made.is_none() || made.is_some_and(|made| is_same(field, made)) {
            continue;
        }
        let read = made.map(shown).unwrap_or_default();
        let is_formulas = is_computed(key) && !field.overridden && made.is_some_and(|made| !made.overridden);
        let mistake = if is_formulas { Mistake::FormulaGives(read) } else { Mistake::ReadAs(read) };
        problems.push(path.member(key).problem(mistake));
    }
}

fn is_same(given: &Field, made: &Field) -> bool {
    let number = |field: &Field| -> Option<Decimal> { field.number() };
    let is_same = given.said == made.said || number(given).is_some_and(|value| number(made) == Some(value));
    is_same && given.overridden == made.overridden
}

fn shown(field: &Field) -> String {
    match &field.said {
        Said::Value { value: FieldValue::Text(text) }
        | Said::Written { written: text, .. }
        | Said::Masked { masked: text } => quotable(text),
        Said::Value { value: FieldValue::YesNo(yes) } => yes.to_string(),
    }
}
