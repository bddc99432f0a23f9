//! The computed cells of a workbook: what each claims, what it should be, and what would explain it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::explanation::{PackageExplanation, excusing_terms, total_explanations};
use crate::calculation::{Step, Terms, calculate_known};
use crate::case::{Field, Package, PackageAssessment};
use crate::form::{Column, FieldType, FormKind, Origin, Row, Table, range_of_sum};
use crate::money::round_to_ore;
use crate::rules::CaseSubject;

/// Which kind of computed cell it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum AmountKind {
    /// A part of a package's costs.
    Amount,
    /// A package's costs, grant or payout.
    RowTotal,
    /// A sum in the totals row.
    ColumnTotal,
    /// A sum of all packages.
    GrandTotal,
}

/// One computed cell.
#[derive(Debug, Clone)]
pub(in crate::rules) struct ComputedCell {
    /// Where it stands.
    pub(in crate::rules) origin: Origin,
    /// What stands there, 0 where it is empty.
    pub(in crate::rules) claimed: Decimal,
    /// What should stand there.
    pub(in crate::rules) expected: Decimal,
    /// What would stand there if the cells it builds on were right as they are.
    pub(super) explanations: Vec<Decimal>,
    pub(super) kind: AmountKind,
    /// Whether it is in kroner.
    pub(in crate::rules) is_amount: bool,
    pub(super) is_empty: bool,
    pub(super) has_formula: bool,
    /// What a sum has too much or too little, where it adds up other rows than those that are packages or activities.
    pub(in crate::rules) rows_amiss: Option<RowsAmiss>,
}

/// The cells of a sum's column that explain why it is wrong; told once for all sums of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) enum RowsAmiss {
    /// Counted along without their being rows: subtotals.
    CountedAlong(Vec<Origin>),
    /// Of rows that every sum misses.
    Missed(Vec<Origin>),
}

impl ComputedCell {
    /// Whether a number was typed over the formula, and is the right one.
    pub(in crate::rules) fn is_typed_over_rightly(&self) -> bool {
        !self.has_formula && !self.is_empty && self.is_right_or_follows()
    }

    /// Whether the cell is right, or wrong only because a cell it builds on is.
    pub(super) fn is_right_or_follows(&self) -> bool {
        let claimed = round_to_ore(self.claimed);
        // Told once, for all sums of the row.
        if self.rows_amiss.is_some() {
            return true;
        }
        claimed == round_to_ore(self.expected) || self.explanations.iter().any(|value| round_to_ore(*value) == claimed)
    }
}

/// The computed cells whose right amount is known: packages, totals row, sums.
pub(in crate::rules) fn computed_cells<'a>(subject: &CaseSubject<'a>) -> &'a [ComputedCell] {
    subject.comparison.0.get_or_init(|| compare(subject))
}

fn compare(subject: &CaseSubject<'_>) -> Vec<ComputedCell> {
    let mut cells = package_cells(subject);
    for sheet in &subject.document.form.layout.sheets {
        let table = sheet.table.as_ref().and_then(|table| subject.document.form.table(&table.key));
        let columns = sheet.columns.iter().filter(|column| column.sum);
        cells.extend(table.map(|table| column_totals(subject, table, columns)).into_iter().flatten());
    }
    cells.extend(grand_totals(subject));
    let formulas = subject.document.form.formula_cells();
    cells.into_iter().map(|cell| ComputedCell { has_formula: formulas.contains(&cell.origin), ..cell }).collect()
}

/// The computed cells that hold a typed number while the right one is not known: of packages with a field that cannot be
/// read, and of sums over them.
pub(in crate::rules) fn typed_over_unknown(subject: &CaseSubject<'_>) -> Vec<(Decimal, Origin)> {
    let document = subject.document;
    let known: BTreeSet<&Origin> = computed_cells(subject).iter().map(|cell| &cell.origin).collect();
    let of_packages = document.packages.iter().flat_map(|package| {
        Step::ALL.into_iter().map(|step| package.claimed(step).clone()).chain([package.payout.clone()])
    });
    let of_totals = document.form.layout.sheets.iter().flat_map(|sheet| {
        let table = sheet.table.as_ref().and_then(|table| document.form.table(&table.key));
        let columns = sheet.columns.iter().filter(|column| column.sum);
        columns.filter_map(move |column| Some(Field::in_row(table?, table?.totals.as_ref()?, &column.key)))
    });
    let of_all = [document.summary.packages.clone(), document.summary.total.clone()];
    let formulas = document.form.formula_cells();
    let typed = of_packages.chain(of_totals).chain(of_all).filter_map(|field| match field {
        Field::Given(number, origin) => Some((number, origin)),
        _ => None,
    });
    typed.filter(|(_, origin)| !known.contains(origin) && !formulas.contains(origin)).collect()
}

