//! How many packages a company may have in a year.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::form::Origin;
use crate::parameters::{Amount, Bracket, ParameterKey};
use crate::rules::CaseSubject;

/// The packages that the rules in force state as the most; `None` where they leave it open.
pub(super) fn package_limit(subject: &CaseSubject<'_>) -> Option<usize> {
    let parameters = subject.parameters?;
    if let Some(flat) = parameters.known(ParameterKey::PackagesMax) {
        return flat.to_usize();
    }
    let Amount::BySize(brackets) = parameters.figure(ParameterKey::PackagesBySize)?.amount else { return None };
    packages_for_size(brackets, *subject.document.master.employees.value()?)
}

/// Where the limit by size is unknown: that of the year it was last known, and the number of employees it rests on.
pub(super) fn unclear_limit<'a>(subject: &CaseSubject<'a>) -> Option<(usize, &'a Origin)> {
    let figure = subject.parameters?.figure(ParameterKey::PackagesBySize)?;
    let (employees, origin) = subject.document.master.employees.located()?;
    let brackets = figure.last_brackets().filter(|_| figure.amount == Amount::Unknown)?;
    Some((packages_for_size(brackets, *employees)?, origin))
}

/// Whether there are more packages than employees.
pub(super) fn more_packages_than_employees(subject: &CaseSubject<'_>) -> bool {
    let packages = Decimal::from(subject.document.packages.len());
    subject.document.master.employees.value().is_some_and(|employees| packages > *employees)
}

/// The packages of the bracket that a number of employees falls into.
pub(in crate::rules) fn packages_for_size(brackets: &[Bracket], employees: Decimal) -> Option<usize> {
    let fitting = brackets.iter().rev().find(|bracket| Decimal::from(bracket.employees_from) <= employees)?;
    usize::try_from(fitting.packages).ok()
}
