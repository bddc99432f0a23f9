//! The packages of a budget or of final accounts: one row an employee.

use rust_decimal::Decimal;

use super::Field;
use crate::calculation::{KnownInput, KnownTraining, PackageInput, Step, Training};
use crate::form::{Form, Row, Table};

/// One row of the table of packages.
#[derive(Debug, Clone)]
pub struct Package {
    /// The 0-based row of the sheet.
    pub row: u32,
    /// Nr.
    pub number: Field<Decimal>,
    /// Medarbejder-ID.
    pub employee: Field<String>,
    /// Nuværende jobfunktion.
    pub current_job: Field<String>,
    /// Ny jobfunktion.
    pub new_job: Field<String>,
    /// Tidligere sporskifteforløb.
    pub earlier: Field<bool>,
    /// Ansættelsesform.
    pub employment: Field<String>,
    /// Timer som sygemeldt.
    pub sick_hours: Field<Decimal>,
    /// Årsløn inkl. ATP, kroner.
    pub annual_wage: Field<Decimal>,
    /// Timeløn, kroner.
    pub wage: Field<Decimal>,
    /// Vejledning.
    pub guidance: TrainingFields,
    /// Efteruddannelse.
    pub course: TrainingFields,
    /// Praktik: uger.
    pub internship_weeks: Field<Decimal>,
    /// Praktik: timer pr. uge.
    pub internship_week_hours: Field<Decimal>,
    /// Administration: timer.
    pub admin_hours: Field<Decimal>,
    /// Administration: timesats, kroner.
    pub admin_rate: Field<Decimal>,
    /// Kørsel: km pr. dag.
    pub driving_km: Field<Decimal>,
    /// Kørsel: dage.
    pub driving_days: Field<Decimal>,
    /// Kursusmaterialer, kroner.
    pub materials: Field<Decimal>,
    /// Anden støtte, kroner.
    pub other_support: Field<Decimal>,
    /// Gennemført (accounts).
    pub completed: Field<bool>,
    /// Bevilget tilskud, kroner (accounts).
    pub granted: Field<Decimal>,
    /// Udbetaling, kroner, as claimed (accounts).
    pub payout: Field<Decimal>,
    claimed: Vec<Field<Decimal>>,
}

/// The fields of guidance or of courses.
#[derive(Debug, Clone)]
pub struct TrainingFields {
    /// Hours.
    pub hours: Field<Decimal>,
    /// Of these, hours with VEU allowance.
    pub veu_hours: Field<Decimal>,
    /// Kroner.
    pub fee: Field<Decimal>,
}

impl TrainingFields {
    fn in_row(table: &Table, row: &Row, group: &str) -> Self {
        let field = |name: &str| Field::in_row(table, row, &format!("{group}.{name}"));
        Self { hours: field("hours"), veu_hours: field("veu_hours"), fee: field("fee") }
    }

    fn input(&self) -> Option<Training> {
        let (hours, veu_hours, fee) = (self.hours.or_zero()?, self.veu_hours.or_zero()?, self.fee.or_zero()?);
        Some(Training { hours, veu_hours, fee })
    }
}

/// The packages of a form.
pub(super) fn packages_of(form: &Form) -> Vec<Package> {
    let Some(table) = form.table("packages") else { return Vec::new() };
    table.rows.iter().map(|row| Package::in_row(table, row)).collect()
}

impl Package {
    fn in_row(table: &Table, row: &Row) -> Self {
        let number = |key: &str| Field::in_row(table, row, key);
        let text = |key: &str| Field::in_row(table, row, key);
        Self {
            row: row.number,
            number: number("nr"),
            employee: text("employee"),
            current_job: text("current_job"),
            new_job: text("new_job"),
            earlier: Field::in_row(table, row, "earlier"),
            employment: text("employment"),
            sick_hours: number("sick_hours"),
            annual_wage: number("annual_wage"),
            wage: number("wage"),
            guidance: TrainingFields::in_row(table, row, "guidance"),
            course: TrainingFields::in_row(table, row, "course"),
            internship_weeks: number("internship.weeks"),
            internship_week_hours: number("internship.week_hours"),
            admin_hours: number("admin.hours"),
            admin_rate: number("admin.rate"),
            driving_km: number("driving.km"),
            driving_days: number("driving.days"),
            materials: number("materials"),
            other_support: number("other_support"),
            completed: Field::in_row(table, row, "completed"),
            granted: number("granted"),
            payout: number("payout"),
            claimed: Step::ALL.iter().map(|step| number(step.key())).collect(),
        }
    }

    /// The amount that the workbook gives for a step of the calculation.
    pub fn claimed(&self, step: Step) -> &Field<Decimal> {
        let index = Step::ALL.iter().position(|other| *other == step).unwrap_or_default();
        self.claimed.get(index).unwrap_or(&Field::Absent)
    }

    /// What the calculation needs; `None` where a field is unreadable, or missing without being optional.
    pub fn input(&self) -> Option<PackageInput> {
        Some(PackageInput {
            wage: *self.wage.value()?,
            sick_hours: self.sick_hours.or_zero()?,
            guidance: self.guidance.input()?,
            course: self.course.input()?,
            internship_weeks: self.internship_weeks.or_zero()?,
            internship_week_hours: needed_with(&self.internship_weeks, &self.internship_week_hours)?,
            admin_hours: self.admin_hours.or_zero()?,
            admin_rate: needed_with(&self.admin_hours, &self.admin_rate)?,
            driving_km: self.driving_km.or_zero()?,
            driving_days: needed_with(&self.driving_km, &self.driving_days)?,
            materials: self.materials.or_zero()?,
            other_support: self.other_support.or_zero()?,
        })
    }
}

impl Package {
    /// What is known of the calculation's inputs, field by field.
    pub fn known_input(&self) -> KnownInput {
        let training = |fields: &TrainingFields| KnownTraining {
            hours: fields.hours.or_zero(),
            veu_hours: fields.veu_hours.or_zero(),
        };
        KnownInput {
            wage: self.wage.value().copied(),
            sick_hours: self.sick_hours.or_zero(),
            guidance: training(&self.guidance),
            course: training(&self.course),
            internship_weeks: self.internship_weeks.or_zero(),
            internship_week_hours: needed_with(&self.internship_weeks, &self.internship_week_hours),
            admin_hours: self.admin_hours.or_zero(),
            admin_rate: needed_with(&self.admin_hours, &self.admin_rate),
            driving_km: self.driving_km.or_zero(),
            driving_days: needed_with(&self.driving_km, &self.driving_days),
        }
    }
}

/// A factor that must be given where the quantity it goes with is.
fn needed_with(quantity: &Field<Decimal>, factor: &Field<Decimal>) -> Option<Decimal> {
    if quantity.or_zero()?.is_zero() { factor.or_zero() } else { factor.value().copied() }
}

/// The sums below the table of packages, as claimed.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The packages together, kroner.
    pub packages: Field<Decimal>,
    /// Ekstern revision, kroner.
    pub audit: Field<Decimal>,
    /// All together, kroner.
    pub total: Field<Decimal>,
}

impl Summary {
    /// Takes the sums from a form.
    pub fn of(form: &Form) -> Self {
        Self {
            packages: Field::of(form.field("sum.packages")),
            audit: Field::of(form.field("sum.audit")),
            total: Field::of(form.field("sum.total")),
        }
    }
}
