//! The output of `--format jsonl` is as `docs/jsonl.md` describes it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use assert_cmd::Command;
use serde_json::Value;
use sporskifte::configuration::Configuration;
use sporskifte::language::{Language, Text};
use sporskifte::report::{PassedOver, PassedOverKind, Problem, RunReport, write_jsonl};

type Keys = BTreeMap<String, BTreeSet<String>>;

static LINES: LazyLock<Vec<Value>> = LazyLock::new(|| parsed(&run("jsonl", &[])));
static DOCUMENT: LazyLock<String> =
    LazyLock::new(|| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/jsonl.md")).unwrap());

fn run(format: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sporskifte"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", "samples", "--format", format]).args(arguments);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn parsed(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn of_type<'l>(lines: &'l [Value], name: &str) -> Vec<&'l Value> {
    lines.iter().filter(|line| line["type"] == name).collect()
}

/// The lines of a run with a problem, a file passed over and decisions, which the samples have none of.
fn problem_lines() -> Vec<Value> {
    let configuration = "[rules]\nP322 = \"off\"\n[figures]\nrounding_tolerance = \"2.00\"\n[[waiver]]\n\
        journal = \"23/05285\"\ncode = \"T401\"\nreason = \"aftalt\"\nwho = \"BO\"\nuntil = \"2023-12-31\"";
    let configuration = Configuration::from_toml(configuration).unwrap();
    let problem =
        Problem::NotWritten { path: "ud/a.xlsx".into(), reason: Text::new("der er ikke plads", "no space is left") };
    let mut out = Vec::new();
    let mut report = RunReport::in_memory(Vec::new(), configuration);
    report.problems.push(problem);
    report.may_hold_forms.push(PassedOver { path: "sager/a.zip".into(), kind: PassedOverKind::Archive });
    write_jsonl(&report, Language::Danish, &mut out).unwrap();
    parsed(&String::from_utf8(out).unwrap())
}

/// The keys of an object; those of objects within it behind a dot, of objects in an array behind `[].`.
fn keys(object: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (key, value) in object.as_object().unwrap() {
        let inner = match value {
            Value::Object(_) => keys(value).into_iter().map(|inner| format!("{key}.{inner}")).collect(),
            Value::Array(items) => items
                .iter()
                .filter(|item| item.is_object())
                .flat_map(|item| keys(item).into_iter().map(|inner| format!("{key}[].{inner}")))
                .collect(),
            _ => Vec::new(),
        };
        found.extend(inner);
        if !value.is_object() {
            found.insert(key.clone());
        }
    }
    found
}

fn keys_by_type<'l>(lines: impl IntoIterator<Item = &'l Value>) -> Keys {
    let mut by_type = Keys::new();
    for line in lines {
        by_type.entry(line["type"].as_str().unwrap().to_owned()).or_default().extend(keys(line));
    }
    by_type
}

/// The keys in the tables of the document, by the object type of the section.
fn documented() -> Keys {
    let sections = DOCUMENT.split("\n## `").skip(1).map(|section| section.split_once('`').unwrap());
    let table = |text: &str| {
        text.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned())).collect()
    };
    sections.map(|(name, text)| (name.to_owned(), table(text))).collect()
}

#[test]
fn every_key_is_documented_and_every_documented_key_is_written() {
    assert_eq!(keys_by_type(LINES.iter().chain(&problem_lines())), documented());
}

#[test]
fn the_examples_in_the_document_have_the_documented_keys() {
    let examples: Vec<Value> =
        parsed(&DOCUMENT.lines().filter(|line| line.starts_with('{')).collect::<Vec<_>>().join("\n"));
    assert_eq!(keys_by_type(&examples), documented());
}

#[test]
fn the_examples_of_a_case_in_the_document_are_what_the_program_writes() {
    let examples = DOCUMENT.lines().filter(|line| line.starts_with('{') && line.contains("23/05285"));
    // The hash changes with every change of the form.
    let without_hash = |mut object: Value| {
        object.as_object_mut().unwrap().remove("sha256");
        object
    };
    let written: Vec<Value> = LINES.iter().cloned().map(without_hash).collect();
    let examples: Vec<Value> = parsed(&examples.collect::<Vec<_>>().join("\n")).into_iter().map(without_hash).collect();
    assert_eq!(examples.len(), 3);
    for example in examples {
        assert!(written.contains(&example), "no longer written: {example}");
    }
}

