//! Workbooks of every kind are read back exactly.

// The lints know tests, but not the helpers of tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use rust_xlsxwriter::{Format, Formula, Workbook as Writer};
use sporskifte::workbook::{
    Cell, CellAddress, CellValue, DateSystem, Limits, MergedRange, OpenWorkbook, Quantity, ReadError, Sheet,
    WorkbookFormat, read,
};

fn open(bytes: Vec<u8>) -> OpenWorkbook {
    read(Arc::from(bytes), &Limits::default()).unwrap()
}

fn written(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    fill(&mut writer);
    writer.save_to_buffer().unwrap()
}

fn at(address: &str) -> CellAddress {
    address.parse().unwrap()
}

/// A cell's value and formula; what is not there is empty.
fn cell(open: &OpenWorkbook, sheet: &str, address: &str) -> (CellValue, Option<String>) {
    let sheet = open.workbook.sheet(sheet).unwrap();
    sheet.cell(at(address)).map_or((CellValue::Empty, None), |cell| (cell.value.clone(), cell.formula.clone()))
}

fn value(open: &OpenWorkbook, sheet: &str, address: &str) -> CellValue {
    cell(open, sheet, address).0
}

/// All cells of all sheets.
fn cells(open: &OpenWorkbook) -> Vec<&Cell> {
    open.workbook.sheets.iter().flat_map(Sheet::cells).collect()
}

fn number(text: &str) -> CellValue {
    CellValue::Number(text.parse().unwrap())
}

