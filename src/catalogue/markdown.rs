//! The catalogue as Markdown: `docs/rules.md`, or one rule.

use super::groups::{GROUPS, Group};
use super::page::{Block, blocks, title};
use super::{Catalogue, Entry, years};
use crate::language::{Language, Text};

/// All rules: a table for each group, then each rule explained.
pub fn catalogue_markdown(catalogue: &Catalogue<'_>, language: Language) -> String {
    let introduction = Text::new(
        "# Reglerne\n\n\
         Hvad sporskifte kontrollerer, hvorfor, og med hvilke tal. Siden er lavet af `sporskifte rules --format md`; ret den ikke i\n\
         hånden. `sporskifte rules P309` viser én regel i terminalen.\n\n\
         En **fejl** bryder en betingelse eller er forkert regnet. En **advarsel** er nok en slåfejl, eller noget der ikke kan\n\
         kontrolleres. **Til vurdering** er det, som vejledningen overlader til et skøn.\n",
        "# The rules\n\n\
         What sporskifte checks, why, and by which figures. This page is made by `sporskifte rules --format md --lang en`; do not\n\
         edit it by hand. `sporskifte rules P309` shows one rule in the terminal.\n\n\
         An **error** breaks a condition or is wrong arithmetic. A **warning** is probably a slip, or cannot be verified. A\n\
         **review** is what the guidance leaves to judgement.\n",
    );
    let mut text = introduction.get(language).to_owned();
    text.extend(GROUPS.iter().map(|group| table(catalogue, group, language)));
    text.extend(GROUPS.iter().map(|group| explained(catalogue, group, language)));
    text
}

/// The rules of a group, each explained.
fn explained(catalogue: &Catalogue<'_>, group: &Group, language: Language) -> String {
    let heading = format!("\n## {}: {}\n", group.letter, group.name.get(language));
    catalogue.group(group).fold(heading, |text, entry| text + &section(&entry, "###", language))
}

/// One rule as a page of its own.
pub fn rule_markdown(entry: &Entry<'_>, language: Language) -> String {
    section(entry, "#", language).trim_start().to_owned()
}

fn table(catalogue: &Catalogue<'_>, group: &Group, language: Language) -> String {
    let header = Text::new(
        "| kode | finder | alvor | skemaer | ansøgt | navn |",
        "| code | finds | severity | forms | applied | name |",
    );
    let name = group.name.get(language);
    let mut text = format!("\n**{}: {name}**\n\n{}\n|---|---|---|---|---|---|\n", group.letter, header.get(language));
    text.extend(catalogue.group(group).map(|entry| table_line(&entry, language)));
    text
}

fn table_line(entry: &Entry<'_>, language: Language) -> String {
    let rule = entry.rule;
    let forms = rule.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let (found, severity) = (escaped(rule.title.get(language)), rule.severity.word().get(language));
    let years = years::in_words(entry.years.as_deref(), language);
    let anchor = anchor(&title(entry, language));
    format!("| [{}](#{anchor}) | {found} | {severity} | {forms} | {years} | `{}` |\n", rule.code, rule.name)
}

/// The anchor that Markdown viewers give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

fn section(entry: &Entry<'_>, level: &str, language: Language) -> String {
    let heading = format!("\n{level} {}\n", escaped(&title(entry, language)));
    blocks(entry, language).iter().fold(heading, |text, block| text + &block_markdown(block))
}

fn block_markdown(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("\n**{heading}**\n"),
        Block::Paragraph(words) => format!("\n{}\n", escaped(words)),
        Block::List(lines) => lines.iter().fold("\n".to_owned(), |text, line| text + &format!("- {}\n", escaped(line))),
    }
}

/// A text whose characters mean nothing to Markdown.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        if matches!(c, '*' | '_' | '|' | '<' | '`' | '#' | '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    })
}
