//! The rule catalogue: `docs/rules.md` is what the program writes, and a rule's page reads as it should.
//!
//! After a change of a rule, its cases or a figure: see `tests/rules/examples.rs`.

#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use sporskifte::catalogue::{Catalogue, CatalogueText, catalogue_markdown, find, rule_text};
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::rules;

fn page(code: &str, language: Language) -> String {
    let parameters = Parameters::embedded().unwrap();
    let catalogue = Catalogue::new(&parameters).unwrap();
    rule_text(&catalogue.entry(find(code).unwrap()), CatalogueText { language, width: 100 })
}

#[test]
fn the_committed_document_is_current() {
    let parameters = Parameters::embedded().unwrap();
    let made = catalogue_markdown(&Catalogue::new(&parameters).unwrap(), Language::Danish);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let update = "SPORSKIFTE_UPDATE=1 cargo test catalogue::";
    assert!(fs::read_to_string(&path).unwrap_or_default() == made, "docs/rules.md is out of date: run {update}");
}

#[test]
fn a_rule_reads_like_help_from_a_colleague() {
    assert_snapshot!(page("P303", Language::Danish));
}

#[test]
fn a_rule_on_a_reading_says_so() {
    assert_snapshot!(page("V203", Language::English));
}

#[test]
fn a_figure_that_is_carried_over_or_our_own_says_so() {
    assert!(page("V210", Language::Danish).contains("500.000 kr. (videreført fra et tidligere år"));
    assert!(page("P321", Language::Danish).contains("25 % (et arbejdstal, ikke en regel i ordningen"));
    assert!(page("P325", Language::Danish).contains("ukendt"));
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    for rule in rules::all() {
        for language in [Language::Danish, Language::English] {
            let page = page(rule.code, language);
            assert!(!page.contains(['{', '}']), "{page}");
            assert!(page.lines().count() > 15, "{page}");
        }
    }
}

#[test]
fn a_rule_names_every_figure_that_its_file_uses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for rule in rules::all() {
        let code = rule.code.to_lowercase();
        let mut files = fs::read_dir(folder.join(code.get(..1).unwrap())).unwrap().map(|entry| entry.unwrap());
        let file = files.find(|file| file.file_name().to_str().unwrap().starts_with(&code)).unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let used = text.split("ParameterKey::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
        let named: Vec<String> = rule.parameters.iter().map(|key| format!("{key:?}")).collect();
        for key in used.flatten() {
            assert!(named.iter().any(|name| name == key), "{} does not name {key}", rule.code);
        }
    }
}