fn date(days: &str) -> CellValue {
    CellValue::Date(days.parse().unwrap())
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

#[test]
fn values_of_every_kind_come_back() {
    let open = open(written(|writer| {
        let sheet = writer.add_worksheet().set_name("Budget").unwrap();
        sheet.write(0, 0, "Medarbejder-ID æøå <&>").unwrap();
        sheet.write(0, 1, 1446.375).unwrap();
        sheet.write(0, 2, 0.1 + 0.2).unwrap();
        sheet.write(0, 3, true).unwrap();
        sheet.write(0, 4, 1e300).unwrap();
        let bold = Format::new().set_bold();
        sheet.write_rich_string(1, 0, &[(&bold, "Time"), (&Format::new(), "løn")]).unwrap();
        sheet.write_with_format(2, 0, 46053, &Format::new().set_num_format("dd-mm-yyyy")).unwrap();
        sheet.write_blank(3, 0, &bold).unwrap();
    }));
    assert_eq!(open.workbook.format, WorkbookFormat::Xlsx);
    assert_eq!(open.workbook.date_system, DateSystem::From1900);
    assert!(open.package.is_some(), "an xlsx can be annotated");
    assert_eq!(value(&open, "Budget", "A1"), text("Medarbejder-ID æøå <&>"));
    assert_eq!(value(&open, "Budget", "B1"), number("1446.375"));
    assert_eq!(value(&open, "Budget", "C1"), number("0.3"));
    assert_eq!(value(&open, "Budget", "D1"), CellValue::Bool(true));
    assert_eq!(value(&open, "Budget", "E1"), CellValue::OutOfRange("1E300".into()));
    assert_eq!(value(&open, "Budget", "A2"), text("Timeløn"));
    assert_eq!(value(&open, "Budget", "A3"), date("46053"));
    let count = open.workbook.sheet("Budget").unwrap().cells().len();
    assert_eq!(count, 7, "a formatted cell without a value is left out");
}

#[test]
fn formulas_keep_their_text_and_stored_result() {
    let open = open(written(|writer| {
        let sheet = writer.add_worksheet().set_name("Budget").unwrap();
        sheet.write_formula(5, 20, Formula::new("SUM(A1:B2)").set_result("12.5")).unwrap();
        sheet.write_formula(6, 20, Formula::new(r#"A1&"<x>""#).set_result("tekst")).unwrap();
        sheet.write_formula(7, 20, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    }));
    assert_eq!(cell(&open, "Budget", "U6"), (number("12.5"), Some("SUM(A1:B2)".into())));
    assert_eq!(cell(&open, "Budget", "U7"), (text("tekst"), Some(r#"A1&"<x>""#.into())));
    assert_eq!(cell(&open, "Budget", "U8"), (CellValue::Error("#DIV/0!".into()), Some("1/0".into())));
}

#[test]
fn hidden_sheets_are_told_and_chart_sheets_are_skipped() {
    let open = open(written(|writer| {
        writer.add_worksheet().set_name("Stamdata").unwrap().write(0, 0, 1).unwrap();
        writer.add_worksheet().set_name("Skjult").unwrap().set_hidden(true).write(0, 0, 1).unwrap();
        writer.add_worksheet().set_name("Meget skjult").unwrap().set_very_hidden(true);
        let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Line);
        chart.add_series().set_values("Stamdata!$A$1:$A$2");
        writer.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    }));
    let sheets: Vec<(&str, bool)> = open.workbook.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
    assert_eq!(sheets, [("Stamdata", false), ("Skjult", true), ("Meget skjult", true)]);
}

#[test]
fn merged_regions_lead_past_themselves() {
    let open = open(written(|writer| {
        let sheet = writer.add_worksheet().set_name("Stamdata").unwrap();
        sheet.merge_range(2, 1, 3, 3, "Virksomhedens navn", &Format::new()).unwrap();
    }));
    let sheet = open.workbook.sheet("Stamdata").unwrap();
    assert_eq!(sheet.merged, [MergedRange::new(at("B3"), at("D4")).unwrap()]);
    assert_eq!(sheet.anchor(at("D4")), at("B3"));
    assert_eq!(sheet.right_of(at("B3")), at("E3"));
}

#[test]
fn a_workbook_of_libreoffice_reads_the_same_in_every_format() {
    for (bytes, format) in [
        (include_bytes!("files/libreoffice.xlsx").as_slice(), WorkbookFormat::Xlsx),
        (include_bytes!("files/libreoffice.ods").as_slice(), WorkbookFormat::Ods),
        (include_bytes!("files/libreoffice.xls").as_slice(), WorkbookFormat::Xls),
    ] {
        let open = open(bytes.to_vec());
        assert_eq!(open.workbook.format, format);
        assert_eq!(open.package.is_some(), format == WorkbookFormat::Xlsx, "{format:?}");
        let sheets: Vec<(&str, bool)> = open.workbook.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
        assert_eq!(sheets, [("Stamdata", false), ("Skjult", true)], "{format:?}");
        assert_eq!(value(&open, "Stamdata", "A3"), text("Ansøgningsdato"), "{format:?}");
        assert_eq!(value(&open, "Stamdata", "B3"), date("46053"), "{format:?}");
        assert_eq!(value(&open, "Stamdata", "B5"), number("312.55"), "{format:?}");
        assert_eq!(value(&open, "Stamdata", "B6"), number("625.1"), "{format:?}");
        assert_eq!(value(&open, "Stamdata", "B7"), CellValue::Error("#DIV/0!".into()), "{format:?}");
        assert_eq!(cell(&open, "Stamdata", "B9"), (number("0.3"), Some("0.1+0.2".into())), "{format:?}");
        assert_eq!(value(&open, "Skjult", "C3"), text("gemt"), "{format:?}");
        let merged = &open.workbook.sheet("Stamdata").unwrap().merged;
        assert_eq!(merged, &[MergedRange::new(at("A1"), at("C1")).unwrap()], "{format:?}");
    }
}

#[test]
fn every_format_keeps_to_the_limit_of_cells() {
    let limits = Limits { cells: 3, ..Limits::default() };
    for bytes in [
        include_bytes!("files/libreoffice.xlsx").as_slice(),
        include_bytes!("files/libreoffice.ods").as_slice(),
        include_bytes!("files/libreoffice.xls").as_slice(),
    ] {
        let error = read(Arc::from(bytes), &limits).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { what: Quantity::Cells | Quantity::Places, .. }), "{error:?}");
    }
}

#[test]
fn a_file_cut_short_or_with_one_wrong_byte_is_an_error_or_the_same_workbook() {
    for bytes in [
        include_bytes!("files/libreoffice.xlsx").as_slice(),
        include_bytes!("files/libreoffice.ods").as_slice(),
        include_bytes!("files/libreoffice.xls").as_slice(),
    ] {
        let whole = open(bytes.to_vec());
        for end in (0..bytes.len()).step_by(97) {
            if let Ok(cut) = read(Arc::from(&bytes[..end]), &Limits::default()) {
                assert_eq!(cells(&cut), cells(&whole), "cut at {end}");
            }
        }
        for wrong in (0..bytes.len()).step_by(61) {
            let mut bytes = bytes.to_vec();
            bytes[wrong] ^= 0x55;
            // Whatever comes, it comes as a value: neither a panic nor an abort.
            drop(read(Arc::from(bytes), &Limits::default()));
        }
    }
}

#[test]
fn a_file_that_takes_longer_than_allowed_is_given_up() {
    let limits = Limits { seconds: 0, ..Limits::default() };
    for bytes in [
        include_bytes!("files/libreoffice.xlsx").as_slice(),
        include_bytes!("files/libreoffice.ods").as_slice(),
        include_bytes!("files/libreoffice.xls").as_slice(),
    ] {
        assert_eq!(read(Arc::from(bytes), &limits).unwrap_err(), ReadError::TooSlow { limit: 0 });
    }
}
