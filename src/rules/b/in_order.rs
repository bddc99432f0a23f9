//! The budgets of a run in the order of their applications.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::case::{BudgetFacts, Facts};
use crate::form::Origin;
use crate::rules::RunSubject;

/// A budget of the run.
#[derive(Clone, Copy)]
pub(super) struct RunBudget<'a> {
    /// The file's place in the run.
    pub(super) index: usize,
    pub(super) facts: &'a Facts,
    pub(super) form: &'a BudgetFacts,
    pub(super) applied: Date,
}

/// One budget of each case whose application date is known: by date, then by path.
pub(super) fn budgets_in_order<'a>(subject: &RunSubject<'a>) -> Vec<RunBudget<'a>> {
    let mut budgets: Vec<RunBudget<'a>> = subject
        .facts
        .iter()
        .filter_map(|(index, facts)| {
            let (form, applied) = (facts.budget.as_deref()?, facts.application_date?);
            Some(RunBudget { index: *index, facts, form, applied })
        })
        .collect();
    budgets.sort_by_key(|budget| (budget.facts.case.as_ref(), budget.index));
    budgets.dedup_by_key(|budget| budget.facts.case.as_ref());
    budgets.sort_by_key(|budget| (budget.applied, budget.index));
    budgets
}

/// What a budget of the run draws on a year's budget.
pub(super) struct Draw<'a> {
    /// The file's place in the run.
    pub(super) index: usize,
    pub(super) applied: Date,
    /// The grant: recalculated, or as claimed where it cannot be.
    pub(super) grant: Decimal,
    /// Where its sum stands.
    pub(super) origin: &'a Origin,
}

/// The known grants of the budgets in the order of their applications, those of the lone ones too.
pub(super) fn draws_in_order<'a>(subject: &RunSubject<'a>) -> Vec<Draw<'a>> {
    let in_common = budgets_in_order(subject).into_iter().filter_map(|budget| {
        let (grant, origin) = budget.form.grant.as_ref()?;
        Some(Draw { index: budget.index, applied: budget.applied, grant: *grant, origin })
    });
    let lone = subject.lone.iter().map(|budget| Draw {
        index: budget.index,
        applied: budget.application_date,
        grant: budget.grant,
        origin: &budget.origin,
    });
    let mut draws: Vec<Draw<'a>> = in_common.chain(lone).collect();
    draws.sort_by_key(|draw| (draw.applied, draw.index));
    draws
}
