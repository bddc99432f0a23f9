//! The lines of other support, package by package.

use rust_decimal::Decimal;

use crate::case::{Document, Package, SupportLine};

/// The lines of a package, by its number; none where its number cannot be read.
pub(super) fn lines_of<'a>(package: &Package, document: &'a Document) -> Vec<&'a SupportLine> {
    let Some(number) = package.number.value() else { return Vec::new() };
    document.support.iter().filter(|line| line.number.value() == Some(number)).collect()
}

/// The sum of a package's lines; `None` where a line cannot be read.
pub(super) fn sum_of(package: &Package, document: &Document) -> Option<Decimal> {
    let readable = document.support.iter().all(|line| line.number.value().is_some());
    let amounts = lines_of(package, document).into_iter().map(|line| line.amount.value().copied());
    amounts.sum::<Option<Decimal>>().filter(|_| readable)
}

/// Whether a scheme is a wage subsidy for people hired from unemployment.
pub(super) fn is_wage_subsidy(scheme: &str) -> bool {
    scheme.starts_with("Løntilskud")
}
