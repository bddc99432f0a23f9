//! The two languages of the reports: Danish for users, English on request; how each writes numbers and dates.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::money;

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text {
    /// The Danish words.
    pub da: &'static str,
    /// The English words.
    pub en: &'static str,
}

impl Text {
    /// A text of the two given wordings.
    pub const fn new(da: &'static str, en: &'static str) -> Self {
        Self { da, en }
    }

    /// The wording in a language.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Danish => self.da,
            Language::English => self.en,
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let OwnedText { da, en } = OwnedText::deserialize(from)?;
        Ok(Self { da: fixed(da), en: fixed(en) })
    }
}

/// The fixed text of these words: a text of the program's own that was stored and is read again. There are as many as
/// the program has, and each is kept once.
pub(crate) fn fixed(words: String) -> &'static str {
    static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = texts.get(words.as_str()) {
        return known;
    }
    let kept: &'static str = words.leak();
    texts.insert(kept);
    kept
}

/// A text in both languages that comes from a data file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OwnedText {
    /// The Danish words.
    pub da: String,
    /// The English words.
    pub en: String,
}

impl OwnedText {
    /// The wording in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

impl Language {
    /// An amount in kroner with two decimals: `1.234,50` in Danish, `1,234.50` in English.
    pub fn amount(self, amount: Decimal) -> String {
        let mut rounded = money::round_to_ore(amount);
        rounded.rescale(2);
        self.grouped(&rounded.to_string())
    }

    /// A number with the decimals it has: `7,4` in Danish, `7.4` in English.
    pub fn number(self, number: Decimal) -> String {
        self.grouped(&number.normalize().to_string())
    }

    /// A number as it is typed into a cell: `1234,5` in Danish, `1234.5` in English.
    pub fn ungrouped(self, number: Decimal) -> String {
        let plain = number.normalize().to_string();
        match self {
            Self::Danish => plain.replace('.', ","),
            Self::English => plain,
        }
    }

    /// A date: `31-12-2023` in Danish, `2023-12-31` in English.
    pub fn date(self, date: Date) -> String {
        match self {
            Self::Danish => format!("{:02}-{:02}-{:04}", date.day(), date.month(), date.year()),
            Self::English => date.to_string(),
        }
    }

    /// Several things in a sentence: `A6, A7 og A9` in Danish, `A6, A7 and A9` in English.
    pub fn list(self, items: &[String]) -> String {
        let and = match self {
            Self::Danish => "og",
            Self::English => "and",
        };
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
        }
    }

    /// Puts the language's separators into a plain decimal text.
    fn grouped(self, plain: &str) -> String {
        let (thousands, point) = match self {
            Self::Danish => ('.', ','),
            Self::English => (',', '.'),
        };
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_writes_them() {
        let amount: Decimal = "-1234567.5".parse().unwrap();
        assert_eq!(Language::Danish.amount(amount), "-1.234.567,50");
        assert_eq!(Language::English.amount(amount), "-1,234,567.50");
        assert_eq!(Language::Danish.amount("0.005".parse().unwrap()), "0,01");
        assert_eq!(Language::Danish.number("7.40".parse().unwrap()), "7,4");
        assert_eq!(Language::Danish.number("296".parse().unwrap()), "296");
    }

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        let date = Date::constant(2023, 3, 1);
        assert_eq!(Language::Danish.date(date), "01-03-2023");
        assert_eq!(Language::English.date(date), "2023-03-01");
    }
}
