//! Workbooks made on the fly are read back exactly.

use std::sync::Arc;

use rust_xlsxwriter::{Format, Formula, Workbook as Writer};
use sporskifte::workbook::{CellValue, DateSystem, Limits, OpenWorkbook, WorkbookFormat, read};

fn open(bytes: Vec<u8>) -> OpenWorkbook {
    read(Arc::from(bytes), &Limits::default()).unwrap()
}

fn value<'a>(open: &'a OpenWorkbook, sheet: &str, address: &str) -> &'a CellValue {
    let sheet = open.workbook.sheet(sheet).unwrap();
    &sheet.cell(address.parse().unwrap()).unwrap().value
}

fn number(text: &str) -> CellValue {
    CellValue::Number(text.parse().unwrap())
}

#[test]
fn values_of_every_kind_come_back() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("Budget").unwrap();
    sheet.write(0, 0, "Medarbejder-ID æøå").unwrap();
    sheet.write(0, 1, 1446.375).unwrap();
    sheet.write(0, 2, 0.1 + 0.2).unwrap();
    sheet.write(0, 3, true).unwrap();
    sheet.write_formula(5, 20, Formula::new("SUM(A1:B2)").set_result("12.5")).unwrap();
    sheet.write_with_format(6, 0, 46053, &Format::new().set_num_format("dd-mm-yyyy")).unwrap();
    sheet.write_blank(7, 0, &Format::new().set_bold()).unwrap();
    let open = open(writer.save_to_buffer().unwrap());

    assert_eq!(open.workbook.format, WorkbookFormat::Xlsx);
    assert_eq!(open.workbook.date_system, DateSystem::From1900);
    assert!(open.package.is_some());
    assert_eq!(value(&open, "Budget", "A1"), &CellValue::Text("Medarbejder-ID æøå".into()));
    assert_eq!(value(&open, "Budget", "B1"), &number("1446.375"));
    assert_eq!(value(&open, "Budget", "C1"), &number("0.3"));
    assert_eq!(value(&open, "Budget", "D1"), &CellValue::Bool(true));
    assert_eq!(value(&open, "Budget", "U6"), &number("12.5"));
    assert_eq!(value(&open, "Budget", "A7"), &CellValue::Date("46053".parse().unwrap()));
    let sheet = open.workbook.sheet("Budget").unwrap();
    assert_eq!(sheet.cell("U6".parse().unwrap()).unwrap().formula.as_deref(), Some("SUM(A1:B2)"));
    assert_eq!(sheet.cells().len(), 6, "a formatted cell without a value is left out");
}
