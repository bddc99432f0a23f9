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
fn annotate_says_which_workbooks_get_a_copy_and_the_report_stays_the_same() {
    let folder = Folder::new();
    folder.put_application("in", "[set.budget]\n\"packages.1.admin.hours\" = 6");
    folder.put("in/side.xlsx", b"<html></html>");
    let (bad, good) = ("budget.kontrolleret.xlsx", "kursusoversigt.kontrolleret.xlsx");
    let mut reports = Vec::new();
    for (choice, expected) in [("all", vec![bad, good]), ("findings", vec![bad]), ("none", vec![]), ("", vec![bad])] {
        let out = format!("out-{choice}");
        let (input, output) = (folder.arg("in"), folder.arg(&out));
        let flag = if choice.is_empty() { vec![] } else { vec!["--annotate", choice] };
        let done = run(&[&["check", &input, "--out", &output], flag.as_slice()].concat());
        assert_eq!(done.code, 1, "{choice}");
        let files = folder.files(&out);
        let copies: Vec<&String> = files.keys().filter(|name| name.contains(".kontrolleret.")).collect();
        assert_eq!(copies, expected, "{choice}");
        reports.push((done, files["rapport.xlsx"].clone()));
    }
    assert!(reports.iter().all(|report| *report == reports[0]));
}

#[test]
fn what_is_written_to_a_folder_needs_one() {
    let folder = Folder::with_clean_budget();
    let before = folder.files("");
    for (language, words) in [("da", "--annotate gælder"), ("en", "--annotate is about")] {
        let run = run(&["check", &folder.arg("in"), "--annotate", "all", "--lang", language]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains(words) && run.err.contains("--out"), "{}", run.err);
    }
    assert!(folder.files("") == before);
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
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out"), "--annotate", "all"]);
    for name in ["budget.kontrolleret.xlsx", "rapport.xlsx"] {
        let mode = std::fs::metadata(folder.path("out").join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "{name}");
    }
}
