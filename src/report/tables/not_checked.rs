//! `Ikke kontrolleret`: the files that could not be checked, and why.

use super::value::Value;
use super::{Column, Row, Table};
use crate::finding::Finding;
use crate::language::{Language, Text};
use crate::report::model::FileReport;
use crate::report::passed_over::PassedOver;

/// The table.
pub(in crate::report) const TABLE: Table = Table {
    name: Text::new("Ikke kontrolleret", "Not checked"),
    columns: &[
        Column::text(Text::new("Fil", "File"), 46),
        Column::text(Text::new("Sag", "Case"), 24),
        Column::text(Text::new("Hvorfor", "Why"), 60),
        Column::text(Text::new("Hvad skal der gøres", "What to do"), 48),
    ],
    nothing: Text::new("Alle filer er kontrolleret.", "All files were checked."),
};

/// Why a file could not be checked, in sentences.
pub(in crate::report) fn reason(file: &FileReport, language: Language) -> String {
    let unknown = Text::new("Filen kunne ikke kontrolleres.", "The file could not be checked.");
    sentences(file, unknown, |finding| finding.message(language), language)
}

/// What to do about it, in sentences.
fn action(file: &FileReport, language: Language) -> String {
    let unknown = Text::new("Se på filen i hånden.", "Look at the file by hand.");
    sentences(file, unknown, |finding| finding.action(language), language)
}

fn sentences(file: &FileReport, unknown: Text, of: impl Fn(&Finding) -> String, language: Language) -> String {
    let sentences: Vec<String> = file.findings.iter().map(of).collect();
    if sentences.is_empty() { unknown.get(language).to_owned() } else { sentences.join(" ") }
}

/// The row of a file that could not be checked.
pub(in crate::report) fn row(file: &FileReport, language: Language) -> Row<'_> {
    vec![
        Value::Text(file.path.as_str().into()),
        Value::Text(file.case.as_str().into()),
        Value::Text(reason(file, language).into()),
        Value::Text(action(file, language).into()),
    ]
}

/// The row of a file that was passed over although a form may be in it.
pub(in crate::report) fn passed_over_row(file: &PassedOver, language: Language) -> Row<'_> {
    let opened = Text::new("Filen er ikke åbnet: den er", "The file was not opened: it is");
    vec![
        Value::Text(file.path.as_str().into()),
        Value::Blank,
        Value::Text(format!("{} {}.", opened.get(language), file.kind.what().get(language)).into()),
        Value::Text(sentence(file.kind.remedy().get(language)).into()),
    ]
}

/// Words with a capital in front and a full stop behind.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}
