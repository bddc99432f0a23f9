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
#[derive(Debug, Clone)]
pub(super) struct ApplicationWishes<'w> {
    /// The case's number and the seed.
    pub(super) case: (u64, u64),
    /// The mistakes that will be planted.
    pub(super) mistakes: &'w [&'w Mistake],
}

/// An invented application.
#[derive(Debug, Clone)]
pub(super) struct Application<'p> {
    pub(super) parameters: Resolved<'p>,
    pub(super) company: Company,
    pub(super) journal: Option<String>,
    pub(super) applied: Date,
    pub(super) period: Slot,
    pub(super) packages: Vec<(Package, PackageAmounts, Vec<Slot>)>,
    pub(super) forms: Vec<FormKind>,
    /// The packages that mistakes are planted in, one for each mistake, counted from 0.
    pub(super) victims: Vec<usize>,
    pub(super) terms: Terms,
    pub(super) rates: DeclaredRates,
    /// Kroner for an external audit.
    pub(super) audit: Decimal,
    /// Whether the first days lie before an answer can be expected.
    pub(super) is_hasty: bool,
    /// Packages whose activities the overview lacks, counted from 0.
    pub(super) not_in_overview: Vec<usize>,
}

impl<'p> Application<'p> {
    /// Draws an application.
    pub(super) fn draw(
        random: &mut Random,
        mixture: &Mixture,
        parameters: &'p Parameters,
        wishes: &ApplicationWishes<'_>,
    ) -> Result<Self, SampleError> {
        let mistakes = wishes.mistakes;
        let (case, _) = wishes.case;
        let years: Vec<_> = mixture.year.iter().filter(|share| mistakes.iter().all(|m| m.is_of(share.year))).collect();
        let year = random.weighted(&years, |share| share.weight).map_or(2023, |share| share.year);
        let applied = application_date(random, year, case);
        let resolved = parameters.resolve(applied).ok_or(SampleError::NoRules(applied))?;
        let needs = |need| mistakes.iter().any(|mistake| mistake.needs(need));
        let least = mistakes.iter().map(|mistake| mistake.packages).max().unwrap_or(1).max(mistakes.len());
        let least = if needs(CaseNeed::LargeGrant) { LARGE } else { least };
        let company = fitting_company(random, mixture, wishes.case, |company| {
            let fits = |most: usize| package_limit(&resolved, company.employees) >= most;
            fits(least) && (!needs(CaseNeed::OverLimit) || company.employees >= EMPLOYEES_OVER_LIMIT)
        });
        let is_clean = mistakes.is_empty();
        let is_hasty = random.chance(mixture.shares.hasty) && is_clean;
        let from = period_start(random, &resolved, applied, is_hasty);
        let rates = declared_rates(&resolved);
        let forms = draw_forms(random, mixture, mistakes);
        // By the time of the accounts, every case has its number.
        let has_journal = random.chance(mixture.shares.journal) || forms.contains(&FormKind::Accounts);
        let mut application = Self {
            parameters: resolved,
            company,
            journal: has_journal.then(|| journal(random, year, case)),
            applied,
            period: Slot { start: from, end: from },
            packages: Vec::new(),
            forms,
            victims: Vec::new(),
            terms: Terms::in_force(&resolved, rates),
            rates,
            audit: Decimal::ZERO,
            is_hasty,
            not_in_overview: Vec::new(),
        };
        application.draw_packages(random, mixture, (mistakes, least));
        application.settle_period(random);
        application.settle_audit(random);
        Ok(application)
    }

