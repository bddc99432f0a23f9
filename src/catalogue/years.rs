//! The application dates that a rule is for: where rules are in force and its own limit exists.

use jiff::civil::Date;
use serde::Serialize;

use crate::language::{Language, Text};
use crate::parameters::{Amount, ParameterKey, Parameters};
use crate::rules::Rule;

/// The rules about figures that nobody knows: they are for the dates on which one is unknown.
const ABOUT_UNKNOWN_FIGURES: [&str; 2] = ["V204", "P325"];

/// What a full-time year, week and day are: these convert other figures, and limit nothing.
const WORKING_TIME: [ParameterKey; 3] = [ParameterKey::AnnualHours, ParameterKey::WeekHours, ParameterKey::DayHours];

/// A stretch of application dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day; `None` where it goes on.
    pub to: Option<Date>,
}

/// The application dates that a rule is for; `None` where it rests on no figure and is for all.
pub(super) fn spans(rule: &Rule, parameters: &Parameters) -> Option<Vec<Span>> {
    if rule.parameters.is_empty() {
        return None;
    }
    let mut spans: Vec<Span> = Vec::new();
    for span in unchanging(rule, parameters).into_iter().filter(|span| is_in_force(rule, parameters, span.from)) {
        match spans.last_mut() {
            Some(last) if last.to.and_then(|to| to.tomorrow().ok()) == Some(span.from) => last.to = span.to,
            _ => spans.push(span),
        }
    }
    Some(spans)
}

/// The stretches with rules in force in which none of the rule's figures changes.
fn unchanging(rule: &Rule, parameters: &Parameters) -> Vec<Span> {
    let mut changes: Vec<Date> = rule
        .parameters
        .iter()
        .flat_map(|key| parameters.history(*key))
        .filter_map(|figure| figure.from)
        .chain(parameters.periods().map(|period| period.from))
        .collect();
    changes.sort_unstable();
    changes.dedup();
    let mut spans = Vec::new();
    for period in parameters.periods() {
        let within = |date: &Date| period.from <= *date && period.to.is_none_or(|to| *date <= to);
        let starts: Vec<Date> = changes.iter().copied().filter(within).collect();
        let ends = starts.iter().skip(1).map(|next| next.yesterday().ok()).chain([period.to]);
        spans.extend(starts.iter().zip(ends).map(|(from, to)| Span { from: *from, to }));
    }
    spans
}

/// Whether on a date the rule has a limit to hold a case against.
fn is_in_force(rule: &Rule, parameters: &Parameters, date: Date) -> bool {
    let Some(in_force) = parameters.resolve(date) else { return false };
    let limits = rule.parameters.iter().filter(|key| !WORKING_TIME.contains(key));
    let amounts: Vec<Amount<'_>> = limits.filter_map(|key| in_force.figure(*key)).map(|figure| figure.amount).collect();
    if ABOUT_UNKNOWN_FIGURES.contains(&rule.code) {
        return amounts.contains(&Amount::Unknown);
    }
    amounts.is_empty() || amounts.iter().any(|amount| matches!(amount, Amount::Known(_) | Amount::BySize(_)))
}

/// The stretches in words: `2018–2021, fra 2023`.
pub(super) fn in_words(spans: Option<&[Span]>, language: Language) -> String {
    let Some(spans) = spans else { return Text::new("alle år", "all years").get(language).into() };
    spans.iter().map(|span| span.in_words(language)).collect::<Vec<_>>().join(", ")
}

impl Span {
    fn in_words(self, language: Language) -> String {
        let start = if self.from.day_of_year() == 1 { self.from.year().to_string() } else { language.date(self.from) };
        let Some(to) = self.to else { return format!("{} {start}", Text::new("fra", "from").get(language)) };
        let ends_with_year = to.day_of_year() == to.days_in_year();
        let end = if ends_with_year { to.year().to_string() } else { language.date(to) };
        if start == end { start } else { format!("{start}–{end}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn years(code: &str) -> String {
        let spans = spans(rules::find(code).unwrap(), &Parameters::embedded().unwrap());
        in_words(spans.as_deref(), Language::Danish)
    }

    #[test]
    fn a_rule_is_for_the_years_in_which_its_limit_exists() {
        assert_eq!(years("P309"), "2018–2021, 2023");
        assert_eq!(years("P303"), "2018–2021, 2023");
        assert_eq!(years("P327"), "2018–2021, fra 2023");
        assert_eq!(years("K509"), "2018–2021, fra 2023");
    }

    #[test]
    fn a_limit_that_moves_from_one_figure_to_another_is_in_force_throughout() {
        assert_eq!(years("V203"), "2018–2021, fra 2023");
    }

    #[test]
    fn a_rule_about_an_unknown_figure_is_for_the_years_in_which_it_is_unknown() {
        assert_eq!(years("V204"), "fra 2024");
        assert_eq!(years("P325"), "fra 2024");
    }

    #[test]
    fn a_rule_without_figures_is_for_all_years() {
        assert_eq!(years("F106"), "alle år");
    }
}
