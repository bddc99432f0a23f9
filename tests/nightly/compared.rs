//! What the rules of another date would make of the same cases.

use std::fs;
use std::path::Path;

use crate::nightly::support::Night;

fn samples(night: &Night, folder: &str) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    fs::create_dir(night.path(folder)).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), night.path(folder).join(file.file_name())).unwrap();
    }
}

#[test]
fn a_case_that_other_rules_decide_otherwise_is_told_with_the_rule_and_the_amount() {
    let night = Night::with_cases(1);
    samples(&night, "05-administrationstimer");
    let run = night.run("compare 05-administrationstimer --rules-date 2023-06-01 --rules-date 2024-06-01");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Tilskud: 118.774,84 → 119.019,84 (245,00)"), "{}", run.out);
    assert!(run.out.contains("Kun med de første regler: P309 For mange timer til administration"), "{}", run.out);
    assert!(run.out.ends_with("118.774,84 → 119.019,84 (245,00).\n"), "{}", run.out);
}

#[test]
fn the_same_rules_change_nothing() {
    let night = Night::with_cases(15);
    let run = night.run("compare sager --rules-date 2023-06-01 --rules-date 2023-07-01");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains(": 0 bliver anderledes, 0 får et andet resultat."), "{}", run.out);
    let lines = night.run("compare sager --rules-date 2023-06-01 --rules-date 2024-07-01 --format jsonl").out;
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["cases"].as_u64(), Some(lines.lines().count() as u64 - 1));
    assert!(last["differing"].as_u64().unwrap() > 5);
}

#[test]
fn one_date_is_not_enough() {
    let night = Night::with_cases(1);
    let run = night.run("compare sager --rules-date 2023-06-01");
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("Angiv --rules-date to gange"), "{}", run.err);
    assert_eq!(night.run("compare sager --rules-date 2023-06-01 --rules-date 2022-06-01").code, 2);
}
