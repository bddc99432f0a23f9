//! A layout and a filling become a draft: the sheets of fields, and the order of the rest.

use super::TemplateError;
use super::calculated::Calculated;
use super::draft::{Content, Draft, DraftSheet};
use super::filling::{Entry, Filling};
use super::formula::{CellRange, SheetId};
use super::places::Places;
use super::rate_sheet::compose_rates;
use super::style::{NumberFormat, Role, Style};
use super::table_sheet::compose_table;
use super::validation::{Allowed, InputRule};
use crate::form::{Field, FieldType, Layout, SheetLayout};
use crate::parameters::Resolved;
use crate::workbook::CellAddress;

/// The hidden sheet with the choices that do not fit into a drop-down's own rule.
pub const LIST_SHEET_NAME: &str = "Lister";

/// What every sheet of a form is made from.
pub(super) struct Form<'f> {
    pub(super) layout: &'f Layout,
    pub(super) parameters: Option<&'f Resolved<'f>>,
    pub(super) filling: &'f Filling,
    pub(super) places: Places<'f>,
    pub(super) calculated: Calculated,
}

/// The draft of a form: every label, every value filled in, every formula with its result.
pub fn compose(layout: &Layout, parameters: Option<&Resolved<'_>>, filling: &Filling) -> Result<Draft, TemplateError> {
    check_keys(layout, filling)?;
    let places = Places::new(layout, filling)?;
    let calculated = Calculated::new(layout, parameters, filling)?;
    let form = Form { layout, parameters, filling, places, calculated };
    let mut draft = Draft { title: layout.title.clone(), ..Draft::default() };
    let mut lists = DraftSheet::new(SheetId(layout.sheets.len()), LIST_SHEET_NAME);
    for (index, sheet_layout) in layout.sheets.iter().enumerate() {
        let mut sheet = DraftSheet::new(SheetId(index), &sheet_layout.name);
        let title = sheet_layout.title.as_ref().unwrap_or(&layout.title);
        sheet.put_text(CellAddress::new(0, 0), title, Style::of(Role::Title));
        sheet.heights.insert(0, 24);
        if !sheet_layout.fields.is_empty() {
            compose_fields(&form, sheet_layout, &mut sheet, &mut draft.names);
        }
        compose_table(&form, sheet_layout, &mut sheet, &mut lists)?;
        compose_rates(&form, sheet_layout, &mut sheet, &mut draft.names);
        draft.sheets.push(sheet);
    }
    if !lists.cells.is_empty() {
        lists.hidden = true;
        draft.sheets.push(lists);
    }
    Ok(draft)
}

/// A sheet of fields: marker, intro, then label, value and help side by side.
fn compose_fields(
    form: &Form<'_>,
    sheet_layout: &SheetLayout,
    sheet: &mut DraftSheet,
    names: &mut Vec<(String, CellRange)>,
) {
    sheet.put_text(CellAddress::new(1, 0), form.layout.marker(), Style::of(Role::Remark));
    sheet.put_text(CellAddress::new(2, 0), &form.layout.intro, Style::of(Role::Remark));
    sheet.landscape = true;
    sheet.widths.extend([(0, 52), (1, 40), (2, 76)]);
    for field in &sheet_layout.fields {
        let Some((_, address)) = form.places.field(&field.key) else { continue };
        sheet.heights.insert(address.row, 20);
        sheet.put_text(CellAddress::new(address.row, 0), &*field.label, Style::of(Role::Label));
        let style = Style::with(Role::FieldInput, number_format(field.field_type));
        sheet.put(address, content(form.filling.fields.get(&field.key)), style);
        if let Some(help) = &field.help {
            sheet.put_text(address.right(1), help, Style::of(Role::Help));
        }
        let cell = CellRange::cell(sheet.id, address);
        sheet.rules.push(field_rule(field, cell));
        names.extend(field.name.iter().map(|name| (name.clone(), cell)));
    }
}

fn field_rule(field: &Field, range: CellRange) -> InputRule {
    InputRule {
        range,
        allowed: Allowed::in_field(field.field_type, &field.choices),
        title: field.label.to_string(),
        message: message(field.required, field.help.as_deref()),
    }
}

/// What a person is told beside a cell.
pub(super) fn message(required: bool, help: Option<&str>) -> String {
    let must = if required { "Skal udfyldes." } else { "" };
    format!("{must} {}", help.unwrap_or_default()).trim().to_owned()
}

/// The content of a cell to fill in.
pub(super) fn content(entry: Option<&Entry>) -> Content {
    entry.map_or(Content::Blank, Content::from)
}

/// How a field of a type shows its value.
pub(super) fn number_format(field_type: FieldType) -> NumberFormat {
    match field_type {
        FieldType::Number | FieldType::Hours => NumberFormat::General,
        FieldType::Whole => NumberFormat::Whole,
        FieldType::Amount => NumberFormat::Amount,
        FieldType::Date => NumberFormat::Date,
        FieldType::Text
        | FieldType::YesNo
        | FieldType::Choice
        | FieldType::Cvr
        | FieldType::PNumber
        | FieldType::Industry
        | FieldType::Email => NumberFormat::Text,
    }
}

/// Refuses a filling with keys that the form does not have.
fn check_keys(layout: &Layout, filling: &Filling) -> Result<(), TemplateError> {
    let is_field = |key: &String| {
        let mut sheets = layout.sheets.iter();
        sheets.any(|sheet| {
            sheet.fields.iter().any(|field| field.key == *key) || sheet.summary.iter().any(|field| field.key == *key)
        })
    };
    if let Some(key) = filling.fields.keys().find(|key| !is_field(key)) {
        return Err(TemplateError::UnknownKey(key.clone()));
    }
    for (table, rows) in &filling.tables {
        let sheet = layout.table_sheet(table).ok_or_else(|| TemplateError::UnknownTable(table.clone()))?;
        let is_column = |key: &String| sheet.columns.iter().any(|column| column.key == *key);
        if let Some(key) = rows.iter().flat_map(|row| row.keys()).find(|key| !is_column(key)) {
            return Err(TemplateError::UnknownKey(format!("{table}.{key}")));
        }
    }
    Ok(())
}
