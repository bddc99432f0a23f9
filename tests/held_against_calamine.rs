//! Our reader of Office Open XML, held against calamine's on every committed workbook: the same cells, values and formulas.

// The lints know tests, but not the helpers of tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, Xlsx};
use sporskifte::workbook::{CellAddress, CellValue, Limits, Sheet, read};
use walkdir::WalkDir;

/// What calamine finds in a cell: its value as we would have it, and its formula.
type Theirs = BTreeMap<CellAddress, (CellValue, Option<String>)>;

#[test]
fn every_committed_workbook_reads_as_calamine_reads_it() {
    let (mut compared, mut cells) = (0, 0);
    for path in workbooks() {
        let bytes: Arc<[u8]> = std::fs::read(&path).unwrap().into();
        // What calamine cannot open (damaged, or no workbook) has tests of its own.
        let Ok(mut theirs) = Xlsx::new(Cursor::new(&*bytes)) else { continue };
        let open = read(Arc::clone(&bytes), &Limits::default()).unwrap();
        compared += 1;
        for sheet in &open.workbook.sheets {
            let theirs = their_cells(&mut theirs, &sheet.name);
            assert_eq!(our_cells(sheet), theirs, "{} {}", path.display(), sheet.name);
            cells += theirs.len();
        }
    }
    assert!(compared >= 50 && cells >= 15_000, "{compared} workbooks, {cells} cells");
}

fn workbooks() -> Vec<PathBuf> {
    let folders = ["samples", "templates", "tests/files", "tests/fidelity/files"];
    let entries = folders.iter().flat_map(|folder| WalkDir::new(folder).sort_by_file_name());
    let is_workbook = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ["xlsx", "xlsm", "xltx"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    entries.map(|entry| entry.unwrap().into_path()).filter(is_workbook).collect()
}

/// calamine does not tell a formula that gives a text without characters from one without a result.
fn our_cells(sheet: &Sheet) -> Theirs {
    let value = |value: &CellValue| if value.is_nothing() { CellValue::Empty } else { value.clone() };
    sheet.cells().iter().map(|cell| (cell.address, (value(&cell.value), cell.formula.clone()))).collect()
}

fn their_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Theirs {
    let mut cells = Theirs::new();
    let mut reader = workbook.worksheet_cells_reader(sheet).unwrap();
    while let Some(cell) = reader.next_cell_with_formula().unwrap() {
        let value = as_ours(&cell.value);
        if value != CellValue::Empty || cell.formula.is_some() {
            cells.insert(CellAddress::new(cell.pos.0, cell.pos.1), (value, cell.formula));
        }
    }
    cells
}

/// A value of calamine's as one of ours; numbers by their shortest text of at most 15 digits.
fn as_ours(value: &DataRef<'_>) -> CellValue {
    let decimal = |number: f64| {
        let rounded: f64 = format!("{number:.14e}").parse().unwrap();
        rounded.to_string().parse().unwrap()
    };
    match value {
        DataRef::Empty | DataRef::SharedString("") => CellValue::Empty,
        DataRef::Int(number) => CellValue::Number((*number).into()),
        DataRef::Float(number) => CellValue::Number(decimal(*number)),
        DataRef::DateTime(days) => CellValue::Date(decimal(days.as_f64())),
        DataRef::Bool(value) => CellValue::Bool(*value),
        DataRef::Error(error) => CellValue::Error(error.to_string()),
        DataRef::SharedString(text) => CellValue::Text((*text).to_owned()),
        DataRef::String(text) if text.is_empty() => CellValue::Empty,
        DataRef::String(text) => CellValue::Text(text.clone()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            panic!("an ISO date in a committed workbook: {text}")
        }
    }
}
