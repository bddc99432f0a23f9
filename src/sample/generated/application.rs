//! An invented application: a company, its dates, its packages, and which forms it has.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::SampleError;
use super::company::{Company, company_number};
use super::mistake::{CaseNeed, Mistake};
use super::mixture::Mixture;
use super::package::{Package, PackageNeed, PackageWishes};
use super::random::Random;
use super::schedule::{Slot, application_date, days_after, slots};
use crate::calculation::{DeclaredRates, PackageAmounts, Terms, calculate};
use crate::form::FormKind;
use crate::parameters::{Amount, ParameterKey, Parameters, Resolved};

/// Kroner an hour that forms declare where the VEU rate is not known.
const DECLARED_VEU: Decimal = Decimal::from_parts(12_550, 0, 0, false, 2);
/// Kroner a kilometre that forms declare where the mileage rate is not known.
const DECLARED_MILEAGE: Decimal = Decimal::from_parts(223, 0, 0, false, 2);
/// How far the sum of a case with a mistake stays from the threshold that depends on it, in percent.
const CLEAR_OF_THRESHOLD: u32 = 75;

/// The packages that make a grant well above the threshold.
const LARGE: usize = 20;
/// The employees of a company that asks for more packages than the year allows.
const EMPLOYEES_OVER_LIMIT: i64 = 60;
/// The rows of the form.
const ROWS: usize = 45;

/// What an application shall be.
#[derive(Debug, Clone, Copy)]
pub(super) struct ApplicationWishes<'w> {
    /// The seed of all cases.
    pub(super) seed: u64,
    /// The case's number.
    pub(super) case: u64,
    /// The mistakes that will be planted.
    pub(super) mistakes: &'w [&'w Mistake],
}

/// A package with its amounts and when its parts take place.
#[derive(Debug, Clone)]
pub(super) struct PlannedPackage {
    pub(super) package: Package,
    pub(super) amounts: PackageAmounts,
    pub(super) slots: Vec<Slot>,
    /// Which of the mistakes is planted in it, counted from 0.
    pub(super) mistake: Option<usize>,
    /// Whether the overview has its activities.
    pub(super) is_in_overview: bool,
}

/// An invented application.
#[derive(Debug, Clone)]
pub(super) struct Application<'p> {
    pub(super) parameters: Resolved<'p>,
    pub(super) company: Company,
    pub(super) journal: Option<String>,
    pub(super) applied: Date,
    pub(super) period: Slot,
    pub(super) packages: Vec<PlannedPackage>,
    pub(super) forms: Vec<FormKind>,
    pub(super) terms: Terms,
    pub(super) rates: DeclaredRates,
    /// Kroner for an external audit.
    pub(super) audit: Decimal,
    /// Whether the first days lie before an answer can be expected.
    pub(super) is_hasty: bool,
}

impl ApplicationWishes<'_> {
    /// Whether a mistake needs this of the case.
    fn need(&self, need: CaseNeed) -> bool {
        self.mistakes.iter().any(|mistake| mistake.needs(need))
    }

    /// How many packages the mistakes need.
    fn least_packages(&self) -> usize {
        let own = self.mistakes.iter().map(|mistake| mistake.packages).max().unwrap_or(1).max(self.mistakes.len());
        if self.need(CaseNeed::LargeGrant) { LARGE } else { own }
    }

    /// How many packages the application has: what is drawn, within what the year allows its company.
    fn count(&self, random: &mut Random, mixture: &Mixture, limit: usize) -> usize {
        let size = random.weighted(&mixture.size, |size| size.weight);
        let drawn = size.map_or(1, |size| random.between(size.least, size.most));
        if self.need(CaseNeed::OverLimit) {
            return (limit + usize::try_from(random.between(1, 6)).unwrap_or(1)).min(ROWS);
        }
        usize::try_from(drawn).unwrap_or(1).min(limit).max(self.least_packages())
    }
}

