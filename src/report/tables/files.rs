//! `Filer`: a row for each file.

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::Text;
use crate::report::model::{Counts, FileReport};

/// The table.
pub(in crate::report) const TABLE: Table = Table {
    name: Text::new("Filer", "Files"),
    columns: &[
        Column::text(Text::new("Fil", "File"), 46),
        Column::text(Text::new("Sag", "Case"), 22),
        Column::text(Text::new("Skema", "Form"), 15),
        Column::text(Text::new("Resultat", "Verdict"), 17),
        Column::numbers(Text::new("Fejl", "Errors"), 8),
        Column::numbers(Text::new("Advarsler", "Warnings"), 11),
        Column::numbers(Text::new("Til vurdering", "To review"), 11),
        Column::text(Text::new("SHA-256 af den kontrollerede fil", "SHA-256 of the checked file"), 66),
    ],
    nothing: Text::new("Ingen filer.", "No files."),
};

/// The row of a file.
pub(in crate::report) fn row(file: &FileReport) -> Row<'_> {
    let Counts { errors, warnings, reviews } = Counts::of(&file.findings);
    vec![
        Value::Text(file.path.as_str().into()),
        Value::Text(file.case.as_str().into()),
        Value::optional(file.form.as_ref().map(|form| form.kind.name())),
        Value::Verdict(file.verdict),
        Value::Count(errors),
        Value::Count(warnings),
        Value::Count(reviews),
        Value::optional(file.sha256.map(|hash| hash.to_string())),
    ]
}
