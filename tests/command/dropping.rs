//! What is dropped on the program's icon: paths and nothing else.

use std::fs;

use crate::command::support::{Folder, Run, clean_budget, finish, program, run, wrong_budget};

/// What lies below the folder, except for what the names tell of the reports themselves.
fn copies(folder: &Folder, results: &str) -> Vec<String> {
    folder.files(results).into_keys().filter(|name| name.contains(".kontrolleret.")).collect()
}

#[test]
fn a_folder_is_checked_into_a_new_folder_beside_it() {
    let folder = Folder::new();
    folder.put("sager/a/budget.xlsx", &wrong_budget());
    folder.put("sager/b/budget.xlsx", &wrong_budget());
    let before = folder.files("sager");
    let Run { code, out, err } = run(&[&folder.arg("sager")]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(folder.files("sager") == before, "inputs are never touched");
    assert_eq!(copies(&folder, "sager kontrolleret"), ["a/budget.kontrolleret.xlsx", "b/budget.kontrolleret.xlsx"]);
    for name in ["rapport.html", "rapport.xlsx", "kvittering.json"] {
        assert!(folder.path("sager kontrolleret").join(name).is_file(), "{name}");
    }
    for words in ["2 filer i ", "2 fejl", &folder.arg("sager kontrolleret"), "rapport.html", "ikke ændret"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains("P309"), "what was found stands in the report: {out}");
}

#[test]
fn each_time_gives_a_folder_of_its_own_and_none_is_read_again() {
    let folder = Folder::new();
    folder.put("alt/sager/budget.xlsx", &wrong_budget());
    run(&[&folder.arg("alt/sager")]);
    run(&[&folder.arg("alt/sager")]);
    let first = folder.files("alt/sager kontrolleret");
    assert_eq!(copies(&folder, "alt/sager kontrolleret (2)"), copies(&folder, "alt/sager kontrolleret"));
    let above = run(&[&folder.arg("alt")]);
    assert!(above.out.contains("1 fil i 1 sag"), "{}", above.out);
    let along = run(&[&folder.arg("alt/sager"), &folder.arg("alt/sager kontrolleret")]);
    assert!(along.out.contains("1 fil i 1 sag") && along.out.contains("tidligere kontrol"), "{}", along.out);
    assert!(folder.files("alt/sager kontrolleret") == first);
}

#[test]
fn a_folder_that_somebody_else_made_is_left_alone() {
    let folder = Folder::with_clean_budget();
    folder.put("in kontrolleret/noter.txt", b"mine");
    assert_eq!(run(&[&folder.arg("in")]).code, 0);
    assert_eq!(folder.files("in kontrolleret").len(), 1);
    assert!(folder.path("in kontrolleret (2)/rapport.html").is_file());
}

#[test]
fn copies_that_were_mended_are_checked_where_they_alone_are_dropped() {
    let folder = Folder::new();
    folder.put("sager/budget.xlsx", &wrong_budget());
    run(&[&folder.arg("sager")]);
    let again = run(&[&folder.arg("sager kontrolleret")]);
    assert_eq!(again.code, 1, "{}", again.err);
    assert_eq!(copies(&folder, "sager kontrolleret (2)"), ["budget.kontrolleret.xlsx"]);
    let one = run(&[&folder.arg("sager kontrolleret/budget.kontrolleret.xlsx")]);
    assert_eq!(one.code, 1, "{}", one.err);
    assert!(folder.path("sager kontrolleret/budget kontrolleret/rapport.html").is_file());
}

#[test]
fn files_are_checked_too_and_the_folder_is_called_after_the_first() {
    let folder = Folder::new();
    folder.put("Æblegård & søn, (a)/010170-0000.xlsx", &clean_budget());
    folder.put("Æblegård & søn, (a)/brev.txt", b"Hej");
    let one = run(&[&folder.arg("Æblegård & søn, (a)/010170-0000.xlsx")]);
    assert_eq!(one.code, 0, "{}", one.err);
    assert!(folder.path("Æblegård & søn, (a)/010170-xxxx kontrolleret/rapport.html").is_file());
    assert!(!one.out.contains("0000"), "{}", one.out);
    let both = ["010170-0000.xlsx", "brev.txt"].map(|name| folder.arg(&format!("Æblegård & søn, (a)/{name}")));
    assert_eq!(run(&both.each_ref().map(String::as_str)).code, 1, "the letter is no workbook");
    assert!(folder.path("Æblegård & søn, (a)/010170-xxxx m.fl. kontrolleret/rapport.html").is_file());
}

#[test]
fn a_path_may_be_relative() {
    let folder = Folder::with_clean_budget();
    for (from, path) in [("", "in"), ("in", "."), ("in", "budget.xlsx"), ("in", "./budget.xlsx")] {
        let dropped = finish(program().current_dir(folder.path(from)).arg(path));
        assert_eq!(dropped.code, 0, "{path} in {from}: {}", dropped.err);
    }
    for results in ["in kontrolleret", "in kontrolleret (2)", "in/budget kontrolleret", "in/budget kontrolleret (2)"] {
        assert!(folder.path(results).join("rapport.html").is_file(), "{results}");
    }
}

#[test]
fn nothing_is_left_where_there_is_nothing_to_check() {
    let folder = Folder::new();
    folder.put("sager/brev.txt", b"Hej");
    let nothing = run(&[&folder.arg("sager")]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("ingen regneark"), "{}", nothing.err);
    assert!(!folder.path("sager kontrolleret").exists());
}

#[test]
fn it_speaks_english_on_request_and_can_be_asked_for_by_name() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    for arguments in [&["--lang", "en", &folder.arg("in")][..], &["drop", &folder.arg("in"), "--lang", "en"]] {
        let dropped = run(arguments);
        assert_eq!(dropped.code, 1, "{}", dropped.err);
        assert!(dropped.out.contains("Your own files are not changed."), "{}", dropped.out);
        assert!(!dropped.out.contains("kontrolleres") && !dropped.out.contains("Dine"), "{}", dropped.out);
    }
}

