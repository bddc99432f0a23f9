//! `sporskifte samples --cases`: any number of invented cases, and what is expected of the check beside them.

use std::fs;

use serde_json::Value;

use crate::command::support::{Folder, run};

fn expected(folder: &Folder, name: &str) -> Vec<Value> {
    let list = fs::read_to_string(folder.path(name).join("forventet.jsonl")).unwrap();
    list.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_option_has_its_effect() {
    let folder = Folder::new();
    let make = |name: &str, options: &[&str]| {
        let run = run(&[&["samples", "--out", &folder.arg(name)], options].concat());
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""), "{options:?}");
        expected(&folder, name)
    };
    let few = make("few", &["--cases", "3"]);
    assert_eq!(few.len(), 3);
    assert_eq!(make("one", &["--cases", "3", "--seed", "1", "--clean", "60"]), few);
    assert_ne!(make("other", &["--cases", "3", "--seed", "2"]), few);
    let wrong = make("wrong", &["--cases", "4", "--clean", "0"]);
    assert!(wrong.iter().all(|case| !case["mistakes"].as_array().unwrap().is_empty()));
    let clean = make("clean", &["--cases", "4", "--clean", "100"]);
    assert!(clean.iter().all(|case| case["mistakes"].as_array().unwrap().is_empty()));
}

#[test]
fn what_the_check_finds_in_the_folder_is_what_the_list_says() {
    let folder = Folder::new();
    run(&["samples", "--cases", "25", "--seed", "3", "--clean", "40", "--out", &folder.arg("sager")]);
    let check = run(&["check", &folder.arg("sager"), "--format", "jsonl"]);
    let lines: Vec<Value> = check.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for file in expected(&folder, "sager").iter().flat_map(|case| case["files"].as_array().unwrap().clone()) {
        let path = format!("{}/{}", folder.arg("sager").replace('\\', "/"), file["file"].as_str().unwrap());
        let own = lines.iter().filter(|line| line["type"] == "finding" && line["file"] == path.as_str());
        let mut codes: Vec<&str> = own.map(|line| line["code"].as_str().unwrap()).collect();
        codes.retain(|code| !code.starts_with("B7"));
        codes.sort_unstable();
        assert_eq!(serde_json::to_value(codes).unwrap(), file["codes"], "{path}");
    }
}

#[test]
fn a_folder_with_somebodys_files_is_refused_in_either_language() {
    let folder = Folder::new();
    folder.put("mine/noter.txt", b"husk");
    for (language, word) in [("da", "noter.txt"), ("en", "noter.txt")] {
        let run = run(&["samples", "--cases", "2", "--out", &folder.arg("mine"), "--lang", language]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(word), "{}", run.err);
    }
    assert_eq!(folder.files("mine").len(), 1);
}

#[test]
fn a_seed_and_a_share_mean_nothing_without_a_number_of_cases() {
    let folder = Folder::new();
    for option in [["--seed", "3"], ["--clean", "50"], ["--cases", "0"]] {
        let run = run(&[&["samples", "--out", &folder.arg("ud")], &option[..]].concat());
        assert_eq!(run.code, 2, "{option:?}");
        assert!(!folder.path("ud").exists());
    }
    assert_eq!(run(&["samples", "--out", &folder.arg("ud"), "--cases", "1", "--clean", "101"]).code, 2);
}
