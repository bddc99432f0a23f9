//! What the user decided, in words: no report is silent about it.

use jiff::civil::Date;

use super::model::CaseReport;
use super::run_report::RunReport;
use crate::configuration::{Configuration, Waiver, Weight};
use crate::language::{Language, Text};
use crate::parameters::ParameterKey;
use crate::plain_text::{quotable, unabridged};
use crate::rules;

/// One sentence for each decision: rules switched off or weighed otherwise, figures set, waivers and what they touched.
pub fn decisions_in_words(report: &RunReport, language: Language) -> Vec<String> {
    let configuration = &report.configuration;
    let waivers = configuration.waivers.iter().zip(&report.waiver_uses);
    let waivers = waivers.map(|(waiver, used)| waiver_in_words(waiver, *used, language));
    let shard = report.shard.iter().map(|shard| shard_in_words(shard, language));
    shard.chain(for_all_cases(configuration, report.rules_date, language)).chain(waivers).collect()
}

fn shard_in_words(shard: &str, language: Language) -> String {
    match language {
        Language::Danish => format!(
            "Kun del {shard} af sagerne er kontrolleret, og reglerne på tværs af sager (B701–B705) er ikke; saml delene med »sporskifte merge«."
        ),
        Language::English => format!(
            "Only part {shard} of the cases was checked, and the rules across cases (B701–B705) were not; join the parts with “sporskifte merge”."
        ),
    }
}

/// One sentence for each decision that touches a case; other cases' waivers are nobody's business there.
pub fn decisions_for_case(
    case: &CaseReport,
    configuration: &Configuration,
    rules_date: Option<Date>,
    language: Language,
) -> Vec<String> {
    let waivers = configuration.waivers.iter().enumerate();
    let waivers = waivers.filter_map(|(place, waiver)| match use_in_case(case, place, waiver) {
        WaiverUse::NoSuchCase => None,
        used => Some(waiver_in_words(waiver, used, language)),
    });
    for_all_cases(configuration, rules_date, language).into_iter().chain(waivers).collect()
}

fn for_all_cases(configuration: &Configuration, rules_date: Option<Date>, language: Language) -> Vec<String> {
    let rules_date = rules_date.map(|date| {
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
    let limits = configuration.limits.changed().map(|(name, limit)| {
        let lowered = Text::new("er sat ned til", "is lowered to").get(language);
        let limit = language.number(limit.into());
        format!("{} {name} {lowered} {limit}.", Text::new("Grænsen", "The limit").get(language))
    });
    rules_date.into_iter().chain(weights).chain(figures).chain(limits).collect()
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

/// What became in a case of the waiver at a place of the configuration.
pub(super) fn use_in_case(case: &CaseReport, place: usize, waiver: &Waiver) -> WaiverUse {
    if !waiver.names_case(&case.id) {
        return WaiverUse::NoSuchCase;
    }
    let set_aside = case.files.iter().flat_map(|file| &file.waived);
    match set_aside.filter(|(by, _)| *by == place).count() {
        0 if is_after(case, waiver) => WaiverUse::Expired,
        0 => WaiverUse::NothingFound,
        used => WaiverUse::Used(used),
    }
}

fn is_after(case: &CaseReport, waiver: &Waiver) -> bool {
    case.application_date().is_some_and(|applied| applied > waiver.until)
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
    let Waiver { code, until, .. } = waiver;
    let (journal, reason, who) = (quotable(&waiver.journal), unabridged(&waiver.reason), quotable(&waiver.who));
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
