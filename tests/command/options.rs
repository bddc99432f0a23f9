//! Every option of `check` has its effect.

use crate::command::support::{Folder, budget, codes, json, run, wrong_budget};

#[test]
fn rules_of_another_date_are_used_where_they_are_asked_for() {
    let folder = Folder::new();
    let of_2022 = "fields.\"case.application_date\" = 2022-06-07\nfields.\"period.from\" = 2022-08-08\n\
                   fields.\"period.to\" = 2022-12-22\ntemplate_date = 2021-06-01";
    folder.put("budget.xlsx", &budget(of_2022));
    let path = folder.arg("budget.xlsx");
    assert!(codes(&json(&[&path])).contains(&"S013"));
    let report = json(&[&path, "--rules-date", "2021-06-01"]);
    assert!(!codes(&report).contains(&"S013"), "{:?}", codes(&report));
    assert!(report["files"][0]["packages"][0]["recalculated"].is_string());
}

#[test]
fn the_output_folder_is_only_written_where_it_is_asked_for() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    let before = folder.files("");
    run(&["check", &folder.arg("in")]);
    assert!(folder.files("") == before);
}

#[test]
fn formats_are_what_they_are_called() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &wrong_budget());
    let path = folder.arg("budget.xlsx");
    assert_eq!(run(&["check", &path]), run(&["check", &path, "--format", "text"]));
    let summary = run(&["check", &path, "--format", "summary"]).out;
    assert!(run(&["check", &path]).out.ends_with(&summary));
    assert!(summary.starts_with("1 fil i 1 sag") && summary.lines().count() < 5, "{summary}");
    let json = run(&["check", &path, "--format", "json"]).out;
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().is_object());
    let jsonl = run(&["check", &path, "--format", "jsonl"]).out;
    assert!(jsonl.lines().count() > 2);
    assert!(jsonl.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].is_string()));
}

#[test]
fn a_language_changes_the_words_and_nothing_else() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &wrong_budget());
    let path = folder.arg("budget.xlsx");
    let (danish, english) = (json(&[&path]), json(&[&path, "--lang", "en"]));
    assert_eq!(codes(&danish), codes(&english));
    assert_eq!(danish["files"], english["files"]);
    assert_ne!(danish["findings"][0]["message"], english["findings"][0]["message"]);
    assert!(run(&["check", &path, "--lang", "en"]).out.contains("Error P309"));
}
