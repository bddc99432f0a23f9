//! How the applications draw a year's budget down, in their order, as rule B704 sees it: one budget a case, by
//! application date and then by path, each with its recalculated grant, or with the claimed one where that is unknown.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::parameters::{ParameterKey, Parameters};
use crate::report::model::{CaseReport, CheckedFile, Claim, FileReport};

/// A year's budget and how it is drawn down.
#[derive(Debug, Clone)]
pub struct YearBudget {
    /// The year of the applications.
    pub year: i16,
    /// What is allotted, in kroner.
    pub allotted: Decimal,
    /// The days on which somebody applied, in order.
    pub days: Vec<DrawnDay>,
    /// The cases in order of application.
    pub draws: Vec<Draw>,
}

/// A day on which cases drew on a year's budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawnDay {
    /// The day.
    pub date: Date,
    /// How many cases applied.
    pub cases: usize,
    /// Their grants, in kroner.
    pub granted: Decimal,
    /// All grants of the year until the evening, in kroner.
    pub drawn: Decimal,
    /// Whether the budget was passed by one of the day's cases.
    pub is_passed: bool,
}

/// What a draw on a year's budget rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawBasis {
    /// The amount was recalculated.
    Recalculated,
    /// It could not be recalculated: the claimed amount holds the application's place.
    Claimed,
    /// Neither is known: the application has its place, and draws nothing yet.
    Unknown,
}

/// One case's draw on a year's budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The case.
    pub case: Box<str>,
    /// Its company.
    pub company: Option<Arc<str>>,
    /// The application date.
    pub date: Date,
    /// The grant, in kroner.
    pub granted: Decimal,
    /// What it rests on.
    pub basis: DrawBasis,
    /// All grants of the year up to and with this one, in kroner.
    pub drawn: Decimal,
    /// What is allotted, in kroner.
    pub allotted: Decimal,
    /// Whether the budget is passed with this case.
    pub passes: bool,
}

impl Draw {
    /// What is left of the budget after this case, in kroner; below zero where it is passed.
    pub fn left(&self) -> Decimal {
        self.allotted.saturating_sub(self.drawn)
    }
}

impl YearBudget {
    /// All grants, in kroner.
    pub fn drawn(&self) -> Decimal {
        self.draws.last().map(|draw| draw.drawn).unwrap_or_default()
    }

    /// The cases that hold their place without a recalculated amount.
    pub fn not_recalculated(&self) -> impl Iterator<Item = &Draw> {
        self.draws.iter().filter(|draw| draw.basis != DrawBasis::Recalculated)
    }

    /// The case with which the budget is passed.
    pub fn passed(&self) -> Option<&Draw> {
        self.draws.iter().find(|draw| draw.passes)
    }
}

/// A budget that may draw: the first of its case by path.
#[derive(Debug)]
struct Application {
    date: Date,
    path: Box<str>,
    /// The grant in kroner, and what it rests on.
    grant: (Decimal, DrawBasis),
    case: Box<str>,
    company: Option<Arc<str>>,
}

impl Application {
    fn by_path(&self, other: &Self) -> Ordering {
        self.path.split('/').cmp(other.path.split('/'))
    }
}

/// Collects the applications while the cases go by.
#[derive(Debug, Default)]
pub(super) struct ApplicationCounter(Vec<Application>);

impl ApplicationCounter {
    pub(super) fn add(&mut self, case: &CaseReport, company: Option<&Arc<str>>) {
        let budgets = case.files.iter().filter_map(|file| {
            let form = file.form.as_ref().filter(|form| form.kind == FormKind::Budget)?;
            Some(application(file, form, form.application_date?, company))
        });
        self.0.extend(budgets.min_by(Application::by_path));
    }

    /// The years with a known budget, in order.
    pub(super) fn draw_down(mut self, parameters: &Parameters, rules_date: Option<Date>) -> Vec<YearBudget> {
        // Cases that cannot be told apart by name count once, as for the rule.
        self.0.sort_by(|one, other| one.case.cmp(&other.case).then_with(|| one.by_path(other)));
        self.0.dedup_by(|one, other| one.case == other.case);
        self.0.sort_by(|one, other| one.date.cmp(&other.date).then_with(|| one.by_path(other)));
        let mut years: Vec<YearBudget> = Vec::new();
        for application in self.0 {
            let in_force = parameters.resolve(rules_date.unwrap_or(application.date));
            let allotted = in_force.and_then(|in_force| in_force.known(ParameterKey::YearBudget));
            if let Some(allotted) = allotted {
                draw(&mut years, application, allotted);
            }
        }
        years
    }
}

fn application(file: &FileReport, form: &CheckedFile, date: Date, company: Option<&Arc<str>>) -> Application {
    Application {
        date,
        path: file.path.as_str().into(),
        grant: grant_of(form.total()),
        case: file.case.as_str().into(),
        company: company.cloned(),
    }
}

fn grant_of(total: Claim) -> (Decimal, DrawBasis) {
    match (total.recalculated, total.claimed) {
        (Some(recalculated), _) => (recalculated, DrawBasis::Recalculated),
        (None, Some(claimed)) => (claimed.max(Decimal::ZERO), DrawBasis::Claimed),
        (None, None) => (Decimal::ZERO, DrawBasis::Unknown),
    }
}

/// Draws a grant on its year's budget; the years come in order.
fn draw(years: &mut Vec<YearBudget>, application: Application, allotted: Decimal) {
    let Application { date, case, company, grant: (granted, basis), .. } = application;
    if years.last().is_none_or(|last| last.year != date.year()) {
        years.push(YearBudget { year: date.year(), allotted, days: Vec::new(), draws: Vec::new() });
    }
    let Some(year) = years.last_mut() else { return };
    let before = year.drawn();
    let drawn = before.saturating_add(granted);
    let passes = before <= allotted && drawn > allotted;
    year.allotted = allotted;
    year.draws.push(Draw { case, company, date, granted, basis, drawn, allotted, passes });
    match year.days.last_mut().filter(|day| day.date == date) {
        Some(day) => {
            day.cases += 1;
            day.granted = day.granted.saturating_add(granted);
            day.drawn = drawn;
            day.is_passed |= passes;
        }
        None => year.days.push(DrawnDay { date, cases: 1, granted, drawn, is_passed: passes }),
    }
}
