//! Numbers as people write them in text cells.

use rust_decimal::Decimal;

/// Reads a number written as text: `1.234,50 kr.`, `260,00`, `37 timer`, `12.50`, `1.500,-`.
///
/// Danish is assumed where the signs leave a choice: `1.234` is one thousand two hundred and thirty-four. `3,200` stays open:
/// in Danish it has three decimals, which nobody writes of hours or kroner, and in English it is three thousand two hundred.
pub fn parse_written_number(text: &str) -> Option<Decimal> {
    let plain = plain_decimal(written_digits(&text.trim().to_lowercase())?)?;
    if two_readings(text).is_some() { None } else { plain.parse().ok() }
}

/// The two numbers that a text may mean whose only sign is a comma before three digits: with decimals, and with thousands.
pub fn two_readings(text: &str) -> Option<(Decimal, Decimal)> {
    let lower = text.trim().to_lowercase();
    let digits = written_digits(&lower)?;
    let (whole, rest) = digits.split_once(',')?;
    let is_group = |digits: &str| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_start = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_start(whole.trim_start_matches(['-', '\u{2212}']))
        || !is_group(rest)
        || whole.trim_start_matches('0').is_empty()
    {
        return None;
    }
    let whole = whole.replace('\u{2212}', "-");
    Some((format!("{whole}.{rest}").parse().ok()?, format!("{whole}{rest}").parse().ok()?))
}

/// The digits and signs of a number that stands alone or beside known units.
fn written_digits(lower: &str) -> Option<&str> {
    const UNITS: [&str; 13] =
        ["dkk", "kr", "kroner", "timer", "time", "t", "km", "dage", "dag", "uger", "uge", "pr", "stk"];
    let number_end = lower.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number_start = lower.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '\u{2212}'))?;
    let before = lower.get(..number_start)?;
    let after = lower.get(number_end..)?.trim_start_matches([',', '.']).trim_start_matches(['-', '\u{2013}']);
    let is_unit = |word: &str| UNITS.contains(&word);
    let words = |part: &str| part.split([' ', '.', ':', '/', '\u{a0}']).filter(|word| !word.is_empty()).all(is_unit);
    if !words(before) || !words(after) {
        return None;
    }
    lower.get(number_start..number_end)
}

/// Turns digits with thousands separators and a decimal sign into a plain decimal text.
fn plain_decimal(written: &str) -> Option<String> {
    let compact: String = written.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\'' | '\u{202f}')).collect();
    let below_zero = compact.strip_prefix(['-', '\u{2212}']);
    let (sign, digits) = below_zero.map_or(("", compact.as_str()), |rest| ("-", rest));
    if !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let (whole, fraction) = match decimal_sign(digits) {
        Some(sign) => digits.rsplit_once(sign)?,
        None => (digits, ""),
    };
    if whole.is_empty() || fraction.contains(['.', ',']) || !is_grouped(whole) {
        return None;
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Which sign separates the decimals, if any does.
fn decimal_sign(digits: &str) -> Option<char> {
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    match (commas, points) {
        (1, 0) => Some(','),
        (0, 1) => digits.rsplit_once('.').is_some_and(|(_, fraction)| fraction.len() != 3).then_some('.'),
        (_, 0) | (0, _) => None,
        _ => digits.chars().rev().find(|c| matches!(c, '.' | ',')),
    }
}

/// Whether thousands separators, if any, are of one kind and stand before groups of three digits.
fn is_grouped(whole: &str) -> bool {
    let mixed = whole.contains('.') && whole.contains(',');
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    !mixed && (rest.peek().is_none() || (1..=3).contains(&first.len())) && rest.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::Language;

    #[test]
    fn numbers_as_people_write_them_are_read() {
        for (text, number) in [
            ("1.234,50 kr.", "1234.50"),
            ("260,00", "260.00"),
            ("37 timer", "37"),
            ("12.50", "12.50"),
            ("1.234", "1234"),
            ("1,234.50", "1234.50"),
            ("kr. 1 234,5", "1234.5"),
            ("1.500,-", "1500"),
            ("1.234.567,89", "1234567.89"),
            ("-5", "-5"),
            ("7,4", "7.4"),
            ("260 kr./time", "260"),
        ] {
            assert_eq!(parse_written_number(text), Some(number.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_single_number_is_not_guessed() {
        for text in ["", "ca. 37", "37-40", "1.23.456", "fem", "1.234,567.8", "37 timer og 2 dage", ",5", "12345.678,1"]
        {
            assert_eq!(parse_written_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_comma_before_three_digits_leaves_open_what_is_meant() {
        for (text, decimals, thousands) in
            [("3,200", "3.200", "3200"), ("12,500 kr.", "12.500", "12500"), ("-1,000", "-1.000", "-1000")]
        {
            assert_eq!(parse_written_number(text), None, "{text}");
            assert_eq!(two_readings(text), Some((decimals.parse().unwrap(), thousands.parse().unwrap())), "{text}");
        }
        for text in ["3,20", "3.200", "0,125", "1234,567", "1,234.50", "3,2000", "12,", ",500", "timer"] {
            assert_eq!(two_readings(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_we_write_in_danish_is_read_back(ore in -9_999_999_999_i64..9_999_999_999) {
            let amount = Decimal::new(ore, 2);
            prop_assert_eq!(parse_written_number(&Language::Danish.amount(amount)), Some(amount));
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,40}") {
            let _ = parse_written_number(&text);
        }
    }
}
