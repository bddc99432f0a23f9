//! Every rule finds what it is for, at the exact cell, and nothing else; and stays silent just within its bounds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers may panic")]

mod catalogue;
mod fixture;
mod odd_files;

use fixture::{Checker, Fixtures};
use sporskifte::finding::Finding;
use sporskifte::language::Language;
use sporskifte::rules;
use toml::Table;

#[test]
fn every_failing_case_has_exactly_its_findings() {
    let checker = Checker::new();
    let mut differences = String::new();
    for rule in rules::all() {
        for case in Fixtures::of(rule.code).fails {
            let checked = checker.check(case);
            assert!(checked.expects(rule.code), "{}: `{}` does not expect it", rule.code, checked.what);
            let difference = checked.differences();
            if !difference.is_empty() {
                differences += &format!("\n{}: {}{difference}", rule.code, checked.what);
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn no_passing_case_breaks_its_rule_or_has_other_mistakes() {
    let checker = Checker::new();
    let mut faults = String::new();
    for rule in rules::all() {
        for case in Fixtures::of(rule.code).passes {
            let checked = checker.check(case);
            let found = checked.faults(rule.code);
            if !found.is_empty() {
                faults += &format!("\n{}: {}{found}", rule.code, checked.what);
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_clean_cases_of_all_years_have_no_finding() {
    let checker = Checker::new();
    for base in checker.bases() {
        let checked = checker.check(Table::from_iter([("base".to_owned(), base.into())]));
        let found: Vec<_> =
            checked.findings().map(|(form, finding)| (form, finding.message(Language::Danish))).collect();
        assert_eq!(found, [], "{base}");
    }
}

#[test]
fn every_finding_reads_as_whole_sentences_in_both_languages() {
    let checker = Checker::new();
    for rule in rules::all() {
        for case in Fixtures::of(rule.code).fails {
            let checked = checker.check(case);
            checked.findings().for_each(|(_, finding)| assert_readable(finding));
        }
    }
}

fn assert_readable(finding: &Finding) {
    assert_eq!(finding.missing_values(), Vec::<String>::new(), "{}", finding.rule.code);
    for language in [Language::Danish, Language::English] {
        for text in [finding.message(language), finding.action(language)] {
            let code = finding.rule.code;
            assert!(!text.is_empty() && text.trim() == text, "{code}: `{text}`");
            assert!(text.ends_with(['.', ':', ')', '…']), "{code}: no sentence: {text}");
            assert!(!text.contains(['{', '}']) && !text.contains("  ") && !text.contains(".."), "{code}: {text}");
        }
    }
}
