//! Days as the spreadsheet counts them and as people write them.

use jiff::civil::{Date, Weekday};
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

/// Reads a date that somebody wrote as text: `1. marts 2023`, `01-03-2023`, `1/3 2023`, `1.3.23`, `2023-03-01`, with the day of
/// the week before it or a time of day after it: `onsdag den 1. marts 2023 kl. 16.00`, `2023-03-01T16:00:00Z`.
pub fn parse_written_date(text: &str) -> Option<Date> {
    let lower = text.trim().to_lowercase();
    let parts: Vec<&str> = without_time(&lower)
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        [day, rest @ ..] if is_weekday(day) => rest,
        all => all,
    };
    let parts = match parts {
        ["d" | "den", rest @ ..] => rest,
        all => all,
    };
    let [first, second, third] = parts else { return None };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let date = Date::new(year_of(year)?, month_of(month)?, day.parse().ok()?).ok()?;
    (1900..=2199).contains(&date.year()).then_some(date)
}

/// The text before a time of day: `09-06-2023 16:00`, `… kl. 16.00`, `2023-06-09t00:00:00.000z`.
fn without_time(lower: &str) -> &str {
    let is_time = |text: &str| {
        let time = text.trim_start_matches("kl.").trim_start_matches("kl").trim();
        let (clock, zone) = time.find(['z', '+']).map_or((time, ""), |at| time.split_at(at));
        let starts = clock.chars().next().is_some_and(|first| first.is_ascii_digit());
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        starts && clock.contains([':', '.']) && clock.chars().all(is_part) && zone.len() <= 6
    };
    let after_day = lower.match_indices([' ', 't', '\u{a0}']).find(|(at, sign)| {
        let (before, after) = (lower.get(..*at).unwrap_or_default(), lower.get(at + sign.len()..).unwrap_or_default());
        let begins = before.ends_with(|last: char| last.is_ascii_digit() || last == ',');
        let names_year = before.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
        begins && names_year && is_time(after.trim_start())
    });
    after_day.and_then(|(at, _)| lower.get(..at)).unwrap_or(lower)
}

/// Whether it is the Danish name of a day of the week, or its beginning.
fn is_weekday(text: &str) -> bool {
    const DAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
    text.chars().count() >= 3 && DAYS.iter().any(|day| day.starts_with(text))
}

