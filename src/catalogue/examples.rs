//! An example of each rule, as the tests' cases are: `examples.json` is made from them, and a test says it is current.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::OwnedText;

/// The examples of all rules, by their codes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Examples {
    by_code: BTreeMap<String, Example>,
}

/// A case that breaks a rule, one that does not, and how many of each the rule is tested on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// How many cases that break the rule it is tested on.
    pub failing: usize,
    /// How many that just do not.
    pub passing: usize,
    /// A case that breaks the rule.
    pub fails: ExampleCase,
    /// What the rule says of it.
    pub found: FoundExample,
    /// A case that does not.
    pub passes: ExampleCase,
}

/// A case as its difference from a clean one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleCase {
    /// The year of the clean case; `None` where the case has another date of its own.
    pub year: Option<String>,
    /// What its forms say, line by line.
    pub says: Vec<OwnedText>,
}

/// What a rule says of a case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FoundExample {
    /// Where: `Budget U6`; empty where the whole file is meant.
    pub place: String,
    /// What is wrong.
    pub message: OwnedText,
    /// What to do.
    pub action: OwnedText,
}

impl Examples {
    /// The examples that come with the program.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("examples.json"))
    }

    /// Examples by the codes of their rules.
    pub fn new(by_code: BTreeMap<String, Example>) -> Self {
        Self { by_code }
    }

    /// The example of a rule.
    pub fn of(&self, code: &str) -> Option<&Example> {
        self.by_code.get(code)
    }
}
