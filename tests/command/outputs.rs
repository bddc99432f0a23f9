//! What is put into the output folder.

use std::io::Cursor;

use calamine::Reader as _;

use crate::support::{Folder, run, wrong_budget};

#[test]
fn every_form_gets_a_copy_that_begins_with_kontrol_and_what_is_no_form_gets_none() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    folder.put("in/side.xlsx", b"<html></html>");
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    let names: Vec<String> = folder.files("out").into_keys().collect();
    assert_eq!(names, [".sporskifte-kontrol", "budget.kontrolleret.xlsx", "rapport.xlsx"]);
    let copy = folder.files("out").remove("budget.kontrolleret.xlsx").unwrap();
    let workbook = calamine::Xlsx::new(Cursor::new(copy)).unwrap();
    assert_eq!(workbook.sheet_names()[0], "Kontrol");
}

#[test]
fn the_language_asked_for_is_that_of_the_notes_too() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    for (language, word, other) in [("da", "Resultat", "Result"), ("en", "Result", "Resultat")] {
        let out = format!("out-{language}");
        run(&["check", &folder.arg("in"), "--out", &folder.arg(&out), "--lang", language]);
        let copy = folder.files(&out).remove("budget.kontrolleret.xlsx").unwrap();
        let mut workbook = calamine::Xlsx::new(Cursor::new(copy)).unwrap();
        let control = workbook.worksheet_range("Kontrol").unwrap();
        let words: Vec<String> = control.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(words.iter().any(|text| text == word) && !words.iter().any(|text| text == other), "{words:?}");
    }
}

#[cfg(unix)]
#[test]
fn colleagues_can_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with_clean_budget();
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    for name in ["budget.kontrolleret.xlsx", "rapport.xlsx"] {
        let mode = std::fs::metadata(folder.path("out").join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "{name}");
    }
}
