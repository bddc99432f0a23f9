//! P327: first to last activity longer than `package_months_max`.

use crate::calendar::months_after;
use crate::case::Document;
use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P327",
    name: "duration",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[
        document_says("000", "Hele sporskiftepakken skal kunne gennemføres inden for en periode på 12 måneder"),
        document_says("001", "som efter behov kan spredes ud over et halvt år"),
        document_says("003", "seks måneder"),
    ],
    parameters: &[ParameterKey::PackageMonthsMax],
    title: Text::new("Pakken strækker sig for længe", "The package lasts too long"),
    message: Text::new(
        "Pakke {package} begynder den {start} og slutter den {found}. Den skal være slut senest den {expected} ({months} måneder).",
        "Package {package} begins on {start} and ends on {found}. It must end by {expected} ({months} months).",
    ),
    action: Text::new("Læg aktiviteterne inden for {months} måneder.", "Place the activities within {months} months."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(months) = subject.known(ParameterKey::PackageMonthsMax) else { return Vec::new() };
    spans(subject.document).into_iter().filter_map(|(number, span)| finding(number, &span, months)).collect()
}

/// From the first day of a package's activities to the last.
struct Span<'a> {
    start: Date,
    end: (Date, &'a Origin),
}

/// An activity that ends before it begins has a finding of its own and is left out.
fn spans(document: &Document) -> BTreeMap<Decimal, Span<'_>> {
    let mut spans: BTreeMap<Decimal, Span<'_>> = BTreeMap::new();
    for activity in &document.activities {
        let (Some(number), Some(start)) = (activity.number.value(), activity.start.value()) else { continue };
        let Some((end, origin)) = activity.end.located().filter(|(end, _)| *end >= start) else { continue };
        let end = (*end, origin);
        let span = spans.entry(*number).or_insert(Span { start: *start, end });
        span.start = span.start.min(*start);
        span.end = if end.0 > span.end.0 { end } else { span.end };
    }
    spans
}

fn finding(number: Decimal, span: &Span<'_>, months: Decimal) -> Option<Finding> {
    let latest = months_after(span.start, months)?;
    let (end, origin) = span.end;
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Date(end))
            .expected(Argument::Date(latest))
            .with("start", Argument::Date(span.start))
            .with("package", Argument::Number(number))
            .with("months", Argument::Number(months))
    };
    (end > latest).then(finding)
}