fn package_cells(subject: &CaseSubject<'_>) -> Vec<ComputedCell> {
    let Some(assessment) = subject.assessment else { return Vec::new() };
    let packages = subject.document.packages.iter().zip(&assessment.packages);
    packages
        .flat_map(|(package, assessed)| match assessed {
            Some(assessed) => cells_of_package(subject, package, assessed),
            None => cells_of_partly_known(subject, package, &assessment.terms),
        })
        .collect()
}

/// The amounts of a package that do not build on the field that cannot be read.
fn cells_of_partly_known(subject: &CaseSubject<'_>, package: &Package, terms: &Terms) -> Vec<ComputedCell> {
    let input = package.known_input();
    let excused = excusing_terms(subject, terms).map(|terms| calculate_known(&input, &terms));
    let amount_in = |amounts: &Vec<(Step, Decimal)>, step| amounts.iter().find(|(of, _)| *of == step).map(|(_, a)| *a);
    let cell = |(step, expected): (Step, Decimal)| {
        let cell = ComputedCell::of(package.claimed(step), expected, AmountKind::Amount)?;
        let explanations = excused.iter().filter_map(|amounts| amount_in(amounts, step)).collect();
        Some(ComputedCell { explanations, ..cell })
    };
    calculate_known(&input, terms).into_iter().filter_map(cell).collect()
}

fn cells_of_package(subject: &CaseSubject<'_>, package: &Package, assessed: &PackageAssessment) -> Vec<ComputedCell> {
    let explanation = PackageExplanation::of(subject, package, assessed);
    let steps = Step::ALL.into_iter().filter_map(|step| {
        let kind = if matches!(step, Step::Costs | Step::Grant) { AmountKind::RowTotal } else { AmountKind::Amount };
        let cell = ComputedCell::of(package.claimed(step), assessed.amounts.get(step), kind)?;
        Some(ComputedCell { explanations: explanation.of_step(step), ..cell })
    });
    let payout = assessed.payout.and_then(|payout| {
        let cell = ComputedCell::of(&package.payout, payout, AmountKind::RowTotal)?;
        Some(ComputedCell { explanations: explanation.of_payout(), ..cell })
    });
    steps.chain(payout).collect()
}

impl ComputedCell {
    fn of(field: &Field<Decimal>, expected: Decimal, kind: AmountKind) -> Option<Self> {
        let (claimed, origin) = (field.or_zero()?, field.origin()?.clone());
        Some(Self {
            has_formula: false,
            rows_amiss: None,
            origin,
            claimed,
            expected,
            explanations: Vec::new(),
            kind,
            is_amount: true,
            is_empty: matches!(field, Field::Empty(_)),
        })
    }
}

/// A sum with its column and the cells that it misses, each with the place of its row among the table's.
type ColumnTotal<'l> = (&'l Column, ComputedCell, Vec<(usize, Origin)>);

/// The sums of the totals row.
fn column_totals<'l>(
    subject: &CaseSubject<'_>,
    table: &Table,
    columns: impl Iterator<Item = &'l Column>,
) -> Vec<ComputedCell> {
    let totals: Vec<ColumnTotal<'l>> = columns.filter_map(|column| column_total(subject, table, column)).collect();
    let all_miss = all_miss_the_same(table, &totals);
    let told = |(_, cell, missed): ColumnTotal<'_>| {
        let missed = Some(missed).filter(|missed| all_miss && !missed.is_empty());
        ComputedCell { rows_amiss: missed.map(|cells| RowsAmiss::Missed(origins(cells))).or(cell.rows_amiss), ..cell }
    };
    totals.into_iter().map(told).collect()
}

/// Whether several sums miss the same rows, and none has them: rows that one sum misses and another has are a mistake in the
/// one sum's formula.
fn all_miss_the_same(table: &Table, totals: &[ColumnTotal<'_>]) -> bool {
    let missed: BTreeSet<usize> = totals.iter().flat_map(|(_, _, missed)| missed).map(|(place, _)| *place).collect();
    let of_missed = || missed.iter().filter_map(|place| table.rows.get(*place));
    let has_none = |(column, _, missed): &ColumnTotal<'_>| {
        let number = |row| Field::<Decimal>::in_row(table, row, &column.key).or_zero().unwrap_or_default();
        !missed.is_empty() || of_missed().all(|row| number(row).is_zero())
    };
    totals.iter().filter(|(_, _, missed)| !missed.is_empty()).count() > 1 && totals.iter().all(has_none)
}

