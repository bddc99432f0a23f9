//! The list of eligible industries: a data file that a caseworker can replace.

use std::collections::BTreeMap;

use crate::plain_text::unabridged;

/// Whether an industry may apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    /// On the list.
    Eligible,
    /// Stated not to be on the list.
    NotEligible,
}

/// One industry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Industry {
    /// Its name.
    pub title: String,
    /// Whether it may apply.
    pub eligibility: Eligibility,
    /// The document that says so.
    pub source: String,
}

/// Industries by their six-digit code.
#[derive(Debug, Clone, Default)]
pub struct Industries {
    by_code: BTreeMap<String, Industry>,
}

/// Why a list of industries cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IndustriesError {
    /// The first line is not the header.
    #[error("line 1 must be: code,title,eligible,source")]
    Header,
    /// A line is not of the four columns.
    #[error("line {0} must hold: six digits, title, yes or no, source")]
    Line(usize),
    /// A code stands twice.
    #[error("line {0}: the code stands twice")]
    Twice(usize),
}

impl Industries {
    /// The text of the list that comes with the program.
    pub const EMBEDDED: &str = include_str!("../../parameters/industries.csv");

    /// The list that comes with the program.
    pub fn embedded() -> Result<Self, IndustriesError> {
        Self::from_csv(Self::EMBEDDED)
    }

    /// Reads a list: a CSV file with the columns code, title, eligible (yes or no, ja or nej), source, separated by
    /// commas or semicolons.
    pub fn from_csv(text: &str) -> Result<Self, IndustriesError> {
        let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
        let header = lines.next().map(|(_, line)| line.to_lowercase()).unwrap_or_default();
        let separator = if header.contains(';') { ';' } else { ',' };
        if split_line(&header, separator) != ["code", "title", "eligible", "source"] {
            return Err(IndustriesError::Header);
        }
        let mut by_code = BTreeMap::new();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let (code, industry) = parse_line(line, separator).ok_or(IndustriesError::Line(index + 1))?;
            if by_code.insert(code, industry).is_some() {
                return Err(IndustriesError::Twice(index + 1));
            }
        }
        Ok(Self { by_code })
    }

    /// The industry of a code, where the list knows it.
    pub fn find(&self, code: &str) -> Option<&Industry> {
        self.by_code.get(code)
    }
}

fn parse_line(line: &str, separator: char) -> Option<(String, Industry)> {
    let [code, title, eligible, source] = <[String; 4]>::try_from(split_line(line, separator)).ok()?;
    let code: String = code.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let eligibility = match eligible.to_lowercase().as_str() {
        "yes" | "ja" => Eligibility::Eligible,
        "no" | "nej" => Eligibility::NotEligible,
        _ => return None,
    };
    // They are told in findings, as plainly as what a submission says.
    let [title, source] = [title, source].map(|text| unabridged(&text));
    Some((code, Industry { title, eligibility, source }))
}

/// Splits one CSV line; quotes hold separators together and are doubled inside.
fn split_line(line: &str, separator: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push_to_last(&mut fields, '"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => fields.push(String::new()),
            c => push_to_last(&mut fields, c),
        }
    }
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

fn push_to_last(fields: &mut [String], c: char) {
    if let Some(last) = fields.last_mut() {
        last.push(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_embedded_list_knows_what_the_sources_state() {
        let list = Industries::embedded().unwrap();
        for code in ["331200", "331100", "301100"] {
            assert_eq!(list.find(code).unwrap().eligibility, Eligibility::Eligible, "{code}");
        }
        for code in ["251100", "256200"] {
            assert_eq!(list.find(code).unwrap().eligibility, Eligibility::NotEligible, "{code}");
        }
        assert_eq!(list.find("310100"), None);
    }

    #[test]
    fn a_list_saved_by_a_danish_spreadsheet_is_read() {
        let list =
            Industries::from_csv("\u{feff}Code;Title;Eligible;Source\r\n33.12.00;\"Reparation; \"\"alt\"\"\";ja;x\r\n");
        assert_eq!(list.unwrap().find("331200").unwrap().title, "Reparation; \"alt\"");
    }

    #[test]
    fn a_broken_list_names_the_line() {
        assert_eq!(Industries::from_csv("a,b\n").unwrap_err(), IndustriesError::Header);
        let header = "code,title,eligible,source\n";
        assert_eq!(Industries::from_csv(&format!("{header}31100,x,yes,y\n")).unwrap_err(), IndustriesError::Line(2));
        assert_eq!(Industries::from_csv(&format!("{header}331200,x,måske,y")).unwrap_err(), IndustriesError::Line(2));
        let twice = format!("{header}331200,x,yes,y\n331200,x,no,y\n");
        assert_eq!(Industries::from_csv(&twice).unwrap_err(), IndustriesError::Twice(3));
    }

    proptest! {
        #[test]
        fn a_title_is_read_as_it_was_quoted(title in "[a-zæøå;,\" ]{0,12}", semicolon in any::<bool>()) {
            let separator = if semicolon { ";" } else { "," };
            let quoted = format!("\"{}\"", title.replace('"', "\"\""));
            let line = ["331200", &quoted, "ja", "kilde"].join(separator);
            let header = ["code", "title", "eligible", "source"].join(separator);
            let list = Industries::from_csv(&format!("{header}\n{line}\n")).unwrap();
            let words: Vec<&str> = title.split_whitespace().collect();
            prop_assert_eq!(&list.find("331200").unwrap().title, &words.join(" "));
        }
    }
}
