//! Findings that only say again what another finding of the same cell says.

use std::collections::BTreeSet;

use crate::finding::{Finding, Place, Severity};

/// The rule on implausible values: a guess at a slip, which a broken condition makes certain.
const IMPLAUSIBLE: &str = "F112";

/// Where a value is implausible, a broken condition says so with more certainty, and there is nothing yet to judge.
pub(super) fn drop_consequences(findings: &mut Vec<Finding>) {
    let certain = places(findings, |finding| !is_implausible(finding) && finding.severity() > Severity::Review);
    let implausible = places(findings, is_implausible);
    findings.retain(|finding| {
        let stands_at = |places: &BTreeSet<Place>| finding.place().is_some_and(|place| places.contains(place));
        if is_implausible(finding) {
            !stands_at(&certain)
        } else {
            finding.severity() > Severity::Review || !stands_at(&implausible)
        }
    });
}

fn places(findings: &[Finding], chosen: impl Fn(&Finding) -> bool) -> BTreeSet<Place> {
    findings.iter().filter(|finding| chosen(finding)).filter_map(|finding| finding.place().cloned()).collect()
}

fn is_implausible(finding: &Finding) -> bool {
    finding.rule.code == IMPLAUSIBLE
}
