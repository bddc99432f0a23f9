//! What the grant of a workbook is, recalculated from its own inputs.

use rust_decimal::Decimal;

use super::{Case, Document, Package};
use crate::calculation::{
    AccountsBasis, PackageAmounts, PackageInput, Terms, Totals, accounts_totals, budget_totals, calculate, payout,
};
use crate::form::FormKind;
use crate::parameters::Resolved;

/// A recalculated package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageAssessment {
    /// What it was calculated from.
    pub input: PackageInput,
    /// The amounts.
    pub amounts: PackageAmounts,
    /// What is paid, in accounts; `None` in a budget, or where what was granted is unknown.
    pub payout: Option<Decimal>,
}

/// A recalculated workbook.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The terms it was calculated on.
    pub terms: Terms,
    /// Package by package, `None` where one cannot be calculated.
    pub packages: Vec<Option<PackageAssessment>>,
    /// The sums; `None` where a package or a figure is unknown.
    pub totals: Option<Totals>,
}

impl Assessment {
    /// Recalculates a budget or accounts on the parameters in force.
    pub fn of(document: &Document, case: &Case, parameters: &Resolved<'_>) -> Self {
        let terms = Terms::in_force(parameters, document.master.declared_rates());
        let is_accounts = document.kind() == FormKind::Accounts;
        let packages: Vec<_> = document.packages.iter().map(|package| assess(package, &terms, is_accounts)).collect();
        let totals = totals(document, case, &packages, &terms);
        Self { terms, packages, totals }
    }
}

fn assess(package: &Package, terms: &Terms, is_accounts: bool) -> Option<PackageAssessment> {
    let input = package.input()?;
    let amounts = calculate(&input, terms)?;
    let granted = package.granted.value().filter(|_| is_accounts);
    Some(PackageAssessment { input, amounts, payout: granted.map(|granted| payout(amounts.grant, *granted)) })
}

fn totals(document: &Document, case: &Case, packages: &[Option<PackageAssessment>], terms: &Terms) -> Option<Totals> {
    let audit = document.summary.audit.or_zero()?;
    let packages: Option<Vec<PackageAssessment>> = packages.iter().copied().collect();
    if document.kind() == FormKind::Budget {
        let grants: Vec<Decimal> = packages?.iter().map(|package| package.amounts.grant).collect();
        return Some(budget_totals(&grants, audit, terms.audit_threshold));
    }
    let payouts: Option<Vec<Decimal>> = packages?.iter().map(|package| package.payout).collect();
    let audit_in_budget = match case.document(FormKind::Budget) {
        Some(budget) => Some(budget.summary.audit.or_zero()?),
        None => None,
    };
    let basis = AccountsBasis { audit, audit_in_budget, grant: *document.master.grant_amount.value()? };
    Some(accounts_totals(&payouts?, &basis, terms.audit_threshold))
}
