//! `Ikke kontrolleret`: the files that could not be checked, and why.

use super::value::Value;
use super::{Column, Row, Table};
use crate::finding::Finding;
use crate::language::{Language, Text};
use crate::report::model::FileReport;

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
