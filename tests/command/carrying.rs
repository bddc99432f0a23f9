//! One form made from another: what is carried, what is not, and what is said of it.

use crate::support::{Folder, budget, clean_budget, codes, json, run};

#[test]
fn a_budget_is_upgraded_whole_and_is_judged_as_before() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    let done = run(&["upgrade", &folder.arg("budget.xlsx")]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    let (before, after) = (json(&[&folder.arg("budget.xlsx")]), json(&[&folder.arg("budget.opgraderet.xlsx")]));
    assert_eq!(codes(&after), codes(&before));
}

#[test]
fn accounts_lack_only_what_is_named() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    let done = run(&["accounts", &folder.arg("budget.xlsx"), "--grant-date", "2023-06-01", "--amount", "1"]);
    assert_eq!((done.code, done.err.as_str()), (1, ""), "{}", done.out);
    assert!(done.out.contains("Tilsagnets beløb er 1,00 kr., men budgettet giver"), "{}", done.out);
    let report = json(&[&folder.arg("budget.slutregnskab.xlsx")]);
    for finding in report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "F101") {
        let label = finding["label"].as_str().unwrap();
        assert!(done.out.contains(&format!("»{label}«")), "{label}: {}", done.out);
    }
}

#[test]
fn an_overview_has_the_packages_of_the_budget() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    let done = run(&["overview", &folder.arg("budget.xlsx")]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    assert!(done.out.contains("Kursusoversigt: »Titel«"), "{}", done.out);
}

#[test]
fn a_personal_number_is_listed_masked_and_not_carried() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &budget("[set.budget]\n\"packages.1.employee\" = \"010170-1234\""));
    let done = run(&["upgrade", &folder.arg("budget.xlsx")]);
    assert_eq!(done.code, 1, "{}", done.out);
    assert!(done.out.contains("010170-****") && !done.out.contains("1234"), "{}", done.out);
    assert!(!codes(&json(&[&folder.arg("budget.opgraderet.xlsx")])).contains(&"F109"));
}

#[test]
fn nothing_is_overwritten_unless_asked_and_the_input_never() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    let path = folder.arg("budget.xlsx");
    run(&["upgrade", &path]);
    let before = folder.files("");
    assert_eq!(run(&["upgrade", &path]).code, 2);
    assert_eq!(run(&["upgrade", &path, "--out", &path, "--force"]).code, 2);
    assert!(folder.files("") == before);
    assert_eq!(run(&["upgrade", &path, "--force"]).code, 0);
}
