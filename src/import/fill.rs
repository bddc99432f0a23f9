//! What a form says as data, as it is typed into the blank form.

use crate::export::{Field, FieldValue, Fields, FormContent, Said, WrittenAs};
use crate::form::{FieldType, Layout};
use crate::template::{Entry, Filling, Row};

/// What is typed in; computed fields are left to the form's formulas, save those that are the sender's own.
pub fn filling_of(content: &FormContent, layout: &Layout) -> Filling {
    let mut filling = Filling::default();
    let below = layout.sheets.iter().flat_map(|sheet| &sheet.summary);
    let below = below.map(|field| (&field.key, field.field_type, field.formula.is_some()));
    let beside = layout.fields().map(|field| (&field.key, field.field_type, false));
    for (key, field_type, is_computed) in beside.chain(below) {
        if let Some(entry) = typed(&content.fields, key, field_type, is_computed) {
            filling.fields.insert(key.clone(), entry);
        }
    }
    for sheet in &layout.sheets {
        let Some(table) = &sheet.table else { continue };
        let rows = content.tables.get(&table.key).into_iter().flatten().map(|row| {
            let columns = sheet.columns.iter();
            let entries = columns.filter_map(|column| {
                let entry = typed(&row.fields, &column.key, column.field_type, column.formula.is_some())?;
                Some((column.key.clone(), entry))
            });
            entries.collect::<Row>()
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            filling.tables.insert(table.key.clone(), rows);
        }
        let Some(totals) = content.totals.get(&table.key) else { continue };
        for column in sheet.columns.iter().filter(|column| column.sum) {
            if let Some(entry) = typed(totals, &column.key, column.field_type, true) {
                filling.totals.insert((table.key.clone(), column.key.clone()), entry);
            }
        }
    }
    filling
}

fn typed(fields: &Fields, key: &str, field_type: FieldType, is_computed: bool) -> Option<Entry> {
    let field = fields.get(key).filter(|field| field.overridden || !is_computed)?;
    Some(entry(field, field_type))
}

fn entry(field: &Field, field_type: FieldType) -> Entry {
    match &field.said {
        Said::Value { value: FieldValue::YesNo(yes) } => Entry::YesNo(*yes),
        Said::Value { value: FieldValue::Text(text) } => value_entry(text, field_type),
        Said::Written { written, written_as } => match written_as {
            WrittenAs::Text => Entry::Text(written.clone()),
            WrittenAs::Number => number_entry(written),
            WrittenAs::Error => Entry::Error(written.clone()),
            WrittenAs::NoResult => Entry::NoResult,
        },
        Said::Masked { masked } => Entry::Text(masked.clone()),
    }
}

fn value_entry(text: &str, field_type: FieldType) -> Entry {
    match field_type {
        FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => number_entry(text),
        FieldType::Date => text.parse().map_or_else(|_| Entry::Text(text.to_owned()), Entry::Date),
        _ => Entry::Text(text.to_owned()),
    }
}

fn number_entry(text: &str) -> Entry {
    text.parse().map_or_else(|_| Entry::Text(text.to_owned()), Entry::Number)
}
