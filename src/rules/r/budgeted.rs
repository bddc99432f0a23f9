//! The packages of the accounts beside those of the case's budget.

use crate::case::{Case, Document, Package};
use crate::form::FormKind;
use crate::rules::employee_key::employee_key;

/// The case's budget, where its packages were found.
pub(super) fn budget(case: &Case) -> Option<&Document> {
    case.document(FormKind::Budget).filter(|budget| budget.form.table("packages").is_some())
}

/// The budget's package for the same employee.
pub(super) fn budgeted<'a>(package: &Package, budget: &'a Document) -> Option<&'a Package> {
    let key = employee_key(package.employee.value()?);
    let is_same = |other: &&Package| other.employee.value().is_some_and(|employee| employee_key(employee) == key);
    budget.packages.iter().find(is_same)
}
