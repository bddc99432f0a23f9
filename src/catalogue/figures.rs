//! Figures in words: what one is, since when, and how sure it is.

use rust_decimal::Decimal;

use crate::language::{Language, Text};
use crate::parameters::{Amount, Bracket, Figure, Status};
use crate::rules::document_name;

/// A figure from a date on: `fra 01-01-2018: 5 timer (angivet: »…«, faktaarket om sporskifte (2019))`.
pub(super) fn dated(figure: &Figure<'_>, language: Language) -> String {
    let from = figure.from.map(|from| language.date(from)).unwrap_or_default();
    let since = Text::new("fra", "from").get(language);
    format!("{since} {from}: {} ({})", amount(figure, language), certainty(figure, language))
}

/// What a figure is, with its unit.
pub(super) fn amount(figure: &Figure<'_>, language: Language) -> String {
    match figure.amount {
        Amount::Known(value) if figure.unit == "andel" => {
            format!("{} %", language.number(value * Decimal::ONE_HUNDRED))
        }
        Amount::Known(value) if figure.unit.starts_with("kr.") && !value.is_integer() => {
            format!("{} {}", language.amount(value), unit(figure.unit, language))
        }
        Amount::Known(value) => format!("{} {}", language.number(value), unit(figure.unit, language)),
        Amount::NoLimit => Text::new("ingen grænse", "no limit").get(language).into(),
        Amount::Unknown => Text::new("ukendt", "unknown").get(language).into(),
        Amount::BySize(brackets) => by_size(brackets, language),
    }
}

fn by_size(brackets: &[Bracket], language: Language) -> String {
    let (from, employees) = (Text::new("fra", "from"), Text::new("ansatte", "employees"));
    let one = |bracket: &Bracket| format!("{} ({} {})", bracket.packages, from.get(language), bracket.employees_from);
    let all = brackets.iter().map(one).collect::<Vec<_>>().join(", ");
    format!("{} {}", all, employees.get(language))
}

/// The units of the data file, which has them in Danish.
fn unit(unit: &str, language: Language) -> &str {
    if language == Language::Danish {
        return unit;
    }
    match unit {
        "kr./time" => "kr./hour",
        "timer" => "hours",
        "timer/uge" => "hours/week",
        "dage" => "days",
        "arbejdsdage" => "working days",
        "uger" => "weeks",
        "måneder" => "months",
        "pakker/år" => "packages/year",
        other => other,
    }
}

/// How sure a figure is, and where that comes from.
fn certainty(figure: &Figure<'_>, language: Language) -> String {
    let word = match figure.status {
        Status::Carried => Text::new("videreført fra et tidligere år", "carried over from an earlier year"),
        Status::Reading => Text::new("en læsning af kilden", "a reading of the source"),
        Status::Ours => {
            Text::new("et arbejdstal, ikke en regel i ordningen", "a working figure, not a rule of the scheme")
        }
        Status::Unknown => Text::new("ingen kilde er fundet", "no source was found"),
        status => status.word(),
    };
    let note = figure.note.filter(|_| figure.status != Status::Ours);
    let source = figure
        .sources
        .first()
        .filter(|_| figure.status != Status::Unknown)
        .map(|source| format!("»{}«, {}", source.quote, document_name(&source.document).get(language)));
    let reasons: Vec<String> =
        note.map(|note| note.trim_end_matches('.').to_owned()).into_iter().chain(source).collect();
    if reasons.is_empty() {
        word.get(language).into()
    } else {
        format!("{}: {}", word.get(language), reasons.join("; "))
    }
}
