//! Findings that only say again what another finding of the same cell says.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place, Severity};

/// The rule on implausible values: a guess at a slip, which a broken condition makes certain.
const IMPLAUSIBLE: &str = "F112";

/// Leaves one finding where an implausible value has others too: the broken condition, else the implausible value.
pub(super) fn drop_consequences(findings: &mut Vec<Finding>) {
    let mut heaviest: BTreeMap<Place, Severity> = BTreeMap::new();
    for (place, finding) in findings.iter().filter(|finding| !is_implausible(finding)).filter_map(placed) {
        let severity = heaviest.entry(place.clone()).or_insert(Severity::Review);
        *severity = finding.severity().max(*severity);
    }
    let implausible: Vec<Place> = findings
        .iter()
        .filter(|finding| is_implausible(finding))
        .filter_map(placed)
        .map(|(place, _)| place.clone())
        .collect();
    findings.retain(|finding| {
        let Some(place) = finding.place() else { return true };
        let certain = heaviest.get(place).is_some_and(|severity| *severity > Severity::Review);
        if is_implausible(finding) { !certain } else { certain || !implausible.contains(place) }
    });
}

fn is_implausible(finding: &Finding) -> bool {
    finding.rule.code == IMPLAUSIBLE
}

fn placed(finding: &Finding) -> Option<(&Place, &Finding)> {
    Some((finding.place()?, finding))
}
