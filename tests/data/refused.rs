//! What cannot be imported: everything that is wrong is named with its place.

use serde_json::{Value, json};
use sporskifte::import::ImportError;
use sporskifte::language::Language;

use super::support::{exported, imported, samples};

fn problems(case: &Value) -> Vec<String> {
    match imported(case.to_string().as_bytes()) {
        Err(ImportError::Problems(problems)) => {
            problems.iter().map(|problem| problem.in_words(Language::English)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn budget(fields: &Value, packages: &Value) -> Value {
    json!({ "files": [{ "form": { "kind": "budget", "fields": fields, "tables": { "packages": packages } } }] })
}

#[test]
fn every_problem_is_named_with_its_place() {
    let fields = json!({
        "company.name": { "value": 7 },
        "company.navn": { "value": "Vejle" },
        "company.cvr": { "value": "13585627" },
        "case.application_date": { "value": "1. maj 2023" },
        "declaration.agreed": { "value": "Ja" },
        "contact.name": { "masked": "010170-****" },
        "contact.phone": { "value": "x", "written": "x" },
        "sum.packages": { "value": "5.00", "overridden": "no" },
    });
    let package = json!({ "fields": {
        "employee": { "value": "010170-1234" },
        "wage": { "value": 245.5 },
        "course.hours": { "value": "-1" },
        "employment": { "value": "Fast" },
    } });
    let found = problems(&budget(&fields, &json!([package, { "fields": { "nr": { "value": "2" } } }])));
    let places: Vec<&str> = found.iter().map(|problem| problem.split_once(": ").unwrap().0).collect();
    let row = "$.files[0].form.tables.packages[0].fields";
    let mut expected = vec![
        "$.files[0].form.fields[\"company.name\"].value".to_owned(),
        "$.files[0].form.fields[\"company.navn\"]".to_owned(),
        "$.files[0].form.fields[\"company.cvr\"].value".to_owned(),
        "$.files[0].form.fields[\"case.application_date\"].value".to_owned(),
        "$.files[0].form.fields[\"declaration.agreed\"].value".to_owned(),
        "$.files[0].form.fields[\"contact.name\"]".to_owned(),
        "$.files[0].form.fields[\"contact.phone\"]".to_owned(),
        "$.files[0].form.fields[\"sum.packages\"].overridden".to_owned(),
        format!("{row}.employee.value"),
        format!("{row}.wage.value"),
        format!("{row}[\"course.hours\"].value"),
        format!("{row}.employment.value"),
        "$.files[0].form.tables.packages[1]".to_owned(),
    ];
    expected.sort();
    let mut places: Vec<String> = places.into_iter().map(str::to_owned).collect();
    places.sort();
    assert_eq!(places, expected);
    assert!(!found.iter().any(|problem| problem.contains("1234")), "{found:?}");
}

#[test]
fn no_formula_of_the_data_gets_into_a_workbook() {
    let package = json!({ "fields": {
        "employee": { "value": "=1+1" },
        "wage": { "written": "HYPERLINK(\"http://eksempel.dk\")", "as": "error" },
        "materials": { "written": "#REF!+1", "as": "error" },
    } });
    let found = problems(&budget(&json!({}), &json!([package])));
    let row = "$.files[0].form.tables.packages[0].fields";
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with(&format!("{row}.materials: ")) && found[1].starts_with(&format!("{row}.wage: ")));
}

#[test]
fn an_amount_that_is_a_cpr_number_without_its_zero_is_named_as_one() {
    let package =
        json!({ "fields": { "materials": { "value": "101701234.00" }, "course.fee": { "value": "101701234.50" } } });
    let found = problems(&budget(&json!({}), &json!([package])));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(".materials.value: a CPR number"), "{found:?}");
}

#[test]
fn an_amount_that_the_formula_does_not_give_is_named_with_what_it_gives() {
    let package = json!({ "fields": {
        "nr": { "value": "1" }, "employee": { "value": "JHA" }, "wage": { "value": "200" },
        "internship.weeks": { "value": "2" }, "internship.week_hours": { "value": "37" },
        "internship.wage": { "value": "14800.01" },
    } });
    let found = problems(&budget(&json!({ "case.application_date": { "value": "2023-05-01" } }), &json!([package])));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("$.files[0].form.tables.packages[0].fields[\"internship.wage\"]: "), "{found:?}");
    assert!(found[0].contains("14800.00"), "{found:?}");
}

#[test]
fn a_masked_cpr_number_and_a_file_that_is_no_form_cannot_be_made() {
    for folder in ["10-", "19-"] {
        for case in exported(samples(folder)) {
            let found = problems(&serde_json::to_value(&case).unwrap());
            assert!(!found.is_empty(), "{folder}");
        }
    }
}

#[test]
fn more_packages_than_the_form_has_room_for_are_refused() {
    let package = json!({ "fields": { "employee": { "value": "JHA" } } });
    let found = problems(&budget(&json!({}), &Value::Array(vec![package; 46])));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("$.files[0].form.tables.packages: "), "{found:?}");
}

#[test]
fn a_document_of_one_case_is_that_case_and_one_of_several_is_refused() {
    let case = |name: &str| json!({ "case": name, "files": [] });
    let document = |cases: Value| json!({ "schema": "sporskifte-case/1", "cases": cases });
    assert!(imported(document(json!([case("a")])).to_string().as_bytes()).is_ok());
    let found = problems(&document(json!([case("a"), case("b")])));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("$.cases: 2 cases are here"), "{found:?}");
    let wrong = problems(&document(json!([{ "filer": [], "files": [] }])));
    assert!(wrong[0].starts_with("$.cases[0].filer: "), "{wrong:?}");
}

#[test]
fn a_member_that_stands_twice_is_named_with_its_place_beside_other_problems() {
    let fields = r#"{"company.name":{"value":"Vejle"},"company.name":{"value":"Ventil"},"company.navn":{"value":"V"}}"#;
    let json = format!(r#"{{"files":[],"files":[{{"form":{{"kind":"budget","fields":{fields}}}}}]}}"#);
    let Err(ImportError::Problems(problems)) = imported(json.as_bytes()) else { panic!("it was imported") };
    let found: Vec<String> = problems.iter().map(|problem| problem.in_words(Language::English)).collect();
    let form = "$.files[0].form.fields";
    let twice = "stands here more than once, and nothing tells which one counts";
    let unknown = "there is nothing of this name here";
    let expected = [
        format!("$.files: {twice}"),
        format!("{form}[\"company.name\"]: {twice}"),
        format!("{form}[\"company.navn\"]: {unknown}"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_json_is_refused() {
    assert!(matches!(imported(b"{"), Err(ImportError::Syntax(_))));
}
