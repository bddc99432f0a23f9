//! The grant of a package, step by step: plain decimal functions, no I/O.
//!
//! Every computed amount is rounded to øre; sums add rounded amounts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::round_to_ore;
use crate::parameters::{ParameterKey, Resolved};

/// What a package asks for: hours, kroner and kilometres as filled in, a missing optional number as 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PackageInput {
    /// Kroner an hour.
    pub wage: Decimal,
    /// Hours off sick within the package.
    pub sick_hours: Decimal,
    /// Guidance and clarification.
    pub guidance: Training,
    /// Vocational courses.
    pub course: Training,
    /// Weeks of internship elsewhere.
    pub internship_weeks: Decimal,
    /// Hours a week of internship.
    pub internship_week_hours: Decimal,
    /// Hours of administration.
    pub admin_hours: Decimal,
    /// Kroner an hour of administration.
    pub admin_rate: Decimal,
    /// Kilometres a day.
    pub driving_km: Decimal,
    /// Days with driving.
    pub driving_days: Decimal,
    /// Kroner of course materials.
    pub materials: Decimal,
    /// Kroner of other support for the same costs.
    pub other_support: Decimal,
}

/// Hours of training, those of them with VEU allowance, and the fee in kroner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Training {
    /// All hours.
    pub hours: Decimal,
    /// Of these, hours with VEU allowance.
    pub veu_hours: Decimal,
    /// Kroner.
    pub fee: Decimal,
}

impl PackageInput {
    /// Hours of internship in all.
    pub fn internship_hours(&self) -> Decimal {
        self.internship_weeks * self.internship_week_hours
    }

    /// Hours of guidance, courses and internship.
    pub fn hours(&self) -> Decimal {
        self.guidance.hours + self.course.hours + self.internship_hours()
    }
}

/// A limit, which may not exist that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most this much.
    AtMost(Decimal),
    /// No limit.
    None,
}

impl Limit {
    /// The amount, cut to the limit.
    pub fn cut(self, amount: Decimal) -> Decimal {
        match self {
            Self::AtMost(most) => amount.min(most),
            Self::None => amount,
        }
    }
}

/// The terms a grant is calculated on: the caps in force, and the rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Kroner an hour of wage compensation.
    pub wage_cap: Limit,
    /// Kroner a package.
    pub package_cap: Limit,
    /// Hours of administration a package.
    pub admin_hours_max: Limit,
    /// Kroner an hour of administration.
    pub admin_rate_cap: Limit,
    /// Kroner of VEU allowance an hour; `None` where neither the parameters nor the workbook give it.
    pub veu_rate: Option<Decimal>,
    /// Kroner a kilometre; `None` as for `veu_rate`.
    pub mileage_rate: Option<Decimal>,
    /// Kroner above which an audit is required, and paid; `None` where unknown.
    pub audit_threshold: Option<Decimal>,
}

/// The rates that a workbook itself declares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeclaredRates {
    /// Kroner of VEU allowance an hour.
    pub veu: Option<Decimal>,
    /// Kroner a kilometre.
    pub mileage: Option<Decimal>,
}

impl Terms {
    /// The terms in force, with the workbook's own rate where the one in force is unknown.
    pub fn in_force(parameters: &Resolved<'_>, declared: DeclaredRates) -> Self {
        let limit = |key| parameters.known(key).map_or(Limit::None, Limit::AtMost);
        Self {
            wage_cap: limit(ParameterKey::HourlyWageCap),
            package_cap: limit(ParameterKey::PackageCap),
            admin_hours_max: limit(ParameterKey::AdminHoursMax),
            admin_rate_cap: limit(ParameterKey::AdminRateCap),
            veu_rate: parameters.known(ParameterKey::VeuHourlyRate).or(declared.veu),
            mileage_rate: parameters.known(ParameterKey::MileageRate).or(declared.mileage),
            audit_threshold: parameters.known(ParameterKey::AuditThreshold),
        }
    }

    /// The same terms with the workbook's own rates wherever it declares them.
    #[must_use]
    pub fn with_declared(self, declared: DeclaredRates) -> Self {
        Self { veu_rate: declared.veu.or(self.veu_rate), mileage_rate: declared.mileage.or(self.mileage_rate), ..self }
    }

    /// The same terms without limits on administration.
    #[must_use]
    pub fn without_admin_limits(self) -> Self {
        Self { admin_hours_max: Limit::None, admin_rate_cap: Limit::None, ..self }
    }
}

