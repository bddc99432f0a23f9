//! From a scenario to what stands in each form: the case below it, then its own values, then its changes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Table;

use super::SampleError;
use super::edits::Edits;
use super::scenario::{Bases, Scenario, Target};
use super::values::{Change, changes};
use crate::form::{FormKind, Layout};
use crate::template::{DraftFormula, Entry, Filling, FormulaPart, Place, Places, Row, Stored, keys};
use crate::workbook::CellAddress;

/// The word for no stored value at all.
const NOTHING_STORED: &str = "(none)";
/// The address that stands for all formulas of a form.
const ALL_FORMULAS: &str = "*";
/// The most copies of a package that a scenario may ask for.
const REPEAT_MAX: u32 = 1_000;

/// A scenario with everything below it taken in.
#[derive(Debug, Clone, Default)]
pub struct CaseFilling {
    /// The forms that the case has.
    pub forms: BTreeMap<FormKind, FormFilling>,
    /// The date whose figures the templates have.
    pub template_date: Option<Date>,
}

/// One form of a case.
#[derive(Debug, Clone, Default)]
pub struct FormFilling {
    /// What is filled in, or typed over.
    pub filling: Filling,
    /// Changes of the workbook beyond its fields.
    pub edits: Edits,
}

impl Scenario {
    /// Takes in the case below, then the scenario's own values and changes.
    pub fn resolve(&self, bases: &Bases, layouts: &[Layout]) -> Result<CaseFilling, SampleError> {
        let case = match &self.base {
            None => CaseFilling {
                forms: layouts.iter().map(|layout| (layout.kind, FormFilling::default())).collect(),
                template_date: None,
            },
            Some(name) => {
                let unknown = || SampleError::UnknownBase { scenario: self.what.clone(), base: name.clone() };
                bases.get(name).ok_or_else(unknown)?.resolve(bases, layouts)?
            }
        };
        self.applied_to(case, layouts)
    }

    /// Makes the scenario's changes on top of a case, whatever it stands on itself.
    pub(super) fn applied_to(&self, mut case: CaseFilling, layouts: &[Layout]) -> Result<CaseFilling, SampleError> {
        case.forms.retain(|kind, _| !self.omit.iter().any(|target| target.is_for(*kind)));
        let mut changed = Changer { scenario: self, layouts, case };
        changed.fill_in()?;
        changed.change_inputs()?;
        changed.change_workbooks()?;
        changed.case.update_template_date(self.template_date);
        Ok(changed.case)
    }

    /// The cells that the scenario's changes name, each with its form; where a whole form, sheet or row is changed, none.
    pub(super) fn changed_cells(&self, case: &CaseFilling, layouts: &[Layout]) -> Vec<(FormKind, String)> {
        let named = [&self.set, &self.r#type, &self.stored].into_iter().flatten();
        let named = named.flat_map(|(target, table)| table.keys().map(move |key| (*target, key)));
        let formulas = self.formula.iter().flat_map(|(target, table)| table.keys().map(move |key| (*target, key)));
        let renamed = self.rename.iter().flat_map(|(target, table)| table.keys().map(move |key| (*target, key)));
        let all: Vec<(Target, &String)> = named.chain(formulas).chain(renamed).collect();
        let cells = layouts.iter().flat_map(|layout| {
            let of_form = all.iter().filter(|(target, _)| target.is_for(layout.kind));
            of_form.filter_map(|(_, key)| {
                let spot = Spot::find(layout, &case.forms.get(&layout.kind)?.filling, key, self).ok()?;
                Some((layout.kind, format!("{}!{}", spot.sheet, spot.address)))
            })
        });
        cells.collect()
    }
}

impl CaseFilling {
    fn update_template_date(&mut self, given: Option<Date>) {
        let applied = self.forms.values().find_map(|form| match form.filling.fields.get("case.application_date") {
            Some(Entry::Date(date)) => Some(*date),
            _ => None,
        });
        self.template_date = given.or(applied).or(self.template_date);
    }
}

/// Applies a scenario to the case below it.
struct Changer<'s> {
    scenario: &'s Scenario,
    layouts: &'s [Layout],
    case: CaseFilling,
}

