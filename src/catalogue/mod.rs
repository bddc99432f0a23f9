//! The rule catalogue for people: what each rule finds, why, by which figures, with examples from its own tests.
//!
//! Everything shown comes from the rules, the parameters and the tests' cases; nothing is written a second time.

mod counts;
mod examples;
mod figures;
mod groups;
mod json;
mod markdown;
mod page;
mod text;
mod years;

pub use counts::counts_text;
pub use examples::{Example, ExampleCase, Examples, FoundExample};
pub use json::{rule_json, rules_json};
pub use markdown::{catalogue_markdown, rule_markdown};
pub use text::{CatalogueText, list_text, rule_text, stale_text};
pub use years::Span;

use crate::parameters::{Figure, Parameters};
use crate::rules::{self, Rule};

/// The rules with the figures they rest on and their examples.
#[derive(Debug)]
pub struct Catalogue<'p> {
    parameters: &'p Parameters,
    examples: Examples,
}

/// One rule with all there is to say of it.
#[derive(Debug)]
pub struct Entry<'c> {
    /// The rule.
    pub rule: &'static Rule,
    /// The application dates it is for; `None` where it is for all.
    pub years: Option<Vec<Span>>,
    /// The figures it rests on, each through time.
    pub figures: Vec<Vec<Figure<'c>>>,
    /// A case that breaks it and one that does not.
    pub example: Option<&'c Example>,
}

impl<'p> Catalogue<'p> {
    /// The catalogue on given parameters.
    pub fn new(parameters: &'p Parameters) -> Result<Self, serde_json::Error> {
        Ok(Self { parameters, examples: Examples::embedded()? })
    }

    /// What there is to say of a rule.
    pub fn entry(&self, rule: &'static Rule) -> Entry<'_> {
        Entry {
            rule,
            years: years::spans(rule, self.parameters),
            figures: rule.parameters.iter().map(|key| self.parameters.history(*key)).collect(),
            example: self.examples.of(rule.code),
        }
    }

    /// All rules, in the order of their codes within the groups.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        groups::GROUPS.iter().flat_map(|group| self.group(group))
    }

    fn group(&self, group: &groups::Group) -> impl Iterator<Item = Entry<'_>> {
        let letter = group.letter;
        rules::all().filter(move |rule| rule.code.starts_with(letter)).map(|rule| self.entry(rule))
    }
}

/// The rule of a code or a name, in any case.
pub fn find(word: &str) -> Option<&'static Rule> {
    rules::find(word).or_else(|| rules::all().find(|rule| rule.name.eq_ignore_ascii_case(word)))
}

/// How many codes to suggest.
const SUGGESTIONS: usize = 3;

/// The codes that a mistyped one may mean, the nearest first.
pub fn nearest(word: &str) -> Vec<&'static str> {
    let (code, name) = (word.to_uppercase(), word.to_lowercase());
    let distance = |rule: &Rule| {
        let by_name = strsim::osa_distance(&name, rule.name);
        strsim::osa_distance(&code, rule.code).min(by_name)
    };
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort_by_key(|rule| (distance(rule), rule.code));
    rules.into_iter().take(SUGGESTIONS).map(|rule| rule.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_code_or_name_in_any_case() {
        assert_eq!(find("p309").unwrap().code, "P309");
        assert_eq!(find("Admin-Hours").unwrap().code, "P309");
        assert!(find("P999").is_none());
    }

    #[test]
    fn the_nearest_codes_come_first() {
        assert_eq!(nearest("P3O9").first(), Some(&"P309"));
        assert_eq!(nearest("admin-hour").first(), Some(&"P309"));
    }

    #[test]
    fn every_rule_belongs_to_a_group() {
        let parameters = Parameters::embedded().unwrap();
        let catalogue = Catalogue::new(&parameters).unwrap();
        assert_eq!(catalogue.entries().count(), rules::all().count());
    }
}
