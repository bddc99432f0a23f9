//! What a rule found: severity, place, words.

use serde::Serialize;

/// How much a finding weighs; the order is that of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The guidance asks for judgement: the caseworker decides.
    Review,
    /// Probably a mistake, or cannot be verified.
    Warning,
    /// A stated condition is broken, or arithmetic is wrong.
    Error,
}