/// One computed amount of a package, in the order the calculation makes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Wage compensation for guidance.
    GuidanceWage,
    /// Wage compensation for courses.
    CourseWage,
    /// Wage compensation for internship.
    InternshipWage,
    /// Administration.
    AdminAmount,
    /// Driving.
    DrivingAmount,
    /// Deduction for sick hours.
    SickDeduction,
    /// All costs of the package.
    Costs,
    /// The grant: the costs, cut to the cap.
    Grant,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 8] = [
        Self::GuidanceWage,
        Self::CourseWage,
        Self::InternshipWage,
        Self::AdminAmount,
        Self::DrivingAmount,
        Self::SickDeduction,
        Self::Costs,
        Self::Grant,
    ];

    /// The key of the column that holds the amount.
    pub const fn key(self) -> &'static str {
        match self {
            Self::GuidanceWage => "guidance.wage",
            Self::CourseWage => "course.wage",
            Self::InternshipWage => "internship.wage",
            Self::AdminAmount => "admin.amount",
            Self::DrivingAmount => "driving.amount",
            Self::SickDeduction => "sick_deduction",
            Self::Costs => "costs",
            Self::Grant => "grant",
        }
    }
}

/// The computed amounts of a package in kroner, each rounded to øre.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PackageAmounts {
    /// Wage compensation for guidance.
    pub guidance_wage: Decimal,
    /// Wage compensation for courses.
    pub course_wage: Decimal,
    /// Wage compensation for internship.
    pub internship_wage: Decimal,
    /// Administration.
    pub admin_amount: Decimal,
    /// Driving.
    pub driving_amount: Decimal,
    /// Deduction for sick hours.
    pub sick_deduction: Decimal,
    /// All costs.
    pub costs: Decimal,
    /// The grant.
    pub grant: Decimal,
}

impl PackageAmounts {
    /// One of the amounts.
    pub const fn get(&self, step: Step) -> Decimal {
        match step {
            Step::GuidanceWage => self.guidance_wage,
            Step::CourseWage => self.course_wage,
            Step::InternshipWage => self.internship_wage,
            Step::AdminAmount => self.admin_amount,
            Step::DrivingAmount => self.driving_amount,
            Step::SickDeduction => self.sick_deduction,
            Step::Costs => self.costs,
            Step::Grant => self.grant,
        }
    }

    /// The same amounts with another costs and the grant that follows from it.
    fn with_costs(self, input: &PackageInput, terms: &Terms) -> Self {
        let costs = costs(input, &self);
        Self { costs, grant: terms.package_cap.cut(costs), ..self }
    }
}

/// Calculates a package; `None` where it needs a rate that nobody gives.
pub fn calculate(input: &PackageInput, terms: &Terms) -> Option<PackageAmounts> {
    let wage = terms.wage_cap.cut(input.wage);
    let admin_hours = terms.admin_hours_max.cut(input.admin_hours);
    let amounts = PackageAmounts {
        guidance_wage: training_wage(&input.guidance, wage, terms.veu_rate)?,
        course_wage: training_wage(&input.course, wage, terms.veu_rate)?,
        internship_wage: round_to_ore(input.internship_hours() * wage),
        admin_amount: round_to_ore(admin_hours * terms.admin_rate_cap.cut(input.admin_rate)),
        driving_amount: at_rate(input.driving_km * input.driving_days, terms.mileage_rate).map(round_to_ore)?,
        sick_deduction: round_to_ore(input.sick_hours * wage),
        ..PackageAmounts::default()
    };
    Some(amounts.with_costs(input, terms))
}

/// The amounts of a package that its known inputs give, each by itself; costs and grant only where all are known.
///
/// Where a field cannot be read, the amounts that do not build on it can be checked all the same.
pub fn calculate_known(input: &KnownInput, terms: &Terms) -> Vec<(Step, Decimal)> {
    let wage = input.wage.map(|wage| terms.wage_cap.cut(wage));
    let training = |training: &KnownTraining| {
        let known = Training { hours: training.hours?, veu_hours: training.veu_hours?, fee: Decimal::ZERO };
        training_wage(&known, wage?, terms.veu_rate)
    };
    let admin = || {
        let hours = terms.admin_hours_max.cut(input.admin_hours?);
        Some(round_to_ore(hours * terms.admin_rate_cap.cut(input.admin_rate?)))
    };
    let driving = || at_rate(input.driving_km? * input.driving_days?, terms.mileage_rate).map(round_to_ore);
    let internship = || Some(round_to_ore(input.internship_weeks? * input.internship_week_hours? * wage?));
    let steps = [
        (Step::GuidanceWage, training(&input.guidance)),
        (Step::CourseWage, training(&input.course)),
        (Step::InternshipWage, internship()),
        (Step::AdminAmount, admin()),
        (Step::DrivingAmount, driving()),
        (Step::SickDeduction, input.sick_hours.zip(wage).map(|(hours, wage)| round_to_ore(hours * wage))),
    ];
    steps.into_iter().filter_map(|(step, amount)| Some((step, amount?))).collect()
}

