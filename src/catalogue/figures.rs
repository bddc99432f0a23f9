//! Figures in words: what one is, since when, and how sure it is.

use crate::language::{Language, Text};
use crate::parameters::{Figure, Status};
use crate::rules::document_name;

/// A figure from a date on: `fra 01-01-2018: 5 timer (angivet: »…«, faktaarket om sporskifte (2019))`.
pub(super) fn dated(figure: &Figure<'_>, language: Language) -> String {
    let from = figure.from.map(|from| language.date(from)).unwrap_or_default();
    let since = Text::new("fra", "from").get(language);
    format!("{since} {from}: {} ({})", figure.in_words(language), certainty(figure, language))
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