impl<'s> Changer<'s> {
    /// The values that the scenario gives, each to every form that has the field.
    fn fill_in(&mut self) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for change in changes(&scenario.fields, &scenario.what)? {
            self.set(Target::All, &change)?;
        }
        let tables =
            [("packages", &scenario.packages), ("activities", &scenario.activities), ("support", &scenario.support)];
        for (table, rows) in tables.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            for form in self.case.forms.values_mut() {
                form.filling.tables.remove(table);
            }
            for (row, number) in rows.iter().zip(1..) {
                for (key, entry) in changes(row, &scenario.what)? {
                    self.set(Target::All, &(format!("{table}.{number}.{key}"), entry))?;
                }
            }
        }
        Ok(())
    }

    fn change_inputs(&mut self) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (&target, &count) in &scenario.repeat {
            for (_, form) in self.case.forms.iter_mut().filter(|(kind, _)| target.is_for(**kind)) {
                form.filling.tables.values_mut().for_each(|rows| repeat(rows, count.min(REPEAT_MAX)));
            }
        }
        for (&target, table) in &scenario.set {
            for change in changes(table, &scenario.what)? {
                self.set(target, &change)?;
            }
        }
        for (&target, table) in &scenario.r#type {
            for change in changes(table, &scenario.what)? {
                self.type_over(target, &change)?;
            }
        }
        Ok(())
    }

    /// Changes an input in every form of the target that has it.
    fn set(&mut self, target: Target, (key, entry): &Change) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (form, layout) in self.forms(target) {
            let removed = if entry.is_none() { keys::row_of(layout, key) } else { None };
            if let Some((table, row)) = removed {
                remove_row(&mut form.filling, table, row).ok_or_else(|| unknown(scenario, key))?;
            }
            let Some(place) = keys::place_of(layout, key) else { continue };
            if keys::is_computed(layout, &place) {
                return Err(SampleError::Computed { scenario: scenario.what.clone(), key: key.clone() });
            }
            keys::put(&mut form.filling, place, entry.clone()).ok_or_else(|| unknown(scenario, key))?;
        }
        self.check_known(target, key)
    }

    /// A key that no form of the target has is a slip of the pen; one of a form that is left out is none.
    fn check_known(&self, target: Target, key: &str) -> Result<(), SampleError> {
        let mut layouts = self.layouts.iter().filter(|layout| target.is_for(layout.kind));
        let is_known =
            layouts.any(|layout| keys::place_of(layout, key).is_some() || keys::row_of(layout, key).is_some());
        if is_known { Ok(()) } else { Err(unknown(self.scenario, key)) }
    }

    /// Types into any cell, by key or by address.
    fn type_over(&mut self, target: Target, (key, entry): &Change) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (form, layout) in self.forms(target) {
            let spot = Spot::find(layout, &form.filling, key, scenario)?;
            let is_field = spot.place.and_then(|place| keys::put(&mut form.filling, place, entry.clone())).is_some();
            // A cell that is given by its address may be one of a row that nobody filled in.
            if !is_field && !key.contains('!') {
                return Err(unknown(scenario, key));
            }
            if !is_field {
                form.edits.cells.push((spot.sheet, spot.address, entry.clone()));
            }
        }
        Ok(())
    }

    /// Changes of the workbooks beyond their fields.
    fn change_workbooks(&mut self) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (&target, formulas) in &scenario.formula {
            for (key, formula) in formulas {
                let value = Table::from_iter([(key.clone(), formula.value.clone())]);
                for change in changes(&value, &scenario.what)? {
                    self.type_over(target, &change)?;
                    self.put_formula(target, key, &formula.text, change.1.as_ref())?;
                }
            }
        }
        for (&target, table) in &scenario.stored {
            for (key, entry) in changes(table, &scenario.what)? {
                self.store(target, &key, &stored(entry.as_ref()))?;
            }
        }
        self.collect_edits();
        Ok(())
    }

    fn put_formula(&mut self, target: Target, key: &str, text: &str, value: Option<&Entry>) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (form, layout) in self.forms(target) {
            let spot = Spot::find(layout, &form.filling, key, scenario)?;
            let formula = DraftFormula { parts: vec![FormulaPart::Text(text.to_owned())], stored: stored(value) };
            form.edits.formulas.push((spot.sheet, spot.address, formula));
        }
        Ok(())
    }

    fn store(&mut self, target: Target, key: &str, value: &Stored) -> Result<(), SampleError> {
        let scenario = self.scenario;
        for (form, layout) in self.forms(target) {
            if key == ALL_FORMULAS {
                form.edits.stored_everywhere = Some(value.clone());
                continue;
            }
            let spot = Spot::find(layout, &form.filling, key, scenario)?;
            form.edits.stored.push((spot.sheet, spot.address, value.clone()));
        }
        Ok(())
    }

    fn collect_edits(&mut self) {
        let scenario = self.scenario;
        for (kind, form) in &mut self.case.forms {
            let edits = &mut form.edits;
            edits.renamed.extend(of(&scenario.rename, *kind).flatten().map(|(from, to)| (from.clone(), to.clone())));
            edits.removed.extend(of(&scenario.remove, *kind).flatten().cloned());
            edits.hidden.extend(of(&scenario.hide, *kind).flatten().cloned());
            edits.added.extend(of(&scenario.add, *kind).flatten().cloned());
            edits.inserted.extend(of(&scenario.insert, *kind).flatten().cloned());
        }
    }

    /// The case's forms of a target, each with its layout.
    fn forms(&mut self, target: Target) -> impl Iterator<Item = (&mut FormFilling, &'s Layout)> {
        let layouts = self.layouts;
        let forms = self.case.forms.iter_mut().filter(move |(kind, _)| target.is_for(**kind));
        forms.filter_map(|(kind, form)| Some((form, layouts.iter().find(|layout| layout.kind == *kind)?)))
    }
}