/// A sum, and the cells that it misses, where these are what it has too little.
fn column_total<'l>(subject: &CaseSubject<'_>, table: &Table, column: &'l Column) -> Option<ColumnTotal<'l>> {
    let total: Field<Decimal> = Field::in_row(table, table.totals.as_ref()?, &column.key);
    let claimed: Option<Decimal> = table.rows.iter().map(|row| Field::in_row(table, row, &column.key).or_zero()).sum();
    // A row that cannot be read leaves the sum open; the row has a finding of its own.
    let claimed = claimed?;
    let recalculated = if column.formula.is_some() { recalculated_sum(subject, &column.key) } else { Some(claimed) };
    let cell = ComputedCell::of(&total, recalculated.unwrap_or(claimed), AmountKind::ColumnTotal)?;
    let is_amount = column.field_type == FieldType::Amount;
    let along = explaining(table, table.subtotals.iter().enumerate(), column, cell.claimed - claimed);
    let rows_amiss = Some(along).filter(|cells| !cells.is_empty()).map(|cells| RowsAmiss::CountedAlong(origins(cells)));
    let formula = table.cell(table.totals.as_ref()?, &column.key).and_then(|reading| reading.formula.as_deref());
    let range = formula.and_then(range_of_sum);
    let is_outside = |row: &Row| match range {
        Some((from, to)) => {
            let is_of_another_column = table
                .cell(row, &column.key)
                .is_some_and(|cell| !(from.column..=to.column).contains(&cell.origin.cell.column));
            row.number < from.row || row.number > to.row || is_of_another_column
        }
        None => table.totals_row.is_some_and(|totals| row.number > totals),
    };
    let outside = table.rows.iter().enumerate().filter(|(_, row)| is_outside(row));
    let missed = explaining(table, outside, column, claimed - cell.claimed);
    Some((column, ComputedCell { explanations: vec![claimed], is_amount, rows_amiss, ..cell }, missed))
}

/// The cells of rows in a column, each with the place of its row, where they make a difference just so large.
fn explaining<'t>(
    table: &Table,
    rows: impl Iterator<Item = (usize, &'t Row)>,
    column: &Column,
    difference: Decimal,
) -> Vec<(usize, Origin)> {
    let cells: Vec<(usize, Decimal, Origin)> = rows
        .filter_map(|(place, row)| match Field::<Decimal>::in_row(table, row, &column.key) {
            Field::Given(number, origin) if !number.is_zero() => Some((place, number, origin)),
            _ => None,
        })
        .collect();
    let sum: Decimal = cells.iter().map(|(_, number, _)| number).sum();
    if sum.is_zero() || round_to_ore(sum) != round_to_ore(difference) {
        return Vec::new();
    }
    cells.into_iter().map(|(place, _, origin)| (place, origin)).collect()
}

fn origins(cells: Vec<(usize, Origin)>) -> Vec<Origin> {
    cells.into_iter().map(|(_, origin)| origin).collect()
}

/// The sum of a computed column, recalculated; `None` where a package is unknown.
fn recalculated_sum(subject: &CaseSubject<'_>, key: &str) -> Option<Decimal> {
    let packages = &subject.assessment?.packages;
    let step = Step::ALL.into_iter().find(|step| step.key() == key);
    let amount = |package: &PackageAssessment| match step {
        Some(step) => Some(package.amounts.get(step)),
        None => package.payout,
    };
    packages.iter().map(|package| amount(package.as_ref()?)).sum()
}

/// The sums of all packages; where a package is unknown, as they follow from the cells they add.
fn grand_totals(subject: &CaseSubject<'_>) -> Vec<ComputedCell> {
    let totals = subject.assessment.and_then(|assessment| assessment.totals);
    let summary = &subject.document.summary;
    let key = if subject.document.kind() == FormKind::Accounts { "payout" } else { "grant" };
    let claimed_sum = subject.document.form.table("packages").and_then(|table| {
        let total: Field<Decimal> = Field::in_row(table, table.totals.as_ref()?, key);
        total.or_zero()
    });
    let grand_total = |field, recalculated: Option<Decimal>, follows: Vec<Decimal>| {
        let expected = recalculated.or_else(|| follows.first().copied())?;
        let cell = ComputedCell::of(field, expected, AmountKind::GrandTotal)?;
        Some(ComputedCell { explanations: follows, ..cell })
    };
    // Whether the audit counts is a matter of the rules in force.
    let total_follows = if subject.assessment.is_some() { total_explanations(subject) } else { Vec::new() };
    let packages =
        grand_total(&summary.packages, totals.map(|totals| totals.packages), claimed_sum.into_iter().collect());
    let total = grand_total(&summary.total, totals.map(|totals| totals.total), total_follows);
    packages.into_iter().chain(total).collect()
}
