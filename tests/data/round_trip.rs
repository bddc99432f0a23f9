//! What is exported, imported and exported again is the same.

use serde_json::Value;
use sporskifte::export::CaseExport;
use sporskifte::form::Layout;
use sporskifte::import::{FilledForm, ImportError};
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::sample::{Bases, CaseGenerator, GeneratedCase, Scenario, workbooks};

use crate::support::extent;

use super::losses::{Loss, Losses};
use super::support::{Files, exported, exported_again, imported, samples, without_what_is_lost};

/// How many generated cases a quick and a thorough run try where `ROUND_TRIP_CASES` does not say.
const CASES: (u64, u64) = (8, 32);

/// Where two documents differ.
fn differences(path: &str, given: &Value, again: &Value, found: &mut Vec<String>) {
    match (given, again) {
        (Value::Object(given), Value::Object(again)) => {
            let keys: std::collections::BTreeSet<&String> = given.keys().chain(again.keys()).collect();
            for key in keys {
                let [given, again] = [given, again].map(|object| object.get(key).unwrap_or(&Value::Null));
                differences(&format!("{path}.{key}"), given, again, found);
            }
        }
        (Value::Array(given), Value::Array(again)) if given.len() == again.len() => {
            for (index, (given, again)) in given.iter().zip(again).enumerate() {
                differences(&format!("{path}[{index}]"), given, again, found);
            }
        }
        _ if given != again => found.push(format!("{path}: {given} became {again}")),
        _ => {}
    }
}

fn made_of(case: &CaseExport, label: &str) -> Vec<FilledForm> {
    match imported(&serde_json::to_vec(case).unwrap()) {
        Ok(made) => made,
        Err(ImportError::Problems(problems)) => {
            let problems: Vec<String> = problems.iter().map(|problem| problem.in_words(Language::English)).collect();
            panic!("{label}:\n{}", problems.join("\n"))
        }
        Err(error) => panic!("{label}: {error}"),
    }
}

/// Holds a case to coming back, whole but for its losses, under its files' own names; and, once it has been through, to
/// the very same JSON.
fn assert_comes_back(given: &CaseExport, is_moved: bool, label: &str) -> usize {
    let losses = Losses::of(given, is_moved);
    let made = made_of(&without_what_is_lost(given.clone()), label);
    if made.is_empty() {
        return 0;
    }
    let forms = given.files.iter().filter(|file| file.form.is_some());
    let named = forms.zip(&made).map(|(file, form)| (file.file.clone(), form.bytes.clone().into()));
    let again = exported(named.collect());
    assert_eq!(again.len(), 1, "{label}");
    let [expected, found] =
        [given, &again[0]].map(|case| serde_json::to_value(losses.left_out_of(case.clone())).unwrap());
    let mut differing = Vec::new();
    differences("$", &expected, &found, &mut differing);
    assert!(differing.is_empty(), "{label}:\n{}", differing.join("\n"));

    let count = made.len();
    let first = exported_again(made);
    let second = exported_again(made_of(&first, label));
    assert_eq!(serde_json::to_string(&second).unwrap(), serde_json::to_string(&first).unwrap(), "{label}");
    count
}

#[test]
fn every_sample_comes_back_as_it_was() {
    let forms: usize = exported(samples(""))
        .iter()
        .map(|case| {
            let is_moved = case.files[0].file.starts_with("16-");
            assert_comes_back(case, is_moved, &case.files[0].file)
        })
        .sum();
    assert!(forms > 30, "{forms}");
}

#[test]
fn the_losses_are_those_of_the_samples_that_are_known_for_them() {
    let with = |loss: Loss| -> Vec<String> {
        let cases = exported(samples("")).into_iter().filter(|case| Losses::of(case, false).has(loss));
        cases.map(|case| case.files[0].file.chars().take(2).collect()).collect()
    };
    assert_eq!(with(Loss::Masked), ["10"]);
    assert_eq!(with(Loss::OwnFormulas), ["07"]);
    assert_eq!(with(Loss::MissingParts), [""; 0]);
}

fn generated(number: u64) -> GeneratedCase {
    // Four in ten are clean, as what is odd is what may not come back.
    CaseGenerator::new(20_260_101, 40).unwrap().case(number).unwrap()
}

fn files(case: GeneratedCase) -> Files {
    case.files.into_iter().map(|file| (file.file, file.bytes.into())).collect()
}

#[test]
fn generated_cases_come_back_as_they_were() {
    let cases = std::env::var("ROUND_TRIP_CASES").map_or(extent(CASES.0, CASES.1), |count| count.parse().unwrap());
    let mut forms = 0;
    for number in 0..cases {
        let case = generated(number);
        let kinds: Vec<&str> = case.mistakes.iter().map(|mistake| mistake.kind.as_str()).collect();
        let oddity = case.oddity.as_deref().unwrap_or_default();
        let label = format!("case {number}: {oddity} {kinds:?}");
        let is_moved = oddity == "inserted-columns";
        for case in exported(files(case)) {
            forms += assert_comes_back(&case, is_moved, &label);
        }
    }
    assert!(forms as u64 > cases, "{forms}");
}

#[test]
fn rows_come_back_without_the_empty_ones_between_them() {
    let changes = "base = \"2023\"\ninsert.budget = [{ sheet = \"Budget\", row = 7, count = 1 }]";
    let scenario = Scenario::from_table(changes.parse().unwrap()).unwrap();
    let (layouts, parameters) = (Layout::embedded().unwrap(), Parameters::embedded().unwrap());
    let made = workbooks(&scenario, &Bases::embedded().unwrap(), &layouts, &parameters).unwrap();
    let files = made.into_iter().map(|(kind, bytes)| (format!("sag/{kind}.xlsx"), bytes.into())).collect();
    let case = exported(files).remove(0);
    let rows = &case.files[0].form.as_ref().unwrap().tables["packages"];
    let cells: Vec<Option<&str>> = rows.iter().map(|row| row.fields["employee"].cell.as_deref()).collect();
    assert_eq!(cells, [Some("Budget!B6"), Some("Budget!B8")]);
    assert_comes_back(&case, true, "a row between is empty");
}
