//! Which findings a case without a mistake has: what the guidance leaves to a caseworker's judgement, and what cannot be
//! verified. Told from how the case was made, not from the rules' own code.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::accounts::Accounts;
use super::application::{Application, PlannedPackage, package_limit, size_limit};
use super::package::Package;
use crate::calculation::PackageAmounts;
use crate::form::FormKind;
use crate::parameters::{Amount, ParameterKey};

/// The share of guidance and administration above which it is put to review, in percent.
const OVERHEAD_PERCENT: i64 = 25;

/// The codes of the findings that each form of a case is to have; a code as often as it is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Expected {
    forms: Vec<FormKind>,
    codes: BTreeMap<FormKind, Vec<String>>,
}

impl Expected {
    /// What an application and its accounts give before any mistake is planted.
    pub(super) fn of(application: &Application<'_>, accounts: Option<&Accounts>) -> Self {
        let mut expected = Self { forms: application.forms.clone(), ..Self::default() };
        expected.budget(application);
        if application.has(FormKind::Overview) && application.is_hasty {
            expected.add(FormKind::Overview, "V209");
        }
        if let Some(accounts) = accounts {
            expected.accounts(application, accounts);
        }
        expected
    }

    /// Adds a finding.
    pub(super) fn add(&mut self, kind: FormKind, code: &str) {
        self.codes.entry(kind).or_default().push(code.to_owned());
    }

    /// Takes one finding of a code away.
    pub(super) fn drop_one(&mut self, kind: FormKind, code: &str) {
        let codes = self.codes.entry(kind).or_default();
        if let Some(index) = codes.iter().position(|of| of == code) {
            codes.remove(index);
        }
    }

    /// Takes all findings of a code away.
    pub(super) fn drop_all(&mut self, kind: FormKind, code: &str) {
        self.codes.entry(kind).or_default().retain(|of| of != code);
    }

    /// What follows where a form cannot be read: the file has these codes, and the others lack it.
    pub(super) fn break_form(&mut self, kind: FormKind, codes: &[String]) {
        let others: Vec<FormKind> = self.forms.iter().copied().filter(|of| *of != kind).collect();
        self.codes.insert(kind, codes.to_vec());
        for other in others {
            match (kind, other) {
                (FormKind::Budget, FormKind::Overview) => self.add(other, "K514"),
                (FormKind::Budget, FormKind::Accounts) => self.add(other, "R611"),
                (FormKind::Overview, FormKind::Budget) => self.add(other, "K515"),
                _ => {}
            }
        }
    }

    /// The codes of a form, sorted.
    pub(super) fn of_form(&self, kind: FormKind) -> Vec<String> {
        let mut codes = self.codes.get(&kind).cloned().unwrap_or_default();
        codes.sort();
        codes
    }

    fn add_if(&mut self, is_so: bool, kind: FormKind, code: &str) {
        if is_so {
            self.add(kind, code);
        }
    }

    fn budget(&mut self, application: &Application<'_>) {
        const KIND: FormKind = FormKind::Budget;
        for PlannedPackage { package, amounts, .. } in &application.packages {
            self.package(KIND, package, amounts);
            self.add_if(package.input.course.hours < package.hours_beside_courses(), KIND, "P313");
            self.add_if(has_much_overhead(package, amounts), KIND, "P321");
            self.add_if(package.input.materials > Decimal::ZERO, KIND, "P322");
            self.add_if(package.input.driving_km > Decimal::ZERO, KIND, "P323");
        }
        let packages: Vec<&Package> = application.packages.iter().map(|planned| &planned.package).collect();
        self.rates(KIND, application, &packages);
        self.add_if(!application.company.is_listed, KIND, "V202");
        self.add_if(is_above_last_bracket(application), KIND, "V204");
        self.add_if(application.is_hasty, KIND, "V209");
        let threshold = application.terms.audit_threshold;
        self.add_if(threshold.is_some_and(|threshold| application.granted() > threshold), KIND, "V210");
        self.add_if(!application.has(FormKind::Overview), KIND, "K515");
    }

    fn accounts(&mut self, application: &Application<'_>, accounts: &Accounts) {
        const KIND: FormKind = FormKind::Accounts;
        for spent in &accounts.packages {
            self.package(KIND, &spent.package, &spent.amounts);
            self.add_if(!spent.is_completed, KIND, "R608");
        }
        let packages: Vec<&Package> = accounts.packages.iter().map(|spent| &spent.package).collect();
        self.rates(KIND, application, &packages);
        let payout = accounts.payout(application.audit, application.terms.audit_threshold);
        self.add_if(payout * Decimal::TWO < accounts.grant, KIND, "R613");
    }

    /// What budget and accounts both tell of a package.
    fn package(&mut self, kind: FormKind, package: &Package, amounts: &PackageAmounts) {
        let over = |cap: i64, amount: Decimal| amount > Decimal::from(cap);
        self.add_if(over(260, package.input.wage), kind, "P301");
        self.add_if(over(120_000, amounts.costs), kind, "P311");
    }

    /// The rates that are used but not known.
    fn rates(&mut self, kind: FormKind, application: &Application<'_>, packages: &[&Package]) {
        let is_unknown = |key| application.parameters.known(key).is_none();
        let uses_veu = packages.iter().any(|package| package.input.course.veu_hours > Decimal::ZERO);
        let drives = packages.iter().any(|package| package.input.driving_km > Decimal::ZERO);
        self.add_if(uses_veu && is_unknown(ParameterKey::VeuHourlyRate), kind, "P325");
        self.add_if(drives && is_unknown(ParameterKey::MileageRate), kind, "P325");
    }
}

fn has_much_overhead(package: &Package, amounts: &PackageAmounts) -> bool {
    let overhead = package.input.guidance.fee + amounts.guidance_wage + amounts.admin_amount;
    // Of nothing there is no part: the VEU allowance may cover all that a package costs.
    !amounts.costs.is_zero() && overhead * Decimal::ONE_HUNDRED > amounts.costs * Decimal::from(OVERHEAD_PERCENT)
}

/// More packages than the last brackets by size gave, in a year that has none of its own.
fn is_above_last_bracket(application: &Application<'_>) -> bool {
    let (parameters, employees) = (&application.parameters, application.company.employees);
    let figure = parameters.figure(ParameterKey::PackagesBySize);
    let is_unclear = figure.is_some_and(|figure| figure.amount == Amount::Unknown);
    let count = application.packages.len();
    let is_above = size_limit(parameters, employees).is_some_and(|limit| count > limit);
    is_unclear && is_above && count <= package_limit(parameters, employees)
}
