//! What an application's forms say, by the keys of their layouts.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::resolve::{CaseFilling, FormFilling};
use super::accounts::Accounts;
use super::application::Application;
use super::package::{Package, Part, PartKind, SupportLine};
use super::schedule::Slot;
use crate::calculation::PackageInput;
use crate::form::{FormKind, Layout};
use crate::template::{Entry, Filling, Row};

/// The keys that each form has.
#[derive(Debug, Clone)]
pub(super) struct FormKeys {
    fields: BTreeMap<FormKind, BTreeSet<String>>,
    columns: BTreeMap<(FormKind, String), BTreeSet<String>>,
}

impl FormKeys {
    /// The keys of the layouts.
    pub(super) fn of(layouts: &[Layout]) -> Self {
        let mut keys = Self { fields: BTreeMap::new(), columns: BTreeMap::new() };
        for layout in layouts {
            let fields = keys.fields.entry(layout.kind).or_default();
            for sheet in &layout.sheets {
                fields.extend(sheet.fields.iter().map(|field| field.key.clone()));
                fields.extend(sheet.summary.iter().map(|field| field.key.clone()));
                let Some(table) = &sheet.table else { continue };
                let columns = sheet.columns.iter().map(|column| column.key.clone()).collect();
                keys.columns.insert((layout.kind, table.key.clone()), columns);
            }
        }
        keys
    }

    /// Puts entries into the form's fields, as far as it has them.
    fn put_fields(&self, kind: FormKind, entries: Entries, filling: &mut Filling) {
        let known = self.fields.get(&kind);
        let of_form = entries.0.into_iter().filter(|(key, _)| known.is_some_and(|known| known.contains(*key)));
        filling.fields.extend(of_form.map(|(key, entry)| (key.to_owned(), entry)));
    }

    /// Appends rows to the form's table, as far as it has the table and its columns.
    fn put_rows(&self, kind: FormKind, table: &str, rows: impl Iterator<Item = Entries>, filling: &mut Filling) {
        let Some(known) = self.columns.get(&(kind, table.to_owned())) else { return };
        let of_form = |row: Entries| -> Row {
            let row = row.0.into_iter().filter(|(key, _)| known.contains(*key));
            row.map(|(key, entry)| (key.to_owned(), entry)).collect()
        };
        filling.tables.insert(table.to_owned(), rows.map(of_form).collect());
    }
}

