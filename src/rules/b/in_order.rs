//! The budgets of a run in the order of their applications.

use jiff::civil::Date;

use crate::case::{BudgetFacts, Facts};
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