fn year_of(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// The months as people write them, or the beginning of their names.
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

fn month_of(text: &str) -> Option<i8> {
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

/// Easter Sunday of a year, by the Gregorian computus.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let full_moon = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + full_moon + 2 - century + century / 4) % 7;
    let after = full_moon - weekday;
    let month = 3 + (after + 40) / 44;
    let day = after + 28 - 31 * (month / 4);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a day is a Danish public holiday; Store Bededag, the fourth Friday after Easter, until 2023.
pub fn is_public_holiday(date: Date) -> bool {
    const FIXED: [(i8, i8); 3] = [(1, 1), (12, 25), (12, 26)];
    if FIXED.contains(&(date.month(), date.day())) {
        return true;
    }
    let Some(days) = easter(date.year()).and_then(|easter| easter.until(date).ok()) else {
        return false;
    };
    // Skærtorsdag, Langfredag, påskedag, 2. påskedag, Kristi himmelfartsdag, pinsedag, 2. pinsedag.
    let movable = [-3, -2, 0, 1, 39, 49, 50];
    movable.contains(&days.get_days()) || (days.get_days() == 26 && date.year() <= 2023)
}

/// Whether a day is neither on a weekend nor a public holiday.
pub fn is_working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_public_holiday(date)
}

/// The longest span whose working days are counted, in days: ten years.
const LONGEST_SPAN: usize = 3653;

/// The working days from one day to another, both included; `None` for a span of over ten years.
pub fn working_days(first: Date, last: Date) -> Option<u32> {
    let days = first.series(1.day()).take_while(|day| *day <= last).take(LONGEST_SPAN + 1);
    let (all, working) = days.fold((0, 0), |(all, working), day| (all + 1, working + u32::from(is_working_day(day))));
    (all <= LONGEST_SPAN).then_some(working)
}

/// The weeks that the days from one day to another reach into, counted from the first: eight days are two weeks.
pub fn weeks_spanned(first: Date, last: Date) -> Option<i64> {
    let days = i64::from(first.until(last).ok()?.get_days());
    (days >= 0).then_some(days / 7 + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::Language;

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
            "onsdag den 1. marts 2023",
            "onsdag 1. marts 2023",
            "ons. d. 1/3 2023",
            "2023-03-01T16:00:00",
            "2023-03-01T00:00:00.000Z",
            "2023-03-01 16:00:00+01:00",
            "01-03-2023 16:00",
            "1. marts 2023 kl. 16.00",
            "onsdag den 1. marts 2023, 16:00",
        ] {
            assert_eq!(parse_written_date(text), date, "{text}");
        }
        for text in ["marts 2023", "31-02-2023", "2023", "i morgen", "1-3-123", "1. m 2023", "", "1.2.3.4"] {
            assert_eq!(parse_written_date(text), None, "{text}");
        }
    }

    #[test]
    fn danish_holidays_follow_easter() {
        for (year, month, day) in
            [(2019, 4, 21), (2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2000, 4, 23)]
        {
            assert_eq!(easter(year), Some(Date::constant(year, month, day)));
        }
        let holidays = [(4, 6), (4, 7), (4, 9), (4, 10), (5, 5), (5, 18), (5, 28), (5, 29), (12, 25), (12, 26), (1, 1)];
        for (month, day) in holidays {
            assert!(is_public_holiday(Date::constant(2023, month, day)), "{day}/{month}");
        }
        for (month, day) in [(4, 5), (4, 8), (6, 5), (12, 24), (5, 1)] {
            assert!(!is_public_holiday(Date::constant(2023, month, day)), "{day}/{month}");
        }
    }

    #[test]
    fn store_bededag_is_a_working_day_from_2024() {
        assert!(!is_working_day(Date::constant(2023, 5, 5)));
        assert!(is_working_day(Date::constant(2024, 4, 26)));
    }

    #[test]
    fn working_days_are_counted_with_both_ends() {
        let days = |from, to| working_days(from, to);
        assert_eq!(days(Date::constant(2023, 4, 3), Date::constant(2023, 4, 14)), Some(7));
        assert_eq!(days(Date::constant(2023, 3, 1), Date::constant(2023, 3, 1)), Some(1));
        assert_eq!(days(Date::constant(2023, 3, 2), Date::constant(2023, 3, 1)), Some(0));
        assert_eq!(days(Date::constant(2017, 1, 1), Date::constant(2049, 12, 31)), None);
    }

    #[test]
    fn weeks_are_counted_from_the_first_day() {
        assert_eq!(weeks_spanned(Date::constant(2023, 3, 1), Date::constant(2023, 3, 7)), Some(1));
        assert_eq!(weeks_spanned(Date::constant(2023, 3, 1), Date::constant(2023, 3, 8)), Some(2));
        assert_eq!(weeks_spanned(Date::constant(2023, 3, 2), Date::constant(2023, 3, 1)), None);
    }

    /// Any day that a form can mean.
    fn day() -> impl Strategy<Value = Date> {
        (0_i64..109_572).prop_map(|days| Date::constant(1900, 1, 1).checked_add(days.days()).unwrap())
    }

    proptest! {
        #[test]
        fn every_date_we_write_is_read_back(day in day()) {
            for language in [Language::Danish, Language::English] {
                prop_assert_eq!(parse_written_date(&language.date(day)), Some(day));
            }
            let month = MONTHS[usize::try_from(day.month()).unwrap() - 1];
            let in_words = format!("d. {}. {month} {}", day.day(), day.year());
            prop_assert_eq!(parse_written_date(&in_words), Some(day));
        }

        #[test]
        fn the_day_after_has_the_next_serial_number(serial in 61_i64..100_000, time in 0_i64..1_000) {
            for system in [DateSystem::From1900, DateSystem::From1904] {
                let day = date_of_serial(serial.into(), system).unwrap();
                prop_assert_eq!(date_of_serial((serial + 1).into(), system), day.tomorrow().ok());
                prop_assert_eq!(date_of_serial(Decimal::from(serial) + Decimal::new(time, 3), system), Some(day));
            }
        }

        #[test]
        fn no_text_makes_reading_a_date_fail(text in "\\PC{0,20}") {
            let _ = parse_written_date(&text);
        }

        #[test]
        fn working_days_add_up(first in day(), before in 1_i64..1_000, after in 0_i64..1_000) {
            let split = first.checked_add(before.days()).unwrap();
            let last = split.checked_add(after.days()).unwrap();
            let halves = working_days(first, split.yesterday().unwrap()).zip(working_days(split, last));
            prop_assert_eq!(working_days(first, last), halves.map(|(one, other)| one + other));
        }
    }
}
