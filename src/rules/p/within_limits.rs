//! A package as if each of its parts kept to its own limit: going over that is its own finding.

use crate::calculation::{Limit, PackageInput};
use crate::case::Package;
use crate::parameters::ParameterKey;
use crate::rules::CaseSubject;

/// What a package asks for, with guidance and internship cut to their limits.
pub(super) fn within_limits(subject: &CaseSubject<'_>, package: &Package) -> Option<PackageInput> {
    let limit = |key| subject.known(key).map_or(Limit::None, Limit::AtMost);
    let guidance_days = subject.known(ParameterKey::GuidanceDaysMax);
    let guidance_hours = guidance_days.zip(subject.known(ParameterKey::DayHours)).map(|(days, hours)| days * hours);
    let mut input = package.input()?;
    input.guidance.hours = guidance_hours.map_or(Limit::None, Limit::AtMost).cut(input.guidance.hours);
    input.internship_weeks = limit(ParameterKey::InternshipWeeksMax).cut(input.internship_weeks);
    input.internship_week_hours = limit(ParameterKey::InternshipWeekHoursMax).cut(input.internship_week_hours);
    Some(input)
}
