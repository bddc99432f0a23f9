//! `sporskifte rules`: the list, one rule, the formats, and what is wrong with what was asked for.

use serde_json::Value;
use sporskifte::form::FormKind;
use sporskifte::rules::all;

use crate::command::support::{Folder, Run, budget, case, codes, json, run};

fn shown(arguments: &[&str]) -> String {
    let Run { code, out, err } = run(&[&["rules"], arguments].concat());
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
    out
}

#[test]
fn the_list_has_every_rule_with_its_severity_forms_years_and_name() {
    let list = shown(&[]);
    for rule in all() {
        let line = list.lines().find(|line| line.trim_start().starts_with(rule.code)).unwrap();
        assert!(line.contains(rule.title.da) && line.ends_with(rule.name), "{line}");
        assert!(line.contains(rule.severity.word().da), "{line}");
    }
    let line = list.lines().find(|line| line.contains("P309")).unwrap();
    assert!(line.contains("Fejl") && line.contains("B·S") && line.contains("2018–2021, 2023 "), "{line}");
}

#[test]
fn one_rule_is_explained_by_code_or_name_in_either_language() {
    let page = shown(&["p309"]);
    assert_eq!(shown(&["admin-hours"]), page);
    for words in ["»op til fem timer", "faktaarket om sporskifte (2019)", "ingen grænse", "angivet", "højst 5"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(shown(&["P309", "--lang", "en"]).contains("An example that does not"));
}

#[test]
fn programs_get_the_same_as_json() {
    let rules: Value = serde_json::from_str(&shown(&["--format", "json"])).unwrap();
    assert_eq!(rules.as_array().unwrap().len(), all().count());
    let rule: Value = serde_json::from_str(&shown(&["P309", "--format", "json"])).unwrap();
    assert!(rules.as_array().unwrap().contains(&rule));
    assert_eq!(rule["years"][1]["to"], "2023-12-31");
    assert_eq!(rule["figures"][0]["values"][0]["status"], "stated");
    assert_eq!(rule["figures"][0]["values"][1]["limit"], false);
    assert!(rule["example"]["message"].as_str().unwrap().contains("5,1 timer"));
}

#[test]
fn documentation_comes_as_markdown() {
    assert!(shown(&["P309", "--format", "md"]).starts_with("# P309 "));
    assert_eq!(shown(&["--format", "md"]), include_str!("../../docs/rules.md"));
}

#[test]
fn an_unknown_rule_is_refused_with_the_nearest_codes() {
    let Run { code, out, err } = run(&["rules", "P3O9"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("»P3O9«") && err.contains("Nærmest er P309"), "{err}");
    assert!(run(&["rules", "P3O9", "--lang", "en"]).err.contains("The nearest are P309"));
    assert_eq!(run(&["rules", "P309", "--format", "xml"]).code, 2);
}

#[test]
fn figures_that_nobody_reviewed_are_listed_for_a_date() {
    assert!(shown(&["--stale", "--date", "2027-11-01"]).starts_with("Alle tal er holdt op mod kilderne"));
    let stale = shown(&["--stale", "--date", "2027-11-02"]);
    assert!(stale.starts_with("25 tal er senest holdt op mod kilderne over et år før den 02-11-2027:"), "{stale}");
    assert!(stale.contains("højeste tilskud pr. pakke: 120.000 kr. (senest set efter 01-11-2026)"), "{stale}");
    assert_eq!(run(&["rules", "--stale", "--date", "2. november"]).code, 2);
}

#[test]
fn a_review_of_one_figure_in_a_file_of_ones_own_counts_for_that_figure() {
    let folder = Folder::new();
    let own = include_str!("../../parameters/parameters.toml");
    let own = own.replacen("unit = \"timer\"\n", "unit = \"timer\"\nreviewed = \"2020-01-01\"\n", 1);
    folder.put("own.toml", own.as_bytes());
    let path = folder.arg("own.toml");
    let stale = shown(&["--stale", "--date", "2026-12-01", "--parameters", &path]);
    assert!(stale.starts_with("1 tal ") && stale.contains("fuldtidstimer på et år"), "{stale}");
    folder.put("budget.xlsx", &budget(""));
    let report = json(&[&folder.arg("budget.xlsx"), "--parameters", &path]);
    assert!(codes(&report).contains(&"S015"), "{:?}", codes(&report));
}

#[test]
fn rules_and_cases_are_counted() {
    let counts = shown(&["--count"]);
    let total = counts.lines().last().unwrap().strip_prefix("I alt").unwrap();
    let numbers: Vec<usize> = total.split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers[..2], [124, all().count()]);
    assert!(numbers[2] >= all().count() && numbers[3] >= all().count(), "{counts}");
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    for arguments in [["--count", "P309"], ["--stale", "P309"], ["--count", "--stale"]] {
        let Run { code, err, .. } = run(&[&["rules"], &arguments[..]].concat());
        assert_eq!(code, 2, "{arguments:?}");
        assert!(err.contains("kan ikke bruges sammen med"), "{err}");
    }
    assert!(run(&["rules", "--date", "2027-01-01"]).err.contains("--stale"));
}

#[test]
fn a_finding_on_a_figure_that_is_carried_over_says_so() {
    let folder = Folder::new();
    let late = case("[set.accounts]\n\"accounts.submitted\" = 2024-12-01");
    folder.put("slutregnskab.xlsx", &late[&FormKind::Accounts]);
    let report = json(&[&folder.arg("slutregnskab.xlsx"), "--rules-date", "2024-06-01"]);
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["code"] == "R601").unwrap();
    assert_eq!(finding["status"], "carried");
    assert!(finding["message"].as_str().unwrap().contains("videreført fra et tidligere år"));
}

#[test]
fn the_readme_gives_the_counts_that_the_command_prints() {
    let counts = run(&["rules", "--count"]).out;
    let numbers: Vec<&str> = counts.lines().last().unwrap().split_whitespace().skip(2).collect();
    let [catalogue, made, failing, passing] = numbers.as_slice() else { panic!("{counts}") };
    let readme = include_str!("../../README.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = format!(
        "{catalogue} rules in the catalogue, {made} made, held to {failing} failing and {passing} passing cases"
    );
    assert!(readme.contains(&sentence), "{sentence}");
}
