//! What somebody made or mended is never overwritten.

use std::fs;

use crate::command::support::{Folder, clean_budget, json, run, wrong_budget};

#[test]
fn a_mended_copy_is_not_replaced_and_the_run_says_so() {
    let folder = Folder::new();
    folder.put("sager/budget.xlsx", &wrong_budget());
    let (path, out) = (folder.arg("sager"), folder.arg("ud"));
    assert_eq!(run(&[&path, "--out", &out]).code, 1);
    assert_eq!(run(&[&path, "--out", &out]).code, 1);
    let copy = folder.path("ud/budget.kontrolleret.xlsx");
    fs::write(&copy, clean_budget()).unwrap();
    let again = run(&[&path, "--out", &out]);
    assert_eq!(again.code, 2);
    assert!(again.out.contains("den er ikke, som kontrollen skrev den"), "{}", again.out);
    assert_eq!(fs::read(&copy).unwrap(), clean_budget());
}

#[test]
fn a_report_of_somebodys_own_is_not_replaced() {
    let folder = Folder::with_clean_budget();
    folder.put("ud/rapport.xlsx", b"min egen rapport");
    let refused = run(&[&folder.arg("in"), "--out", &folder.arg("ud")]);
    assert_eq!(refused.code, 2);
    assert_eq!(fs::read(folder.path("ud/rapport.xlsx")).unwrap(), b"min egen rapport");
}

#[test]
fn an_output_folder_that_is_named_itself_is_checked_for_what_was_mended_in_it() {
    let folder = Folder::new();
    folder.put("sager/budget.xlsx", &wrong_budget());
    run(&[&folder.arg("sager"), "--out", &folder.arg("ud")]);
    let report = json(&[&folder.arg("ud")]);
    assert_eq!(report["summary"]["inputs"], 1);
    assert_eq!(report["summary"]["by_verdict"]["not-checked"], 0);
    run(&[&folder.arg("ud"), "--out", &folder.arg("ud2")]);
    assert!(folder.path("ud2/budget.kontrolleret.xlsx").is_file());
}

#[test]
fn a_blank_form_is_not_written_over_a_filled_one() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    let path = folder.arg("budget.xlsx");
    let refused = run(&["template", "budget", "--out", &path]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("findes allerede"), "{}", refused.err);
    assert_eq!(fs::read(folder.path("budget.xlsx")).unwrap(), clean_budget());
    let new = folder.arg("ny.xlsx");
    let written = run(&["template", "budget", "--out", &new]);
    assert!(written.code == 0 && written.out.contains("Skrev"), "{}", written.out);
}

#[test]
fn a_copy_that_no_longer_says_how_things_stand_is_removed() {
    let folder = Folder::new();
    folder.put("sager/budget.xlsx", &wrong_budget());
    let (path, out) = (folder.arg("sager"), folder.arg("ud"));
    run(&[&path, "--out", &out]);
    assert!(folder.path("ud/budget.kontrolleret.xlsx").is_file());
    run(&[&path, "--out", &out, "--annotate", "none"]);
    assert!(!folder.path("ud/budget.kontrolleret.xlsx").exists());
}
