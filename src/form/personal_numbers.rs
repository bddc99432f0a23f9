//! Finds what looks like a CPR number anywhere in a workbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::value::{Value, cell_holds_cpr, show};
use super::{Content, Form, Origin};
use crate::workbook::{CellAddress, CellValue, Sheet, Workbook};

/// Every cell of the workbook, hidden sheets included, that holds what looks like a CPR number.
///
/// A cell that was read as a P-number is none: both are ten digits.
pub fn find(workbook: &Workbook, form: &Form) -> Vec<Origin> {
    let known: BTreeMap<(&str, CellAddress), &super::Reading> =
        form.readings().map(|reading| ((&*reading.origin.sheet, reading.origin.cell), reading)).collect();
    let mut found = Vec::new();
    for sheet in &workbook.sheets {
        for address in suspects(sheet, workbook) {
            match known.get(&(sheet.name.as_str(), address)) {
                Some(reading) if matches!(reading.content, Content::Value(Value::PNumber(_) | Value::Number(_))) => {}
                Some(reading) => found.push(reading.origin.clone()),
                None => {
                    found.push(Origin { sheet: sheet.name.as_str().into(), cell: address, label: Arc::from("") });
                }
            }
        }
    }
    found
}

fn suspects<'w>(sheet: &'w Sheet, workbook: &'w Workbook) -> impl Iterator<Item = CellAddress> + 'w {
    let holds = |value: &CellValue| match value {
        // Too short to hold ten digits: most cells, told apart without looking.
        CellValue::Text(text) => text.len() >= 10 && cell_holds_cpr(value, text),
        CellValue::Number(_) | CellValue::Date(_) => cell_holds_cpr(value, &show(value, workbook.date_system)),
        _ => false,
    };
    sheet.cells().iter().filter(move |cell| holds(&cell.value)).map(|cell| cell.address)
}
