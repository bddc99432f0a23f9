//! One rule explained, as headed paragraphs and lists; how they look is each format's own matter.

use super::figures::dated;
use super::{Entry, ExampleCase, years};
use crate::form::FormKind;
use crate::language::{Language, Text};
use crate::rules::{RuleSource, document_name};

/// A part of an explanation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list of lines.
    List(Vec<String>),
}

/// The title: code and what the rule finds.
pub(super) fn title(entry: &Entry<'_>, language: Language) -> String {
    format!("{} {}", entry.rule.code, entry.rule.title.get(language))
}

/// What is said of a rule below its title.
pub(super) fn blocks(entry: &Entry<'_>, language: Language) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(facts(entry, language))];
    blocks.extend(what_it_says(entry, language));
    blocks.push(heading("Hvorfor", "Why", language));
    blocks.push(Block::List(entry.rule.sources.iter().map(|source| quoted(source, language)).collect()));
    blocks.extend(figures(entry, language));
    blocks.extend(examples(entry, language));
    blocks
}

fn heading(da: &'static str, en: &'static str, language: Language) -> Block {
    Block::Heading(Text::new(da, en).get(language).to_owned())
}

/// Severity, forms, years and name, in one line.
fn facts(entry: &Entry<'_>, language: Language) -> String {
    let applied = Text::new("ansøgt", "applied").get(language);
    let years = years::in_words(entry.years.as_deref(), language);
    let severity = entry.rule.severity.word().get(language);
    format!("{severity} · {} · {applied} {years} · {}", forms(entry.rule.kinds, language), entry.rule.name)
}

/// The forms a rule is checked on, in words.
fn forms(kinds: &[FormKind], language: Language) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let and = Text::new("og", "and").get(language);
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// What the rule says of its example, and what to do; without one, its texts with their values left open.
fn what_it_says(entry: &Entry<'_>, language: Language) -> [Block; 4] {
    let (message, action) = match entry.example {
        Some(example) => {
            (example.found.message.get(language).to_owned(), example.found.action.get(language).to_owned())
        }
        None => (open(entry.rule.message.get(language)), open(entry.rule.action.get(language))),
    };
    [
        heading("Det siger reglen, fx", "What the rule says, for example", language),
        Block::Paragraph(message),
        heading("Sådan bringes det i orden", "How to mend it", language),
        Block::Paragraph(action),
    ]
}

/// A text with `…` in place of its values.
fn open(template: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}…{}", part.split_once('}').map_or("", |(_, rest)| rest)))
}

fn quoted(source: &RuleSource, language: Language) -> String {
    match source.document {
        "skabelon" => source.quote.to_owned(),
        document => format!("»{}« – {}", source.quote, document_name(document).get(language)),
    }
}

fn figures(entry: &Entry<'_>, language: Language) -> Vec<Block> {
    if entry.figures.is_empty() {
        return Vec::new();
    }
    let mut blocks =
        vec![heading("Tallene bag, efter ansøgningsdato", "The figures behind it, by application date", language)];
    for history in &entry.figures {
        let Some(first) = history.first() else { continue };
        blocks.push(Block::Paragraph(format!("{}:", capitalised(first.meaning.get(language)))));
        blocks.push(Block::List(history.iter().map(|figure| dated(figure, language)).collect()));
    }
    blocks
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn examples(entry: &Entry<'_>, language: Language) -> Vec<Block> {
    let Some(example) = entry.example else { return Vec::new() };
    let mut fails = case_lines(&example.fails, language);
    fails.push(found_at(entry, &example.found.place, language));
    let broken = Text::new("Et eksempel, der udløser reglen", "An example that breaks the rule");
    let kept = Text::new("Et eksempel, der ikke gør", "An example that does not");
    vec![
        example_heading(broken, &example.fails, language),
        Block::List(fails),
        example_heading(kept, &example.passes, language),
        Block::List(case_lines(&example.passes, language)),
    ]
}

/// The heading of an example, with the year of the case.
fn example_heading(words: Text, case: &ExampleCase, language: Language) -> Block {
    let of = Text::new("i en sag fra", "in a case of").get(language);
    let year = case.year.as_deref().map(|year| format!(" ({of} {year})")).unwrap_or_default();
    Block::Heading(format!("{}{year}", words.get(language)))
}

/// Where the finding of the example is.
fn found_at(entry: &Entry<'_>, place: &str, language: Language) -> String {
    let severity = entry.rule.severity.word().get(language);
    let code = entry.rule.code;
    match (language, place) {
        (Language::Danish, "") => format!("giver {code} ({severity}) på hele filen, med teksten ovenfor"),
        (Language::English, "") => format!("gives {code} ({severity}) on the whole file, in the words above"),
        (Language::Danish, place) => format!("giver {code} ({severity}) ved {place}, med teksten ovenfor"),
        (Language::English, place) => format!("gives {code} ({severity}) at {place}, in the words above"),
    }
}

fn case_lines(case: &ExampleCase, language: Language) -> Vec<String> {
    case.says.iter().map(|line| line.get(language).to_owned()).collect()
}
