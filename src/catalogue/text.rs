//! The catalogue for people at a terminal.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::figures::amount;
use super::groups::{GROUPS, Group};
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
    let mut text = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    for block in blocks(entry, style.language) {
        match block {
            Block::Heading(heading) => text += &format!("\n{heading}\n"),
            Block::Paragraph(words) => text += &format!("{}\n", wrapped("  ", &words, style.width)),
            Block::List(lines) => {
                text.extend(lines.iter().map(|line| format!("{}\n", wrapped("  - ", line, style.width))));
            }
        }
    }
    text
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

/// How many rules and how many cases they are tested on, by group.
pub fn counts_text(catalogue: &Catalogue<'_>, language: Language) -> String {
    let headers = match language {
        Language::Danish => ["Gruppe", "I kataloget", "Lavet", "Prøver, der udløser", "Prøver, der ikke gør"],
        Language::English => ["Group", "In the catalogue", "Made", "Failing cases", "Passing cases"],
    };
    let mut lines: Vec<(String, [usize; 4])> = GROUPS
        .iter()
        .map(|group| (format!("{} {}", group.letter, group.name.get(language)), counts(catalogue, group)))
        .collect();
    let total = lines.iter().fold([0; 4], |sum, (_, counts)| {
        std::array::from_fn(|i| sum.get(i).zip(counts.get(i)).map_or(0, |(a, b)| a + b))
    });
    lines.push((Text::new("I alt", "In all").get(language).into(), total));
    let [group, numbers @ ..] = headers;
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut text = format!("{group:width$}  {}\n", numbers.join("  "));
    for (name, counts) in lines {
        let cells: Vec<String> =
            counts.iter().zip(numbers).map(|(count, header)| format!("{count:>0$}", header.chars().count())).collect();
        let _ = writeln!(text, "{name:width$}  {}", cells.join("  "));
    }
    text
}

/// Rules specified, rules made, failing cases, passing cases.
fn counts(catalogue: &Catalogue<'_>, group: &Group) -> [usize; 4] {
    catalogue.group(group).fold([group.specified, 0, 0, 0], |[specified, made, failing, passing], entry| {
        let (more_failing, more_passing) = entry.example.map_or((0, 0), |example| (example.failing, example.passing));
        [specified, made + 1, failing + more_failing, passing + more_passing]
    })
}

/// The figures that were last reviewed over a year before a date.
pub fn stale_text(catalogue: &Catalogue<'_>, date: Date, style: CatalogueText) -> String {
    let language = style.language;
    let stale = catalogue.parameters.stale(date);
    let day = language.date(date);
    if stale.is_empty() {
        return match language {
            Language::Danish => format!("Alle tal er holdt op mod kilderne inden for et år før den {day}.\n"),
            Language::English => format!("All figures were held against their sources within a year before {day}.\n"),
        };
    }
    let count = stale.len();
    let head = match language {
        Language::Danish => format!("{count} tal er senest holdt op mod kilderne over et år før den {day}:"),
        Language::English => format!("{count} figures were last held against their sources over a year before {day}:"),
    };
    let mut text = format!("{}\n", wrapped("", &head, style.width));
    let reviewed = Text::new("senest set efter", "last reviewed").get(language);
    for figure in stale {
        let (meaning, on) = (figure.meaning.get(language), language.date(figure.reviewed));
        let line = format!("{meaning}: {} ({reviewed} {on})", amount(&figure, language));
        let _ = writeln!(text, "{}", wrapped("  - ", &line, style.width));
    }
    text
}
