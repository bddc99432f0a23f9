//! What the form's own formulas give, so that every formula is stored with its result.
//!
//! Numbers come from [`crate::calculation`]; which cells show an error value follows from the layout's formulas.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::TemplateError;
use super::filling::{Filling, Row};
use super::formula::{Stored, Symbol, symbols};
use super::operand::Operand;
use super::table_formulas::NUMBER_KEY;
use crate::calculation::{
    AccountsBasis, DeclaredRates, Limit, PackageAmounts, PackageInput, Step, Terms, Training, accounts_totals,
    budget_totals, calculate, costs, payout,
};
use crate::form::{Column, Field, FormKind, Layout, SheetLayout};
use crate::money::round_to_ore;
use crate::parameters::Resolved;

/// The column of the payout in the accounts.
const PAYOUT_KEY: &str = "payout";

/// The results of a filled form's formulas.
#[derive(Debug, Clone, Default)]
pub struct Calculated {
    cells: BTreeMap<(String, u32, String), Operand>,
    totals: BTreeMap<(String, String), Operand>,
    fields: BTreeMap<String, Operand>,
}

impl Calculated {
    /// Calculates a filled form with the rates that it declares.
    pub fn new(layout: &Layout, parameters: Option<&Resolved<'_>>, filling: &Filling) -> Result<Self, TemplateError> {
        let mut calculated = Self::default();
        let terms = terms(parameters, filling);
        for sheet in &layout.sheets {
            let Some(table) = &sheet.table else { continue };
            let rows = RowCalculation { sheet, terms, rates: rate_cells(layout, filling) };
            let mut columns: BTreeMap<String, Vec<Operand>> = BTreeMap::new();
            for (values, row) in filling.rows(&table.key).iter().zip(0..) {
                for (key, operand) in rows.calculate(values)? {
                    columns.entry(key.clone()).or_default().push(operand.clone());
                    calculated.cells.insert((table.key.clone(), row, key), operand);
                }
            }
            for column in sheet.columns.iter().filter(|column| column.sum) {
                let place = (table.key.clone(), column.key.clone());
                let total = match filling.totals.get(&place) {
                    Some(typed) => Operand::of(Some(typed)),
                    None => Operand::sum(columns.get(&column.key).into_iter().flatten()),
                };
                calculated.totals.insert(place, total);
            }
            calculated.add_summary(layout.kind, sheet, &terms, filling)?;
        }
        Ok(calculated)
    }

    /// What is stored with the formula of a table's cell; rows beyond those filled in are not in use.
    pub fn cell(&self, table: &str, row: u32, key: &str) -> Stored {
        let cell = self.cells.get(&(table.to_owned(), row, key.to_owned()));
        cell.map_or(Stored::Text(String::new()), Operand::stored)
    }

    /// What is stored with a sum of the totals row.
    pub fn total(&self, table: &str, key: &str) -> Stored {
        self.totals.get(&(table.to_owned(), key.to_owned())).unwrap_or(&Operand::Empty).stored()
    }

    /// What is stored with a field below a table.
    pub fn field(&self, key: &str) -> Stored {
        self.fields.get(key).unwrap_or(&Operand::Empty).stored()
    }

    fn add_summary(
        &mut self,
        kind: FormKind,
        sheet: &SheetLayout,
        terms: &Terms,
        filling: &Filling,
    ) -> Result<(), TemplateError> {
        for field in sheet.summary.iter().filter(|field| field.formula.is_some()) {
            let typed = filling.fields.get(&field.key);
            let computed = match (typed, field.key.as_str()) {
                (Some(typed), _) => Operand::of(Some(typed)),
                (None, "sum.packages") => self.packages_total(sheet, field.formula.as_deref().unwrap_or_default()),
                (None, "sum.total") => self.grand_total(kind, terms, filling).into(),
                _ => return Err(TemplateError::NoCalculation(field.key.clone())),
            };
            self.fields.insert(field.key.clone(), computed);
        }
        Ok(())
    }

    /// The sum that the formula names.
    fn packages_total(&self, sheet: &SheetLayout, formula: &str) -> Operand {
        let key = symbols(formula).into_iter().find_map(|(_, symbol)| match symbol {
            Some(Symbol::Sum(key)) => Some(key),
            _ => None,
        });
        let table = sheet.table.as_ref().map(|table| table.key.clone());
        let place = table.zip(key.map(str::to_owned));
        place.and_then(|place| self.totals.get(&place)).cloned().unwrap_or_default()
    }

    fn grand_total(&self, kind: FormKind, terms: &Terms, filling: &Filling) -> Result<Decimal, String> {
        let field = |key: &str| Operand::of(filling.fields.get(key));
        let packages = self.fields.get("sum.packages").unwrap_or(&Operand::Empty).number()?;
        let grant = if kind == FormKind::Accounts { Some(field("grant.amount").number()?) } else { None };
        let threshold = terms.audit_threshold;
        let is_audited = threshold.is_some_and(|threshold| grant.unwrap_or(packages) > threshold);
        let audit = if is_audited { field("sum.audit").number()? } else { Decimal::ZERO };
        let totals = match grant {
            Some(grant) => {
                accounts_totals(&[packages], &AccountsBasis { audit, audit_in_budget: None, grant }, threshold)
            }
            None => budget_totals(&[packages], audit, threshold),
        };
        Ok(totals.total)
    }
}