/// What is known of a package's inputs; `None` where a field cannot be read, or is missing without being optional.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownInput {
    /// Kroner an hour.
    pub wage: Option<Decimal>,
    /// Hours off sick within the package.
    pub sick_hours: Option<Decimal>,
    /// Guidance and clarification.
    pub guidance: KnownTraining,
    /// Vocational courses.
    pub course: KnownTraining,
    /// Weeks of internship elsewhere.
    pub internship_weeks: Option<Decimal>,
    /// Hours a week of internship.
    pub internship_week_hours: Option<Decimal>,
    /// Hours of administration.
    pub admin_hours: Option<Decimal>,
    /// Kroner an hour of administration.
    pub admin_rate: Option<Decimal>,
    /// Kilometres a day.
    pub driving_km: Option<Decimal>,
    /// Days with driving.
    pub driving_days: Option<Decimal>,
}

/// What is known of a training's hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownTraining {
    /// All hours.
    pub hours: Option<Decimal>,
    /// Of these, hours with VEU allowance.
    pub veu_hours: Option<Decimal>,
}

/// The costs of a package from amounts already computed, never below zero.
pub fn costs(input: &PackageInput, amounts: &PackageAmounts) -> Decimal {
    let costs = input.guidance.fee
        + amounts.guidance_wage
        + input.course.fee
        + amounts.course_wage
        + amounts.internship_wage
        + amounts.admin_amount
        + amounts.driving_amount
        + input.materials
        - amounts.sick_deduction
        - input.other_support;
    round_to_ore(costs.max(Decimal::ZERO))
}

/// Wage compensation for training: the wage is cut to its cap first, then the VEU allowance is deducted.
///
/// The order is a reading of the guidance: "Maks. 260 kr./time. Ved evt. VEU-godtgørelse fratrækkes 123,11 kr. pr. time".
fn training_wage(training: &Training, wage: Decimal, veu_rate: Option<Decimal>) -> Option<Decimal> {
    let allowance = at_rate(training.veu_hours, veu_rate)?;
    Some(round_to_ore((training.hours * wage - allowance).max(Decimal::ZERO)))
}

/// A quantity at a rate; nothing costs nothing even where the rate is unknown.
fn at_rate(quantity: Decimal, rate: Option<Decimal>) -> Option<Decimal> {
    if quantity.is_zero() { Some(Decimal::ZERO) } else { Some(quantity * rate?) }
}

/// The sums below a table of packages, in kroner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The packages together.
    pub packages: Decimal,
    /// The audit that is covered.
    pub audit: Decimal,
    /// All together.
    pub total: Decimal,
}

/// The sums of a budget: the audit counts only where the grant is over the threshold.
pub fn budget_totals(grants: &[Decimal], audit: Decimal, audit_threshold: Option<Decimal>) -> Totals {
    let packages: Decimal = grants.iter().sum();
    let audit = if is_over(packages, audit_threshold) { round_to_ore(audit) } else { Decimal::ZERO };
    Totals { packages, audit, total: packages + audit }
}

/// What the sums of final accounts rest on besides the payouts, in kroner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountsBasis {
    /// The audit that the accounts ask for.
    pub audit: Decimal,
    /// The audit in the budget; `None` where the case has no budget.
    pub audit_in_budget: Option<Decimal>,
    /// The grant.
    pub grant: Decimal,
}

/// The sums of final accounts: never more than the grant, the audit never more than the budget had.
pub fn accounts_totals(payouts: &[Decimal], basis: &AccountsBasis, audit_threshold: Option<Decimal>) -> Totals {
    let packages: Decimal = payouts.iter().sum();
    let audit = basis.audit_in_budget.map_or(basis.audit, |budgeted| basis.audit.min(budgeted));
    let audit = if is_over(basis.grant, audit_threshold) { round_to_ore(audit) } else { Decimal::ZERO };
    Totals { packages, audit, total: (packages + audit).min(round_to_ore(basis.grant)) }
}

/// What is paid for a package: the grant after the accounts, at most what was granted.
pub fn payout(grant: Decimal, granted: Decimal) -> Decimal {
    round_to_ore(grant.min(granted))
}

fn is_over(grant: Decimal, threshold: Option<Decimal>) -> bool {
    threshold.is_some_and(|threshold| grant > threshold)
}
