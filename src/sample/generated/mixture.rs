//! What cases are mixed from: shares, weights and words, as `samples/mixture.toml` gives them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::super::SampleError;
use super::super::scenario::Target;

/// Shares, weights and words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mixture {
    pub(super) shares: Shares,
    pub(super) year: Vec<YearShare>,
    pub(super) size: Vec<SizeShare>,
    pub(super) words: Words,
    pub(super) scheme: Vec<SchemeRates>,
    pub(super) file_names: BTreeMap<Target, Vec<String>>,
}

/// How many of a hundred; the file says of what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shares {
    pub(super) mistake: u32,
    pub(super) two_mistakes: u32,
    pub(super) overview: u32,
    pub(super) accounts: u32,
    pub(super) journal: u32,
    pub(super) inbox: u32,
    pub(super) same_company: u32,
    pub(super) eligible: u32,
    pub(super) wage_over_cap: u32,
    pub(super) annual_wage: u32,
    pub(super) guidance: u32,
    pub(super) internship: u32,
    pub(super) veu: u32,
    pub(super) veu_unknown: u32,
    pub(super) driving: u32,
    pub(super) materials: u32,
    pub(super) sick: u32,
    pub(super) support: u32,
    pub(super) not_completed: u32,
    pub(super) hasty: u32,
    pub(super) oddity: u32,
}

/// How often an application is of a year.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearShare {
    pub(super) year: i16,
    pub(super) weight: u32,
}

/// How often an application is for so many packages.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeShare {
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) weight: u32,
}

/// A scheme of other support, with the rates asked for in kroner an hour.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemeRates {
    pub(super) name: String,
    pub(super) least: i64,
    pub(super) most: i64,
}

/// The words that cases are written with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) towns: Vec<String>,
    pub(super) trades: Vec<String>,
    pub(super) company_forms: Vec<String>,
    pub(super) first_names: Vec<String>,
    pub(super) last_names: Vec<String>,
    pub(super) eligible_industries: Vec<String>,
    pub(super) other_industries: Vec<String>,
    pub(super) current_jobs: Vec<String>,
    pub(super) new_jobs: Vec<String>,
    pub(super) guidance_titles: Vec<String>,
    pub(super) guides: Vec<String>,
    pub(super) course_titles: Vec<String>,
    pub(super) providers: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) covers: Vec<String>,
}

impl Mixture {
    /// A day of each year that applications are of.
    pub(super) fn dates(&self) -> impl Iterator<Item = Date> {
        self.year.iter().filter_map(|share| Date::new(share.year, 1, 1).ok())
    }

    /// The mixture that comes with the program.
    pub(super) fn embedded() -> Result<Self, SampleError> {
        toml::from_str(include_str!("../../../samples/mixture.toml")).map_err(|error| SampleError::Syntax {
            scenario: "samples/mixture.toml".to_owned(),
            error: Box::new(error),
        })
    }
}
