//! What the user decides: rules switched off or weighed otherwise, working figures, waivers for single cases.
//!
//! Nothing decided here is silent: every report lists what was switched off, changed and waived.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::parameters::ParameterKey;
use crate::plain_text::quotable;
use crate::rules;
use crate::workbook::Limits;

/// The decisions of a configuration file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Configuration {
    /// What becomes of the findings of a rule, by its code.
    weights: BTreeMap<&'static str, Weight>,
    /// Working figures in place of the built-in ones.
    pub figures: BTreeMap<ParameterKey, Decimal>,
    /// Bounds on one file, none above the built-in ones.
    pub limits: Limits,
    /// Findings that somebody has decided to accept.
    pub waivers: Vec<Waiver>,
}

/// What becomes of the findings of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// They are left out.
    Off,
    /// They are reviews.
    Review,
    /// They are warnings.
    Warning,
    /// They are errors.
    Error,
}

impl Weight {
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Review => Some(Severity::Review),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Somebody's decision to accept a finding in one case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The case's journal number.
    pub journal: String,
    /// The rule's code.
    pub code: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// The last application date it holds for; the same file so gives the same result next year.
    pub until: Date,
}

/// Why a configuration file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// Not TOML, or not of this shape.
    #[error("not a configuration file: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A code that no rule has.
    #[error("there is no rule `{0}`")]
    UnknownRule(String),
    /// A figure that is law, not a working figure.
    #[error("`{0:?}` is not a working figure and cannot be set here: use --parameters")]
    NotAWorkingFigure(ParameterKey),
    /// A figure below zero or too large.
    #[error("`{0:?}` must be between 0 and 1,000,000")]
    OutOfRange(ParameterKey),
    /// A limit above the built-in one.
    #[error("the limit `{name}` can be lowered only, and the built-in one is {built_in}")]
    RaisedLimit {
        /// Its name.
        name: String,
        /// The built-in one.
        built_in: u64,
    },
    /// A waiver without a reason or a name.
    #[error("the waiver of {code} for case {journal} must say why and who")]
    Unsigned {
        /// The journal number.
        journal: String,
        /// The rule's code.
        code: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rules: BTreeMap<String, Weight>,
    #[serde(default)]
    figures: BTreeMap<ParameterKey, Decimal>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    waiver: Vec<Waiver>,
}

/// The figures that are ours to choose, not law.
const WORKING_FIGURES: [ParameterKey; 2] = [ParameterKey::RoundingTolerance, ParameterKey::OverheadShareReview];

impl Configuration {
    /// Reads the text of a configuration file.
    pub fn from_toml(text: &str) -> Result<Self, ConfigurationError> {
        let file: File = toml::from_str(text)?;
        let mut weights = BTreeMap::new();
        for (code, weight) in file.rules {
            let rule = rules::find(&code).ok_or(ConfigurationError::UnknownRule(code))?;
            weights.insert(rule.code, weight);
        }
        for (&key, &figure) in &file.figures {
            if !WORKING_FIGURES.contains(&key) {
                return Err(ConfigurationError::NotAWorkingFigure(key));
            }
            if figure < Decimal::ZERO || figure > Decimal::from(1_000_000) {
                return Err(ConfigurationError::OutOfRange(key));
            }
        }
        if let Some((name, built_in)) = file.limits.raised() {
            return Err(ConfigurationError::RaisedLimit { name, built_in });
        }
        file.waiver.iter().try_for_each(Waiver::check)?;
        Ok(Self { weights, figures: file.figures, limits: file.limits, waivers: file.waiver })
    }

    /// The rules that are switched off or weighed otherwise, in the order of their codes.
    pub fn weights(&self) -> impl Iterator<Item = (&'static str, Weight)> {
        self.weights.iter().map(|(code, weight)| (*code, *weight))
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Applies the weights to findings: some are left out, some weigh otherwise.
    pub fn weigh(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let weighed = findings.into_iter().map(|finding| match self.weights.get(finding.rule.code) {
            Some(weight) => weight.severity().map(|severity| Finding { severity, ..finding }),
            None => Some(finding),
        });
        weighed.flatten().collect()
    }

    /// The waiver, by its place in the list, that covers a finding in a case.
    pub fn waiver(&self, finding: &Finding, journal: &str, applied: Option<Date>) -> Option<usize> {
        self.waivers.iter().position(|waiver| {
            waiver.covers_case(journal, applied) && waiver.code.eq_ignore_ascii_case(finding.rule.code)
        })
    }
}

impl Waiver {
    fn check(&self) -> Result<(), ConfigurationError> {
        if rules::find(&self.code).is_none() {
            return Err(ConfigurationError::UnknownRule(self.code.clone()));
        }
        if self.reason.trim().is_empty() || self.who.trim().is_empty() {
            let (journal, code) = (self.journal.clone(), self.code.clone());
            return Err(ConfigurationError::Unsigned { journal, code });
        }
        Ok(())
    }

