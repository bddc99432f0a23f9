//! The blank forms in `templates/` are what the program makes.
//!
//! After a change of a layout, a figure or the look: `SPORSKIFTE_UPDATE=1 cargo test templates::`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use sporskifte::form::Layout;
use sporskifte::parameters::Parameters;
use sporskifte::template::{Entry, Filling, Row, TemplateError, blank_templates, filled};

#[test]
fn the_committed_templates_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let date = Parameters::embedded().unwrap().latest_rules_from().unwrap();
    for (name, bytes) in blank_templates(date).unwrap() {
        let path = folder.join(&name);
        if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
            fs::write(&path, &bytes).unwrap();
        }
        let committed = fs::read(&path).unwrap_or_default();
        assert!(committed == bytes, "{name} is out of date: run SPORSKIFTE_UPDATE=1 cargo test templates::");
    }
}

#[test]
fn making_a_template_twice_gives_the_same_bytes() {
    let date = jiff::civil::Date::constant(2023, 6, 1);
    assert!(blank_templates(date).unwrap() == blank_templates(date).unwrap());
}

/// The text of a part of the package.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_label_stands_where_the_layout_says() {
    let templates = blank_templates(jiff::civil::date(2023, 6, 1)).unwrap();
    for (layout, (_, bytes)) in Layout::embedded().unwrap().iter().zip(templates) {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
        for sheet in &layout.sheets {
            let cells = workbook.worksheet_range(&sheet.name).unwrap();
            let text = |row: usize, column: usize| cells.get((row, column)).map(ToString::to_string);
            if !sheet.fields.is_empty() {
                assert_eq!(text(1, 0), Some(layout.marker()));
            }
            for (field, row) in sheet.fields.iter().zip(4..) {
                assert_eq!(text(row, 0).as_deref(), Some(&*field.label));
            }
            for (column, index) in sheet.columns.iter().zip(0..) {
                let header = sheet.table.as_ref().unwrap().header_row as usize - 1;
                assert_eq!(text(header, index).as_deref(), Some(&*column.label));
            }
        }
    }
}

#[test]
fn known_rates_and_numbers_are_filled_in_beforehand() {
    let templates = blank_templates(jiff::civil::date(2023, 6, 1)).unwrap();
    let mut budget = Xlsx::new(Cursor::new(&templates[0].1)).unwrap();
    let fields = budget.worksheet_range("Stamdata").unwrap();
    assert_eq!(fields.get_value((16, 1)), Some(&Data::Float(123.11)));
    assert_eq!(fields.get_value((17, 1)), Some(&Data::Float(2.19)));
    let table = budget.worksheet_range("Budget").unwrap();
    assert_eq!(table.get_value((5, 0)), Some(&Data::Float(1.0)));
    assert_eq!(table.get_value((49, 0)), Some(&Data::Float(45.0)));
    assert_eq!(table.get_value((50, 1)), Some(&Data::String("I alt".into())));
    assert_eq!(table.get_value((54, 29)), Some(&Data::String("Samlet ansøgt tilskud (kr.)".into())));
    assert_eq!(table.get_value((54, 30)), Some(&Data::Float(0.0)));
}

#[test]
fn a_limit_that_was_lifted_and_a_rate_that_is_unknown_are_said_in_words() {
    let templates = blank_templates(jiff::civil::date(2024, 6, 1)).unwrap();
    let mut budget = Xlsx::new(Cursor::new(&templates[0].1)).unwrap();
    let rates = budget.worksheet_range("Satser").unwrap();
    let value = |label: &str| rates.rows().find(|row| row[0] == label).unwrap()[1].clone();
    assert_eq!(value("Højeste timesats for administration (kr.)"), "ingen grænse");
    assert_eq!(value("VEU-sats på ansøgningsdatoen (kr. pr. time)"), "ukendt");
    assert_eq!(value("Højeste tilskud pr. pakke (kr.)"), Data::Float(120_000.0));
}

#[test]
fn a_form_guides_the_person_who_fills_it_in() {
    let templates = blank_templates(jiff::civil::date(2024, 6, 1)).unwrap();
    let table = part(&templates[0].1, "xl/worksheets/sheet2.xml");
    for element in [
        "<sheetProtection sheet=\"1\"",
        "state=\"frozen\"",
        "Vælg en af mulighederne på listen.",
        "<formula1>\"Ja,Nej\"</formula1>",
        "paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"",
        "Side &amp;P af &amp;N",
    ] {
        assert!(table.contains(element), "{element}");
    }
    let schemes = part(&templates[0].1, "xl/worksheets/sheet3.xml");
    assert!(schemes.contains("Lister!$A$1:$A$12"), "the schemes have commas and stand on a sheet of their own");
}

#[test]
fn a_form_for_a_date_without_rules_is_refused() {
    let date = jiff::civil::date(2022, 6, 1);
    assert!(matches!(blank_templates(date), Err(TemplateError::NoRules(refused)) if refused == date));
}

#[test]
fn a_filling_that_the_form_has_no_place_for_is_refused() {
    let layout = &Layout::embedded().unwrap()[0];
    let mut unknown = Filling::default();
    unknown.fields.insert("company.cvrr".into(), Entry::Text("1".into()));
    assert!(matches!(filled(layout, None, &unknown), Err(TemplateError::UnknownKey(key)) if key == "company.cvrr"));
    let mut full = Filling::default();
    full.tables.insert("packages".into(), vec![Row::new(); 46]);
    assert!(matches!(filled(layout, None, &full), Err(TemplateError::TableFull { capacity: 45, .. })));
}