#[test]
fn with_options_nothing_is_written_that_was_not_asked_for() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    let before = folder.files("");
    assert_eq!(run(&["--jobs", "1", &folder.arg("in")]).code, 1);
    assert_eq!(run(&[&folder.arg("in"), "--fail-on", "warning"]).code, 1);
    assert!(folder.files("") == before);
}

/// A program that takes down what it is called with, as it gets it.
#[cfg(unix)]
fn opener(folder: &Folder) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    folder.put("opener", format!("#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > '{}'", folder.arg("opened")).as_bytes());
    fs::set_permissions(folder.path("opener"), fs::Permissions::from_mode(0o755)).unwrap();
    folder.arg("opener")
}

#[cfg(unix)]
#[test]
fn the_report_is_opened_and_its_name_handed_over_as_it_is() {
    use std::time::{Duration, Instant};
    let folder = Folder::new();
    let name = "a, b & $(touch fundet) 'c' \"d\" %TEMP%";
    folder.put(&format!("{name}/budget.xlsx"), &wrong_budget());
    let dropped = finish(program().env("SPORSKIFTE_OPENER", opener(&folder)).arg(folder.arg(name)));
    assert_eq!(dropped.code, 1, "{}", dropped.err);
    assert!(dropped.out.contains("som åbnes nu"), "{}", dropped.out);
    let page = folder.arg(&format!("{name} kontrolleret/rapport.html"));
    let since = Instant::now();
    let opened = || fs::read_to_string(folder.path("opened")).unwrap_or_default();
    while !opened().ends_with(".html\n") && since.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(opened(), format!("1\n{page}\n"));
}

#[test]
fn a_report_that_cannot_be_opened_fails_nothing() {
    let folder = Folder::with_clean_budget();
    for opener in ["", &folder.arg("findes-ikke"), &folder.arg("in")] {
        let dropped = finish(program().env("SPORSKIFTE_OPENER", opener).arg(folder.arg("in")));
        assert_eq!((dropped.code, dropped.err.as_str()), (0, ""), "{opener}");
        assert!(dropped.out.contains("åbn den med et dobbeltklik"), "{}", dropped.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_beside_the_results_lie_among_the_documents() {
    let folder = Folder::with_clean_budget();
    fs::create_dir_all(folder.path("hjem/Documents")).unwrap();
    // Nobody can make a folder there, whoever runs this.
    let input = "/proc/self/fd/0";
    let from = fs::File::open(folder.path("in/budget.xlsx")).unwrap();
    let dropped = finish(program().env("HOME", folder.path("hjem")).stdin(from).arg(input));
    assert_eq!(dropped.code, 0, "{}", dropped.err);
    assert!(dropped.out.contains("Der kan ikke skrives ved siden af"), "{}", dropped.out);
    assert!(folder.path("hjem/Documents/0 kontrolleret/rapport.html").is_file(), "{}", dropped.out);
}
