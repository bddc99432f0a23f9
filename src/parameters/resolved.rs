//! The parameters in force on one date.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::data::{Bracket, RulesEntry, Series, Source, Status};
use super::{ParameterKey, Parameters};
use crate::language::OwnedText;

/// What a figure is on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount<'p> {
    /// This much.
    Known(Decimal),
    /// A source says that there is no such limit.
    NoLimit,
    /// By number of employees.
    BySize(&'p [Bracket]),
    /// No source was found.
    Unknown,
}

/// One figure in force on a date, with where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'p> {
    /// Which figure it is.
    pub key: ParameterKey,
    /// What it is.
    pub amount: Amount<'p>,
    /// The date from which it holds; `None` where no value was ever in force.
    pub from: Option<Date>,
    /// How sure it is.
    pub status: Status,
    /// The day on which it was last held against its sources.
    pub reviewed: Date,
    /// Where it stands.
    pub sources: &'p [Source],
    /// The computation or the reading behind it.
    pub note: Option<&'p str>,
    /// The last brackets by number of employees that were in force until the date.
    last_brackets: &'p [Bracket],
    /// The unit: `kr./time`.
    pub unit: &'p str,
    /// What it means, in words.
    pub meaning: &'p OwnedText,
}

impl<'p> Figure<'p> {
    /// The last brackets by number of employees that were in force until the date, where there were any.
    pub fn last_brackets(&self) -> Option<&'p [Bracket]> {
        (!self.last_brackets.is_empty()).then_some(self.last_brackets)
    }

    /// The figure, where it is a known number.
    pub fn known(&self) -> Option<Decimal> {
        match self.amount {
            Amount::Known(value) => Some(value),
            Amount::NoLimit | Amount::BySize(_) | Amount::Unknown => None,
        }
    }
}

/// A period in which one set of rules is in force.
#[derive(Debug, Clone, Copy)]
pub struct RulesPeriod<'p> {
    /// The first day.
    pub from: Date,
    /// The last day; `None` where they are still in force.
    pub to: Option<Date>,
    /// The document that states the rules.
    pub document: &'p str,
    /// Its name.
    pub name: &'p OwnedText,
}

/// All parameters as they stand on one date.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'p> {
    parameters: &'p Parameters,
    date: Date,
    rules: RulesPeriod<'p>,
}

impl Parameters {
    /// The parameters in force on a date; `None` where no rules are in force then.
    pub fn resolve(&self, date: Date) -> Option<Resolved<'_>> {
        let rules = self.periods().find(|period| period.from <= date && period.to.is_none_or(|to| date <= to))?;
        Some(Resolved { parameters: self, date, rules })
    }

    /// The periods in which rules are in force, oldest first.
    pub fn periods(&self) -> impl Iterator<Item = RulesPeriod<'_>> {
        self.rules.iter().map(|entry| {
            let RulesEntry { from, to, document, name } = entry;
            RulesPeriod { from: *from, to: *to, document, name }
        })
    }

    /// One figure through time, oldest first.
    pub fn history(&self, key: ParameterKey) -> Vec<Figure<'_>> {
        let series = self.series.get(&key);
        let changes = series.into_iter().flat_map(|series| series.value.iter().map(move |value| (series, value.from)));
        changes.map(|(series, from)| self.figure_of(series, from)).collect()
    }

    /// The figures in force on a date that were last held against their sources over a year before it.
    pub fn stale(&self, date: Date) -> Vec<Figure<'_>> {
        let figures = self.series.values().map(|series| self.figure_of(series, date));
        figures.filter(|figure| figure.from.is_some() && figure.reviewed.saturating_add(1.year()) < date).collect()
    }

    fn figure_of<'p>(&'p self, series: &'p Series, date: Date) -> Figure<'p> {
        let until = || series.value.iter().rev().filter(|value| value.from <= date);
        let value = until().next();
        let last_brackets = until().map(|value| value.brackets.as_slice()).find(|brackets| !brackets.is_empty());
        let amount = match value {
            None => Amount::Unknown,
            Some(value) if value.none => Amount::NoLimit,
            Some(value) if !value.brackets.is_empty() => Amount::BySize(&value.brackets),
            Some(value) => value.value.map_or(Amount::Unknown, Amount::Known),
        };
        let reviewed = value.and_then(|value| value.reviewed).or(series.reviewed);
        Figure {
            key: series.key,
            amount,
            from: value.map(|value| value.from),
            status: value.map_or(Status::Unknown, |value| value.status),
            reviewed: reviewed.unwrap_or(self.reviewed),
            sources: value.map_or(&[], |value| &value.sources),
            note: value.and_then(|value| value.note.as_deref()),
            last_brackets: last_brackets.unwrap_or_default(),
            unit: &series.unit,
            meaning: &series.meaning,
        }
    }
}

impl<'p> Resolved<'p> {
    /// The date the figures were looked up for.
    pub fn date(&self) -> Date {
        self.date
    }

