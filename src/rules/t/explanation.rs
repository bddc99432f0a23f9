//! Why a computed cell may be wrong without a mistake of its own: a cell that it builds on is.

use rust_decimal::Decimal;

use crate::calculation::{DeclaredRates, PackageAmounts, Step, Terms, calculate, costs, payout};
use crate::case::{Package, PackageAssessment};
use crate::form::FormKind;
use crate::parameters::ParameterKey;
use crate::rules::CaseSubject;
use crate::rules::v::ineligible_audit;

/// What the cells of a package would hold if the cells they build on were right as they are.
pub(super) struct PackageExplanation<'a> {
    package: &'a Package,
    assessed: &'a PackageAssessment,
    /// On the rates that the workbook declares: a wrong or missing rate is its own finding.
    on_declared_rates: Option<PackageAmounts>,
    /// Without limits on administration: going over them is its own finding.
    without_admin_limits: Option<PackageAmounts>,
    package_cap: Option<Decimal>,
}

impl<'a> PackageExplanation<'a> {
    pub(super) fn of(subject: &CaseSubject<'_>, package: &'a Package, assessed: &'a PackageAssessment) -> Self {
        let on = |terms| calculate(&assessed.input, &terms);
        let [declared, unlimited] = match subject.assessment {
            Some(assessment) => excusing_terms(subject, &assessment.terms).map(on),
            None => [None, None],
        };
        Self {
            package,
            assessed,
            on_declared_rates: declared,
            without_admin_limits: unlimited,
            package_cap: subject.known(ParameterKey::PackageCap),
        }
    }

    /// What would explain the amount of a step.
    pub(super) fn of_step(&self, step: Step) -> Vec<Decimal> {
        let amount = match step {
            Step::GuidanceWage | Step::CourseWage | Step::DrivingAmount => {
                self.on_declared_rates.map(|amounts| amounts.get(step))
            }
            Step::AdminAmount => self.without_admin_limits.map(|amounts| amounts.admin_amount),
            Step::Costs => self.claimed_amounts().map(|amounts| costs(&self.assessed.input, &amounts)),
            Step::Grant => self.package.claimed(Step::Costs).or_zero().map(|costs| self.cut(costs)),
            Step::InternshipWage | Step::SickDeduction => None,
        };
        amount.into_iter().collect()
    }

    /// What would explain the payout.
    pub(super) fn of_payout(&self) -> Vec<Decimal> {
        let claimed = self.package.claimed(Step::Grant).or_zero();
        let amounts = claimed.zip(self.package.granted.value());
        amounts.map(|(grant, granted)| payout(grant, *granted)).into_iter().collect()
    }

    fn cut(&self, costs: Decimal) -> Decimal {
        self.package_cap.map_or(costs, |cap| costs.min(cap))
    }

    /// The amounts that the workbook itself gives.
    fn claimed_amounts(&self) -> Option<PackageAmounts> {
        let claimed = |step| self.package.claimed(step).or_zero();
        Some(PackageAmounts {
            guidance_wage: claimed(Step::GuidanceWage)?,
            course_wage: claimed(Step::CourseWage)?,
            internship_wage: claimed(Step::InternshipWage)?,
            admin_amount: claimed(Step::AdminAmount)?,
            driving_amount: claimed(Step::DrivingAmount)?,
            sick_deduction: claimed(Step::SickDeduction)?,
            ..PackageAmounts::default()
        })
    }
}

/// Terms on which an amount is no mistake of its own: the workbook's own rates, and no limits on administration. A wrong
/// or missing rate, and going over the limits, are findings themselves.
pub(super) fn excusing_terms(subject: &CaseSubject<'_>, terms: &Terms) -> [Terms; 2] {
    let master = &subject.document.master;
    // Formulas take an empty rate for 0.
    let declared = DeclaredRates { veu: master.veu_rate.or_zero(), mileage: master.mileage_rate.or_zero() };
    [terms.with_declared(declared), terms.without_admin_limits()]
}

/// What would explain the last sum: it adds what the cells above it claim.
pub(super) fn total_explanations(subject: &CaseSubject<'_>) -> Vec<Decimal> {
    let summary = &subject.document.summary;
    let (Some(packages), Some(audit)) = (summary.packages.or_zero(), summary.audit.or_zero()) else {
        return Vec::new();
    };
    let threshold = subject.known(ParameterKey::AuditThreshold);
    let grant = subject.document.master.grant_amount.value().copied();
    let basis = if subject.document.kind() == FormKind::Accounts { grant } else { Some(packages) };
    let is_over = basis.zip(threshold).is_some_and(|(basis, threshold)| basis > threshold);
    let audit_counts = is_over || ineligible_audit(subject).is_some();
    let sum = if audit_counts { packages + audit } else { packages };
    vec![grant.map_or(sum, |grant| sum.min(grant))]
}
