//! The schema is the published one, and exports satisfy it.

use sporskifte::export::schema;

use super::support::{exported, samples};

#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let published = include_str!("../../docs/export.schema.json");
    let current = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    assert!(published == current, "write it anew: cargo run -- export --schema > docs/export.schema.json");
}

#[test]
fn every_export_of_the_samples_satisfies_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let cases = exported(samples(""));
    assert!(cases.len() > 15);
    for case in cases {
        let case = serde_json::to_value(&case).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&case).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_schema_knows_the_fields_of_the_forms() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut case = serde_json::to_value(exported(samples("03-")).remove(0)).unwrap();
    assert!(validator.is_valid(&case));
    case["files"][0]["form"]["fields"]["company.navn"] = serde_json::json!({ "value": "x" });
    assert!(!validator.is_valid(&case));
}
