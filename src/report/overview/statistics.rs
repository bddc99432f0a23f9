//! What the overview counts and adds up over a whole run.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::finding::{Finding, Severity};
use crate::form::FormKind;
use crate::report::model::{CaseReport, Claim, FileReport};
use crate::rules::Rule;

/// The files of cases.
pub(super) fn files_of(cases: &[CaseReport]) -> impl Iterator<Item = &FileReport> {
    cases.iter().flat_map(|case| &case.files)
}

/// How often a rule fired.
#[derive(Debug)]
pub(super) struct FiredRule {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// Its findings.
    pub(super) findings: usize,
    /// The files they are in.
    pub(super) files: usize,
}

/// The rules that fired, the most frequent first.
pub(super) fn fired_rules(cases: &[CaseReport]) -> Vec<FiredRule> {
    let mut by_code: BTreeMap<&str, FiredRule> = BTreeMap::new();
    for file in files_of(cases) {
        let mut codes_of_file = BTreeSet::new();
        for Finding { rule, .. } in &file.findings {
            let fired = by_code.entry(rule.code).or_insert(FiredRule { rule, findings: 0, files: 0 });
            fired.findings += 1;
            fired.files += usize::from(codes_of_file.insert(rule.code));
        }
    }
    let mut fired: Vec<FiredRule> = by_code.into_values().collect();
    fired.sort_by_key(|fired| Reverse((fired.findings, fired.files)));
    fired
}

/// How many files have findings of a severity.
pub(super) fn files_with(cases: &[CaseReport], severity: Severity) -> usize {
    let has = |findings: &[Finding]| findings.iter().any(|finding| finding.severity() == severity);
    files_of(cases).filter(|file| has(&file.findings)).count()
}

/// The grant of a case's budget; without a budget, nothing was applied for that could be compared.
pub(super) fn budget_grant(case: &CaseReport) -> Claim {
    if case.forms().any(|form| form.kind == FormKind::Budget) { case.grant } else { Claim::default() }
}

/// Claims added up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ClaimSums {
    /// How many claims can be compared with their recalculation.
    pub(super) compared: usize,
    /// Their amounts.
    pub(super) claimed: Decimal,
    /// Their recalculated amounts.
    pub(super) recalculated: Decimal,
    /// How many cannot be compared.
    pub(super) not_compared: usize,
    /// Their amounts, where there are any.
    pub(super) claimed_only: Decimal,
}

impl ClaimSums {
    /// Adds claims up, those that can be compared apart from the others.
    pub(super) fn of(claims: impl Iterator<Item = Claim>) -> Self {
        claims.filter(|claim| *claim != Claim::default()).fold(Self::default(), Self::and)
    }

    fn and(mut self, claim: Claim) -> Self {
        match (claim.claimed, claim.recalculated) {
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
        self
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
        let claims = [claim(Some(10), Some(8)), claim(Some(5), None), claim(None, Some(9)), claim(None, None)];
        let sums = ClaimSums {
            compared: 1,
            claimed: Decimal::from(10),
            recalculated: Decimal::from(8),
            not_compared: 2,
            claimed_only: Decimal::from(5),
        };
        assert_eq!(ClaimSums::of(claims.into_iter()), sums);
    }
}