    /// Whether it is for the case of this journal number, as it was written or as reports show it.
    pub fn names_case(&self, journal: &str) -> bool {
        quotable(&self.journal).eq_ignore_ascii_case(&quotable(journal))
    }

    fn covers_case(&self, journal: &str, applied: Option<Date>) -> bool {
        self.names_case(journal) && applied.is_some_and(|applied| applied <= self.until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_configuration_names_known_rules_and_working_figures_only() {
        let read = Configuration::from_toml;
        assert!(read("[rules]\nP322 = \"off\"\n[figures]\nrounding_tolerance = \"2.00\"").is_ok());
        assert!(
            matches!(read("[rules]\nP999 = \"off\""), Err(ConfigurationError::UnknownRule(code)) if code == "P999")
        );
        assert!(matches!(read("[figures]\npackage_cap = \"1\""), Err(ConfigurationError::NotAWorkingFigure(_))));
        assert!(matches!(read("[figures]\nrounding_tolerance = \"-1\""), Err(ConfigurationError::OutOfRange(_))));
        assert!(matches!(read("[limits]\ncells = 200001"), Err(ConfigurationError::RaisedLimit { .. })));
        assert_eq!(read("[limits]\ncells = 1000").unwrap().limits, Limits { cells: 1000, ..Limits::default() });
        assert!(matches!(read("[rules]\nP322 = \"silent\""), Err(ConfigurationError::Syntax(_))));
    }

    #[test]
    fn a_waiver_must_be_signed() {
        let waiver =
            "[[waiver]]\njournal = \"23/1\"\ncode = \"T401\"\nreason = \" \"\nwho = \"BO\"\nuntil = \"2023-12-31\"";
        assert!(matches!(Configuration::from_toml(waiver), Err(ConfigurationError::Unsigned { .. })));
    }

    fn weights() -> impl Strategy<Value = BTreeMap<&'static str, Weight>> {
        let codes: Vec<&'static str> = rules::all().map(|rule| rule.code).collect();
        let weight = prop::sample::select(vec![Weight::Off, Weight::Review, Weight::Warning, Weight::Error]);
        prop::collection::btree_map(prop::sample::select(codes), weight, 0..6)
    }

    proptest! {
        #[test]
        fn what_a_configuration_decides_is_what_is_written(
            weights in weights(),
            ore in prop::option::of(0_i64..=100_000_000),
            (reason, who) in (" ?[a-zæøå]{1,9} ?", "[A-Z]{2}"),
        ) {
            let line = |(code, weight): (&&str, &Weight)| {
                format!("{} = {}\n", code.to_lowercase(), serde_json::to_string(weight).unwrap())
            };
            let rules: String = weights.iter().map(line).collect();
            let figure = ore.map(|ore| Decimal::new(ore, 2));
            let figures = figure.map(|figure| format!("rounding_tolerance = \"{figure}\"\n")).unwrap_or_default();
            let waiver = format!(
                "journal = \"23/1\"\ncode = \"T401\"\nreason = \"{reason}\"\nwho = \"{who}\"\nuntil = \"2023-12-31\""
            );
            let text = format!("[rules]\n{rules}[figures]\n{figures}[[waiver]]\n{waiver}");
            let configuration = Configuration::from_toml(&text).unwrap();
            prop_assert_eq!(configuration.weights().collect::<BTreeMap<_, _>>(), weights);
            prop_assert_eq!(configuration.figures.get(&ParameterKey::RoundingTolerance).copied(), figure);
            prop_assert_eq!((&configuration.waivers[0].reason, &configuration.waivers[0].who), (&reason, &who));
        }
    }
}