/// A cell of a workbook, and what it means where it is one of the form's.
struct Spot {
    sheet: String,
    address: CellAddress,
    place: Option<Place>,
}

impl Spot {
    /// The cell of a key (`packages.1.costs`) or an address (`Budget!AD6`).
    fn find(layout: &Layout, filling: &Filling, key: &str, scenario: &Scenario) -> Result<Self, SampleError> {
        let refused = |error| SampleError::Template { scenario: scenario.what.clone(), error: Box::new(error) };
        let places = Places::new(layout, filling).map_err(refused)?;
        if let Some((sheet, address)) = key.rsplit_once('!') {
            let address: CellAddress = address.parse().map_err(|_| unknown(scenario, key))?;
            return Ok(Self { sheet: sheet.to_owned(), address, place: places.at(sheet, address) });
        }
        let place = keys::place_of(layout, key).ok_or_else(|| unknown(scenario, key))?;
        let found = match &place {
            Place::Field(key) => places.field(key),
            Place::Cell { table, row, key } => places.cell(table, *row, key),
            Place::Total { table, key } => places.total(table, key),
        };
        let (sheet, address) = found.ok_or_else(|| unknown(scenario, key))?;
        let sheet = layout.sheets.get(sheet.0).map(|sheet| sheet.name.clone()).unwrap_or_default();
        Ok(Self { sheet, address, place: Some(place) })
    }
}

/// What a scenario lists for one form.
fn of<T>(listed: &BTreeMap<Target, T>, kind: FormKind) -> impl Iterator<Item = &T> {
    listed.iter().filter(move |(target, _)| target.is_for(kind)).map(|(_, listed)| listed)
}

fn unknown(scenario: &Scenario, key: &str) -> SampleError {
    SampleError::UnknownKey { scenario: scenario.what.clone(), key: key.to_owned() }
}

fn remove_row(filling: &mut Filling, table: &str, row: usize) -> Option<()> {
    let rows = filling.tables.get_mut(table).filter(|rows| row < rows.len())?;
    rows.remove(row);
    Some(())
}

/// Copies the rows of the first package so that there are packages 1 to `count`, each of an employee of its own.
fn repeat(rows: &mut Vec<Row>, count: u32) {
    let number = |row: &Row| row.get("nr").cloned();
    let Some(first_number) = rows.first().and_then(number) else { return };
    let first: Vec<Row> = rows.iter().filter(|row| number(row).as_ref() == Some(&first_number)).cloned().collect();
    *rows = (1..=count).flat_map(|package| first.iter().map(move |row| copy(row, package))).collect();
}

fn copy(row: &Row, package: u32) -> Row {
    let mut row = row.clone();
    row.insert("nr".to_owned(), Entry::Number(package.into()));
    if let Some(Entry::Text(employee)) = row.get_mut("employee").filter(|_| package > 1) {
        employee.push_str(&package.to_string());
    }
    row
}

/// What is stored with a formula: a number, an error value, text, or nothing.
fn stored(entry: Option<&Entry>) -> Stored {
    match entry {
        None => Stored::Text(String::new()),
        Some(Entry::NoResult) => Stored::Nothing,
        Some(Entry::Error(error)) => Stored::Error(error.clone()),
        Some(Entry::Number(number)) => Stored::Number(*number),
        Some(Entry::Text(text)) if text == NOTHING_STORED => Stored::Nothing,
        Some(Entry::Text(text)) if text.starts_with('#') => Stored::Error(text.clone()),
        Some(Entry::Text(text)) => Stored::Text(text.clone()),
        Some(Entry::Date(date)) => Stored::Text(date.to_string()),
        Some(Entry::YesNo(yes)) => Stored::Text(if *yes { "Ja" } else { "Nej" }.to_owned()),
    }
}
