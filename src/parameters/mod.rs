//! Every figure the rules use, as a series of dated values with source and certainty.
//!
//! The figures are data (`parameters/parameters.toml`, embedded); this module resolves them for one date.

mod data;
mod industries;
mod resolved;
mod words;

pub use data::{Bracket, ParametersError, Source, Status, SupportRate};
pub use industries::{Eligibility, Industries, IndustriesError, Industry};
pub use resolved::{Amount, Figure, Resolved, RulesPeriod};

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The name of a parameter, as the catalogue writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is described in the data file, with unit and source
pub enum ParameterKey {
    HourlyWageCap,
    PackageCap,
    AnnualHours,
    WeekHours,
    DayHours,
    GuidanceDaysMax,
    PackageDaysMax,
    CourseDaysMax,
    PackageMonthsMax,
    InternshipWeeksMin,
    InternshipWeeksMax,
    InternshipWeekHoursMax,
    InternshipShareMax,
    AdminHoursMax,
    AdminRateCap,
    VeuHourlyRate,
    MileageRate,
    AuditThreshold,
    AccountsMonths,
    AnswerWeeks,
    PackagesMax,
    PackagesBySize,
    YearBudget,
    RoundingTolerance,
    OverheadShareReview,
}

impl ParameterKey {
    /// All parameters, in the order of the catalogue.
    pub const ALL: [Self; 25] = [
        Self::HourlyWageCap,
        Self::PackageCap,
        Self::AnnualHours,
        Self::WeekHours,
        Self::DayHours,
        Self::GuidanceDaysMax,
        Self::PackageDaysMax,
        Self::CourseDaysMax,
        Self::PackageMonthsMax,
        Self::InternshipWeeksMin,
        Self::InternshipWeeksMax,
        Self::InternshipWeekHoursMax,
        Self::InternshipShareMax,
        Self::AdminHoursMax,
        Self::AdminRateCap,
        Self::VeuHourlyRate,
        Self::MileageRate,
        Self::AuditThreshold,
        Self::AccountsMonths,
        Self::AnswerWeeks,
        Self::PackagesMax,
        Self::PackagesBySize,
        Self::YearBudget,
        Self::RoundingTolerance,
        Self::OverheadShareReview,
    ];
}

/// All parameters with all their dated values.
#[derive(Debug, Clone)]
pub struct Parameters {
    reviewed: Date,
    rules: Vec<data::RulesEntry>,
    support: Vec<SupportRate>,
    series: BTreeMap<ParameterKey, data::Series>,
}

impl Parameters {
    /// The text of the parameters that come with the program.
    pub const EMBEDDED: &str = include_str!("../../parameters/parameters.toml");

    /// The parameters that come with the program.
    pub fn embedded() -> Result<Self, ParametersError> {
        Self::from_toml(Self::EMBEDDED)
    }

    /// Sets a working figure, for all dates.
    pub fn set_working_figure(&mut self, key: ParameterKey, figure: Decimal) {
        if let Some(series) = self.series.get_mut(&key) {
            for value in &mut series.value {
                value.value = Some(figure);
            }
        }
    }

    /// The day on which the figures were last held against their sources.
    pub fn reviewed(&self) -> Date {
        self.reviewed
    }

    /// The first day of the latest rules: the date for which a blank template is made by default.
    pub fn latest_rules_from(&self) -> Option<Date> {
        self.rules.last().map(|entry| entry.from)
    }
}
