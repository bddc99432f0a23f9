//! Dates and durations that a workbook holds as ISO 8601 text instead of a count of days.

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Unit};
use rust_decimal::Decimal;

use super::DateSystem;

const SECONDS_A_DAY: i64 = 86_400;

/// The count of days that a date, a time of a date, or a duration means; `None` for any other text.
pub(crate) fn serial(text: &str, dates: DateSystem) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('Z');
    if let Ok(duration) = text.parse::<SignedDuration>() {
        return Some(days(duration));
    }
    let moment = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|day| day.at(0, 0, 0, 0))).ok()?;
    let since_epoch = moment.duration_since(epoch(dates, moment.date()).at(0, 0, 0, 0));
    Some(days(since_epoch))
}

/// Day 0. Before March 1900 it is one day later, because Excel counts a 29 February 1900 that never was.
fn epoch(dates: DateSystem, day: Date) -> Date {
    match dates {
        DateSystem::From1904 => date(1904, 1, 1),
        DateSystem::From1900 if day < date(1900, 3, 1) => date(1899, 12, 31),
        DateSystem::From1900 => date(1899, 12, 30),
    }
}

fn days(duration: SignedDuration) -> Decimal {
    let seconds = duration.round(Unit::Second).unwrap_or(duration).as_secs();
    let (whole, rest) = (seconds.div_euclid(SECONDS_A_DAY), seconds.rem_euclid(SECONDS_A_DAY));
    let fraction = (Decimal::from(rest) / Decimal::from(SECONDS_A_DAY)).round_dp(10);
    (Decimal::from(whole) + fraction).normalize()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days_of(text: &str, dates: DateSystem) -> Option<String> {
        serial(text, dates).map(|days| days.to_string())
    }

    #[test]
    fn an_iso_date_is_the_count_of_days_that_the_spreadsheet_would_store() {
        for (text, days) in [
            ("2026-01-31", "46053"),
            ("2026-01-31T12:00:00", "46053.5"),
            ("2026-01-31T06:00:00.000Z", "46053.25"),
            ("1900-01-01", "1"),
            ("1900-02-28", "59"),
            ("1900-03-01", "61"),
        ] {
            assert_eq!(days_of(text, DateSystem::From1900).as_deref(), Some(days), "{text}");
        }
        assert_eq!(days_of("1904-01-02", DateSystem::From1904).as_deref(), Some("1"));
    }

    #[test]
    fn a_duration_is_a_part_of_a_day() {
        assert_eq!(days_of("PT36H00M00S", DateSystem::From1900).as_deref(), Some("1.5"));
    }

    #[test]
    fn other_text_is_no_date() {
        for text in ["", "31-01-2026", "2026-02-30", "i morgen"] {
            assert_eq!(days_of(text, DateSystem::From1900), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_iso_date_is_the_serial_number_of_its_day(days in 0_i64..100_000) {
            let day = date(1904, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            for dates in [DateSystem::From1900, DateSystem::From1904] {
                let counted = serial(&day.to_string(), dates).unwrap();
                prop_assert_eq!(crate::calendar::date_of_serial(counted, dates), Some(day));
            }
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,30}|[-+PT0-9:.YMDHSW]{0,30}") {
            let _ = serial(&text, DateSystem::From1900);
        }
    }
}
