//! The lines of other support, package by package.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::case::{Document, Package, SupportLine};

/// The lines of a package, by its number; none where its number cannot be read.
pub(super) fn lines_of<'a>(package: &Package, document: &'a Document) -> Vec<&'a SupportLine> {
    let Some(number) = package.number.value() else { return Vec::new() };
    document.support.iter().filter(|line| line.number.value() == Some(number)).collect()
}

/// Whether packages share a number: whose line is whose cannot be told then.
pub(super) fn numbers_repeat(document: &Document) -> bool {
    let mut seen = BTreeSet::new();
    document.packages.iter().filter_map(|package| package.number.value()).any(|number| !seen.insert(*number))
}

/// The sum of a package's lines; `None` where a line cannot be read, or packages share a number.
pub(super) fn sum_of(package: &Package, document: &Document) -> Option<Decimal> {
    if numbers_repeat(document) {
        return None;
    }
    let readable = document.support.iter().all(|line| line.number.value().is_some());
    let amounts = lines_of(package, document).into_iter().map(|line| line.amount.value().copied());
    amounts.sum::<Option<Decimal>>().filter(|_| readable)
}

/// Whether a scheme is a wage subsidy for people hired from unemployment.
pub(super) fn is_wage_subsidy(scheme: &str) -> bool {
    scheme.starts_with("Løntilskud")
}
