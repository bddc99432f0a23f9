//! The data file of the parameters: its shape, and what makes it valid.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ParameterKey, Parameters};
use crate::language::{OwnedText, Text};

/// How sure a figure is; the order is from the surest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The source says it in these words.
    Stated,
    /// Computed from a stated figure.
    Derived,
    /// Stated for an earlier year; no later source changes it.
    Carried,
    /// The source is ambiguous; the note says how it was read.
    Reading,
    /// A working figure of this tool, not law.
    Ours,
    /// No source was found.
    Unknown,
}

impl Status {
    /// The word for it.
    pub const fn word(self) -> Text {
        match self {
            Self::Stated => Text::new("angivet", "stated"),
            Self::Derived => Text::new("udledt", "derived"),
            Self::Carried => Text::new("videreført", "carried"),
            Self::Reading => Text::new("læsning", "reading"),
            Self::Ours => Text::new("arbejdstal", "working figure"),
            Self::Unknown => Text::new("ukendt", "unknown"),
        }
    }

    /// What to know about a figure that is neither stated nor computed from one that is.
    pub const fn caveat(self) -> Option<Text> {
        match self {
            Self::Carried => Some(Text::new(
                "Reglens tal er videreført fra et tidligere år; ingen nyere kilde ændrer det.",
                "The rule's figure is carried over from an earlier year; no later source changes it.",
            )),
            Self::Reading => Some(Text::new(
                "Kilden kan læses på flere måder; reglens tal er én læsning af den.",
                "The source may be read in several ways; the rule's figure is one reading of it.",
            )),
            Self::Ours => Some(Text::new(
                "Reglens tal er et arbejdstal, ikke en regel i ordningen.",
                "The rule's figure is a working figure, not a rule of the scheme.",
            )),
            Self::Stated | Self::Derived | Self::Unknown => None,
        }
    }
}

/// Where a figure stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document: `000`, `001`, `003`, or `public`.
    pub document: String,
    /// The words that say it, in Danish.
    pub quote: String,
}

/// One bracket of a figure that depends on the number of employees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bracket {
    /// The lowest number of employees in the bracket.
    pub employees_from: u32,
    /// Packages a year, in the year the figure holds for.
    pub packages: u32,
    /// The general limit that the source gives beside it.
    pub general: u32,
}

/// Why a parameters file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ParametersError {
    /// Not TOML, or not of this shape.
    #[error("not a parameters file: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A parameter is not in the file.
    #[error("the parameter {0:?} is missing")]
    Missing(ParameterKey),
    /// A parameter stands twice.
    #[error("the parameter {0:?} stands twice")]
    Twice(ParameterKey),
    /// A value must have exactly one of `value`, `none`, `unknown`, `brackets`.
    #[error("the parameter {0:?} from {1} must have exactly one of value, none, unknown, brackets")]
    NotOneValue(ParameterKey, Date),
    /// The values of a parameter, or the rules, are not in the order of their dates.
    #[error("{0} is not in the order of its dates")]
    Unordered(String),
    /// A limit that is below zero or too large to calculate with.
    #[error("the parameter {0:?} from {1} is not between 0 and 1,000,000,000")]
    OutOfRange(ParameterKey, Date),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reviewed: Date,
    rules: Vec<RulesEntry>,
    #[serde(default)]
    support: Vec<SupportRate>,
    parameter: Vec<Series>,
}

/// The highest rate that a source gives for a scheme of other support.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportRate {
    /// The scheme, as the forms name it.
    pub scheme: String,
    /// Kroner an hour.
    pub highest: Decimal,
    /// The document that gives it.
    pub document: String,
    /// The words that say it, in Danish.
    pub quote: String,
    /// The computation behind it.
    pub note: Option<String>,
}

/// A period in which one set of rules is in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesEntry {
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) document: String,
    pub(super) name: OwnedText,
}

/// One parameter: its dated values, oldest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Series {
    pub(super) key: ParameterKey,
    pub(super) unit: String,
    pub(super) meaning: OwnedText,
    /// Its own last review, where it is not the file's.
    pub(super) reviewed: Option<Date>,
    pub(super) value: Vec<DatedValue>,
}

/// One value and the date from which it holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatedValue {
    pub(super) from: Date,
    /// Its own last review, where it is not the parameter's.
    pub(super) reviewed: Option<Date>,
    pub(super) value: Option<Decimal>,
    #[serde(default)]
    pub(super) none: bool,
    #[serde(default)]
    pub(super) unknown: bool,
    #[serde(default)]
    pub(super) brackets: Vec<Bracket>,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) sources: Vec<Source>,
    pub(super) note: Option<String>,
}

impl Parameters {
    /// Reads parameters from the text of a parameters file and checks that they are complete.
    pub fn from_toml(text: &str) -> Result<Self, ParametersError> {
        let file: File = toml::from_str(text)?;
        if !file.rules.is_sorted_by_key(|entry| entry.from) {
            return Err(ParametersError::Unordered("rules".into()));
        }
        let mut series = BTreeMap::new();
        for entry in file.parameter {
            entry.check()?;
            let key = entry.key;
            if series.insert(key, entry).is_some() {
                return Err(ParametersError::Twice(key));
            }
        }
        if let Some(missing) = ParameterKey::ALL.into_iter().find(|key| !series.contains_key(key)) {
            return Err(ParametersError::Missing(missing));
        }
        Ok(Self { reviewed: file.reviewed, rules: file.rules, support: file.support, series })
    }
}

impl Series {
    fn check(&self) -> Result<(), ParametersError> {
        if !self.value.is_sorted_by_key(|value| value.from) {
            return Err(ParametersError::Unordered(format!("{:?}", self.key)));
        }
        for value in &self.value {
            let given = [value.value.is_some(), value.none, value.unknown, !value.brackets.is_empty()];
            if given.into_iter().filter(|&given| given).count() != 1 {
                return Err(ParametersError::NotOneValue(self.key, value.from));
            }
            let limit = Decimal::from(1_000_000_000);
            if value.value.is_some_and(|figure| figure < Decimal::ZERO || figure > limit) {
                return Err(ParametersError::OutOfRange(self.key, value.from));
            }
        }
        Ok(())
    }
}
