//! A spreadsheet's binary numbers as the decimals a person sees.

use rust_decimal::Decimal;

use super::CellValue;

/// A spreadsheet shows at most this many significant digits, and so do we.
const SIGNIFICANT_DIGITS: usize = 15;

/// The places that a [`Decimal`] has after its point; a smaller digit is lost.
const MAX_SCALE: i32 = 28;

/// The decimal of a cell's number: its shortest decimal text with at most 15 significant digits.
///
/// `None` where no decimal can hold it: too large, or not a number.
pub(crate) fn decimal(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let scientific = format!("{number:.*e}", SIGNIFICANT_DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits: i64 = mantissa.replace('.', "").parse().ok()?;
    shift(digits, exponent - i32::try_from(SIGNIFICANT_DIGITS - 1).ok()?)
}

/// A number that is written as a short plain decimal (`-12.50`, at most 15 significant digits): then it is that decimal,
/// and the way over a binary number leads to the same. `None` for any other text.
pub(crate) fn plain_decimal(text: &str) -> Option<Decimal> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (mut number, mut significant, mut scale, mut after_point) = (0_i64, 0, 0_u32, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if significant < SIGNIFICANT_DIGITS => {
                number = number * 10 + i64::from(byte - b'0');
                significant += usize::from(number != 0);
                scale += u32::from(after_point);
            }
            b'.' if !after_point => after_point = true,
            _ => return None,
        }
    }
    if digits.len() == usize::from(after_point) || i32::try_from(scale).ok()? > MAX_SCALE {
        return None;
    }
    while scale > 0 && number % 10 == 0 {
        number /= 10;
        scale -= 1;
    }
    Some(Decimal::new(if is_negative { -number } else { number }, scale))
}

/// What a spreadsheet keeps of a number: no more than its first digits.
pub(crate) fn as_kept(number: Decimal) -> Option<Decimal> {
    decimal(binary(number))
}

/// The binary number nearest to a decimal. By way of its text: [`Decimal`]'s own conversion may be off in the last place.
pub(crate) fn binary(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or_default()
}

/// A number as the value of a cell.
pub(crate) fn number_value(number: f64) -> CellValue {
    decimal(number).map_or_else(|| CellValue::OutOfRange(out_of_range_text(number)), CellValue::Number)
}

/// A count of days as the value of a cell with a date format.
pub(crate) fn date_value(days: f64) -> CellValue {
    decimal(days).map_or_else(|| CellValue::OutOfRange(out_of_range_text(days)), CellValue::Date)
}

/// `digits × 10^exponent`, without trailing zeros.
fn shift(digits: i64, exponent: i32) -> Option<Decimal> {
    if digits == 0 || exponent < -MAX_SCALE - 18 {
        return Some(Decimal::ZERO);
    }
    let shifted = if exponent >= 0 {
        let factor = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
        Decimal::try_from_i128_with_scale(i128::from(digits).checked_mul(factor)?, 0).ok()?
    } else {
        let kept = exponent.max(-MAX_SCALE);
        let dropped = 10_i64.checked_pow(u32::try_from(kept - exponent).ok()?)?;
        Decimal::new(rounded_quotient(digits, dropped), u32::try_from(-kept).ok()?)
    };
    let normal = shifted.normalize();
    Some(if normal.is_zero() { Decimal::ZERO } else { normal })
}

/// The quotient, halves away from zero.
fn rounded_quotient(digits: i64, divisor: i64) -> i64 {
    let (quotient, rest) = (digits / divisor, digits % divisor);
    if rest.abs() >= divisor - rest.abs() { quotient + digits.signum() } else { quotient }
}

fn out_of_range_text(number: f64) -> String {
    format!("{number:E}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(number: f64) -> String {
        decimal(number).unwrap().to_string()
    }

    #[test]
    fn more_digits_than_a_spreadsheet_keeps_are_rounded_as_it_rounds_them() {
        for (number, kept) in [("34613866.72454184", "34613866.7245418"), ("2290262815559735.25", "2290262815559740")] {
            assert_eq!(as_kept(number.parse().unwrap()), Some(kept.parse().unwrap()), "{number}");
        }
    }

    #[test]
    fn a_number_is_what_the_spreadsheet_shows() {
        for (stored, shown) in [
            ("0.30000000000000004", "0.3"),
            ("20259.720000000001", "20259.72"),
            ("1446.3749999999999", "1446.375"),
            ("0.1", "0.1"),
            ("1", "1"),
            ("100", "100"),
            ("-12.5", "-12.5"),
            ("1E15", "1000000000000000"),
            ("1E+20", "100000000000000000000"),
            ("1.5E-7", "0.00000015"),
            ("12345678901234567", "12345678901234600"),
            ("99999999999999.99", "100000000000000"),
        ] {
            assert_eq!(text(stored.parse().unwrap()), shown, "{stored}");
        }
    }

    #[test]
    fn what_is_no_short_plain_decimal_is_left_to_the_binary_number() {
        for text in ["", "-", ".", "-.", "1e5", "+1", "1.2.3", "1234567890123456", "0.30000000000000004", "1,5", " 1"] {
            assert_eq!(plain_decimal(text), None, "{text}");
        }
        for (text, decimal) in [("00012.500", "12.5"), ("-0.00", "0"), ("5.", "5"), (".5", "0.5"), ("100", "100")] {
            assert_eq!(plain_decimal(text).unwrap().to_string(), decimal);
        }
    }

    #[test]
    fn minus_zero_is_zero() {
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(-1e-40), "0");
    }

    #[test]
    fn what_is_too_small_for_a_decimal_is_rounded_to_its_last_place() {
        assert_eq!(text(1e-28), "0.0000000000000000000000000001");
        assert_eq!(text(1.5e-28), "0.0000000000000000000000000002");
        assert_eq!(text(1e-30), "0");
        assert_eq!(text(5e-324), "0");
    }

    #[test]
    fn what_is_too_large_for_a_decimal_stays_text() {
        assert_eq!(text(7e28), "70000000000000000000000000000");
        for number in [8e28, 1e308, -1e29, f64::MAX] {
            assert_eq!(decimal(number), None, "{number}");
        }
        assert_eq!(number_value(1e308), CellValue::OutOfRange("1E308".into()));
        assert_eq!(decimal(f64::NAN), None);
        assert_eq!(decimal(f64::INFINITY), None);
    }

    proptest! {
        #[test]
        fn any_amount_in_oere_comes_back_exactly(oere in -9_999_999_999_999_i64..=9_999_999_999_999) {
            let amount = Decimal::new(oere, 2);
            let stored: f64 = amount.to_string().parse().unwrap();
            prop_assert_eq!(decimal(stored), Some(amount));
        }

        #[test]
        fn a_plain_decimal_is_what_its_binary_number_gives(text in "-?[0-9]{0,16}[.]?[0-9]{0,20}") {
            if let Some(plain) = plain_decimal(&text) {
                let through_binary = decimal(text.parse().unwrap()).unwrap();
                prop_assert_eq!(plain.to_string(), through_binary.to_string());
            }
        }

        #[test]
        fn any_number_keeps_its_first_fifteen_digits(number in proptest::num::f64::NORMAL) {
            if let Some(read) = decimal(number) {
                let back: f64 = read.to_string().parse().unwrap();
                let allowed = number.abs() * 1e-14 + 1e-28;
                prop_assert!((back - number).abs() <= allowed, "{} became {}", number, read);
            }
        }
    }
}
