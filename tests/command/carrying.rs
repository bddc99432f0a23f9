//! One form made from another: what is carried, what is not, and what is said of it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::command::support::{Folder, budget, clean_budget, codes, json, run};

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
fn the_forms_made_from_a_budget_are_one_case_with_it_and_lack_only_what_is_named() {
    let folder = Folder::new();
    folder.put("sag/budget.xlsx", &clean_budget());
    let path = folder.arg("sag/budget.xlsx");
    let accounts = run(&["accounts", &path, "--grant-date", "2023-06-01", "--amount", "118774,84"]);
    let overview = run(&["overview", &path]);
    assert_eq!((accounts.code, overview.code), (0, 0), "{}{}", accounts.out, overview.out);
    let report = json(&[&folder.arg("sag")]);
    assert_eq!((&report["summary"]["cases"], report["files"].as_array().unwrap().len()), (&Value::from(1), 3));

    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        assert!(["F101", "K511"].contains(&finding["code"].as_str().unwrap()), "{finding}");
        let [sheet, label] = ["sheet", "label"].map(|member| finding[member].as_str().unwrap());
        *missing.entry(format!("  {sheet}: »{label}«")).or_default() += 1;
    }
    let said = format!("{}{}", accounts.out, overview.out);
    let named: BTreeMap<String, usize> = said
        .lines()
        .filter(|line| line.starts_with("  ") && line.contains('»'))
        .map(|line| {
            let (field, rows) = line.split_once("« ").unwrap_or((line.trim_end_matches('«'), "i 1 række"));
            (format!("{field}«"), rows.split(' ').nth(1).unwrap().parse().unwrap())
        })
        .collect();
    assert_eq!(missing, named);
}

/// A budget of somebody's own layout, and that layout.
fn own_budget() -> (Vec<u8>, String) {
    let own = include_str!("../../templates/budget.toml")
        .replace("template = \"sporskifte-budget\"", "template = \"kommune-budget\"")
        .replace("name = \"Stamdata\"", "name = \"Oplysninger\"")
        .replace("label = \"Virksomhedens navn\"", "label = \"Firma\"")
        .replace("label = \"Timeløn (kr.)\"", "label = \"Løn i timen\"");
    let changes = "[rename.budget]\n\"Stamdata\" = \"Oplysninger\"\n\"Stamdata!A2\" = \"Skabelon: kommune-budget 1\"\n\
        \"Stamdata!A5\" = \"Firma\"\n\"Budget!I5\" = \"Løn i timen\"";
    (budget(changes), own)
}

#[test]
fn a_form_of_ones_own_layout_is_upgraded_by_it_and_says_the_same() {
    let folder = Folder::new();
    let (workbook, layout) = own_budget();
    folder.put("eget.xlsx", &workbook);
    folder.put("eget.toml", layout.as_bytes());
    folder.put("budget.xlsx", &clean_budget());
    let done = run(&["upgrade", &folder.arg("eget.xlsx"), "--layout", &folder.arg("eget.toml")]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    let form = |name: &str| {
        let exported: Value = serde_json::from_str(&run(&["export", &folder.arg(name)]).out).unwrap();
        exported["cases"][0]["files"][0]["form"].clone()
    };
    assert_eq!(form("eget.opgraderet.xlsx"), form("budget.xlsx"));
    // Without the layout there are labels that nobody knows.
    let without = run(&["upgrade", &folder.arg("eget.xlsx"), "--force"]);
    assert_ne!(without.code, 0, "{}", without.out);
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
