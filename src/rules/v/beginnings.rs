//! When the project and its activities begin.

use jiff::civil::Date;

use crate::case::Document;
use crate::form::Origin;

/// The beginning of the period; where no other activity begins earlier, that alone, since their dates follow from it.
pub(super) fn beginnings(document: &Document) -> Vec<(Date, &Origin)> {
    let period = document.master.period_from.located().map(|(date, origin)| (*date, origin));
    let activities = document.activities.iter().filter_map(|activity| activity.start.located());
    let earlier = activities
        .map(|(date, origin)| (*date, origin))
        .filter(|(start, _)| period.is_none_or(|(from, _)| *start < from));
    period.into_iter().chain(earlier).collect()
}
