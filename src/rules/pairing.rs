//! The packages of a budget beside the activities of the case's course overview.

use rust_decimal::Decimal;

use super::Rule;
use super::employee_key::employee_key;
use crate::case::{Activity, ActivityKind, Case, Document, Field, Package};
use crate::finding::{Argument, Finding, Place};
use crate::form::{FormKind, Origin};

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
    /// The activities of a package, by its number; `None` where an activity's number cannot be read, or one that may be of
    /// this package stands under the number of another.
    pub(super) fn activities_of(&self, package: &Package) -> Option<Vec<&'a Activity>> {
        let number = package.number.value()?;
        let numbered = self.overview.activities.iter().map(|activity| Some((activity.number.value()?, activity)));
        let all: Option<Vec<(&Decimal, &Activity)>> = numbered.collect();
        let all = all?;
        if all.iter().any(|(of, activity)| self.is_doubtful(of, activity, package)) {
            return None;
        }
        Some(all.into_iter().filter(|(of, _)| *of == number).map(|(_, activity)| activity).collect())
    }

    /// Whether sums over the activities of a number are those of its package: none of them may be of another, and none
    /// elsewhere of this one.
    pub(super) fn holds_all_of(&self, number: Decimal) -> bool {
        self.packages_of(number).all(|package| self.activities_of(package).is_some())
    }

    /// The budget's packages of a number: more than one only where numbers repeat.
    pub(super) fn packages_of(&self, number: Decimal) -> impl Iterator<Item = &'a Package> {
        self.budget.packages.iter().filter(move |package| package.number.value() == Some(&number))
    }

    /// Whether the budget has a package of the activity's number and employee, as far as both workbooks tell.
    pub(super) fn fits(&self, activity: &Activity) -> bool {
        let is_given = |package: &Package| package.number.value().is_some();
        let Some(number) = activity.number.value().filter(|_| self.budget.packages.iter().all(is_given)) else {
            return true;
        };
        self.packages_of(*number).any(|package| employee_of(activity, package).unwrap_or(true))
    }

    /// Whether an activity counts for the package of its number. An employee whom the budget does not know at all is a slip
    /// in the ID; one of another package says that the number may be wrong.
    pub(super) fn counts(&self, activity: &Activity) -> bool {
        let has_package = activity.number.value().is_some_and(|number| self.packages_of(*number).next().is_some());
        let is_known = || self.budget.packages.iter().any(|package| employee_of(activity, package) == Some(true));
        self.fits(activity) || (has_package && !is_known())
    }

    /// Whether an activity counts for no package, and number or employee are this one's.
    fn is_doubtful(&self, number: &Decimal, activity: &Activity, package: &Package) -> bool {
        let is_of = || package.number.value() == Some(number) || employee_of(activity, package).unwrap_or(true);
        !self.counts(activity) && is_of()
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

/// Whether activity and package name the same employee; `None` where one of them names none.
fn employee_of(activity: &Activity, package: &Package) -> Option<bool> {
    let key = |employee: &Field<String>| employee.value().map(|id| employee_key(id));
    Some(key(&activity.employee)? == key(&package.employee)?)
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
