//! The JSON Schema of exports: generated from the types, and from the layouts of the forms that come with the program.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use super::content::FormContent;
use super::document::CaseExport;
use crate::form::{Column, FieldType, Layout, SheetLayout};

/// The schema of a case, and of a document of cases.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = generator.into_root_schema_for::<CaseExport>();
    let mut schema = schema.to_value();
    if let Some(members) = schema.as_object_mut() {
        members.insert("$id".to_owned(), json!(super::CASE_SCHEMA));
        members.insert("title".to_owned(), json!("A case of the Sporskifteordning"));
    }
    schema
}

impl JsonSchema for FormContent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Form".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        // The layouts are the program's own, and a test holds them to be readable.
        let layouts = Layout::embedded().unwrap_or_default();
        let forms: Vec<Value> = layouts.iter().map(form).collect();
        json_schema!({ "description": "What one of the three forms says.", "oneOf": forms })
    }
}

fn form(layout: &Layout) -> Value {
    let below = layout.sheets.iter().flat_map(|sheet| &sheet.summary);
    let below =
        below.map(|field| (field.key.as_str(), &*field.label, field.field_type, &[][..], field.formula.is_some()));
    let beside = layout.fields();
    let beside =
        beside.map(|field| (field.key.as_str(), &*field.label, field.field_type, field.choices.as_slice(), false));
    let fields: Map<String, Value> = beside
        .chain(below)
        .map(|(key, label, of, choices, computed)| (key.to_owned(), field(label, of, choices, computed)))
        .collect();
    let amounts = amounts();
    let tables: Map<String, Value> =
        with_table(layout).map(|(key, sheet)| (key.to_owned(), rows(sheet, &amounts))).collect();
    let totals: Map<String, Value> = with_table(layout)
        .filter(|(_, sheet)| sheet.table.as_ref().is_some_and(|table| table.totals_label.is_some()))
        .map(|(key, sheet)| (key.to_owned(), columns(sheet, |column| column.sum)))
        .collect();
    json!({
        "type": "object",
        "description": layout.title,
        "required": ["kind"],
        "additionalProperties": false,
        "properties": {
            "kind": { "const": layout.kind.name() },
            "fields": object("The fields beside a label and below a table; those that are empty are left out.", &fields),
            "tables": object("The rows in use of each table.", &tables),
            "totals": object("The sums in the totals row of each table.", &totals),
            "recalculated": amounts,
        },
    })
}

fn with_table(layout: &Layout) -> impl Iterator<Item = (&str, &SheetLayout)> {
    layout.sheets.iter().filter_map(|sheet| Some((sheet.table.as_ref()?.key.as_str(), sheet)))
}

fn rows(sheet: &SheetLayout, amounts: &Value) -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["fields"],
            "additionalProperties": false,
            "properties": { "fields": columns(sheet, |_| true), "recalculated": amounts },
        },
    })
}

fn columns(sheet: &SheetLayout, is_wanted: impl Fn(&Column) -> bool) -> Value {
    let wanted = sheet.columns.iter().filter(|column| is_wanted(column));
    let fields = wanted.map(|column| {
        let is_computed = column.formula.is_some();
        (column.key.clone(), field(&column.label, column.field_type, &column.choices, is_computed))
    });
    object("Fields by key; those that are empty are left out.", &fields.collect())
}

fn object(description: &str, properties: &Map<String, Value>) -> Value {
    json!({ "type": "object", "description": description, "additionalProperties": false, "properties": properties })
}

/// Recalculated amounts by key.
fn amounts() -> Value {
    json!({
        "type": "object",
        "description": "Amounts in kroner, recalculated.",
        "additionalProperties": { "type": "string", "pattern": DECIMAL },
    })
}

/// A decimal number as text.
const DECIMAL: &str = "^-?[0-9]+(\\.[0-9]+)?$";

fn field(label: &str, field_type: FieldType, choices: &[String], is_computed: bool) -> Value {
    let value = match field_type {
        FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => {
            json!({ "type": "string", "pattern": DECIMAL })
        }
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::YesNo => json!({ "type": "boolean" }),
        FieldType::Choice => json!({ "enum": choices }),
        FieldType::Cvr => json!({ "type": "string", "pattern": "^[0-9]{8}$" }),
        FieldType::PNumber => json!({ "type": "string", "pattern": "^[0-9]{10}$" }),
        FieldType::Industry => json!({ "type": "string", "pattern": "^[0-9]{6}$" }),
        FieldType::Text | FieldType::Email => json!({ "type": "string" }),
    };
    let mut properties = json!({
        "value": value,
        "written": { "type": "string" },
        "as": { "enum": ["text", "number", "error", "no-result"] },
        "masked": { "type": "string" },
        "cell": { "type": "string" },
    });
    if is_computed && let Some(members) = properties.as_object_mut() {
        members.insert("overridden".to_owned(), json!({ "type": "boolean" }));
        members.insert("formula".to_owned(), json!({ "type": "string" }));
    }
    json!({
        "type": "object",
        "description": label,
        "additionalProperties": false,
        "properties": properties,
        "oneOf": [{ "required": ["value"] }, { "required": ["written"] }, { "required": ["masked"] }],
    })
}
