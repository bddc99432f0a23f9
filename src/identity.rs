//! Numbers that identify companies, industries and persons.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A CVR number: eight digits that satisfy the modulus 11 check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Cvr(String);

/// A P-number: ten digits, without a checksum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct PNumber(String);

/// A DB07 industry code: six digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct IndustryCode(String);

impl Cvr {
    const WEIGHTS: [u32; 8] = [2, 7, 6, 5, 4, 3, 2, 1];

    /// Reads a CVR number; spaces and a leading `DK` are allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let national = text.get(..2).filter(|prefix| prefix.eq_ignore_ascii_case("dk")).and_then(|_| text.get(2..));
        let digits = digits_of(national.unwrap_or(text), &[' ', '\u{a0}'], 8)?;
        let sum: u32 = digits.chars().zip(Self::WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
        (sum.is_multiple_of(11) && !digits.starts_with('0')).then_some(Self(digits))
    }
}

impl PNumber {
    /// Reads a P-number; spaces are allowed.
    pub fn parse(text: &str) -> Option<Self> {
        digits_of(text, &[' ', '\u{a0}'], 10).map(Self)
    }
}

impl IndustryCode {
    /// Reads an industry code; dots and spaces are allowed.
    pub fn parse(text: &str) -> Option<Self> {
        digits_of(text, &['.', ' ', '\u{a0}'], 6).map(Self)
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digits of a text that consists of exactly `count` digits and the given separators.
fn digits_of(text: &str, separators: &[char], count: usize) -> Option<String> {
    let digits: String = text.trim().chars().filter(|c| !separators.contains(c)).collect();
    (digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A text that is no number of the kind asked for.
#[derive(Debug, thiserror::Error)]
#[error("not a valid number of its kind")]
pub struct InvalidNumber;

impl TryFrom<String> for Cvr {
    type Error = InvalidNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(InvalidNumber)
    }
}

impl TryFrom<String> for PNumber {
    type Error = InvalidNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(InvalidNumber)
    }
}

impl TryFrom<String> for IndustryCode {
    type Error = InvalidNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(InvalidNumber)
    }
}

impl fmt::Display for Cvr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for IndustryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where what looks like a CPR number stands in a text, as byte ranges: a valid date as six digits, at most one
/// hyphen, dash or space, and four digits, with no digit before or after.
fn cpr_numbers(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        match chars.get(start..).and_then(cpr_length) {
            Some(length) if !digit_before(&chars, start) => {
                let end = chars.get(start + length).map_or(text.len(), |&(offset, _)| offset);
                found.extend(chars.get(start).map(|&(offset, _)| (offset, end)));
                start += length;
            }
            _ => start += 1,
        }
    }
    found
}

fn digit_before(chars: &[(usize, char)], index: usize) -> bool {
    index.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|(_, c)| c.is_ascii_digit())
}

/// How many characters at the start look like a CPR number.
fn cpr_length(chars: &[(usize, char)]) -> Option<usize> {
    let digit = |index: usize| chars.get(index).and_then(|&(_, c)| c.to_digit(10));
    let number = |index: usize| Some(digit(index)? * 10 + digit(index + 1)?);
    let (day, month, _year) = (number(0)?, number(2)?, number(4)?);
    if !(1..=days_in_month(month)).contains(&day) {
        return None;
    }
    let separated = chars.get(6).is_some_and(|&(_, c)| matches!(c, '-' | '\u{2010}'..='\u{2014}' | ' ' | '\u{a0}'));
    let serial = 6 + usize::from(separated);
    for index in serial..serial + 4 {
        digit(index)?;
    }
    digit(serial + 4).is_none().then_some(serial + 4)
}

/// The days of a month in a leap year; the century is not known from six digits.
const fn days_in_month(month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => 0,
    }
}

/// Whether a text holds what looks like a CPR number.
pub fn holds_cpr(text: &str) -> bool {
    !cpr_numbers(text).is_empty()
}

/// The text with the last four digits of every CPR number hidden: `010170-****`.
pub fn mask_cpr(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut written = 0;
    for (start, end) in cpr_numbers(text) {
        masked.push_str(text.get(written..start + 6).unwrap_or_default());
        masked.push_str("-****");
        written = end;
    }
    masked.push_str(text.get(written..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cvr_number_satisfies_the_modulus_11_check() {
        for text in ["13585628", "DK13585628", "dk 13 58 56 28", " 13585628 "] {
            assert_eq!(Cvr::parse(text).map(|cvr| cvr.to_string()).as_deref(), Some("13585628"), "{text}");
        }
        for text in ["13585627", "1358562", "135856280", "1358562a", "", "00000000", "æø13585628"] {
            assert_eq!(Cvr::parse(text), None, "{text}");
        }
    }

    #[test]
    fn industry_codes_may_have_dots() {
        assert_eq!(IndustryCode::parse("33.12.00").unwrap().as_str(), "331200");
        assert_eq!(IndustryCode::parse("31100"), None);
    }

    #[test]
    fn cpr_numbers_are_recognised_and_masked() {
        for (text, masked) in [
            ("010170-1234", "010170-****"),
            ("0101701234", "010170-****"),
            ("CPR 311299 0000, Bo", "CPR 311299-****, Bo"),
            ("010170–1234 og 290200-0001", "010170-**** og 290200-****"),
        ] {
            assert!(holds_cpr(text), "{text}");
            assert_eq!(mask_cpr(text), masked);
        }
    }

    #[test]
    fn what_is_no_cpr_number_stays_as_it_is() {
        for text in
            ["320170-1234", "011370-1234", "300299-1234", "01017-01234", "10101701234", "010170-12345", "ABC", "7"]
        {
            assert!(!holds_cpr(text), "{text}");
            assert_eq!(mask_cpr(text), text);
        }
    }
}
