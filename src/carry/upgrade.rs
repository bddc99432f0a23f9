//! From any known edition of a form to the current one.

use super::transfer::{Transfer, column_to_fill, field_to_fill, text_of};
use super::{Carried, Reason};
use crate::form::{Form, Layout, Reading, SheetLayout, Table};
use crate::template::Row;

/// Carries a filled form into the current edition of it.
pub fn upgrade(form: &Form, current: &Layout) -> Carried {
    let mut transfer = Transfer::new(form);
    for sheet in &form.layout.sheets {
        for field in &sheet.fields {
            transfer.field(&field.key, field_to_fill(current, &field.key));
        }
        carry_table(&mut transfer, form, sheet, current);
        for field in &sheet.summary {
            match &field.formula {
                None => transfer.field(&field.key, field_to_fill(current, &field.key)),
                Some(_) => leave_typed(&mut transfer, form.field(&field.key)),
            }
        }
    }
    leave_surroundings(&mut transfer, form);
    transfer.carried
}

fn carry_table(transfer: &mut Transfer<'_>, form: &Form, sheet: &SheetLayout, current: &Layout) {
    let Some(key) = sheet.table.as_ref().map(|table| table.key.as_str()) else { return };
    let Some(table) = form.table(key) else { return };
    let room = match current.table_sheet(key).and_then(|sheet| sheet.table.as_ref()) {
        Some(table) => table.capacity.and_then(|rows| usize::try_from(rows).ok()).unwrap_or(usize::MAX),
        None => 0,
    };
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let mut carried = Row::new();
        for column in &sheet.columns {
            let reading = table.cell(row, &column.key);
            if place >= room {
                let typed = reading.filter(|_| column.formula.is_none() && column.key != "nr");
                if let Some(reading) = typed {
                    transfer.leave_reading(reading, Reason::NoRoom);
                }
            } else if column.formula.is_some() {
                leave_typed(transfer, reading);
            } else {
                let target = column_to_fill(current, key, &column.key);
                transfer.cell(&mut carried, &column.key, reading, target);
            }
        }
        if place < room {
            rows.push(carried);
        }
    }
    if !rows.is_empty() {
        transfer.carried.filling.tables.insert(key.to_owned(), rows);
    }
    leave_totals(transfer, sheet, table);
}

/// Lists what was typed into the totals row.
fn leave_totals(transfer: &mut Transfer<'_>, sheet: &SheetLayout, table: &Table) {
    let Some(totals) = &table.totals else { return };
    let words = sheet.table.as_ref().and_then(|table| table.totals_label.as_deref()).unwrap_or_default();
    for column in &sheet.columns {
        let Some(reading) = table.cell(totals, &column.key) else { continue };
        if column.sum {
            leave_typed(transfer, Some(reading));
        } else if reading.formula.is_none() && text_of(&reading.content).trim() != words {
            transfer.leave_reading(reading, Reason::NoField);
        }
    }
}

/// Lists a value in a computed cell that no formula gave.
fn leave_typed(transfer: &mut Transfer<'_>, reading: Option<&Reading>) {
    if let Some(reading) = reading.filter(|reading| reading.formula.is_none()) {
        transfer.leave_reading(reading, Reason::TypedOver);
    }
}

fn leave_surroundings(transfer: &mut Transfer<'_>, form: &Form) {
    let other = form.surroundings.other_sheets.iter().map(|sheet| &sheet.quoted);
    for stray in form.surroundings.stray_values.iter().chain(other) {
        transfer.leave(&stray.origin, &stray.text, Reason::NoField);
    }
}
