//! Days as the spreadsheet counts them and as people write them.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::workbook::DateSystem;

/// The day of a serial number; the time of day is dropped. `None` for what no spreadsheet shows as a date.
pub fn date_of_serial(serial: Decimal, system: DateSystem) -> Option<Date> {
    let days = serial.trunc().to_i64()?;
    let (epoch, days) = match system {
        // Excel's 1900 has a 29 February that never was (serial 60): days after it are one too many.
        DateSystem::From1900 if days == 60 || days < 1 => return None,
        DateSystem::From1900 => (Date::constant(1899, 12, 31), if days > 60 { days - 1 } else { days }),
        DateSystem::From1904 if days < 0 => return None,
        DateSystem::From1904 => (Date::constant(1904, 1, 1), days),
    };
    epoch.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Reads a date that somebody wrote as text: `1. marts 2023`, `01-03-2023`, `1/3 2023`, `1.3.23`, `2023-03-01`.
pub fn parse_written_date(text: &str) -> Option<Date> {
    let lower = text.trim().to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        ["d" | "den", rest @ ..] => rest,
        all => all,
    };
    let [first, second, third] = parts else { return None };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let date = Date::new(year_of(year)?, month_of(month)?, day.parse().ok()?).ok()?;
    (1900..=2199).contains(&date.year()).then_some(date)
}

fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let index = MONTHS.iter().position(|month| text.chars().count() >= 3 && month.starts_with(text))?;
    i8::try_from(index + 1).ok()
}

/// The day that many weeks later.
pub fn weeks_after(date: Date, weeks: Decimal) -> Option<Date> {
    date.checked_add(weeks.to_i64()?.weeks()).ok()
}

/// The same day of the month that many months later; the last day of a shorter month.
pub fn months_after(date: Date, months: Decimal) -> Option<Date> {
    date.checked_add(months.to_i64()?.months()).ok()
}

/// The same day that many years later; 29 February becomes the 28th.
pub fn years_after(date: Date, years: i64) -> Option<Date> {
    date.checked_add(years.years()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days_in_either_date_system() {
        let of = |serial: &str, system| date_of_serial(serial.parse().unwrap(), system);
        assert_eq!(of("44986", DateSystem::From1900), Some(Date::constant(2023, 3, 1)));
        assert_eq!(of("44986.75", DateSystem::From1900), Some(Date::constant(2023, 3, 1)));
        assert_eq!(of("43524", DateSystem::From1904), Some(Date::constant(2023, 3, 1)));
        assert_eq!(of("1", DateSystem::From1900), Some(Date::constant(1900, 1, 1)));
        assert_eq!(of("59", DateSystem::From1900), Some(Date::constant(1900, 2, 28)));
        assert_eq!(of("60", DateSystem::From1900), None);
        assert_eq!(of("61", DateSystem::From1900), Some(Date::constant(1900, 3, 1)));
        assert_eq!(of("-1", DateSystem::From1904), None);
        assert_eq!(of("99999999999", DateSystem::From1900), None);
    }

    #[test]
    fn dates_written_as_text_are_read() {
        let date = Some(Date::constant(2023, 3, 1));
        for text in [
            "1. marts 2023",
            "01-03-2023",
            "2023-03-01",
            "1/3 2023",
            "1.3.23",
            "d. 1. mar. 2023",
            "01.03.2023",
            "1 marts 2023",
        ] {
            assert_eq!(parse_written_date(text), date, "{text}");
        }
        for text in ["marts 2023", "31-02-2023", "2023", "i morgen", "1-3-123", "1. m 2023", "", "1.2.3.4"] {
            assert_eq!(parse_written_date(text), None, "{text}");
        }
    }
}
