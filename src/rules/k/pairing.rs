//! The packages of a budget beside the activities of the case's course overview.

use rust_decimal::Decimal;

use crate::case::{Activity, ActivityKind, Case, Document, Field, Package};
use crate::finding::{Argument, Finding, Place};
use crate::form::{FormKind, Origin};
use crate::rules::Rule;
use crate::rules::employee_key::employee_key;

/// A budget and the overview of the same case.
pub(super) struct Pair<'a> {
    pub(super) budget: &'a Document,
    pub(super) overview: &'a Document,
}

/// The case's budget and overview, where it has both and the tables of both were found.
pub(super) fn pair(case: &Case) -> Option<Pair<'_>> {
    let (budget, overview) = (case.document(FormKind::Budget)?, case.document(FormKind::Overview)?);
    budget.form.table("packages")?;
    overview.form.table("activities")?;
    Some(Pair { budget, overview })
}

impl<'a> Pair<'a> {
    /// The activities of a package, by its number; `None` where an activity's number cannot be read, or an activity of
    /// its employee has a number that the budget lacks.
    pub(super) fn activities_of(&self, package: &Package) -> Option<Vec<&'a Activity>> {
        let number = package.number.value()?;
        let numbered = self.overview.activities.iter().map(|activity| Some((activity.number.value()?, activity)));
        let all: Option<Vec<(&Decimal, &Activity)>> = numbered.collect();
        let all = all?;
        if all.iter().any(|(of, activity)| self.is_stray(of, activity, package)) {
            return None;
        }
        Some(all.into_iter().filter(|(of, _)| *of == number).map(|(_, activity)| activity).collect())
    }

    /// Whether an activity is of the package's employee, but of no package in the budget.
    fn is_stray(&self, number: &Decimal, activity: &Activity, package: &Package) -> bool {
        let employee = |field: &Field<String>| field.value().map(|id| employee_key(id));
        let same_employee = employee(&activity.employee).is_some_and(|id| Some(id) == employee(&package.employee));
        same_employee && !self.budget.packages.iter().any(|package| package.number.value() == Some(number))
    }

    /// The sum over a package's activities of one kind, with the place of the last; `None` where one cannot be read.
    pub(super) fn sum(
        &self,
        package: &Package,
        kind: ActivityKind,
        amount: impl Fn(&'a Activity) -> &'a Field<Decimal>,
    ) -> Option<ActivitySum<'a>> {
        let activities = self.activities_of(package)?;
        let kinds: Option<Vec<ActivityKind>> = activities.iter().map(|activity| activity.kind()).collect();
        let mut sum = ActivitySum { amount: Decimal::ZERO, last: None, has_any: !activities.is_empty() };
        for (activity, _) in activities.into_iter().zip(kinds?).filter(|(_, of)| *of == kind) {
            sum.amount += amount(activity).or_zero()?;
            sum.last = amount(activity).origin();
        }
        Some(sum)
    }
}

/// A sum over the activities of a package.
pub(super) struct ActivitySum<'a> {
    pub(super) amount: Decimal,
    /// The cell of the last activity that counts.
    pub(super) last: Option<&'a Origin>,
    /// Whether the package has activities of any kind.
    pub(super) has_any: bool,
}

impl ActivitySum<'_> {
    /// The finding of a rule where a budgeted amount is not the sum; a package without activities has its own.
    pub(super) fn differing(
        &self,
        rule: &'static Rule,
        (budgeted, origin): (Decimal, &Origin),
        unit: fn(Decimal) -> Argument,
        pair: &Pair<'_>,
    ) -> Option<Finding> {
        let finding = || {
            let finding = Finding::at(rule, origin).found(unit(budgeted));
            naming(finding.expected(unit(self.amount)), pair.overview, self.last)
        };
        (self.has_any && self.amount != budgeted).then(finding)
    }
}

/// Names the other workbook of the case and a cell of it.
pub(super) fn naming(finding: Finding, other: &Document, cell: Option<&Origin>) -> Finding {
    let sheet = cell.map_or_else(
        || Argument::Submitted(other.kind().name().to_owned()),
        |origin| Argument::Cell(Place::from(origin)),
    );
    finding.with("other", Argument::Submitted(other.file.to_string())).with("other_cell", sheet)
}
