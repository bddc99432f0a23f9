//! CPR numbers, wherever they stand, are never repeated unmasked in anything that the program writes itself.
//!
//! The copies keep the sender's own cells, and the name of the sender's file, under which people look for them.

use crate::support::{Folder, budget, case, parts, run};

/// Numbers that no authority gives out, each in a place of its own.
const NUMBERS: [&str; 12] = [
    "010170-0000",
    "020270-0000",
    "030370-0000",
    "040470-0000",
    "050570-0000",
    "060670-0000",
    "070770-0000",
    "080870-0000",
    "090970-0000",
    "101070-0000",
    "111170-0000",
    "121270-0000",
];

/// A budget and its overview with a CPR number in every kind of place.
fn case_with_numbers() -> Vec<(String, Vec<u8>)> {
    let changes = "fields.\"company.name\" = \"Olsen 010170-0000 ApS\"\n\
        fields.\"case.journal\" = \"23/1 020270-0000\"\n\
        fields.\"contact.email\" = \"030370-0000\"\n\
        fields.\"contact.phone\" = 301700000\n\
        set.all.\"packages.1.employee\" = \"040470-0000\"\n\
        set.budget.\"packages.2.employee\" = 101700000\n\
        set.budget.\"packages.1.new_job\" = \"Svejser 0505700000\"\n\
        set.budget.\"packages.1.materials\" = \"060670-0000\"\n\
        set.budget.\"packages.1.employment\" = \"070770 0000\"\n\
        set.budget.\"packages.1.admin.hours\" = 6\n\
        set.budget.\"support.1.nr\" = 1\n\
        set.budget.\"support.1.scheme\" = \"Ordning 080870-0000\"\n\
        rename.budget.\"Budget!L5\" = \"Gebyr 090970-0000\"\n\
        add.budget = [\"Noter\", \"Ark 101070-0000\"]\n\
        hide.budget = [\"Noter\"]\n\
        type.budget.\"Noter!A1\" = \"Ring til 111170-0000\"\n\
        type.budget.\"Ark 101070-0000!A1\" = \"121270\\n0000\"\n\
        set.overview.\"activities.1.employee\" = \"040470-0000\"\n\
        set.overview.\"activities.1.title\" = \"Kursus 050570-0000\"";
    case(changes)
        .into_iter()
        .map(|(kind, bytes)| (format!("in/Olsen 010170-0000/{kind} 0202700000.xlsx"), bytes))
        .collect()
}

fn folder_with_numbers() -> Folder {
    let folder = Folder::new();
    for (name, bytes) in case_with_numbers() {
        folder.put(&name, &bytes);
    }
    folder.put("in/Olsen 010170-0000/damaged 0303700000.xlsx", b"PK\x03\x04");
    folder
}

/// No number of ours with all its digits, however it is written: as it is, without its hyphen, without its zero.
fn assert_masked(text: &str, what: &str) {
    for number in NUMBERS.iter().chain(&["300170-0000"]) {
        let (day, serial) = number.split_once('-').unwrap();
        for separator in ["-", "", " ", "\n"] {
            let whole = format!("{day}{separator}{serial}");
            assert!(!text.contains(&whole), "{whole} in {what}: {text}");
        }
    }
    for lost_zero in ["101700000", "301700000"] {
        assert!(!text.contains(lost_zero), "{lost_zero} in {what}");
    }
}

#[test]
fn reports_never_repeat_a_number() {
    let folder = folder_with_numbers();
    std::fs::create_dir_all(folder.path("in")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("væk"), folder.path("in/genvej 040470-0000")).unwrap();
    for format in ["text", "json", "jsonl", "sarif", "junit"] {
        for language in ["da", "en"] {
            let run = run(&["check", &folder.arg("in"), "--format", format, "--lang", language]);
            assert!(run.out.contains("F109") && run.out.contains("010170-****"), "{}", run.out);
            assert_masked(&run.out, format);
            assert_masked(&run.err, "stderr");
        }
    }
}

#[test]
fn messages_about_paths_never_repeat_a_number() {
    let folder = Folder::with_clean_budget();
    folder.put("010170-0000/fil", b"x");
    for arguments in [
        vec!["check".to_owned(), folder.arg("020270-0000")],
        vec!["check".to_owned(), folder.arg("in"), "--out".to_owned(), folder.arg("010170-0000/fil")],
        vec!["check".to_owned(), folder.arg("in"), "--parameters".to_owned(), folder.arg("010170-0000/fil")],
        vec!["check".to_owned(), "--010170-0000".to_owned()],
    ] {
        let run = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.code, 2);
        assert!(run.err.contains("-****"), "{}", run.err);
        assert_masked(&run.err, "stderr");
    }
}

#[test]
fn copies_and_the_overview_never_repeat_a_number_in_what_we_wrote() {
    let folder = folder_with_numbers();
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out"), "--letter"]);
    let originals = case_with_numbers();
    let (mut copies, mut letters, mut pages) = (0, 0, 0);
    for (name, bytes) in folder.files("out") {
        let original = originals.iter().find(|(input, _)| {
            let stem = name.strip_suffix(".kontrolleret.xlsx");
            stem.is_some_and(|stem| input.strip_prefix("in/") == Some(&format!("{stem}.xlsx")))
        });
        let own = original.map(|(_, bytes)| parts(bytes)).unwrap_or_default();
        copies += usize::from(original.is_some());
        pages += usize::from(name == "rapport.html" && String::from_utf8_lossy(&bytes).contains("010170-****"));
        letters += usize::from(name.ends_with(".mangler.txt"));
        let is_package = bytes.starts_with(b"PK");
        let written = if is_package { parts(&bytes) } else { [(name.clone(), bytes)].into() };
        for (part, bytes) in written.iter().filter(|(part, _)| !own.contains_key(*part)) {
            assert_masked(&String::from_utf8_lossy(bytes), part);
        }
        let has_notes = written.keys().any(|part| part.contains("comments"));
        assert!(has_notes || original.is_none(), "{name} has notes");
    }
    assert_eq!(copies, 3);
    assert!(letters > 0);
    assert_eq!(pages, 1, "the page tells the case, masked");
}

#[test]
fn the_senders_cells_stay_as_they_were() {
    let folder = folder_with_numbers();
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    let copies = folder.files("out");
    let copy = &copies["Olsen 010170-0000/budget 0202700000.kontrolleret.xlsx"];
    let strings = String::from_utf8(parts(copy)["xl/sharedStrings.xml"].clone()).unwrap();
    assert!(strings.contains("040470-0000"));
}

#[test]
fn a_p_number_is_no_personal_number() {
    let folder = Folder::new();
    folder.put("1010170000/budget.xlsx", &budget("fields.\"company.p_number\" = \"1010170000\""));
    let run = run(&["check", &folder.arg("1010170000"), "--format", "jsonl"]);
    assert!(!run.out.contains("F109"), "{}", run.out);
    assert!(run.out.contains("/1010170000/budget.xlsx"), "its folder may be called so: {}", run.out);
}
