//! `sporskifte rules`: the catalogue, or one rule of it explained.

use std::io::{IsTerminal as _, Write as _};

use clap::ArgMatches;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::NOTHING_FOUND;
use super::check::{PLAIN_WIDTH, unless_broken_pipe};
use super::failure::Failure;
use super::settings::{date, parameters};
use crate::catalogue::{
    Catalogue, CatalogueText, catalogue_markdown, counts_text, find, list_text, nearest, rule_json, rule_markdown,
    rule_text, rules_json, stale_text,
};
use crate::language::Language;
use crate::plain_text::quotable;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let parameters = parameters(matches)?;
    let catalogue = Catalogue::new(&parameters).map_err(|error| Failure::Internal(error.to_string()))?;
    let text = shown(matches, &catalogue, language)?;
    unless_broken_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(NOTHING_FOUND)
}

/// What was asked for, in the format asked for.
fn shown(matches: &ArgMatches, catalogue: &Catalogue<'_>, language: Language) -> Result<String, Failure> {
    let format = matches.get_one::<String>("format").map_or("text", String::as_str);
    if matches.get_flag("count") {
        return Ok(counts_text(catalogue, language));
    }
    if matches.get_flag("stale") {
        let date = date(matches, "date")?.unwrap_or_else(today);
        return Ok(stale_text(catalogue, date, style(language)));
    }
    let Some(word) = matches.get_one::<String>("code") else {
        return Ok(match format {
            "json" => format!("{:#}\n", rules_json(catalogue, language)),
            "md" => catalogue_markdown(catalogue, language),
            _ => list_text(catalogue, language),
        });
    };
    let rule = find(word).ok_or_else(|| Failure::NoSuchRule(quotable(word), nearest(word)))?;
    let entry = catalogue.entry(rule);
    Ok(match format {
        "json" => format!("{:#}\n", rule_json(&entry, language)),
        "md" => rule_markdown(&entry, language),
        _ => rule_text(&entry, style(language)),
    })
}

fn style(language: Language) -> CatalogueText {
    let terminal = terminal_size::terminal_size().filter(|_| std::io::stdout().is_terminal());
    CatalogueText { language, width: terminal.map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0)) }
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
