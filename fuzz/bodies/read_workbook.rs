//! Reading: whatever the bytes, an error or a workbook within the limits.

use std::sync::Arc;

use sporskifte::workbook::{Cell, CellAddress, CellValue, Sheet, Workbook, read, read_first_sheet, recognise};

use super::package_of_parts::{SMALL, file_of};

pub fn read_workbook(input: &[u8]) {
    let file: Arc<[u8]> = file_of(input).into();
    let Ok(opened) = read(Arc::clone(&file), &SMALL) else {
        return;
    };
    assert_eq!(recognise(&file, &SMALL), Ok(opened.workbook.format), "it is what it was read as");
    assert_within_limits(&opened.workbook);
    if let Some(first) = read_first_sheet(&file, &SMALL).expect("the first sheet is read where all are") {
        let cells = |workbook: &Workbook| workbook.sheets.first().map(|sheet| sheet.cells().to_vec());
        assert_eq!(cells(&first), cells(&opened.workbook), "the first sheet alone is the first of all");
    }
}

fn assert_within_limits(workbook: &Workbook) {
    assert!(workbook.sheets.len() <= SMALL.sheets);
    assert!(workbook.sheets.iter().map(|sheet| sheet.cells().len()).sum::<usize>() <= SMALL.cells);
    for sheet in &workbook.sheets {
        assert!(sheet.merged.len() <= SMALL.merged_ranges);
        assert_in_order(sheet);
        sheet.cells().iter().for_each(assert_is_a_cell);
    }
}

fn assert_in_order(sheet: &Sheet) {
    assert!(sheet.cells().is_sorted_by(|one, next| one.address < next.address), "cells in order, each once");
    for cell in sheet.cells() {
        assert_eq!(sheet.cell(cell.address), Some(cell));
    }
}

fn assert_is_a_cell(cell: &Cell) {
    assert!(cell.address.row < CellAddress::ROWS && cell.address.column < CellAddress::COLUMNS);
    assert_eq!(cell.address.to_string().parse(), Ok(cell.address));
    assert!(cell.value != CellValue::Empty || cell.formula.is_some(), "{}: a cell that is nothing", cell.address);
    if let CellValue::Text(text) = &cell.value {
        assert!(
            !text.is_empty() || cell.formula.is_some(),
            "{}: only a formula gives a text that is empty",
            cell.address
        );
        assert!(text.chars().count() <= SMALL.text_chars);
    }
}
