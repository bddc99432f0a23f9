//! Invented packages: what one employee is to do, and what it costs.

use rust_decimal::Decimal;

use super::mixture::{Mixture, Shares};
use super::random::Random;
use crate::calculation::{PackageInput, Training};
use crate::money::round_to_ore;

/// Tenths of an hour in a working day.
const DAY_TENTHS: i64 = 74;
/// The working days of a package in the years that limit them.
const DAYS_MAX: i64 = 40;
/// Kroner an hour: from here on a wage is over the cap.
const WAGE_CAP_ORE: i64 = 26_000;
/// The hours of a year's wage.
const ANNUAL_HOURS: i64 = 1_924;

/// What a mistake needs of the package that it is planted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PackageNeed {
    Guidance,
    Internship,
    NoInternship,
    Veu,
    Driving,
    Support,
    AnnualWage,
    NoAnnualWage,
}

/// What a package shall be.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackageWishes<'w> {
    /// What it shall have for certain.
    pub(super) needs: &'w [PackageNeed],
    /// Nothing for a caseworker to judge, beyond what it needs: a mistake shall be seen alone.
    pub(super) is_plain: bool,
    /// Whether the VEU rate of its year is known.
    pub(super) is_veu_known: bool,
}

/// A line of other support.
#[derive(Debug, Clone)]
pub(super) struct SupportLine {
    pub(super) scheme: String,
    pub(super) hours: Decimal,
    pub(super) rate: Decimal,
    pub(super) amount: Decimal,
    pub(super) covers: String,
}

/// One part of a package, as the course overview lists it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    pub(super) title: String,
    pub(super) code: Option<String>,
    pub(super) provider: String,
    pub(super) host: Option<String>,
    pub(super) days: i64,
    pub(super) hours: Decimal,
    pub(super) fee: Decimal,
    pub(super) has_veu: bool,
}

/// What a part of a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Guidance,
    Course,
    Internship,
}

/// An invented package.
#[derive(Debug, Clone)]
pub(super) struct Package {
    pub(super) employee: String,
    pub(super) current_job: String,
    pub(super) new_job: String,
    pub(super) annual_wage: Option<Decimal>,
    pub(super) input: PackageInput,
    pub(super) support: Vec<SupportLine>,
    pub(super) parts: Vec<Part>,
}

impl PackageWishes<'_> {
    /// Whether the package has something: where it needs it, or in so many of a hundred.
    fn has(&self, need: PackageNeed, percent: u32, random: &mut Random) -> bool {
        random.chance(percent) || self.needs.contains(&need)
    }

    /// The same for what a caseworker has to judge.
    fn has_to_judge(&self, need: Option<PackageNeed>, percent: u32, random: &mut Random) -> bool {
        let by_chance = random.chance(percent) && !self.is_plain;
        by_chance || need.is_some_and(|need| self.needs.contains(&need))
    }
}

impl Package {
    /// A package for an employee.
    pub(super) fn draw(random: &mut Random, mixture: &Mixture, wishes: &PackageWishes<'_>, employee: String) -> Self {
        let words = &mixture.words;
        let (current_job, new_job) =
            (random.word(&words.current_jobs).to_owned(), random.word(&words.new_jobs).to_owned());
        let parts = draw_parts(random, mixture, wishes, &new_job);
        let (wage, annual_wage) = draw_wage(random, &mixture.shares, wishes);
        let mut package = Self {
            employee,
            current_job,
            new_job,
            annual_wage,
            input: PackageInput { wage, ..input_of(&parts) },
            support: Vec::new(),
            parts,
        };
        package.draw_costs(random, &mixture.shares, wishes);
        if wishes.has_to_judge(Some(PackageNeed::Support), mixture.shares.support, random) {
            package.draw_support(random, mixture);
        }
        package
    }

    /// Administration, driving, materials and sick hours.
    fn draw_costs(&mut self, random: &mut Random, shares: &Shares, wishes: &PackageWishes<'_>) {
        let input = &mut self.input;
        input.admin_hours = Decimal::new(random.between(0, 10) * 5, 1);
        if input.admin_hours > Decimal::ZERO {
            input.admin_rate = input.wage.min(Decimal::new(WAGE_CAP_ORE, 2));
        }
        if wishes.has_to_judge(Some(PackageNeed::Driving), shares.driving, random) {
            input.driving_km = Decimal::new(random.between(80, 900), 1);
            input.driving_days = random.between(5, 20).into();
        }
        if wishes.has_to_judge(None, shares.materials, random) {
            input.materials = Decimal::new(random.between(200, 3_500) * 100 + random.between(0, 1) * 50, 2);
        }
        if wishes.has_to_judge(None, shares.sick, random) {
            input.sick_hours = Decimal::new(DAY_TENTHS * random.between(1, 3), 1);
        }
    }

    fn draw_support(&mut self, random: &mut Random, mixture: &Mixture) {
        for _ in 0..random.between(1, 2) {
            let Some(scheme) = random.one_of(&mixture.scheme) else { return };
            let hours = Decimal::new(DAY_TENTHS * random.between(2, 10), 1);
            let rate = Decimal::new(random.between(scheme.least * 4, scheme.most * 4) * 25, 2);
            self.support.push(SupportLine {
                scheme: scheme.name.clone(),
                hours,
                rate,
                amount: round_to_ore(hours * rate),
                covers: random.word(&mixture.words.covers).to_owned(),
            });
        }
        self.input.other_support = self.support.iter().map(|line| line.amount).sum();
    }

    /// Guidance and internship together, in hours.
    pub(super) fn hours_beside_courses(&self) -> Decimal {
        self.input.guidance.hours + self.input.internship_hours()
    }
}

