//! Hours that stand as a time of day or a duration: `14:48` for 14.8 hours.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

const SECONDS_AN_HOUR: u32 = 3600;
const SECONDS_A_DAY: u32 = 24 * SECONDS_AN_HOUR;

/// From so many days on, a count of days is a date: no hours of a form are years.
const FIRST_DATE: u32 = 1000;

/// The decimals of hours that people write.
const PLACES: u32 = 2;

/// A time of day or a duration, in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkedTime(u32);

impl WorkedTime {
    /// The time of a count of days as a spreadsheet keeps it; `None` below zero and where it must be a date.
    pub fn of_days(days: Decimal) -> Option<Self> {
        if days < Decimal::ZERO || days >= Decimal::from(FIRST_DATE) {
            return None;
        }
        (days * Decimal::from(SECONDS_A_DAY)).round().to_u32().map(Self)
    }

    /// Reads a time that somebody wrote as text: `14:48`, `37:00`, `7:24:30`, `7:24 timer`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let bare = ["timer", "time", "t."].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
        let mut parts = bare.trim_end().split(':');
        let hours = digits(parts.next()?, 4)?;
        let minutes = sixtieth(parts.next()?)?;
        let seconds = parts.next().map_or(Some(0), sixtieth)?;
        parts.next().is_none().then_some(Self(hours * SECONDS_AN_HOUR + minutes * 60 + seconds))
    }

    /// How many hours it is, as hours are written.
    pub fn hours(self) -> Decimal {
        (Decimal::from(self.0) / Decimal::from(SECONDS_AN_HOUR)).round_dp(PLACES).normalize()
    }

    /// The same as the time of a day, whatever days went before.
    #[must_use]
    pub const fn of_day(self) -> Self {
        Self(self.0 % SECONDS_A_DAY)
    }

    /// Whether it is no time at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for WorkedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, seconds) = (self.0 / 60, self.0 % 60);
        write!(f, "{}:{:02}", minutes / 60, minutes % 60)?;
        if seconds > 0 { write!(f, ":{seconds:02}") } else { Ok(()) }
    }
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn sixtieth(text: &str) -> Option<u32> {
    digits(text, 2).filter(|number| text.len() == 2 && *number < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_count_of_days_is_the_hours_it_means() {
        for (days, shown, hours) in [
            ("0.616666666666667", "14:48", "14.8"),
            ("0.0625", "1:30", "1.5"),
            ("1.54166666666667", "37:00", "37"),
            ("5.85972222222222", "140:38", "140.63"),
            ("2", "48:00", "48"),
            ("0.000347222222222222", "0:00:30", "0.01"),
            ("0", "0:00", "0"),
        ] {
            let time = WorkedTime::of_days(decimal(days)).unwrap();
            assert_eq!((time.to_string(), time.hours()), (shown.to_owned(), decimal(hours)), "{days}");
        }
        assert_eq!(WorkedTime::of_days(decimal("1.54166666666667")).unwrap().of_day().to_string(), "13:00");
    }

    #[test]
    fn a_date_and_what_is_below_zero_are_no_time() {
        for days in ["45152", "45152.5", "1000", "-0.5"] {
            assert_eq!(WorkedTime::of_days(decimal(days)), None, "{days}");
        }
    }

    #[test]
    fn a_time_that_somebody_wrote_is_read() {
        for (text, hours) in
            [("14:48", "14.8"), (" 37:00 ", "37"), ("7:24 timer", "7.4"), ("7:24:36", "7.41"), ("1000:30 t.", "1000.5")]
        {
            assert_eq!(WorkedTime::parse(text).map(WorkedTime::hours), Some(decimal(hours)), "{text}");
        }
        for text in
            ["", ":", "14", "14:4", "14:60", "14:480", ":30", "-1:30", "8:00-16:00", "1:2:3:4", "14:48 ca.", "12345:00"]
        {
            assert_eq!(WorkedTime::parse(text), None, "{text}");
        }
    }
}