    /// All parameters, of any date.
    pub fn parameters(&self) -> &'p Parameters {
        self.parameters
    }

    /// The rules in force.
    pub fn rules(&self) -> RulesPeriod<'p> {
        self.rules
    }

    /// One figure with its source.
    pub fn figure(&self, key: ParameterKey) -> Option<Figure<'p>> {
        Some(self.parameters.figure_of(self.parameters.series.get(&key)?, self.date))
    }

    /// The highest known rate of a scheme of other support, in kroner an hour.
    pub fn highest_support_rate(&self, scheme: &str) -> Option<Decimal> {
        if scheme == "VEU-godtgørelse" {
            return self.known(ParameterKey::VeuHourlyRate);
        }
        self.parameters.support.iter().find(|rate| rate.scheme == scheme).map(|rate| rate.highest)
    }

    /// All figures with their sources, in the order of the catalogue.
    pub fn figures(&self) -> impl Iterator<Item = Figure<'p>> {
        let (parameters, date) = (self.parameters, self.date);
        parameters.series.values().map(move |series| parameters.figure_of(series, date))
    }

    /// The figure where it is a known number; `None` where it is unknown or has no limit.
    pub fn known(&self, key: ParameterKey) -> Option<Decimal> {
        self.figure(key)?.known()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        Parameters::embedded().unwrap()
    }

    fn known(date: Date, key: ParameterKey) -> Option<Decimal> {
        parameters().resolve(date).unwrap().known(key)
    }

    #[test]
    fn the_value_in_force_on_the_date_holds() {
        let veu = ParameterKey::VeuHourlyRate;
        assert_eq!(known(Date::constant(2019, 1, 1), veu), Some("117.70".parse().unwrap()));
        assert_eq!(known(Date::constant(2020, 12, 31), veu), Some("119.05".parse().unwrap()));
        assert_eq!(known(Date::constant(2023, 12, 31), veu), Some("123.11".parse().unwrap()));
        assert_eq!(known(Date::constant(2024, 1, 1), veu), None);
    }

    #[test]
    fn a_limit_that_was_lifted_differs_from_one_that_is_unknown() {
        let parameters = parameters();
        let resolved = parameters.resolve(Date::constant(2024, 5, 1)).unwrap();
        assert_eq!(resolved.figure(ParameterKey::AdminHoursMax).unwrap().amount, Amount::NoLimit);
        assert_eq!(resolved.figure(ParameterKey::PackagesBySize).unwrap().amount, Amount::Unknown);
    }

    #[test]
    fn a_figure_is_stale_when_its_own_review_is_over_a_year_old() {
        let text = include_str!("../../parameters/parameters.toml");
        let own = |place: &str, review: &str| Parameters::from_toml(&text.replacen(place, review, 1)).unwrap();
        let stale = |parameters: &Parameters, date| parameters.stale(date).iter().map(|f| f.key).collect::<Vec<_>>();
        let (last_day, day_after) = (Date::constant(2027, 11, 1), Date::constant(2027, 11, 2));
        assert_eq!(stale(&parameters(), last_day), []);
        assert_eq!(stale(&parameters(), day_after), ParameterKey::ALL);
        let of_parameter = own("unit = \"kr./time\"", "unit = \"kr./time\"\nreviewed = \"2020-01-01\"");
        assert_eq!(stale(&of_parameter, last_day), [ParameterKey::HourlyWageCap]);
        let of_value = own("value = \"260\"", "value = \"260\"\nreviewed = \"2020-01-01\"");
        assert_eq!(stale(&of_value, last_day), [ParameterKey::HourlyWageCap]);
    }

    #[test]
    fn the_history_of_a_figure_is_all_it_ever_was() {
        let parameters = parameters();
        let history = parameters.history(ParameterKey::AdminHoursMax);
        assert_eq!(
            history.iter().map(|figure| figure.amount).collect::<Vec<_>>(),
            [Amount::Known(5.into()), Amount::NoLimit]
        );
        assert_eq!(history[1].from, Some(Date::constant(2024, 1, 1)));
    }

    #[test]
    fn no_rules_are_in_force_in_2022_and_before_2018() {
        let parameters = parameters();
        for date in [Date::constant(2017, 12, 31), Date::constant(2022, 1, 1), Date::constant(2022, 12, 31)] {
            assert!(parameters.resolve(date).is_none(), "{date}");
        }
        for date in [Date::constant(2018, 1, 1), Date::constant(2021, 12, 31), Date::constant(2040, 1, 1)] {
            assert!(parameters.resolve(date).is_some(), "{date}");
        }
    }

    #[test]
    fn every_figure_has_a_source_or_says_why_not() {
        let parameters = parameters();
        for series in parameters.series.values() {
            for value in &series.value {
                let explained = !value.sources.is_empty() || matches!(value.status, Status::Unknown | Status::Ours);
                assert!(explained, "{:?} from {}", series.key, value.from);
                let needs_note = matches!(value.status, Status::Derived | Status::Reading | Status::Ours);
                assert!(!needs_note || value.note.is_some(), "{:?} from {}", series.key, value.from);
            }
        }
    }
}
