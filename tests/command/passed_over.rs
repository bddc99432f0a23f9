//! What was not opened is never shown as fine: each file in which a form may be is named, with what to do, in every report.

use std::io::Cursor;

use calamine::Reader as _;
use serde_json::{Value, json};

use crate::command::support::{Folder, Run, clean_budget, codes, file, finish, json, packed, program, run};

const MAIL: &[u8] = b"From: hr@firma.example\nTo: star@example\nSubject: Ans\nMIME-Version: 1.0\n\nHej";

/// A folder with an application of which nothing is wrong, beside an archive and mails with others.
fn received() -> Folder {
    let folder = Folder::with_clean_budget();
    let archive = packed(&[("budget.xlsx".to_owned(), clean_budget())].into());
    folder.put("in/Ansøgning fra mail (1).zip", &archive);
    folder.put("in/Ansøgning.eml", MAIL);
    folder.put("in/VS Ansøgning.msg", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    folder
}

/// The program, run where the folder is, so that paths are short.
fn run_in(folder: &Folder, arguments: &[&str]) -> Run {
    finish(program().current_dir(folder.path("")).args(arguments))
}

const TOLD: &str = "\
Ikke åbnet, selv om der kan ligge et skema i:
  - in/Ansøgning fra mail (1).zip: et arkiv; pak det ud, og kontrollér mappen
  - in/Ansøgning.eml: en mail; gem de vedhæftede regneark, og kontrollér dem
  - in/VS Ansøgning.msg: en mail; gem de vedhæftede regneark, og kontrollér dem
";

#[test]
fn archives_and_mails_are_named_at_the_end_of_the_text_and_of_the_summary() {
    let folder = received();
    for format in ["text", "summary"] {
        let done = run_in(&folder, &["check", "in", "--format", format]);
        assert!(
            done.out.ends_with(&format!("3 andre filer er sprunget over, fordi de ikke er regneark.\n{TOLD}")),
            "{}",
            done.out
        );
    }
}

#[test]
fn a_run_that_left_archives_or_mails_unopened_does_not_end_as_one_that_checked_all() {
    let folder = received();
    for fail_on in ["error", "warning", "review"] {
        assert_eq!(run_in(&folder, &["check", "in", "--fail-on", fail_on]).code, 1, "{fail_on}");
    }
    let clean = Folder::with_clean_budget();
    for (name, bytes, code) in [
        ("in/brev.txt", &b"Hej"[..], 0),
        ("in/bilag.pdf", b"%PDF-1.4", 0),
        ("in/logo.png", b"\x89PNG", 0),
        ("in/brev.docx", b"PK\x03\x04", 0),
        ("in/liste.csv", b"a;b", 0),
        ("in/mail.eml", MAIL, 1),
    ] {
        clean.put(name, bytes);
        assert_eq!(run_in(&clean, &["check", "in"]).code, code, "{name}");
    }
}

#[test]
fn machine_formats_name_what_was_passed_over_and_the_counts_stay_those_of_the_inputs() {
    let folder = received();
    let done = run_in(&folder, &["check", "in", "--format", "json"]);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let mail = "en mail; gem de vedhæftede regneark, og kontrollér dem";
    let told = |file: &str, kind: &str, reason: &str| json!({ "type": "passed-over", "file": file, "kind": kind, "reason": reason });
    let expected = json!([
        told("in/Ansøgning fra mail (1).zip", "archive", "et arkiv; pak det ud, og kontrollér mappen"),
        told("in/Ansøgning.eml", "mail", mail),
        told("in/VS Ansøgning.msg", "mail", mail),
    ]);
    assert_eq!(report["passed_over"], expected);
    let summary = &report["summary"];
    assert_eq!((&summary["passed_over"], &summary["may_hold_forms"]), (&json!(3), &json!(3)));
    assert_eq!((&summary["inputs"], &summary["verdicts"]), (&json!(1), &json!(1)));
    let lines = run_in(&folder, &["check", "in", "--format", "jsonl"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named: Vec<Value> = lines.iter().filter(|line| line["type"] == "passed-over").cloned().collect();
    assert_eq!(Value::from(named), expected);
    assert_eq!(lines.last().unwrap()["type"], "summary");
    for format in ["sarif", "junit"] {
        let out = run_in(&folder, &["check", "in", "--format", format]).out;
        for name in ["Ansøgning fra mail (1).zip: et arkiv", "Ansøgning.eml: en mail", "VS Ansøgning.msg: en mail"] {
            assert!(out.contains(name), "{format}: {out}");
        }
    }
}

#[test]
fn the_reports_in_the_folder_name_what_was_passed_over() {
    let folder = received();
    run_in(&folder, &["check", "in", "--out", "ud", "--log", "log"]);
    let files = folder.files("");
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let receipt: Value = serde_json::from_str(&text("ud/kvittering.json")).unwrap();
    assert_eq!((&receipt["passed_over"], receipt["may_hold_forms"].as_array().unwrap().len()), (&json!(3), 3));
    let mut workbook = calamine::Xlsx::new(Cursor::new(files["ud/rapport.xlsx"].clone())).unwrap();
    let sheet = workbook.worksheet_range("Ikke kontrolleret").unwrap();
    let cells: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    let page = text("ud/rapport.html");
    for name in ["in/Ansøgning fra mail (1).zip", "in/Ansøgning.eml", "in/VS Ansøgning.msg"] {
        assert!(receipt["may_hold_forms"].as_array().unwrap().iter().any(|told| told["file"] == name), "{receipt}");
        assert_eq!(cells.iter().filter(|cell| *cell == name).count(), 1, "{cells:?}");
        assert!(page.contains(name), "{name}");
        assert!(text("log").lines().any(|line| line.contains("passed-over") && line.contains(name)), "{}", text("log"));
    }
    for words in ["Filen er ikke åbnet: den er et arkiv.", "Pak det ud, og kontrollér mappen."] {
        assert!(cells.iter().any(|cell| cell == words) && page.contains(words), "{words}: {cells:?}");
    }
    assert!(!page.contains("Alle filer er kontrolleret."));
    assert_eq!(run_in(&folder, &["verify", "ud/kvittering.json", "--replay"]).code, 0);
}

#[test]
fn a_folder_of_archives_and_mails_alone_names_them_where_there_is_nothing_to_check() {
    let folder = received();
    std::fs::remove_file(folder.path("in/budget.xlsx")).unwrap();
    let refused = run_in(&folder, &["check", "in"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(
        refused.err,
        "Der er ingen regneark at kontrollere i det, der er angivet.\n  \
         in/Ansøgning fra mail (1).zip: et arkiv; pak det ud, og kontrollér mappen\n  \
         in/Ansøgning.eml: en mail; gem de vedhæftede regneark, og kontrollér dem\n  \
         in/VS Ansøgning.msg: en mail; gem de vedhæftede regneark, og kontrollér dem\n"
    );
}

#[test]
fn an_archive_or_mail_that_is_given_itself_is_told_as_one_whose_content_was_not_checked() {
    let folder = received();
    folder.put("in/sag.7z", b"7z\xBC\xAF\x27\x1C");
    let parts: Vec<u8> = "__substg1.0_37010102".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.put("in/VS Ansøgning.msg", &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &parts[..]].concat());
    for (name, what, action) in [
        (
            "Ansøgning fra mail (1).zip",
            "et zip-arkiv, og det, der ligger i arkivet, er ikke kontrolleret.",
            "Pak arkivet ud",
        ),
        ("sag.7z", "et arkiv, og det, der ligger i arkivet, er ikke kontrolleret.", "Pak arkivet ud"),
        ("VS Ansøgning.msg", "en mail, og det, der er vedhæftet, er ikke kontrolleret.", "Gem de vedhæftede regneark"),
        ("Ansøgning.eml", "en mail, og det, der er vedhæftet, er ikke kontrolleret.", "Gem de vedhæftede regneark"),
    ] {
        let report = json(&[&folder.arg(&format!("in/{name}"))]);
        assert_eq!(codes(&report), ["S001"], "{name}");
        assert_eq!(file(&report, name)["verdict"], "not-checked");
        let finding = &report["findings"][0];
        assert!(finding["message"].as_str().unwrap().ends_with(what), "{finding}");
        assert!(finding["action"].as_str().unwrap().starts_with(action), "{finding}");
    }
}

#[test]
fn a_file_that_two_given_folders_hold_is_named_once_and_two_that_are_masked_alike_twice() {
    let folder = received();
    folder.put("in/a/010170-1234.zip", b"PK\x03\x04");
    folder.put("in/a/010170-5678.zip", b"PK\x03\x04");
    let done = run(&["check", &folder.arg("in"), &folder.arg("in/a")]);
    assert_eq!(done.out.matches("Ansøgning.eml").count(), 1, "{}", done.out);
    assert_eq!(done.out.matches("a/010170-****.zip").count(), 2, "{}", done.out);
    assert!(!done.out.contains("1234") && !done.out.contains("5678"), "{}", done.out);
}

#[test]
fn english_is_spoken_on_request() {
    let folder = received();
    let done = run_in(&folder, &["check", "in", "--lang", "en"]);
    let told = "Not opened, although a form may be in it:\n  \
                - in/Ansøgning fra mail (1).zip: an archive; unpack it and check the folder\n";
    assert!(done.out.contains(told), "{}", done.out);
}

#[test]
fn what_an_export_or_a_comparison_does_not_name_stands_on_standard_error() {
    let folder = received();
    let comparison = ["compare", "in", "--rules-date", "2023-06-01", "--rules-date", "2024-06-01"];
    for arguments in [&["export", "in"][..], &["export", "in", "--out", "data"], &comparison] {
        let done = run_in(&folder, arguments);
        assert_eq!((done.code, done.err.as_str()), (0, TOLD), "{arguments:?}");
    }
}
