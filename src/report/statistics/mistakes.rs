//! How often each rule fired, and on which fields.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::report::model::CaseReport;
use crate::rules::Rule;

/// How many fields are told apart at most: forms have some hundred, but nobody knows what a layout of one's own holds.
const MOST_FIELDS: usize = 10_000;

/// How often something was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frequency {
    /// In how many findings.
    pub findings: usize,
    /// In how many files.
    pub files: usize,
    /// In how many cases.
    pub cases: usize,
}

/// How often a rule fired.
#[derive(Debug, Clone)]
pub struct FiredRule {
    /// The rule.
    pub rule: &'static Rule,
    /// How often.
    pub frequency: Frequency,
}

/// How often a rule fired on one field.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The rule.
    pub rule: &'static Rule,
    /// The label of the field.
    pub label: Arc<str>,
    /// How often.
    pub frequency: Frequency,
}

/// Counts what was found by a key.
#[derive(Debug, Default)]
struct Tally<K>(BTreeMap<K, (&'static str, Frequency)>);

impl<K: Ord + Clone> Tally<K> {
    /// Counts the findings of a case: for each file the key and the rule's code of each finding.
    fn add(&mut self, files: impl Iterator<Item = Vec<(K, &'static str)>>, most: usize) {
        let mut seen_in_case = BTreeSet::new();
        for findings in files {
            let mut seen_in_file = BTreeSet::new();
            for (key, code) in findings {
                if self.0.len() >= most && !self.0.contains_key(&key) {
                    continue;
                }
                let (_, frequency) = self.0.entry(key.clone()).or_insert((code, Frequency::default()));
                frequency.findings += 1;
                frequency.files += usize::from(seen_in_file.insert(key.clone()));
                frequency.cases += usize::from(seen_in_case.insert(key));
            }
        }
    }
}

/// Counts mistakes while the cases go by.
#[derive(Debug, Default)]
pub(super) struct MistakeCounter {
    by_rule: Tally<&'static str>,
    by_field: Tally<(&'static str, Arc<str>)>,
}

impl MistakeCounter {
    pub(super) fn add(&mut self, case: &CaseReport) {
        let by_rule = case
            .files
            .iter()
            .map(|file| file.findings.iter().map(|finding| (finding.rule.code, finding.rule.code)).collect());
        self.by_rule.add(by_rule, usize::MAX);
        let by_field = case.files.iter().map(|file| {
            let at_fields = file.findings.iter().filter_map(|finding| {
                let label = Arc::clone(&finding.place()?.label);
                let code = finding.rule.code;
                (!label.is_empty()).then_some(((code, label), code))
            });
            at_fields.collect()
        });
        self.by_field.add(by_field, MOST_FIELDS);
    }

    /// The rules and the mistakes, the most frequent first.
    pub(super) fn most_frequent_first(self) -> (Vec<FiredRule>, Vec<Mistake>) {
        let fired = self.by_rule.0.into_values();
        let fired =
            fired.filter_map(|(code, frequency)| Some(FiredRule { rule: crate::rules::find(code)?, frequency }));
        let mut fired: Vec<FiredRule> = fired.collect();
        fired.sort_by_key(|fired| Reverse(fired.frequency));
        let mistakes = self.by_field.0.into_iter();
        let mistakes = mistakes.filter_map(|((_, label), (code, frequency))| {
            Some(Mistake { rule: crate::rules::find(code)?, label, frequency })
        });
        let mut mistakes: Vec<Mistake> = mistakes.collect();
        mistakes.sort_by_key(|mistake| Reverse(mistake.frequency));
        (fired, mistakes)
    }
}
