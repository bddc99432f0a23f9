//! Numbers that identify companies, industries and persons.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::plain_text::is_invisible;

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

/// What looks like a CPR number in a text.
struct CprNumber {
    /// Where it stands, in bytes.
    place: Range<usize>,
    /// Its first six digits.
    date: String,
}

/// What looks like CPR numbers in a text: a valid date as six digits and four digits, with no digit before or after and
/// at most a hyphen, a dash or white space between the two. What nobody sees does not keep the digits apart. The digits of
/// a checksum are none.
fn cpr_numbers(text: &str) -> Vec<CprNumber> {
    if may_hold_cpr(text) { search_cpr(text) } else { Vec::new() }
}

/// Whether it is worth to look closer: most texts have too few digits, or none that could be a date.
fn may_hold_cpr(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit() || **byte == FIRST_OF_FULL_WIDTH).count();
    let mut runs = bytes.chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit());
    let is_date = |run: &[u8]| run.len() >= DATE_DIGITS && run.first().is_some_and(u8::is_ascii_digit);
    // What nobody sees can stand between digits, and others than the usual ones are digits too.
    let is_odd = |c: char| !c.is_ascii() && (is_invisible(c) || digit(c).is_some());
    digits >= CPR_DIGITS && (runs.any(is_date) || text.chars().any(is_odd))
}

fn search_cpr(text: &str) -> Vec<CprNumber> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !is_invisible(*c)).collect();
    let mut start = 0;
    while start < chars.len() {
        match chars.get(start..).and_then(cpr_length) {
            Some(length) if !digit_before(&chars, start) && !in_checksum(&chars, start) => {
                found.extend(chars.get(start..start + length).and_then(cpr_number));
                start += length;
            }
            _ => start += 1,
        }
    }
    found
}

/// The digits of a CPR number.
const CPR_DIGITS: usize = 10;

/// The byte that the digits of full width begin with.
const FIRST_OF_FULL_WIDTH: u8 = 0xEF;

/// How many of them are a date.
const DATE_DIGITS: usize = 6;

/// The most characters between the date and the last four digits: a dash with a space on either side.
const LONGEST_GAP: usize = 3;

/// The value of a digit, of the usual ones and of those of full width.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| u32::from(c).checked_sub(0xff10).filter(|value| *value < 10))
}

fn cpr_number(chars: &[(usize, char)]) -> Option<CprNumber> {
    let (&(start, _), &(last, c)) = chars.first().zip(chars.last())?;
    let digits = chars.iter().take(DATE_DIGITS).filter_map(|&(_, c)| char::from_digit(digit(c)?, 10));
    Some(CprNumber { place: start..last + c.len_utf8(), date: digits.collect() })
}

fn digit_before(chars: &[(usize, char)], index: usize) -> bool {
    index.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|&(_, c)| digit(c).is_some())
}

/// How a SHA-256 checksum is written, as the sheet `Kontrol` names the file that was checked.
const CHECKSUM_DIGITS: usize = 64;

/// Whether a character stands in a word of exactly as many hexadecimal digits as a checksum has: ten of them in a row look
/// like a CPR number by chance, in one checksum of some hundred.
fn in_checksum(chars: &[(usize, char)], index: usize) -> bool {
    let is_part = |(_, c): &&(usize, char)| c.is_ascii_hexdigit();
    let (before, from) = chars.split_at(index.min(chars.len()));
    let before = before.iter().rev().take(CHECKSUM_DIGITS).take_while(is_part).count();
    let after = from.iter().take(CHECKSUM_DIGITS + 1).take_while(is_part).count();
    before + after == CHECKSUM_DIGITS
}

/// How many characters at the start look like a CPR number.
fn cpr_length(chars: &[(usize, char)]) -> Option<usize> {
    let digit = |index: usize| chars.get(index).and_then(|&(_, c)| digit(c));
    let number = |index: usize| Some(digit(index)? * 10 + digit(index + 1)?);
    let (day, month, _year) = (number(0)?, number(2)?, number(4)?);
    if !(1..=days_in_month(month)).contains(&day) {
        return None;
    }
    let after_date = chars.iter().skip(DATE_DIGITS).take(LONGEST_GAP);
    let serial = DATE_DIGITS + after_date.take_while(|&&(_, c)| is_gap(c)).count();
    let end = serial + CPR_DIGITS - DATE_DIGITS;
    (serial..end).try_for_each(|index| digit(index).map(drop))?;
    digit(end).is_none().then_some(end)
}

/// Whether a character may stand between the date and the last four digits.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
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

/// What is shown of a CPR number of which nothing is known but that it is one.
pub const NOTHING_BUT_MASK: &str = "******-****";

/// The text with the last four digits of every CPR number hidden: `010170-****`.
pub fn mask_cpr(text: &str) -> String {
    mask_cpr_with(text, "-****")
}

/// The text with something else in place of the last four digits of every CPR number.
pub fn mask_cpr_with(text: &str, mask: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut written = 0;
    for CprNumber { place, date } in cpr_numbers(text) {
        masked.push_str(text.get(written..place.start).unwrap_or_default());
        masked.push_str(&date);
        masked.push_str(mask);
        written = place.end;
    }
    masked.push_str(text.get(written..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            ("010170 - 1234.", "010170-****."),
            ("010170\n1234", "010170-****"),
            ("01\u{200b}0170\u{2011}12\u{ad}34", "010170-****"),
            ("０１０１７０-１２３４", "010170-****"),
            // Since 2007 numbers are given out that fail the old check by modulus 11.
            ("010191-0001 og 0101650001", "010191-**** og 010165-****"),
            // Letters on both sides do not hide one, where they make no checksum.
            ("a0101701234f", "a010170-****f"),
        ] {
            assert!(holds_cpr(text), "{text}");
            assert_eq!(mask_cpr(text), masked);
        }
    }

    #[test]
    fn what_is_no_cpr_number_stays_as_it_is() {
        for text in [
            "320170-1234",
            "011370-1234",
            "300299-1234",
            "01017-01234",
            "10101701234",
            "010170-12345",
            "ABC",
            "7",
            // A CVR number, an account with its bank, a course from one day to another, a telephone number.
            "13585628",
            "4180 0012345678",
            "010323 - 310323",
            "+45 33 12 34 56",
            "SHA-256 9ca51b686a114bfa6026c4d9a0101701234f50ddab403a8a42c9fdd1728c7ee5.",
        ] {
            assert!(!holds_cpr(text), "{text}");
            assert_eq!(mask_cpr(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_text_with_a_cpr_number_is_passed_over(text in "([01][0-9]{3}|[0-9]{1,6}|[-æ \u{200b}\u{ad}\u{ff11}\u{1}]|[a-f]){0,8}") {
            prop_assert!(may_hold_cpr(&text) || search_cpr(&text).is_empty());
        }

        #[test]
        fn what_is_masked_holds_no_cpr_number(text in "[-–0-9 ,a]{0,40}") {
            let masked = mask_cpr(&text);
            prop_assert!(!holds_cpr(&masked), "{:?} became {:?}", text, masked);
            prop_assert_eq!(mask_cpr(&masked), masked);
        }

        #[test]
        fn one_digit_changed_makes_a_cvr_number_invalid(number in 10_000_000_u32..100_000_000, place in 0..8_usize) {
            let Some(cvr) = Cvr::parse(&number.to_string()) else { return Ok(()) };
            let mut digits = cvr.to_string().into_bytes();
            digits[place] = b'0' + (digits[place] - b'0' + 1) % 10;
            prop_assert_eq!(Cvr::parse(std::str::from_utf8(&digits).unwrap()), None);
        }
    }
}