impl<'p> Application<'p> {
    /// Draws an application.
    pub(super) fn draw(
        random: &mut Random,
        mixture: &Mixture,
        parameters: &'p Parameters,
        wishes: &ApplicationWishes<'_>,
    ) -> Result<Self, SampleError> {
        let is_of = |year| wishes.mistakes.iter().all(|mistake| mistake.is_of(year));
        let years: Vec<_> = mixture.year.iter().filter(|share| is_of(share.year)).collect();
        let year = random.weighted(&years, |share| share.weight).map_or(2023, |share| share.year);
        let applied = application_date(random, year, wishes.case);
        let resolved = parameters.resolve(applied).ok_or(SampleError::NoRules(applied))?;
        let company = fitting_company(random, mixture, wishes, &resolved);
        let is_hasty = random.chance(mixture.shares.hasty) && wishes.mistakes.is_empty();
        let from = period_start(random, &resolved, applied, is_hasty);
        let rates = declared_rates(&resolved);
        let forms = draw_forms(random, mixture, wishes);
        // By the time of the accounts, every case has its number.
        let has_journal = random.chance(mixture.shares.journal) || forms.contains(&FormKind::Accounts);
        let mut application = Self {
            parameters: resolved,
            company,
            journal: has_journal.then(|| journal(random, year, wishes.case)),
            applied,
            period: Slot { start: from, end: from },
            packages: Vec::new(),
            forms,
            terms: Terms::in_force(&resolved, rates),
            rates,
            audit: Decimal::ZERO,
            is_hasty,
        };
        application.draw_packages(random, mixture, wishes);
        application.keep_clear_of_threshold(wishes);
        application.settle_period(random);
        application.settle_audit(random);
        Ok(application)
    }

    /// Draws the packages; each mistake has one of its own, next to each other.
    fn draw_packages(&mut self, random: &mut Random, mixture: &Mixture, wishes: &ApplicationWishes<'_>) {
        let count = wishes.count(random, mixture, package_limit(&self.parameters, self.company.employees));
        let first = usize::try_from(random.below(u32::try_from(count).unwrap_or(1))).unwrap_or_default();
        let is_veu_known = self.parameters.known(ParameterKey::VeuHourlyRate).is_some();
        let mut taken = Vec::new();
        for index in 0..count {
            let turn = (index + count - first) % count;
            let mistake = wishes.mistakes.get(turn);
            let needs: &[PackageNeed] = mistake.map_or(&[], |mistake| &mistake.package_needs);
            let package_wishes = PackageWishes { needs, is_plain: mistake.is_some(), is_veu_known };
            let employee = employee(random, &self.company, &taken);
            taken.push(employee.clone());
            let package = Package::draw(random, mixture, &package_wishes, employee);
            self.packages.push(PlannedPackage {
                slots: slots(random, self.period.start, &package.parts),
                amounts: calculate(&package.input, &self.terms).unwrap_or_default(),
                package,
                mistake: mistake.map(|_| turn),
                is_in_overview: !mistake.is_some_and(|mistake| mistake.needs(CaseNeed::NoActivities)),
            });
        }
    }

    /// Takes packages away until the grant is clearly below the threshold for an audit, where a mistake could move it
    /// across; those with a mistake stay.
    fn keep_clear_of_threshold(&mut self, wishes: &ApplicationWishes<'_>) {
        let needs_many = wishes.need(CaseNeed::LargeGrant) || wishes.need(CaseNeed::OverLimit);
        let Some(threshold) = self.terms.audit_threshold.filter(|_| !wishes.mistakes.is_empty() && !needs_many) else {
            return;
        };
        let clear = threshold * Decimal::from(CLEAR_OF_THRESHOLD) / Decimal::ONE_HUNDRED;
        let is_far_above = self.granted() > threshold + (threshold - clear);
        if is_far_above && !wishes.need(CaseNeed::SmallGrant) {
            return;
        }
        while self.granted() > clear && self.packages.len() > wishes.least_packages() {
            let Some(out) = self.packages.iter().rposition(|planned| planned.mistake.is_none()) else { return };
            self.packages.remove(out);
        }
    }

    /// The place of the package that a mistake is planted in, counted from 0.
    pub(super) fn victim(&self, mistake: usize) -> usize {
        self.packages.iter().position(|planned| planned.mistake == Some(mistake)).unwrap_or_default()
    }

    /// The project ends with the last activity, or somewhat later.
    fn settle_period(&mut self, random: &mut Random) {
        let ends = self.packages.iter().flat_map(|planned| &planned.slots).map(|slot| slot.end);
        let last = ends.max().unwrap_or(self.period.start);
        self.period.end = days_after(last, random.between(0, 45));
    }

    fn settle_audit(&mut self, random: &mut Random) {
        let is_needed = self.terms.audit_threshold.is_some_and(|threshold| self.granted() > threshold);
        if is_needed && random.chance(60) {
            self.audit = Decimal::from(random.between(16, 60) * 500);
        }
    }

