//! Every rule finds what it is for, at the exact cell, and nothing else; and stays silent just within its bounds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers may panic")]

mod catalogue;
mod examples;
mod fixture;
mod odd_files;

use std::sync::LazyLock;

use fixture::{Checker, Fixtures, Outcome};
use sporskifte::finding::Finding;
use sporskifte::language::Language;
use sporskifte::rules;
use toml::Table;

/// The failing cases of all rules with the code of each, checked once for all tests.
static FAILING: LazyLock<Vec<(&str, Outcome)>> = LazyLock::new(|| {
    let checker = Checker::new();
    let of_rule = |code: &'static str| Fixtures::of(code).fails.into_iter().map(move |case| (code, case));
    let cases = rules::all().flat_map(|rule| of_rule(rule.code));
    cases.map(|(code, case)| (code, checker.check(case))).collect()
});

#[test]
fn every_failing_case_has_exactly_its_findings() {
    let mut differences = Vec::new();
    for (code, outcome) in FAILING.iter() {
        let what = format!("{code}: {}", outcome.what);
        assert!(outcome.expects(code), "{what}: the rule's own finding is not among the expected ones");
        differences.extend(outcome.differences().iter().map(|difference| format!("{what}: {difference}")));
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn no_passing_case_breaks_its_rule_or_has_other_mistakes() {
    let checker = Checker::new();
    let mut faults = Vec::new();
    for rule in rules::all() {
        for case in Fixtures::of(rule.code).passes {
            let outcome = checker.check(case);
            let what = format!("{}: {}", rule.code, outcome.what);
            faults.extend(outcome.faults(rule.code).iter().map(|fault| format!("{what}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_clean_cases_of_all_years_have_no_finding() {
    let checker = Checker::new();
    for base in checker.bases() {
        let outcome = checker.check(Table::from_iter([("base".to_owned(), base.into())]));
        let found: Vec<_> =
            outcome.findings().map(|(form, finding)| (form, finding.message(Language::Danish))).collect();
        assert_eq!(found, [], "{base}");
    }
}

#[test]
fn every_finding_reads_as_whole_sentences_in_both_languages() {
    for (_, outcome) in FAILING.iter() {
        outcome.findings().for_each(|(_, finding)| assert_readable(finding));
    }
}

fn assert_readable(finding: &Finding) {
    assert_eq!(finding.missing_values(), Vec::<String>::new(), "{}", finding.rule.code);
    for language in [Language::Danish, Language::English] {
        for text in [finding.message(language), finding.action(language)] {
            let code = finding.rule.code;
            assert!(!text.is_empty() && text.trim() == text, "{code}: `{text}`");
            assert!(text.ends_with(['.', ':', ')', '…']), "{code}: no sentence: {text}");
            assert!(!text.contains("010170") && !text.contains("101700000"), "{code}: a CPR number unmasked: {text}");
            assert!(!text.contains(['{', '}']) && !text.contains("  ") && !text.contains(".."), "{code}: {text}");
        }
    }
}
