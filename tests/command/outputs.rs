//! What is put into the output folder.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::Reader as _;

use crate::command::support::{Folder, run, wrong_budget};

#[test]
fn every_form_gets_a_copy_that_begins_with_kontrol_and_what_is_no_form_gets_none() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    folder.put("in/side.xlsx", b"<html></html>");
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    let names: Vec<String> = folder.files("out").into_keys().collect();
    assert_eq!(
        names,
        [".sporskifte-kontrol", "budget.kontrolleret.xlsx", "kvittering.json", "rapport.html", "rapport.xlsx"]
    );
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
fn letter_writes_what_to_mend_beside_the_copies_of_each_case_with_errors() {
    let folder = Folder::new();
    folder.put_application("in/gal", "[set.budget]\n\"packages.1.admin.hours\" = 6");
    folder.put_application("in/tvivl", "fields.\"case.journal\" = \"23/99999\"");
    let input = folder.arg("in");
    let letters = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.keys().filter(|name| name.ends_with(".mangler.txt")).cloned().collect()
    };
    run(&["check", &input, "--out", &folder.arg("uden")]);
    assert_eq!(letters(&folder.files("uden")), Vec::<String>::new());
    for (language, words) in [("da", "Ret timerne til højst 5."), ("en", "Correct the hours to at most 5.")] {
        let done = run(&["check", &input, "--out", &folder.arg(language), "--letter", "--lang", language]);
        assert_eq!((done.code, done.err.as_str()), (1, ""));
        assert!(done.out.contains("23/99999"), "the other case has findings, but no errors: {}", done.out);
        let files = folder.files(language);
        assert_eq!(letters(&files), ["gal/budget.mangler.txt"]);
        let letter = String::from_utf8(files["gal/budget.mangler.txt"].clone()).unwrap();
        assert!(letter.contains("celle U6") || letter.contains("cell U6"), "{letter}");
        assert!(letter.contains(words) && letter.ends_with(".\r\n"), "{letter}");
        assert!(!letter.starts_with('\u{feff}') && !letter.replace("\r\n", "").contains('\n'), "{letter:?}");
    }
}

#[test]
fn what_is_written_to_a_folder_needs_one() {
    let folder = Folder::with_clean_budget();
    let before = folder.files("");
    for flag in [["--annotate", "all"].as_slice(), &["--letter"]] {
        for (language, words) in [("da", "gælder det, der skrives"), ("en", "is about what is written")] {
            let run = run(&[&["check", &folder.arg("in"), "--lang", language], flag].concat());
            assert_eq!((run.code, run.out.as_str()), (2, ""));
            assert!(run.err.contains(&format!("{} {words}", flag[0])) && run.err.contains("--out"), "{}", run.err);
        }
    }
    assert!(folder.files("") == before);
}

#[test]
fn a_copy_names_the_rules_that_it_was_checked_by() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    let other = ["--rules-date", "2021-06-01"];
    let cases = [
        ([].as_slice(), "vejledningen fra april 2023, i kraft den 08-05-2023"),
        (other.as_slice(), "faktaarket fra 2019, i kraft den 01-06-2021"),
    ];
    for (flags, rules) in cases {
        run(&[&["check", &folder.arg("in"), "--out", &folder.arg("out")], flags].concat());
        let control = control_texts(folder.files("out").remove("budget.kontrolleret.xlsx").unwrap());
        assert!(control.iter().any(|text| text == rules), "{control:?}");
        assert!(control.iter().any(|text| text == "260 kr./time"), "{control:?}");
    }
}

/// What stands on the sheet `Kontrol` of a copy.
fn control_texts(copy: Vec<u8>) -> Vec<String> {
    let mut workbook = calamine::Xlsx::new(Cursor::new(copy)).unwrap();
    let control = workbook.worksheet_range("Kontrol").unwrap();
    control.used_cells().map(|(_, _, cell)| cell.to_string()).collect()
}

#[test]
fn the_language_asked_for_is_that_of_the_notes_too() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    for (language, word, other) in [("da", "Resultat", "Result"), ("en", "Result", "Resultat")] {
        let out = format!("out-{language}");
        run(&["check", &folder.arg("in"), "--out", &folder.arg(&out), "--lang", language]);
        let words = control_texts(folder.files(&out).remove("budget.kontrolleret.xlsx").unwrap());
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
