//! Sums over the activities of one package in a course overview.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::case::Activity;
use crate::form::Origin;
use crate::rules::CaseSubject;
use crate::rules::pairing::pair;

/// A sum over the activities of a package.
pub(super) struct PackageSum {
    /// The package's number.
    pub(super) number: Decimal,
    /// The sum: hours or days.
    pub(super) hours: Decimal,
    /// The cell of the last activity that counts.
    pub(super) last: Origin,
}

/// The hours of the chosen activities, package by package.
pub(super) fn hours_of_packages(subject: &CaseSubject<'_>, chosen: impl Fn(&Activity) -> bool) -> Vec<PackageSum> {
    sum_by_package(subject, |activity| activity.hours.located().filter(|_| chosen(activity)))
}

/// The sum of a field over the activities of each package. One that counts for no package of the budget is its own finding
/// (K502).
pub(super) fn sum_by_package<'d>(
    subject: &CaseSubject<'d>,
    field: impl Fn(&'d Activity) -> Option<(&'d Decimal, &'d Origin)>,
) -> Vec<PackageSum> {
    let mut sums: BTreeMap<Decimal, (Decimal, &Origin)> = BTreeMap::new();
    let pair = pair(subject.case);
    let activities = subject.document.activities.iter();
    for activity in activities.filter(|activity| pair.as_ref().is_none_or(|pair| pair.counts(activity))) {
        let (Some(number), Some((amount, origin))) = (activity.number.value(), field(activity)) else { continue };
        let sum = sums.entry(*number).or_insert((Decimal::ZERO, origin));
        *sum = (sum.0 + amount, origin);
    }
    sums.into_iter().map(|(number, (hours, last))| PackageSum { number, hours, last: last.clone() }).collect()
}