/// The terms of the form's own formulas: the limits of its sheet `Satser`, the rates that it declares.
fn terms(parameters: Option<&Resolved<'_>>, filling: &Filling) -> Terms {
    let rate = |key: &str| Some(Operand::of(filling.fields.get(key)).number_or_zero());
    let declared = DeclaredRates { veu: rate("rates.veu"), mileage: rate("rates.mileage") };
    let unlimited = Terms {
        wage_cap: Limit::None,
        package_cap: Limit::None,
        admin_hours_max: Limit::None,
        admin_rate_cap: Limit::None,
        veu_rate: None,
        mileage_rate: None,
        audit_threshold: None,
    };
    parameters.map_or(unlimited, |parameters| Terms::in_force(parameters, declared)).with_declared(declared)
}

/// The cells that formulas know by a name of their own, with what they are worth.
fn rate_cells<'l>(layout: &'l Layout, filling: &Filling) -> Vec<(&'l str, Operand)> {
    let fields = layout.sheets.iter().flat_map(|sheet| &sheet.fields);
    let named = |field: &'l Field| Some((field.name.as_deref()?, Operand::of(filling.fields.get(&field.key))));
    fields.filter_map(named).collect()
}

/// Calculates the rows of one table.
struct RowCalculation<'l> {
    sheet: &'l SheetLayout,
    terms: Terms,
    rates: Vec<(&'l str, Operand)>,
}

impl RowCalculation<'_> {
    /// What each cell of a row is worth.
    fn calculate(&self, values: &Row) -> Result<BTreeMap<String, Operand>, TemplateError> {
        let mut cells: BTreeMap<String, Operand> =
            values.iter().map(|(key, entry)| (key.clone(), Operand::of(Some(entry)))).collect();
        let is_computed = |key: &str| self.computed().any(|column| column.key == key);
        let is_used = |key: &String, cell: &Operand| key != NUMBER_KEY && *cell != Operand::Empty && !is_computed(key);
        if !cells.iter().any(|(key, cell)| is_used(key, cell)) {
            return Ok(cells);
        }
        let amounts = self.amounts(&cells);
        for column in self.computed() {
            if cells.contains_key(&column.key) {
                continue;
            }
            let amount = match Step::ALL.into_iter().find(|step| step.key() == column.key) {
                Some(step) => amounts.get(step),
                None if column.key == PAYOUT_KEY => {
                    payout(round_to_ore(worth(&cells, "grant")), worth(&cells, "granted"))
                }
                None => return Err(TemplateError::NoCalculation(column.key.clone())),
            };
            let result = self.error_in(column, &cells).map_or(Operand::Number(amount), Operand::Error);
            cells.insert(column.key.clone(), result);
        }
        Ok(cells)
    }

    fn computed(&self) -> impl Iterator<Item = &Column> {
        self.sheet.columns.iter().filter(|column| column.formula.is_some())
    }

    /// The row's amounts; each goes on from those typed over.
    fn amounts(&self, cells: &BTreeMap<String, Operand>) -> PackageAmounts {
        let input = package_input(cells);
        let typed = |step: Step, computed: Decimal| cells.get(step.key()).map_or(computed, Operand::number_or_zero);
        let computed = calculate(&input, &self.terms).unwrap_or_default();
        let mut amounts = PackageAmounts {
            guidance_wage: typed(Step::GuidanceWage, computed.guidance_wage),
            course_wage: typed(Step::CourseWage, computed.course_wage),
            internship_wage: typed(Step::InternshipWage, computed.internship_wage),
            admin_amount: typed(Step::AdminAmount, computed.admin_amount),
            driving_amount: typed(Step::DrivingAmount, computed.driving_amount),
            sick_deduction: typed(Step::SickDeduction, computed.sick_deduction),
            ..computed
        };
        amounts.costs = typed(Step::Costs, costs(&input, &amounts));
        amounts.grant = typed(Step::Grant, round_to_ore(self.terms.package_cap.cut(amounts.costs)));
        amounts
    }

    /// The error that a column's formula meets in the cells it refers to.
    fn error_in(&self, column: &Column, cells: &BTreeMap<String, Operand>) -> Option<String> {
        let formula = column.formula.as_deref().unwrap_or_default();
        let in_row = symbols(formula).into_iter().filter_map(|(_, symbol)| match symbol {
            Some(Symbol::SameRow(key)) => cells.get(key),
            _ => None,
        });
        let named = self.rates.iter().filter(|(name, _)| formula.contains(name)).map(|(_, cell)| cell);
        in_row.chain(named).find_map(|cell| cell.number().err())
    }
}

fn package_input(cells: &BTreeMap<String, Operand>) -> PackageInput {
    let number = |key: &str| worth(cells, key);
    PackageInput {
        wage: number("wage"),
        sick_hours: number("sick_hours"),
        guidance: Training {
            hours: number("guidance.hours"),
            veu_hours: number("guidance.veu_hours"),
            fee: number("guidance.fee"),
        },
        course: Training {
            hours: number("course.hours"),
            veu_hours: number("course.veu_hours"),
            fee: number("course.fee"),
        },
        internship_weeks: number("internship.weeks"),
        internship_week_hours: number("internship.week_hours"),
        admin_hours: number("admin.hours"),
        admin_rate: number("admin.rate"),
        driving_km: number("driving.km"),
        driving_days: number("driving.days"),
        materials: number("materials"),
        other_support: number("other_support"),
    }
}

fn worth(cells: &BTreeMap<String, Operand>, key: &str) -> Decimal {
    cells.get(key).map_or(Decimal::ZERO, Operand::number_or_zero)
}
