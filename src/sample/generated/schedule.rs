//! When an application is sent, and when the parts of its packages take place.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::company::NEIGHBOURS;
use super::package::Part;
use super::random::Random;
use crate::calendar::is_working_day;

/// Days in which the cases of a company are spread: each case has a remainder of its own, so that no two of a company
/// are of the same day.
const SPREAD: i64 = NEIGHBOURS as i64 + 1;

/// When a part of a package takes place: both on working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) start: Date,
    pub(super) end: Date,
}

/// The day on which a case of a year is sent.
pub(super) fn application_date(random: &mut Random, year: i16, case: u64) -> Date {
    let remainder = i64::try_from(case % u64::from(NEIGHBOURS + 1)).unwrap_or_default();
    let day = random.between(1, 53) * SPREAD + remainder;
    days_after(Date::constant(2000, 1, 1).with().year(year).build().unwrap_or(Date::ZERO), day)
}

/// So many days later.
pub(super) fn days_after(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// The parts of a package one after the other, from the first day on, each on consecutive working days.
pub(super) fn slots(random: &mut Random, from: Date, parts: &[Part]) -> Vec<Slot> {
    let mut free = days_after(from, random.between(0, 9));
    let mut slots = Vec::new();
    for part in parts {
        let start = working_day_from(free);
        let end = (1..part.days).fold(start, |day, _| working_day_from(days_after(day, 1)));
        slots.push(Slot { start, end });
        free = days_after(end, 1 + random.between(0, 5));
    }
    slots
}

/// The day itself where it is a working day, or the next that is.
fn working_day_from(date: Date) -> Date {
    let mut day = date;
    while !is_working_day(day) {
        day = days_after(day, 1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::super::random::Topic;
    use super::*;

    #[test]
    fn cases_that_may_be_of_one_company_are_sent_on_different_days() {
        for case in 0..300 {
            let sent = |case| application_date(&mut Random::of(1, Topic::Case, case), 2023, case);
            for later in 1..=u64::from(NEIGHBOURS) {
                assert_ne!(sent(case), sent(case + later));
            }
            assert_eq!(sent(case).year(), 2023);
        }
    }
}
