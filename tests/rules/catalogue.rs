//! The catalogue itself: codes in order, texts in both languages, a source and cases for each rule.

use std::collections::BTreeSet;

use sporskifte::language::Language;
use sporskifte::rules;

use crate::rules::fixture::Fixtures;

#[test]
fn codes_are_in_order_within_their_group_and_unique() {
    let codes: Vec<&str> = rules::all().map(|rule| rule.code).collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), unique.len());
    for pair in codes.windows(2).filter(|pair| pair[0][..1] == pair[1][..1]) {
        assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
    }
}

#[test]
fn every_rule_has_a_failing_and_a_passing_case() {
    for rule in rules::all() {
        let fixtures = Fixtures::of(rule.code);
        assert!(!fixtures.fails.is_empty() && !fixtures.passes.is_empty(), "{}", rule.code);
    }
}

#[test]
fn no_case_is_left_of_a_rule_that_is_gone() {
    let folder = Fixtures::path("X");
    for file in std::fs::read_dir(folder.parent().unwrap()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let code = name.trim_end_matches(".toml");
        assert!(rules::all().any(|rule| rule.code == code), "{name}");
    }
}

#[test]
fn every_rule_has_its_texts_and_a_source() {
    for rule in rules::all() {
        assert!(!rule.sources.is_empty(), "{}", rule.code);
        assert!(rule.sources.iter().all(|source| !source.quote.trim().is_empty()), "{}", rule.code);
        assert!(!rule.name.is_empty() && !rule.kinds.is_empty(), "{}", rule.code);
        for text in [rule.title, rule.message, rule.action] {
            assert!(!text.da.trim().is_empty() && !text.en.trim().is_empty(), "{}", rule.code);
        }
    }
}

#[test]
fn both_languages_name_the_same_values() {
    for rule in rules::all() {
        for text in [rule.message, rule.action] {
            assert_eq!(values(text.da), values(text.en), "{}", rule.code);
        }
    }
}

#[test]
fn no_two_rules_say_the_same() {
    for language in [Language::Danish, Language::English] {
        let texts: Vec<&str> = rules::all().map(|rule| rule.message.get(language)).collect();
        let unique: BTreeSet<&str> = texts.iter().copied().collect();
        let twice: Vec<&&str> =
            unique.iter().filter(|one| texts.iter().filter(|text| text == one).count() > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}

/// The values that a text names.
fn values(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}
