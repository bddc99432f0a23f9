//! The activities of a course overview, and the lines of other support.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Field;
use crate::form::{Form, Row};
use crate::identity::PNumber;

/// What an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityKind {
    /// Vejledning og afklaring.
    Guidance,
    /// Erhvervsrettet efteruddannelse.
    Course,
    /// Praktik.
    Internship,
}

/// One row of a course overview.
#[derive(Debug, Clone)]
pub struct Activity {
    /// The 0-based row of the sheet.
    pub row: u32,
    /// Nr.: the package's number in the budget.
    pub number: Field<Decimal>,
    /// Medarbejder-ID.
    pub employee: Field<String>,
    /// Aktivitet, as written in the form.
    pub activity: Field<String>,
    /// Praktikstedets P-nummer.
    pub host_p_number: Field<PNumber>,
    /// Startdato.
    pub start: Field<Date>,
    /// Slutdato.
    pub end: Field<Date>,
    /// Dage.
    pub days: Field<Decimal>,
    /// Timer.
    pub hours: Field<Decimal>,
    /// Deltagerbetaling, kroner.
    pub fee: Field<Decimal>,
    /// VEU-godtgørelse.
    pub veu: Field<bool>,
}

impl Activity {
    /// What the activity is, where the form says so.
    pub fn kind(&self) -> Option<ActivityKind> {
        match self.activity.value()?.as_str() {
            "Vejledning og afklaring" => Some(ActivityKind::Guidance),
            "Erhvervsrettet efteruddannelse" => Some(ActivityKind::Course),
            "Praktik" => Some(ActivityKind::Internship),
            _ => None,
        }
    }
}

/// The activities of a form.
pub(super) fn activities_of(form: &Form) -> Vec<Activity> {
    let Some(table) = form.table("activities") else { return Vec::new() };
    let activity = |row: &Row| Activity {
        row: row.number,
        number: Field::in_row(table, row, "nr"),
        employee: Field::in_row(table, row, "employee"),
        activity: Field::in_row(table, row, "activity"),
        host_p_number: Field::in_row(table, row, "host_p_number"),
        start: Field::in_row(table, row, "start"),
        end: Field::in_row(table, row, "end"),
        days: Field::in_row(table, row, "days"),
        hours: Field::in_row(table, row, "hours"),
        fee: Field::in_row(table, row, "fee"),
        veu: Field::in_row(table, row, "veu"),
    };
    table.rows.iter().map(activity).collect()
}

/// One line of other support.
#[derive(Debug, Clone)]
pub struct SupportLine {
    /// Nr.: the package's number.
    pub number: Field<Decimal>,
    /// Ordning.
    pub scheme: Field<String>,
    /// Timer.
    pub hours: Field<Decimal>,
    /// Sats, kroner an hour.
    pub rate: Field<Decimal>,
    /// Beløb, kroner.
    pub amount: Field<Decimal>,
}

/// The lines of other support of a form.
pub(super) fn support_of(form: &Form) -> Vec<SupportLine> {
    let Some(table) = form.table("support") else { return Vec::new() };
    let line = |row: &Row| SupportLine {
        number: Field::in_row(table, row, "nr"),
        scheme: Field::in_row(table, row, "scheme"),
        hours: Field::in_row(table, row, "hours"),
        rate: Field::in_row(table, row, "rate"),
        amount: Field::in_row(table, row, "amount"),
    };
    table.rows.iter().map(line).collect()
}
