//! The catalogue for programs.

use serde_json::{Value, json};

use super::{Catalogue, Entry, Example, ExampleCase};
use crate::language::Language;
use crate::parameters::{Amount, Figure};
use crate::rules::{RuleSource, document_name};

/// All rules as an array of the objects of [`rule_json`].
pub fn rules_json(catalogue: &Catalogue<'_>, language: Language) -> Value {
    catalogue.entries().map(|entry| rule_json(&entry, language)).collect()
}

/// One rule as an object. `years` is null for a rule that is for all application dates.
pub fn rule_json(entry: &Entry<'_>, language: Language) -> Value {
    let rule = entry.rule;
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "kinds": rule.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "years": entry.years,
        "title": rule.title.get(language),
        "message": rule.message.get(language),
        "action": rule.action.get(language),
        "sources": rule.sources.iter().map(|each| source(each, language)).collect::<Vec<_>>(),
        "figures": entry.figures.iter().map(|history| figure(history, language)).collect::<Vec<_>>(),
        "example": entry.example.map(|each| example(each, language)),
    })
}

fn source(source: &RuleSource, language: Language) -> Value {
    let name = document_name(source.document).get(language);
    json!({ "document": source.document, "name": name, "quote": source.quote })
}

fn figure(history: &[Figure<'_>], language: Language) -> Value {
    let first = history.first();
    json!({
        "key": first.map(|figure| figure.key),
        "meaning": first.map(|figure| figure.meaning.get(language)),
        "unit": first.map(|figure| figure.unit),
        "values": history.iter().map(dated).collect::<Vec<_>>(),
    })
}

/// A value from a date on; `limit` is false where a source says that there is none, `value` is null where it is unknown.
fn dated(figure: &Figure<'_>) -> Value {
    let by_size = if let Amount::BySize(brackets) = figure.amount { Some(brackets) } else { None };
    json!({
        "from": figure.from,
        "value": figure.known().map(|value| value.to_string()),
        "by_size": by_size,
        "limit": figure.amount != Amount::NoLimit,
        "status": figure.status,
        "reviewed": figure.reviewed,
        "note": figure.note,
        "sources": figure.sources,
    })
}

fn example(example: &Example, language: Language) -> Value {
    json!({
        "fails": lines(&example.fails, language),
        "place": example.found.place,
        "message": example.found.message.get(language),
        "action": example.found.action.get(language),
        "passes": lines(&example.passes, language),
        "failing_cases": example.failing,
        "passing_cases": example.passing,
    })
}

fn lines(case: &ExampleCase, language: Language) -> Vec<&str> {
    case.says.iter().map(|line| line.get(language)).collect()
}
