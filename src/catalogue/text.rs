//! The catalogue for people at a terminal.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::groups::GROUPS;
use super::page::{Block, blocks, title};
use super::{Catalogue, Entry, years};
use crate::form::FormKind;
use crate::language::{Language, Text};
use crate::wrapping::wrapped;

/// How the text looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct CatalogueText {
    /// The language.
    pub language: Language,
    /// The width of the terminal, in characters; longer lines are broken.
    pub width: usize,
}

/// One rule explained.
pub fn rule_text(entry: &Entry<'_>, style: CatalogueText) -> String {
    let title = title(entry, style.language);
    let head = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    let blocks = blocks(entry, style.language);
    blocks.iter().fold(head, |text, block| text + &block_text(block, style.width))
}

fn block_text(block: &Block, width: usize) -> String {
    match block {
        Block::Heading(heading) => format!("\n{heading}\n"),
        Block::Paragraph(words) => format!("{}\n", wrapped("  ", words, width)),
        Block::List(lines) => lines.iter().map(|line| wrapped("  - ", line, width) + "\n").collect(),
    }
}

/// All rules, a line each, by group.
pub fn list_text(catalogue: &Catalogue<'_>, language: Language) -> String {
    let width = catalogue.entries().map(|entry| entry.rule.title.get(language).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for group in &GROUPS {
        let _ = writeln!(text, "{} – {}", group.letter, group.name.get(language));
        for entry in catalogue.group(group) {
            text += &list_line(&entry, width, language);
        }
        text.push('\n');
    }
    let legend = Text::new(
        "Skemaer: B budget, K kursusoversigt, S slutregnskab. Til sidst de ansøgningsår, reglen gælder for, og dens navn.\n\
         »sporskifte rules P309« forklarer en regel, »sporskifte rules --count« tæller dem.\n",
        "Forms: B budget, K course overview, S final accounts. Last the application years the rule is for, and its name.\n\
         “sporskifte rules P309” explains a rule, “sporskifte rules --count” counts them.\n",
    );
    text + legend.get(language)
}

fn list_line(entry: &Entry<'_>, width: usize, language: Language) -> String {
    let (rule, years) = (entry.rule, years::in_words(entry.years.as_deref(), language));
    let (title, severity) = (rule.title.get(language), rule.severity.word().get(language));
    let forms = letters(rule.kinds);
    format!("  {}  {title:width$}  {severity:13} {forms:6} {years:20} {}\n", rule.code, rule.name)
}

/// The forms as letters in fixed places: `B S`.
fn letters(kinds: &[FormKind]) -> String {
    let places = [(FormKind::Budget, 'B'), (FormKind::Overview, 'K'), (FormKind::Accounts, 'S')];
    let letter = |(kind, letter)| if kinds.contains(&kind) { letter } else { '·' };
    places.map(letter).iter().collect()
}

/// The figures that were last reviewed over a year before a date.
pub fn stale_text(catalogue: &Catalogue<'_>, date: Date, style: CatalogueText) -> String {
    let language = style.language;
    let figures = catalogue.parameters.stale(date);
    let day = language.date(date);
    if figures.is_empty() {
        return match language {
            Language::Danish => format!("Alle tal er holdt op mod kilderne inden for et år før den {day}.\n"),
            Language::English => format!("All figures were held against their sources within a year before {day}.\n"),
        };
    }
    let count = figures.len();
    let head = match language {
        Language::Danish => format!("{count} tal er senest holdt op mod kilderne over et år før den {day}:"),
        Language::English => format!("{count} figures were last held against their sources over a year before {day}:"),
    };
    let mut text = format!("{}\n", wrapped("", &head, style.width));
    let reviewed = Text::new("senest set efter", "last reviewed").get(language);
    for figure in figures {
        let (meaning, on) = (figure.meaning.get(language), language.date(figure.reviewed));
        let line = format!("{meaning}: {} ({reviewed} {on})", figure.in_words(language));
        let _ = writeln!(text, "{}", wrapped("  - ", &line, style.width));
    }
    text
}
