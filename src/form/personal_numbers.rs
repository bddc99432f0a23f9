//! Finds what looks like a CPR number anywhere in a workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::value::{Value, cell_holds_cpr, show};
use super::{Content, Form, Origin, Reading};
use crate::identity::holds_cpr;
use crate::workbook::{Cell, CellAddress, CellValue, Sheet, Workbook};

/// Every cell of the workbook, hidden sheets included, that holds what looks like a CPR number.
///
/// A cell that was read as a P-number is none, nor is that number elsewhere: both are ten digits.
pub fn find(workbook: &Workbook, form: &Form) -> Vec<Origin> {
    let sheets = workbook.sheets.iter();
    let suspects = sheets.flat_map(|sheet| suspects(sheet, workbook).map(|cell| (sheet.name.as_str(), cell)));
    let suspects: Vec<(&str, &Cell)> = suspects.collect();
    if suspects.is_empty() {
        return Vec::new();
    }
    let units = p_numbers(form);
    let suspects = suspects.into_iter().filter(|(_, cell)| !is_unit(cell, &units, workbook));
    let suspects: Vec<(&str, CellAddress)> = suspects.map(|(sheet, cell)| (sheet, cell.address)).collect();
    // Few cells are suspects, and many are read: these are looked up among those, not the other way round.
    let mut known: BTreeMap<(&str, CellAddress), Option<&Reading>> =
        suspects.iter().map(|cell| (*cell, None)).collect();
    for reading in form.readings().filter(|reading| !reading.is_empty()) {
        if let Some(known) = known.get_mut(&(&*reading.origin.sheet, reading.origin.cell)) {
            *known = Some(reading);
        }
    }
    let mut found = Vec::new();
    for (sheet, cell) in suspects {
        match known.get(&(sheet, cell)).copied().flatten() {
            Some(reading) if matches!(reading.content, Content::Value(Value::PNumber(_) | Value::Number(_))) => {}
            Some(reading) => found.push(reading.origin.clone()),
            None => found.push(Origin { sheet: sheet.into(), cell, label: Arc::from("") }),
        }
    }
    found
}

/// The P-numbers that the form gives.
fn p_numbers(form: &Form) -> BTreeSet<String> {
    let numbers = form.readings().filter_map(|reading| match &reading.content {
        Content::Value(Value::PNumber(number)) => Some(number.to_string()),
        _ => None,
    });
    numbers.collect()
}

/// Whether what looks like a CPR number in a cell is a P-number that the form gives.
fn is_unit(cell: &Cell, known: &BTreeSet<String>, workbook: &Workbook) -> bool {
    let shown = show(&cell.value, workbook.date_system);
    let without = known.iter().fold(shown.clone(), |text, number| without_number(&text, number));
    without != shown && !holds_cpr(&without)
}

/// The text without a number, where that stands alone and is no part of a longer one.
fn without_number(text: &str, number: &str) -> String {
    let is_digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once(number) {
        let is_part = is_digit(before.chars().next_back()) || is_digit(after.chars().next());
        kept.push_str(before);
        kept.push_str(if is_part { number } else { "P" });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Below this a number has fewer digits than a CPR number, and one that is a date is shown as a day.
const TOO_FEW_DIGITS: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

fn suspects<'w>(sheet: &'w Sheet, workbook: &'w Workbook) -> impl Iterator<Item = &'w Cell> + 'w {
    let holds = |value: &CellValue| match value {
        // Too short to hold ten digits: most cells, told apart without looking.
        CellValue::Text(text) | CellValue::Error(text) | CellValue::OutOfRange(text) => {
            text.len() >= 10 && cell_holds_cpr(value, text)
        }
        CellValue::Number(number) | CellValue::Date(number) => {
            number.abs() >= TOO_FEW_DIGITS && cell_holds_cpr(value, &show(value, workbook.date_system))
        }
        _ => false,
    };
    sheet.cells().iter().filter(move |cell| holds(&cell.value))
}