/// The wage and, where it is given, the annual wage that it comes from.
fn draw_wage(random: &mut Random, shares: &Shares, wishes: &PackageWishes<'_>) -> (Decimal, Option<Decimal>) {
    let is_over = wishes.has_to_judge(None, shares.wage_over_cap, random);
    let (least, most) = match (is_over, wishes.is_plain) {
        (true, _) => (WAGE_CAP_ORE + 1, 34_000),
        (false, true) => (21_000, 25_500),
        (false, false) => (17_500, 25_500),
    };
    // Wages end in whole kroner or in 25 øre more often than in any øre.
    let step = if random.chance(60) { 25 } else { 1 };
    let wage = Decimal::new((random.between(least, most) + step - 1) / step * step, 2);
    let has_annual = wishes.has(PackageNeed::AnnualWage, shares.annual_wage, random);
    let has_annual = has_annual && !wishes.needs.contains(&PackageNeed::NoAnnualWage);
    (wage, has_annual.then(|| wage * Decimal::from(ANNUAL_HOURS)))
}

/// The parts of a package in the order they are done.
fn draw_parts(random: &mut Random, mixture: &Mixture, wishes: &PackageWishes<'_>, new_job: &str) -> Vec<Part> {
    let shares = &mixture.shares;
    let course_days = if wishes.is_plain { random.between(20, 24) } else { random.between(10, 28) };
    let mut parts = Vec::new();
    if wishes.has(PackageNeed::Guidance, shares.guidance, random) {
        parts.push(guidance(random, mixture, wishes.is_plain));
    }
    let guidance_days: i64 = parts.iter().map(|part| part.days).sum();
    let veu = if wishes.is_veu_known { shares.veu } else { shares.veu_unknown };
    let veu = if wishes.is_plain && !wishes.is_veu_known { 0 } else { veu };
    let has_veu = wishes.has(PackageNeed::Veu, veu, random);
    let least_fee = if wishes.is_plain { 500 } else { 180 };
    parts.extend(courses(random, mixture, course_days, (least_fee, has_veu)));
    let has_internship = wishes.has(PackageNeed::Internship, shares.internship, random);
    if has_internship && !wishes.needs.contains(&PackageNeed::NoInternship) {
        let most = if wishes.is_plain { 2 } else { 4 };
        let room = (DAYS_MAX - guidance_days - course_days).min(guidance_days + course_days) / 5;
        let weeks = random.between(1, most).min(room);
        parts.extend((weeks > 0).then(|| internship(random, mixture, weeks, new_job)));
    }
    parts
}

/// Guidance; in a plain package it is short and cheap, so that no one has to judge its share.
fn guidance(random: &mut Random, mixture: &Mixture, is_plain: bool) -> Part {
    let (most_days, most_fee) = if is_plain { (2, 6) } else { (5, 16) };
    let days = random.between(1, most_days);
    Part {
        kind: PartKind::Guidance,
        title: random.word(&mixture.words.guidance_titles).to_owned(),
        code: None,
        provider: random.word(&mixture.words.guides).to_owned(),
        host: None,
        days,
        hours: Decimal::new(days * DAY_TENTHS, 1),
        fee: Decimal::from(random.between(0, most_fee) * 100 * days),
        has_veu: false,
    }
}

/// Courses that take so many days together and cost at least so many kroner a day; the first has VEU hours if any has.
fn courses(random: &mut Random, mixture: &Mixture, days: i64, (least_fee, has_veu): (i64, bool)) -> Vec<Part> {
    let mut left = days;
    let mut courses = Vec::new();
    while left > 0 {
        let wanted = random.between(2, 15);
        // No course of a single day is left over at the end.
        let days = if left - wanted < 2 { left } else { wanted };
        left -= days;
        courses.push(Part {
            kind: PartKind::Course,
            title: random.word(&mixture.words.course_titles).to_owned(),
            code: random.chance(80).then(|| random.between(40_000, 49_999).to_string()),
            provider: random.word(&mixture.words.providers).to_owned(),
            host: None,
            days,
            hours: Decimal::new(days * DAY_TENTHS, 1),
            fee: Decimal::new(days * random.between(least_fee, 900) * 100 + random.between(0, 1) * 50, 2),
            has_veu: has_veu && (courses.is_empty() || random.chance(60)),
        });
    }
    courses
}

fn internship(random: &mut Random, mixture: &Mixture, weeks: i64, new_job: &str) -> Part {
    let week_tenths = if random.chance(80) { 370 } else { random.between(25, 36) * 10 };
    Part {
        kind: PartKind::Internship,
        title: format!("Praktik som {}", new_job.to_lowercase()),
        code: None,
        provider: random.word(&mixture.words.hosts).to_owned(),
        host: Some(super::company::p_number(random)),
        days: weeks * 5,
        hours: Decimal::new(weeks * week_tenths, 1),
        fee: Decimal::ZERO,
        has_veu: false,
    }
}

/// What the parts come to in the budget.
fn input_of(parts: &[Part]) -> PackageInput {
    let mut input = PackageInput::default();
    for part in parts {
        let training = match part.kind {
            PartKind::Guidance => &mut input.guidance,
            PartKind::Course => &mut input.course,
            PartKind::Internship => {
                input.internship_weeks = Decimal::from(part.days / 5);
                input.internship_week_hours = part.hours / input.internship_weeks;
                continue;
            }
        };
        let veu_hours = if part.has_veu { part.hours } else { Decimal::ZERO };
        *training = Training {
            hours: training.hours + part.hours,
            veu_hours: training.veu_hours + veu_hours,
            fee: training.fee + part.fee,
        };
    }
    input
}