#[test]
fn every_object_has_all_keys_of_its_type() {
    for line in LINES.iter() {
        let top_level = |keys: &BTreeSet<String>| {
            keys.iter().map(|key| key.split(['.', '[']).next().unwrap().to_owned()).collect::<BTreeSet<_>>()
        };
        assert_eq!(top_level(&keys(line)), top_level(&documented()[line["type"].as_str().unwrap()]), "{line}");
    }
}

#[test]
fn the_keys_that_readers_build_on_are_there() {
    let needed = |name: &str, keys: &[&str]| {
        let objects = of_type(&LINES, name);
        assert!(!objects.is_empty(), "{name}");
        for (object, key) in objects.iter().flat_map(|object| keys.iter().map(move |key| (object, key))) {
            assert!(object.get(key).is_some(), "{key} is missing: {object}");
        }
    };
    let place = ["sheet", "cell", "label", "found", "expected", "message"];
    needed("finding", &[&["type", "case", "file", "kind", "code", "name", "severity"][..], &place].concat());
    needed("file", &["file", "case", "kind", "verdict", "sha256", "errors", "warnings", "reviews"]);
    needed("case", &["case", "claimed", "recalculated"]);
}

#[test]
fn the_summary_is_last_and_its_inputs_and_verdicts_agree() {
    let summary = LINES.last().unwrap();
    assert_eq!(of_type(&LINES, "summary"), [summary]);
    let files = of_type(&LINES, "file");
    assert_eq!(summary["inputs"], files.len());
    assert_eq!(summary["verdicts"], summary["inputs"]);
    for (verdict, count) in summary["by_verdict"].as_object().unwrap() {
        assert_eq!(*count, files.iter().filter(|file| file["verdict"] == *verdict).count(), "{verdict}");
    }
    assert_eq!(summary["cases"], of_type(&LINES, "case").len());
    let errors = of_type(&LINES, "finding").iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(summary["errors"], errors);
}

#[test]
fn files_come_in_the_order_of_their_paths_behind_their_findings() {
    let paths: Vec<&str> = of_type(&LINES, "file").iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert!(paths.is_sorted(), "{paths:?}");
    let mut findings_of_file = Vec::new();
    for line in LINES.iter() {
        match line["type"].as_str().unwrap() {
            "finding" => findings_of_file.push(line["file"].clone()),
            "file" => {
                let counted: u64 =
                    ["errors", "warnings", "reviews"].iter().map(|key| line[key].as_u64().unwrap()).sum();
                assert_eq!(u64::try_from(findings_of_file.len()).unwrap(), counted, "{line}");
                assert!(findings_of_file.drain(..).all(|file| file == line["file"]), "{line}");
            }
            _ => assert_eq!(findings_of_file, Vec::<Value>::new()),
        }
    }
}

#[test]
fn json_holds_the_same_objects() {
    let document: Value = serde_json::from_str(&run("json", &[])).unwrap();
    for (key, name) in [
        ("findings", "finding"),
        ("files", "file"),
        ("cases", "case"),
        ("decisions", "decision"),
        ("problems", "problem"),
        ("passed_over", "passed-over"),
    ] {
        let objects: Vec<&Value> = document[key].as_array().unwrap().iter().collect();
        assert_eq!(objects, of_type(&LINES, name), "{key}");
    }
    assert_eq!(document["summary"], *LINES.last().unwrap());
    assert_eq!(document.as_object().unwrap().len(), 7);
}

#[test]
fn the_language_changes_words_and_nothing_else() {
    let english = parsed(&run("jsonl", &["--lang", "en"]));
    let without_words = |lines: &[Value]| -> Vec<Value> {
        let mut lines = lines.to_vec();
        for object in lines.iter_mut().filter_map(Value::as_object_mut) {
            for key in ["message", "action", "found", "expected"] {
                object.remove(key);
            }
        }
        lines
    };
    assert_eq!(without_words(&english), without_words(&LINES));
    assert_ne!(english, *LINES);
}