/// Entries by key, for whichever form has them.
#[derive(Debug, Default)]
struct Entries(Vec<(&'static str, Entry)>);

impl Entries {
    fn text(&mut self, key: &'static str, text: impl Into<String>) {
        self.0.push((key, Entry::Text(text.into())));
    }

    fn number(&mut self, key: &'static str, number: impl Into<Decimal>) {
        self.0.push((key, Entry::Number(number.into())));
    }

    /// A number that is left out where it is 0.
    fn optional(&mut self, key: &'static str, number: Decimal) {
        if !number.is_zero() {
            self.number(key, number.normalize());
        }
    }

    fn yes_no(&mut self, key: &'static str, yes: bool) {
        self.0.push((key, Entry::YesNo(yes)));
    }

    fn date(&mut self, key: &'static str, date: jiff::civil::Date) {
        self.0.push((key, Entry::Date(date)));
    }
}

/// What the forms of an application say.
pub(super) fn fill(application: &Application<'_>, accounts: Option<&Accounts>, keys: &FormKeys) -> CaseFilling {
    let mut forms = BTreeMap::new();
    for &kind in &application.forms {
        let mut filling = Filling::default();
        keys.put_fields(kind, master_data(application), &mut filling);
        keys.put_fields(kind, sums(application, accounts.filter(|_| kind == FormKind::Accounts)), &mut filling);
        let packages: Vec<&Package> = match accounts.filter(|_| kind == FormKind::Accounts) {
            Some(accounts) => accounts.packages.iter().map(|spent| &spent.package).collect(),
            None => application.packages.iter().map(|planned| &planned.package).collect(),
        };
        let rows = packages.iter().zip(1..).zip(0..).map(|((package, number), index)| {
            let mut row = package_row(package, number);
            if let Some(spent) = accounts.and_then(|accounts| accounts.packages.get(index)) {
                row.yes_no("completed", spent.is_completed);
                row.number("granted", spent.granted);
            }
            row
        });
        keys.put_rows(kind, "packages", rows, &mut filling);
        let lines = packages
            .iter()
            .zip(1..)
            .flat_map(|(package, number)| package.support.iter().map(move |line| support_row(line, number)));
        keys.put_rows(kind, "support", lines, &mut filling);
        let in_overview = application.packages.iter().zip(1..).filter(|(planned, _)| planned.is_in_overview);
        let activities = in_overview.flat_map(|(planned, number)| {
            let package = &planned.package;
            let parts = package.parts.iter().zip(&planned.slots);
            parts.map(move |(part, slot)| activity_row(part, *slot, (number, &package.employee, &package.new_job)))
        });
        keys.put_rows(kind, "activities", activities, &mut filling);
        forms.insert(kind, FormFilling { filling, ..FormFilling::default() });
    }
    CaseFilling { forms, template_date: Some(application.applied) }
}

fn master_data(application: &Application<'_>) -> Entries {
    let mut entries = Entries::default();
    let company = &application.company;
    entries.text("company.name", &company.name);
    entries.text("company.cvr", &company.cvr);
    entries.text("company.p_number", &company.p_number);
    entries.text("company.industry", &company.industry);
    entries.number("company.employees", company.employees);
    if let Some(journal) = &application.journal {
        entries.text("case.journal", journal);
    }
    entries.date("case.application_date", application.applied);
    entries.date("period.from", application.period.start);
    entries.date("period.to", application.period.end);
    entries.text("contact.name", &company.contact);
    entries.text("contact.email", &company.email);
    entries.text("contact.phone", &company.phone);
    entries.number("rates.veu", application.rates.veu.unwrap_or_default());
    entries.number("rates.mileage", application.rates.mileage.unwrap_or_default());
    entries.yes_no("declaration.agreed", true);
    let has_support = application.packages.iter().any(|planned| !planned.package.support.is_empty());
    entries.yes_no("declaration.other_support", has_support);
    entries
}

/// What stands below the table, and what only the accounts ask.
fn sums(application: &Application<'_>, accounts: Option<&Accounts>) -> Entries {
    let mut entries = Entries::default();
    entries.optional("sum.audit", application.audit);
    if let Some(accounts) = accounts {
        entries.date("grant.date", accounts.grant_date);
        entries.number("grant.amount", accounts.grant);
        entries.date("accounts.submitted", accounts.submitted);
        entries.yes_no("accounts.audited", accounts.has_reports);
        entries.yes_no("accounts.status_report", accounts.has_reports);
    }
    entries
}

fn package_row(package: &Package, number: i64) -> Entries {
    let mut row = Entries::default();
    row.number("nr", number);
    row.text("employee", &package.employee);
    row.text("current_job", &package.current_job);
    row.text("new_job", &package.new_job);
    row.yes_no("earlier", false);
    row.text("employment", "Ordinær");
    row.optional("annual_wage", package.annual_wage.unwrap_or_default());
    let PackageInput { guidance, course, .. } = &package.input;
    row.optional("sick_hours", package.input.sick_hours);
    row.number("wage", package.input.wage);
    row.optional("guidance.hours", guidance.hours);
    row.optional("guidance.veu_hours", guidance.veu_hours);
    row.optional("guidance.fee", guidance.fee);
    row.number("course.hours", course.hours.normalize());
    row.optional("course.veu_hours", course.veu_hours);
    row.optional("course.fee", course.fee);
    row.optional("internship.weeks", package.input.internship_weeks);
    row.optional("internship.week_hours", package.input.internship_week_hours);
    row.optional("admin.hours", package.input.admin_hours);
    row.optional("admin.rate", package.input.admin_rate);
    row.optional("driving.km", package.input.driving_km);
    row.optional("driving.days", package.input.driving_days);
    row.optional("materials", package.input.materials);
    row.optional("other_support", package.input.other_support);
    row
}

fn support_row(line: &SupportLine, number: i64) -> Entries {
    let mut row = Entries::default();
    row.number("nr", number);
    row.text("scheme", &line.scheme);
    row.number("hours", line.hours);
    row.number("rate", line.rate);
    row.number("amount", line.amount);
    row.text("covers", &line.covers);
    row
}

fn activity_row(part: &Part, slot: Slot, (number, employee, new_job): (i64, &str, &str)) -> Entries {
    let mut row = Entries::default();
    row.number("nr", number);
    row.text("employee", employee);
    row.text("activity", activity(part.kind));
    row.text("title", &part.title);
    if let Some(code) = &part.code {
        row.text("code", code);
    }
    row.text("provider", &part.provider);
    if let Some(host) = &part.host {
        row.text("host_p_number", host);
    }
    row.date("start", slot.start);
    row.date("end", slot.end);
    row.number("days", part.days);
    row.number("hours", part.hours);
    row.optional("fee", part.fee);
    row.yes_no("veu", part.has_veu);
    row.text("purpose", purpose(part.kind, new_job));
    row
}

fn activity(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Guidance => "Vejledning og afklaring",
        PartKind::Course => "Erhvervsrettet efteruddannelse",
        PartKind::Internship => "Praktik",
    }
}

fn purpose(kind: PartKind, new_job: &str) -> String {
    match kind {
        PartKind::Guidance => "Valg af jobfunktion med mindre fysisk belastning".to_owned(),
        PartKind::Course => format!("Faglig viden til jobbet som {}", new_job.to_lowercase()),
        PartKind::Internship => "Afprøvning af jobbet i en anden virksomhed".to_owned(),
    }
}
