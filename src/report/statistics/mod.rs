//! What a run adds up to, made in one pass over its cases: the model behind `rapport.xlsx` and `rapport.html`.
//!
//! Memory grows with the companies and by a short line for each application, not with findings or amounts.

mod claims;
mod companies;
mod draw_down;
mod mistakes;

pub use claims::ClaimSums;
pub(super) use claims::budget_grant;
pub use companies::CompanyGrants;
pub use draw_down::{Draw, DrawBasis, DrawnDay, YearBudget};
pub use mistakes::{FiredRule, Frequency, Mistake};

use std::collections::BTreeMap;
use std::io;

use companies::CompanyCounter;
use draw_down::ApplicationCounter;
use mistakes::MistakeCounter;

use super::model::{CaseReport, FileReport};
use super::run_report::RunReport;
use crate::finding::{Finding, Severity, Verdict};
use crate::parameters::Parameters;

/// What a run adds up to.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    files_with: BTreeMap<Severity, usize>,
    /// How many files have findings.
    pub files_with_findings: usize,
    /// How many files could not be checked.
    pub files_not_checked: usize,
    /// The grants of all budgets.
    pub grants: ClaimSums,
    /// The payouts of all accounts.
    pub payouts: ClaimSums,
    /// The rules that fired, the most frequent first.
    pub rules: Vec<FiredRule>,
    /// The mistakes by rule and field, the most frequent first.
    pub mistakes: Vec<Mistake>,
    /// The companies, the largest grants first.
    pub companies: Vec<CompanyGrants>,
    /// The years' budgets as far as they are known, in order.
    pub years: Vec<YearBudget>,
}

impl Statistics {
    /// Adds up a run.
    pub fn of(report: &RunReport, parameters: &Parameters) -> io::Result<Self> {
        let mut counters = Counters::default();
        for case in report.cases() {
            counters.add(&case?);
        }
        let (rules, mistakes) = counters.mistakes.most_frequent_first();
        Ok(Self {
            rules,
            mistakes,
            companies: counters.companies.largest_first(),
            years: counters.applications.draw_down(parameters, report.rules_date),
            ..counters.sums
        })
    }

    /// How many files have findings of a severity.
    pub fn files_with(&self, severity: Severity) -> usize {
        self.files_with.get(&severity).copied().unwrap_or_default()
    }

    /// The cases with which a year's budget is passed, in order.
    pub fn passed(&self) -> impl Iterator<Item = (&YearBudget, &Draw)> {
        self.years.iter().filter_map(|year| Some((year, year.passed()?)))
    }
}

/// What is added up while the cases go by.
#[derive(Default)]
struct Counters {
    sums: Statistics,
    mistakes: MistakeCounter,
    companies: CompanyCounter,
    applications: ApplicationCounter,
}

impl Counters {
    fn add(&mut self, case: &CaseReport) {
        for file in &case.files {
            self.sums.add_file(file);
        }
        self.sums.grants.add(budget_grant(case));
        self.sums.payouts.add(case.payout);
        self.mistakes.add(case);
        let company = self.companies.add(case);
        self.applications.add(case, company.as_ref());
    }
}

impl Statistics {
    fn add_file(&mut self, file: &FileReport) {
        let severities = [Severity::Error, Severity::Warning, Severity::Review];
        let has = |severity| file.findings.iter().map(Finding::severity).any(|found| found == severity);
        for severity in severities.into_iter().filter(|severity| has(*severity)) {
            *self.files_with.entry(severity).or_default() += 1;
        }
        self.files_with_findings += usize::from(!file.findings.is_empty());
        self.files_not_checked += usize::from(file.verdict == Verdict::NotChecked);
    }
}
