//! The marks and notes of an annotated copy.

use super::alike::{Alike, group_alike};
use super::model::FileReport;
use crate::annotate::Mark;
use crate::finding::{Finding, Place};
use crate::language::{Language, Text};
use crate::rules::{FORM, document_name};

/// The cells to mark in a file's copy: every place of every finding that has a cell.
pub fn marks(file: &FileReport, language: Language) -> Vec<Mark> {
    let of_group = |alike: Alike<'_>| {
        let note = note(&alike, language);
        alike.members().flat_map(|finding| marks_of(finding, &note)).collect::<Vec<_>>()
    };
    group_alike(&file.findings).into_iter().flat_map(of_group).collect()
}

fn marks_of(finding: &Finding, note: &str) -> Vec<Mark> {
    let mark = |place: &Place| {
        Some(Mark {
            sheet: place.sheet.to_string(),
            cell: place.cell?,
            severity: finding.severity(),
            code: finding.rule.code.to_owned(),
            note: note.to_owned(),
        })
    };
    finding.places.iter().filter_map(mark).collect()
}

/// What was found, what to do, and which words of the scheme's documents say so.
fn note(alike: &Alike<'_>, language: Language) -> String {
    let finding = alike.first;
    let rule = finding.rule;
    let source = Text::new("Kilde", "Source").get(language);
    let mut lines = vec![
        format!("{}: {}", finding.severity().word().get(language), rule.title.get(language)),
        finding.message(language),
        format!("→ {}", finding.action(language)),
    ];
    lines.extend(alike.in_words(language));
    if let Some(first) = rule.sources.first().filter(|first| first.document != FORM) {
        lines.push(format!("{source}: {}: »{}«", document_name(first.document).get(language), first.quote));
    }
    lines.join("\n")
}
