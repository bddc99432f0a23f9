//! K510: two activities of one employee overlap.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::rules::employee_key::employee_key;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, form_says};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "K510",
    name: "overlap",
    severity: Severity::Warning,
    kinds: OVERVIEW,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("To aktiviteter overlapper", "Two activities overlap"),
    message: Text::new(
        "Aktiviteten begynder den {found}, men medarbejderens aktivitet i {other_cell} slutter først den {end}.",
        "The activity begins on {found}, but the employee's activity in {other_cell} ends only on {end}.",
    ),
    action: Text::new(
        "Ret datoerne, eller bekræft, at de to aktiviteter kan følges samtidig.",
        "Correct the dates, or confirm that the two can be followed at the same time.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    // One employee in two packages has a finding of its own: only the activities of one package are compared.
    let mut by_package: BTreeMap<(String, Option<Decimal>), Vec<Span<'_>>> = BTreeMap::new();
    for activity in &subject.document.activities {
        let Some((employee, span)) = activity.employee.value().zip(Span::of(activity)) else { continue };
        let package = (employee_key(employee), activity.number.value().copied());
        by_package.entry(package).or_default().push(span);
    }
    by_package.into_values().flat_map(overlaps).collect()
}

/// The days of one activity.
#[derive(Clone, Copy)]
struct Span<'a> {
    start: Date,
    end: Date,
    origin: &'a Origin,
}

impl<'a> Span<'a> {
    fn of(activity: &'a Activity) -> Option<Self> {
        let ((start, origin), end) = (activity.start.located()?, activity.end.value()?);
        (start <= end).then_some(Self { start: *start, end: *end, origin })
    }
}

/// Each activity that begins before the latest end of those that began earlier.
fn overlaps(mut spans: Vec<Span<'_>>) -> Vec<Finding> {
    spans.sort_by_key(|span| (span.start, span.origin.cell));
    let mut latest: Option<Span<'_>> = None;
    let mut findings = Vec::new();
    for span in spans {
        findings.extend(latest.filter(|latest| span.start <= latest.end).map(|latest| finding(span, latest)));
        latest = Some(latest.filter(|latest| latest.end >= span.end).unwrap_or(span));
    }
    findings
}

fn finding(span: Span<'_>, earlier: Span<'_>) -> Finding {
    Finding::at(&RULE, span.origin)
        .and_at(earlier.origin)
        .found(Argument::Date(span.start))
        .with("end", Argument::Date(earlier.end))
        .with("other_cell", Argument::Cell(Place::from(earlier.origin)))
}
