//! Grants by company: by CVR number, which no two companies share.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::{ClaimSums, budget_grant};
use crate::report::model::CaseReport;

/// What a company applied for and what it is paid.
#[derive(Debug, Clone, Default)]
pub struct CompanyGrants {
    /// The CVR number; `None` for all cases together whose forms give none.
    pub cvr: Option<String>,
    /// The name that the company's first case gives.
    pub name: Option<Arc<str>>,
    /// How many cases it has.
    pub cases: usize,
    /// The grants of its budgets.
    pub grants: ClaimSums,
    /// The payouts of its accounts.
    pub payouts: ClaimSums,
}

/// Adds grants up while the cases go by.
#[derive(Debug, Default)]
pub(super) struct CompanyCounter(BTreeMap<Option<String>, CompanyGrants>);

impl CompanyCounter {
    /// Adds a case; gives its company's name as it is told from now on.
    pub(super) fn add(&mut self, case: &CaseReport) -> Option<Arc<str>> {
        let cvr = case.forms().find_map(|form| form.cvr.clone());
        let company = self.0.entry(cvr.clone()).or_default();
        let own = case.company.as_deref();
        if cvr.is_some() && company.name.is_none() {
            company.name = own.map(Arc::from);
        }
        company.cvr = cvr;
        company.cases += 1;
        company.grants.add(budget_grant(case));
        company.payouts.add(case.payout);
        match &company.name {
            Some(name) if own.is_none_or(|own| own == &**name) => Some(Arc::clone(name)),
            _ => own.map(Arc::from),
        }
    }

    /// The companies, the largest grants first; all alike in amount by CVR number.
    pub(super) fn largest_first(self) -> Vec<CompanyGrants> {
        let mut companies: Vec<CompanyGrants> = self.0.into_values().collect();
        companies.sort_by_key(|company| Reverse((company.grants.recalculated, company.grants.claimed_only)));
        companies
    }
}