    fn draw_packages(&mut self, random: &mut Random, mixture: &Mixture, (mistakes, least): (&[&Mistake], usize)) {
        let limit = package_limit(&self.parameters, self.company.employees);
        let size = random.weighted(&mixture.size, |size| size.weight);
        let drawn = size.map_or(1, |size| random.between(size.least, size.most));
        let over = mistakes.iter().any(|mistake| mistake.needs(CaseNeed::OverLimit));
        let more = usize::try_from(random.between(1, 6)).unwrap_or(1);
        let count =
            if over { (limit + more).min(ROWS) } else { usize::try_from(drawn).unwrap_or(1).min(limit).max(least) };
        let least = if over { count } else { least };
        let first = usize::try_from(random.below(u32::try_from(count).unwrap_or(1))).unwrap_or_default();
        self.victims = (0..mistakes.len()).map(|index| (first + index) % count).collect();
        let is_veu_known = self.parameters.known(ParameterKey::VeuHourlyRate).is_some();
        let mut taken = Vec::new();
        for index in 0..count {
            let victim = self.victims.iter().position(|&victim| victim == index);
            let needs: &[PackageNeed] =
                victim.and_then(|position| mistakes.get(position)).map_or(&[], |mistake| &mistake.package_needs);
            let wishes = PackageWishes { needs, is_plain: victim.is_some(), is_veu_known };
            let employee = employee(random, &self.company, &taken);
            taken.push(employee.clone());
            let package = Package::draw(random, mixture, &wishes, employee);
            let slots = slots(random, self.period.start, &package.parts);
            let amounts = calculate(&package.input, &self.terms).unwrap_or_default();
            self.packages.push((package, amounts, slots));
        }
        if !mistakes.is_empty() && least < LARGE {
            let is_small = mistakes.iter().any(|mistake| mistake.needs(CaseNeed::SmallGrant));
            self.keep_clear_of_threshold(is_small, least);
        }
        let lacks = |(mistake, victim): (&&Mistake, &usize)| mistake.needs(CaseNeed::NoActivities).then_some(*victim);
        self.not_in_overview = mistakes.iter().zip(&self.victims).filter_map(lacks).collect();
    }

    /// Takes packages away until the grant is clearly below the threshold for an audit, where a mistake could move it
    /// across; victims stay.
    fn keep_clear_of_threshold(&mut self, is_small: bool, least: usize) {
        let Some(threshold) = self.terms.audit_threshold else { return };
        let clear = threshold * Decimal::from(CLEAR_OF_THRESHOLD) / Decimal::ONE_HUNDRED;
        let is_far_above = self.granted() > threshold + (threshold - clear);
        if is_far_above && !is_small {
            return;
        }
        while self.granted() > clear && self.packages.len() > least {
            let Some(out) = (0..self.packages.len()).rev().find(|index| !self.victims.contains(index)) else { return };
            self.packages.remove(out);
            self.victims.iter_mut().filter(|victim| **victim > out).for_each(|victim| *victim -= 1);
        }
    }

    /// The project ends with the last activity, or somewhat later.
    fn settle_period(&mut self, random: &mut Random) {
        let ends = self.packages.iter().flat_map(|(_, _, slots)| slots).map(|slot| slot.end);
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
        self.packages.iter().map(|(_, amounts, _)| amounts.grant).sum()
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
    (case, seed): (u64, u64),
    fits: impl Fn(&Company) -> bool,
) -> Company {
    /// Far from the numbers of cases, so that nobody else's company is taken.
    const ELSEWHERE: u64 = 1 << 40;
    let mut number = company_number(random, case, mixture);
    let mut company = Company::of(seed, number, mixture);
    while !fits(&company) {
        number = number.wrapping_add(ELSEWHERE);
        company = Company::of(seed, number, mixture);
    }
    company
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
    format!("{:02}/{:05}", year % 100, case * 10 % 100_000 + u64::from(random.below(10)))
}

/// Which forms a case has.
fn draw_forms(random: &mut Random, mixture: &Mixture, mistakes: &[&Mistake]) -> Vec<FormKind> {
    let needs = |need| mistakes.iter().any(|mistake| mistake.needs(need));
    let by_chance = random.chance(mixture.shares.overview);
    let has_overview = (by_chance || needs(CaseNeed::Overview)) && !needs(CaseNeed::NoOverview);
    let has_accounts = (random.chance(mixture.shares.accounts) && mistakes.is_empty()) || needs(CaseNeed::Accounts);
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
