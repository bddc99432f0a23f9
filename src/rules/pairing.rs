//! The packages of a budget beside the activities of the case's course overview.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Rule;
use super::employee_key::employee_key;
use crate::case::{Activity, ActivityKind, Case, Document, Field, Package};
use crate::finding::{Argument, Finding};
use crate::form::{FormKind, Origin};
use crate::identity::holds_cpr;
use crate::language::Text;
use crate::workbook::CellAddress;

/// A budget and the overview of the same case.
pub(super) struct Pair<'a> {
    pub(super) budget: &'a Document,
    pub(super) overview: &'a Document,
    /// The cells of both that must be filled in and are empty.
    missing: OnceCell<Missing<'a>>,
}

/// Cells that have a finding for being empty, by workbook.
type Missing<'a> = BTreeSet<(FormKind, &'a Origin)>;

/// The case's budget and overview, where it has both and the tables of both were found.
pub(super) fn pair(case: &Case) -> Option<Pair<'_>> {
    let (budget, overview) = (case.document(FormKind::Budget)?, case.document(FormKind::Overview)?);
    budget.form.table("packages")?;
    overview.form.table("activities")?;
    Some(Pair { budget, overview, missing: OnceCell::new() })
}

impl<'a> Pair<'a> {
    /// The number in a field of one of the two workbooks, 0 where it may be left empty; `None` where it cannot be told or
    /// where its absence is a finding by itself.
    pub(super) fn amount(&self, document: &Document, field: &Field<Decimal>) -> Option<Decimal> {
        match field {
            Field::Empty(origin) if self.missing().contains(&(document.kind(), origin)) => None,
            field => field.or_zero(),
        }
    }

    /// A number of the budget with its place, as `amount` takes it.
    pub(super) fn budgeted<'f>(&self, field: &'f Field<Decimal>) -> Option<(Decimal, &'f Origin)> {
        self.amount(self.budget, field).zip(field.origin())
    }

    fn missing(&self) -> &Missing<'a> {
        self.missing.get_or_init(|| {
            let cells = |document: &'a Document| {
                let missing = document.form.missing_required().into_iter();
                missing.map(|reading| (document.kind(), &reading.origin))
            };
            cells(self.budget).chain(cells(self.overview)).collect()
        })
    }

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
        let of_number: Vec<&Activity> =
            all.into_iter().filter(|(of, _)| *of == number).map(|(_, activity)| activity).collect();
        if self.packages_of(*number).nth(1).is_none() {
            return Some(of_number);
        }
        // Where packages share a number, the employee tells whose an activity is.
        let of_package = of_number.into_iter().map(|activity| Some((activity, employee_of(activity, package)?)));
        let of_package: Option<Vec<(&Activity, bool)>> = of_package.collect();
        Some(of_package?.into_iter().filter(|(_, is_of)| *is_of).map(|(activity, _)| activity).collect())
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
        let has_package = || activity.number.value().is_some_and(|number| self.packages_of(*number).count() == 1);
        let is_known = || self.budget.packages.iter().any(|package| employee_of(activity, package) == Some(true));
        self.fits(activity) || (has_package() && !is_known())
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
    ) -> Option<ActivitySum> {
        let activities = self.activities_of(package)?;
        let kinds: Option<Vec<ActivityKind>> = activities.iter().map(|activity| activity.kind()).collect();
        let mut sum = ActivitySum { amount: Decimal::ZERO, cells: Vec::new(), has_any: !activities.is_empty() };
        for (activity, _) in activities.into_iter().zip(kinds?).filter(|(_, of)| *of == kind) {
            sum.amount += self.amount(self.overview, amount(activity))?;
            sum.cells.extend(amount(activity).origin().map(|origin| origin.cell));
        }
        Some(sum)
    }
}

/// Whether activity and package name the same employee; `None` where one of them names none, or gives a CPR number, which
/// has its own finding and says nothing of the ID that belongs there.
fn employee_of(activity: &Activity, package: &Package) -> Option<bool> {
    let key = |employee: &Field<String>| employee.value().filter(|id| !holds_cpr(id)).map(|id| employee_key(id));
    Some(key(&activity.employee)? == key(&package.employee)?)
}

/// A sum over the activities of a package.
pub(super) struct ActivitySum {
    pub(super) amount: Decimal,
    /// The cells of the activities that count.
    pub(super) cells: Vec<CellAddress>,
    /// Whether the package has activities of any kind.
    pub(super) has_any: bool,
}

impl ActivitySum {
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
            naming_cells(finding.expected(unit(self.amount)), pair.overview, &self.cells)
        };
        (self.has_any && self.amount != budgeted).then(finding)
    }
}

/// Names the other workbook of the case.
pub(super) fn naming(finding: Finding, other: &Document) -> Finding {
    finding.with("other", Argument::Submitted(other.file.to_string()))
}

/// Names the other workbook of the case and cells of it, if there are any.
pub(super) fn naming_cells(finding: Finding, other: &Document, cells: &[CellAddress]) -> Finding {
    let shown = Argument::Sentence(Text::new(" ({})", " ({})"), Box::new(Argument::Cells(cells.to_vec())));
    let shown = if cells.is_empty() { Argument::Words(Text::new("", "")) } else { shown };
    naming(finding, other).with("other_cells", shown)
}
