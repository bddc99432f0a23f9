//! Claims added up: what can be compared with its recalculation apart from what cannot.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::report::model::{CaseReport, Claim};

/// The grant of a case's budget; without a budget, nothing was applied for that could be compared.
pub(in crate::report) fn budget_grant(case: &CaseReport) -> Claim {
    if case.forms().any(|form| form.kind == FormKind::Budget) { case.grant } else { Claim::default() }
}

/// Claims added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClaimSums {
    /// How many claims can be compared with their recalculation.
    pub compared: usize,
    /// Their amounts.
    pub claimed: Decimal,
    /// Their recalculated amounts.
    pub recalculated: Decimal,
    /// How many cannot be compared.
    pub not_compared: usize,
    /// Their amounts, where there are any.
    pub claimed_only: Decimal,
}

impl ClaimSums {
    /// Adds a claim, if there is anything to it.
    pub(super) fn add(&mut self, claim: Claim) {
        match (claim.claimed, claim.recalculated) {
            (None, None) => {}
            (Some(claimed), Some(recalculated)) => {
                self.compared += 1;
                self.claimed = self.claimed.saturating_add(claimed);
                self.recalculated = self.recalculated.saturating_add(recalculated);
            }
            (claimed, _) => {
                self.not_compared += 1;
                self.claimed_only = self.claimed_only.saturating_add(claimed.unwrap_or_default());
            }
        }
    }

    /// Claimed less recalculated.
    pub fn difference(&self) -> Decimal {
        self.claimed.saturating_sub(self.recalculated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_that_cannot_be_compared_are_kept_apart() {
        let claim = |claimed: Option<i64>, recalculated: Option<i64>| Claim {
            claimed: claimed.map(Decimal::from),
            recalculated: recalculated.map(Decimal::from),
        };
        let mut sums = ClaimSums::default();
        for claim in [claim(Some(10), Some(8)), claim(Some(5), None), claim(None, Some(9)), claim(None, None)] {
            sums.add(claim);
        }
        let expected = ClaimSums {
            compared: 1,
            claimed: Decimal::from(10),
            recalculated: Decimal::from(8),
            not_compared: 2,
            claimed_only: Decimal::from(5),
        };
        assert_eq!(sums, expected);
        assert_eq!(sums.difference(), Decimal::from(2));
    }
}