    /// What the packages are granted together.
    pub(super) fn granted(&self) -> Decimal {
        self.packages.iter().map(|planned| planned.amounts.grant).sum()
    }

    /// Whether the case has a form.
    pub(super) fn has(&self, kind: FormKind) -> bool {
        self.forms.contains(&kind)
    }
}

/// A company that fits the mistakes: the case's own, or the next that does.
fn fitting_company(
    random: &mut Random,
    mixture: &Mixture,
    wishes: &ApplicationWishes<'_>,
    resolved: &Resolved<'_>,
) -> Company {
    /// Far from the numbers of cases, so that nobody else's company is taken.
    const ELSEWHERE: u64 = 1 << 40;
    let least_employees = if wishes.need(CaseNeed::OverLimit) { EMPLOYEES_OVER_LIMIT } else { 0 };
    let mut number = company_number(random, wishes.case, mixture);
    loop {
        let company = Company::of(wishes.seed, number, mixture);
        let may_have_packages = package_limit(resolved, company.employees) >= wishes.least_packages();
        if may_have_packages && company.employees >= least_employees {
            return company;
        }
        number = number.wrapping_add(ELSEWHERE);
    }
}

/// How many packages a company may have in the year; never more than it has employees.
pub(super) fn package_limit(resolved: &Resolved<'_>, employees: i64) -> usize {
    let flat = resolved.known(ParameterKey::PackagesMax).and_then(|limit| usize::try_from(limit).ok());
    let own = usize::try_from(employees).unwrap_or_default();
    flat.or_else(|| size_limit(resolved, employees)).unwrap_or(own).min(own)
}

/// How many packages the last brackets by size give a company, where they are in force or the year has none of its own.
pub(super) fn size_limit(resolved: &Resolved<'_>, employees: i64) -> Option<usize> {
    let figure = resolved.figure(ParameterKey::PackagesBySize)?;
    let brackets = match figure.amount {
        Amount::BySize(brackets) => brackets,
        _ => figure.last_brackets()?,
    };
    let fitting = brackets.iter().rev().find(|bracket| i64::from(bracket.employees_from) <= employees)?;
    usize::try_from(fitting.packages).ok()
}

fn declared_rates(resolved: &Resolved<'_>) -> DeclaredRates {
    DeclaredRates {
        veu: resolved.known(ParameterKey::VeuHourlyRate).or(Some(DECLARED_VEU)),
        mileage: resolved.known(ParameterKey::MileageRate).or(Some(DECLARED_MILEAGE)),
    }
}

/// The first day of the project: after an answer can be expected, or before for a hasty one.
fn period_start(random: &mut Random, resolved: &Resolved<'_>, applied: Date, is_hasty: bool) -> Date {
    let weeks = resolved.known(ParameterKey::AnswerWeeks).and_then(|weeks| i64::try_from(weeks).ok()).unwrap_or(4);
    let answer = weeks * 7;
    let days = if is_hasty { random.between(3, answer - 1) } else { answer + random.between(0, 70) };
    days_after(applied, days)
}

fn journal(random: &mut Random, year: i16, case: u64) -> String {
    format!("{:02}/{:05}", year % 100, case * 10 + u64::from(random.below(10)))
}

/// Which forms a case has.
fn draw_forms(random: &mut Random, mixture: &Mixture, wishes: &ApplicationWishes<'_>) -> Vec<FormKind> {
    let by_chance = random.chance(mixture.shares.overview);
    let has_overview = (by_chance || wishes.need(CaseNeed::Overview)) && !wishes.need(CaseNeed::NoOverview);
    let by_chance = random.chance(mixture.shares.accounts) && wishes.mistakes.is_empty();
    let has_accounts = by_chance || wishes.need(CaseNeed::Accounts);
    let wanted = [(FormKind::Budget, true), (FormKind::Overview, has_overview), (FormKind::Accounts, has_accounts)];
    wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(kind, _)| kind).collect()
}

/// An employee's payroll number or initials, which no other package of the case has.
fn employee(random: &mut Random, company: &Company, taken: &[String]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPRSTUVWY";
    loop {
        let id = if company.has_payroll_numbers {
            random.between(1_000, 9_999).to_string()
        } else {
            (0..random.between(2, 4)).filter_map(|_| random.one_of(LETTERS)).map(|&letter| char::from(letter)).collect()
        };
        if !taken.contains(&id) {
            return id;
        }
    }
}
