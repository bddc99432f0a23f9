//! Annotated copies of workbooks whose format cannot be patched.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, Reader as _};
use sporskifte::annotate::{Annotation, ControlSheet, Mark, rebuild};
use sporskifte::batch::Settings;
use sporskifte::finding::Severity;
use sporskifte::library::{annotate, check_bytes};
use sporskifte::workbook::{Cell, CellValue, DateSystem, Sheet, Workbook, WorkbookFormat};

fn cell(address: &str, value: CellValue, formula: Option<&str>) -> Cell {
    Cell { address: address.parse().unwrap(), value, formula: formula.map(str::to_owned), shown: None }
}

fn workbook(format: WorkbookFormat) -> Workbook {
    let number = |text: &str| CellValue::Number(text.parse().unwrap());
    let cells = vec![
        cell("A1", CellValue::Text("=1+1".into()), None),
        cell("A2", number("1446.37"), None),
        cell("A3", number("2892.74"), Some("A2*2")),
        cell("A4", CellValue::Text("12".into()), Some("T(\"12\")")),
        cell("A5", CellValue::Bool(true), None),
        cell("A6", CellValue::Date("43000".parse().unwrap()), None),
        cell("A7", CellValue::Error("#REF!".into()), None),
        cell("A8", CellValue::OutOfRange("1E+308".into()), Some("A2*1E300")),
    ];
    let sheets = vec![Sheet::new("a/b", false, cells), Sheet::new("Skjult", true, Vec::new())];
    Workbook {
        format,
        date_system: DateSystem::From1904,
        sheets,
        external_links: 0,
        has_macros: false,
        names: Vec::new(),
    }
}

fn rebuilt(format: WorkbookFormat) -> Vec<u8> {
    let mark = Mark {
        sheet: "a/b".into(),
        cell: "A3".parse().unwrap(),
        severity: Severity::Error,
        code: "P309".into(),
        note: "Fundet: 5".into(),
    };
    let copy = rebuild(&workbook(format), &Annotation { marks: &[mark], control: &ControlSheet::default() }).unwrap();
    assert_eq!(copy.remarks, []);
    copy.bytes
}

#[test]
fn values_formulas_and_results_are_carried_over() {
    let bytes = rebuilt(WorkbookFormat::Xls);
    let mut workbook = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["Kontrol", "a_b", "Skjult"]);
    let values = workbook.worksheet_range("a_b").unwrap();
    let value = |row| values.get_value((row, 0)).unwrap();
    assert_eq!(value(0), &Data::String("=1+1".into()), "text stays text");
    assert_eq!(value(1), &Data::Float(1446.37));
    assert_eq!(value(2), &Data::Float(2892.74));
    assert_eq!(value(3), &Data::String("12".into()), "a text that looks like a number stays text");
    assert_eq!(value(4), &Data::Bool(true));
    assert!(matches!(value(5), Data::DateTime(date) if (date.as_f64() - 44_462.0).abs() < 1e-9));
    let formulas = workbook.worksheet_formula("a_b").unwrap();
    let written: Vec<_> =
        formulas.used_cells().map(|(_, _, formula)| formula.as_str()).filter(|it| !it.is_empty()).collect();
    assert_eq!(written, ["A2*2", "#REF!"]);
}

#[test]
fn the_formulas_of_ods_are_written_in_excels_words_with_the_names_that_they_use() {
    let rate = CellValue::Number("245".parse().unwrap());
    let cells = vec![
        cell("A1", rate.clone(), None),
        cell("A2", rate.clone(), Some("ROUND(MIN([.A1];maks_timeløn);2)")),
        cell("A3", rate.clone(), Some("SUM({1;2})")),
        cell("A4", CellValue::Error("Err:502".into()), Some("FEJL([.A1])")),
    ];
    let sheets = vec![Sheet::new("Ark 1", false, cells)];
    let names = vec![
        ("maks_timeløn".to_owned(), "$'Ark 1'.$A$1".to_owned()),
        ("_xlnm.Print_Area".to_owned(), "$'Ark 1'.$A$1:.$B$2".to_owned()),
        ("væk".to_owned(), "$Ark9.$A$1".to_owned()),
    ];
    let book = Workbook { sheets, names, ..workbook(WorkbookFormat::Ods) };
    let copy = rebuild(&book, &Annotation { marks: &[], control: &ControlSheet::default() }).unwrap();
    let mut workbook = calamine::Xlsx::new(Cursor::new(copy.bytes)).unwrap();
    let formulas = workbook.worksheet_formula("Ark 1").unwrap();
    let formula = |row: u32| formulas.get_value((row, 0)).map(String::as_str).unwrap_or_default();
    assert_eq!(formula(1), "ROUND(MIN(A1,maks_timeløn),2)");
    assert_eq!(formula(2), "", "what is not translated stays a value");
    assert_eq!(
        workbook.worksheet_range("Ark 1").unwrap().get_value((3, 0)),
        Some(&Data::Error(calamine::CellErrorType::Value))
    );
    assert_eq!(workbook.defined_names(), [("maks_timeløn".to_owned(), "'Ark 1'!$A$1".to_owned())]);
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    assert!(rebuilt(WorkbookFormat::Xls) == rebuilt(WorkbookFormat::Xls));
}

#[test]
fn the_sheet_kontrol_of_a_copy_that_was_saved_in_another_format_is_replaced() {
    let settings = Settings::embedded().unwrap();
    for (name, bytes) in [
        ("kopi.ods", &include_bytes!("files/annotated_copy.ods")[..]),
        ("kopi.xls", include_bytes!("files/annotated_copy.xls")),
    ] {
        let bytes: Arc<[u8]> = bytes.into();
        let report = check_bytes(vec![(name.into(), Arc::clone(&bytes))], &settings);
        let copy = annotate(bytes, &report.all_files().unwrap()[0], &settings).unwrap();
        let workbook = calamine::Xlsx::new(Cursor::new(copy)).unwrap();
        let names = workbook.sheet_names();
        assert_eq!(names, ["Kontrol", "Stamdata", "Budget", "Anden støtte", "Satser", "Lister"], "{name}");
    }
}

#[test]
fn a_clean_case_in_another_format_has_copies_that_are_clean_when_they_are_checked() {
    let settings = Settings::embedded().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handed_in/r62-clean-case-as-xls");
    let inputs = || fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &Path| (path.display().to_string(), Arc::<[u8]>::from(fs::read(path).unwrap()));
    let report = check_bytes(inputs().map(|path| named(&path)).collect(), &settings);
    let copies = report.all_files().unwrap().into_iter().map(|file| {
        let copy = annotate(fs::read(&file.path).unwrap().into(), &file, &settings).unwrap();
        (format!("{}.xlsx", file.path), Arc::from(copy))
    });
    let again = check_bytes(copies.collect(), &settings);
    assert_eq!(again.totals.files, 3);
    let found: Vec<_> = again.all_files().unwrap().into_iter().flat_map(|file| file.findings).collect();
    assert!(found.is_empty(), "{found:?}");
}
