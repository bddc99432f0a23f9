//! What the user decided, in words: no report is silent about it.

use super::model::{CaseReport, RunReport};
use crate::configuration::{Waiver, Weight};
use crate::language::{Language, Text};
use crate::parameters::ParameterKey;
use crate::rules;

/// One sentence for each decision: rules switched off or weighed otherwise, figures set, waivers and what they touched.
pub fn decisions_in_words(report: &RunReport, language: Language) -> Vec<String> {
    let configuration = &report.configuration;
    let rules_date = report.rules_date.map(|date| {
        let used = Text::new(
            "Reglerne fra en anden dato end ansøgningsdatoen er brugt:",
            "Rules of another date than the application's were used:",
        );
        format!("{} {} (--rules-date).", used.get(language), language.date(date))
    });
    let weights = configuration.weights().map(|(code, weight)| weight_in_words(code, weight, language));
    let figures = configuration.figures.iter().map(|(key, figure)| {
        let set = Text::new("er sat til", "is set to").get(language);
        format!("{} {set} {}.", figure_name(*key).get(language), language.number(*figure))
    });
    let waivers = configuration.waivers.iter().enumerate();
    let waivers = waivers.map(|(index, waiver)| waiver_in_words(waiver, use_of(report, index, waiver), language));
    rules_date.into_iter().chain(weights).chain(figures).chain(waivers).collect()
}

/// What became of a waiver in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverUse {
    /// It set aside so many findings.
    Used(usize),
    /// The case is there, but its application is dated after the waiver's last day.
    Expired,
    /// The case is there, but nothing was found that it covers.
    NothingFound,
    /// The case is not in the run.
    NoSuchCase,
}

/// What became of the waiver at a place of the configuration.
pub fn use_of(report: &RunReport, index: usize, waiver: &Waiver) -> WaiverUse {
    let Some(case) = report.cases.iter().find(|case| waiver.names_case(&case.id)) else {
        return WaiverUse::NoSuchCase;
    };
    let set_aside = report.files_of(case).flat_map(|file| &file.waived);
    match set_aside.filter(|(by, _)| *by == index).count() {
        0 if is_after(report, case, waiver) => WaiverUse::Expired,
        0 => WaiverUse::NothingFound,
        used => WaiverUse::Used(used),
    }
}

fn is_after(report: &RunReport, case: &CaseReport, waiver: &Waiver) -> bool {
    let applied = report.files_of(case).find_map(|file| file.form.as_ref()?.application_date);
    applied.is_some_and(|applied| applied > waiver.until)
}

fn weight_in_words(code: &str, weight: Weight, language: Language) -> String {
    let title = rules::find(code).map(|rule| rule.title.get(language)).unwrap_or_default();
    let what = match weight {
        Weight::Off => Text::new("er slået fra", "is switched off"),
        Weight::Review => Text::new("er sat til »til vurdering«", "is set to review"),
        Weight::Warning => Text::new("er sat til advarsel", "is set to warning"),
        Weight::Error => Text::new("er sat til fejl", "is set to error"),
    };
    format!("{} {code} ({title}) {}.", Text::new("Regel", "Rule").get(language), what.get(language))
}

fn waiver_in_words(waiver: &Waiver, used: WaiverUse, language: Language) -> String {
    let Waiver { journal, code, reason, who, until } = waiver;
    let until = language.date(*until);
    let (danish, english) = match used {
        WaiverUse::Used(1) => ("1 fund er sat til side.".to_owned(), "1 finding was set aside.".to_owned()),
        WaiverUse::Used(count) => {
            (format!("{count} fund er sat til side."), format!("{count} findings were set aside."))
        }
        WaiverUse::Expired => ("Den er udløbet og er ikke brugt.".into(), "It has expired and was not used.".into()),
        WaiverUse::NothingFound => ("Den ramte intet.".into(), "It matched nothing.".into()),
        WaiverUse::NoSuchCase => ("Sagen er ikke med her.".into(), "The case is not among these.".into()),
    };
    match language {
        Language::Danish => {
            format!("Sag {journal} er fritaget for {code} til og med {until}: {reason} ({who}). {danish}")
        }
        Language::English => format!("Case {journal} is exempt from {code} until {until}: {reason} ({who}). {english}"),
    }
}

const fn figure_name(key: ParameterKey) -> Text {
    match key {
        ParameterKey::RoundingTolerance => Text::new("Grænsen for afrunding (kr.)", "The rounding tolerance (kr.)"),
        ParameterKey::OverheadShareReview => Text::new(
            "Andelen til vejledning og administration, der vurderes,",
            "The share of guidance and administration put to review",
        ),
        _ => Text::new("Et tal", "A figure"),
    }
}
