//! The final accounts of an application: what was granted, and what was spent.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::application::Application;
use super::package::Package;
use super::random::Random;
use super::schedule::days_after;
use crate::calculation::{PackageAmounts, calculate};

/// Days after the project's end in which accounts are sent; well within three months.
const DAYS_TO_SEND: i64 = 85;

/// Final accounts.
#[derive(Debug, Clone)]
pub(super) struct Accounts {
    pub(super) packages: Vec<SpentPackage>,
    pub(super) grant_date: Date,
    /// What was granted in all, in kroner.
    pub(super) grant: Decimal,
    pub(super) submitted: Date,
    /// Whether the auditor's note and the status report are with them.
    pub(super) has_reports: bool,
}

/// A package as it was carried out.
#[derive(Debug, Clone)]
pub(super) struct SpentPackage {
    pub(super) package: Package,
    pub(super) amounts: PackageAmounts,
    pub(super) granted: Decimal,
    pub(super) is_completed: bool,
}

impl Accounts {
    /// The accounts of an application; packages with a mistake were carried out as planned.
    pub(super) fn draw(random: &mut Random, application: &Application<'_>, not_completed: u32) -> Self {
        let packages = application.packages.iter().map(|planned| {
            let (is_victim, package) = (planned.mistake.is_some(), &planned.package);
            let is_completed = is_victim || !random.chance(not_completed);
            let package = if is_victim { package.clone() } else { spent(random, package, is_completed) };
            let amounts = calculate(&package.input, &application.terms).unwrap_or_default();
            SpentPackage { package, amounts, granted: planned.amounts.grant, is_completed }
        });
        let packages: Vec<SpentPackage> = packages.collect();
        let grant = application.granted() + application.audit;
        let is_over = application.terms.audit_threshold.is_some_and(|threshold| grant > threshold);
        let wait = application.applied.until(application.period.start).map_or(1, |span| i64::from(span.get_days()));
        Self {
            packages,
            grant_date: days_after(application.applied, random.between(1, wait.max(1))),
            grant,
            submitted: days_after(application.period.end, random.between(3, DAYS_TO_SEND)),
            has_reports: is_over || random.chance(20),
        }
    }

    /// What is paid out in all, by the form's own sums.
    pub(super) fn payout(&self, audit: Decimal, threshold: Option<Decimal>) -> Decimal {
        let packages: Decimal = self.packages.iter().map(|spent| spent.amounts.grant.min(spent.granted)).sum();
        let is_audited = threshold.is_some_and(|threshold| self.grant > threshold);
        (packages + if is_audited { audit } else { Decimal::ZERO }).min(self.grant)
    }
}

/// A package as it was carried out: broken off after half the courses, or with somewhat other costs.
fn spent(random: &mut Random, planned: &Package, is_completed: bool) -> Package {
    let mut package = planned.clone();
    let input = &mut package.input;
    if !is_completed {
        input.course.hours /= Decimal::TWO;
        input.course.veu_hours /= Decimal::TWO;
        input.internship_weeks = Decimal::ZERO;
        input.internship_week_hours = Decimal::ZERO;
        input.sick_hours = Decimal::ZERO;
    } else if random.chance(40) {
        input.materials = (input.materials * Decimal::new(random.between(70, 115), 2)).round_dp(2);
        input.driving_days = (input.driving_days - Decimal::from(random.between(0, 3))).max(Decimal::ZERO);
        if input.driving_days.is_zero() {
            input.driving_km = Decimal::ZERO;
        }
    }
    package
}
