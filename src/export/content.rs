//! All that a form says, by the keys of its layout.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::field::{Field, FieldValue, Said, WrittenAs, number_text};
use crate::calculation::{Step, Totals};
use crate::case::{Assessment, Document, PackageAssessment};
use crate::form::{Column, FieldType, Form, FormKind, FormulaState, Layout, Reading, Row, SheetLayout, Table};
use crate::identity::{holds_cpr, mask_cpr};
use crate::import::filling_of;
use crate::parameters::Resolved;
use crate::plain_text::one_line;
use crate::template::{Calculated, Stored};
use crate::workbook::as_kept;

/// Fields by key; those that are empty are left out.
pub type Fields = BTreeMap<String, Field>;

/// Amounts in kroner by key, as decimal texts.
pub type Amounts = BTreeMap<String, String>;

/// All that a form says, and what its grant is when recalculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormContent {
    /// Which form it is.
    pub kind: FormKind,
    /// The fields beside a label and below a table.
    #[serde(default)]
    pub fields: Fields,
    /// The rows in use of each table.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<RowContent>>,
    /// The sums in the totals row of each table.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub totals: BTreeMap<String, Fields>,
    /// The sums below the packages, recalculated; empty where they cannot be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub recalculated: Amounts,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowContent {
    /// Its fields.
    pub fields: Fields,
    /// A package's amounts, recalculated; empty where they cannot be.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub recalculated: Amounts,
}

/// The table with one row for each package.
const PACKAGES: &str = "packages";

impl FormContent {
    /// What a document says; the figures are those that its form's formulas calculate with.
    pub fn of(document: &Document, assessment: Option<&Assessment>, figures: Option<&Resolved<'_>>) -> Self {
        let form = &document.form;
        let mut content = Self::read(form);
        if let Some(assessment) = assessment {
            content.add_recalculated(assessment);
        }
        let overrides = Overrides { form, layout: &form.layout, figures };
        overrides.mark(&mut content);
        overrides.tell_formulas(&mut content);
        content
    }

    fn read(form: &Form) -> Self {
        let layout = &form.layout;
        let of_sheets = layout.sheets.iter();
        let below = of_sheets.clone().flat_map(|sheet| &sheet.summary).map(|field| (&field.key, field.field_type));
        let beside = layout.fields().map(|field| (&field.key, field.field_type));
        let fields = beside.chain(below).filter_map(|(key, of)| Some((key.clone(), field(form.field(key)?, of)?)));
        let mut content = Self {
            kind: layout.kind,
            fields: fields.collect(),
            tables: BTreeMap::new(),
            totals: BTreeMap::new(),
            recalculated: Amounts::new(),
        };
        for (sheet, key, table) in of_sheets.filter_map(|sheet| table_of(form, sheet)) {
            let rows = table.rows.iter().map(|row| {
                let fields = row_fields(table, row, &sheet.columns, |_| true);
                RowContent { fields, recalculated: Amounts::new() }
            });
            content.tables.insert(key.to_owned(), rows.collect());
            if let Some(totals) = &table.totals {
                content.totals.insert(key.to_owned(), row_fields(table, totals, &sheet.columns, |column| column.sum));
            }
        }
        content
    }

    fn add_recalculated(&mut self, assessment: &Assessment) {
        let rows = self.tables.get_mut(PACKAGES).into_iter().flatten();
        for (row, package) in rows.zip(&assessment.packages) {
            row.recalculated = package.as_ref().map(package_amounts).unwrap_or_default();
        }
        if let Some(Totals { packages, audit, total }) = assessment.totals {
            let sums = [("sum.packages", packages), ("sum.audit", audit), ("sum.total", total)];
            self.recalculated = sums.into_iter().map(|(key, sum)| (key.to_owned(), amount(sum))).collect();
        }
    }
}

fn package_amounts(package: &PackageAssessment) -> Amounts {
    let steps = Step::ALL.into_iter().map(|step| (step.key(), package.amounts.get(step)));
    let payout = package.payout.map(|payout| ("payout", payout));
    steps.chain(payout).map(|(key, kroner)| (key.to_owned(), amount(kroner))).collect()
}

fn amount(kroner: Decimal) -> String {
    number_text(crate::money::round_to_ore(kroner), FieldType::Amount)
}

fn table_of<'f>(form: &'f Form, sheet: &'f SheetLayout) -> Option<(&'f SheetLayout, &'f str, &'f Table)> {
    let key = sheet.table.as_ref()?.key.as_str();
    Some((sheet, key, form.table(key)?))
}

fn row_fields(table: &Table, row: &Row, columns: &[Column], is_wanted: impl Fn(&Column) -> bool) -> Fields {
    let wanted = columns.iter().filter(|column| is_wanted(column));
    let read = wanted
        .filter_map(|column| Some((column.key.clone(), field(table.cell(row, &column.key)?, column.field_type)?)));
    read.collect()
}

fn field(reading: &Reading, field_type: FieldType) -> Option<Field> {
    Field::of(&reading.content, field_type, &reading.origin)
}

/// Tells which computed cells hold the sender's own.
struct Overrides<'o> {
    form: &'o Form,
    layout: &'o Layout,
    figures: Option<&'o Resolved<'o>>,
}

/// A computed cell.
enum Computed<'c> {
    Field(&'c str),
    Cell { table: &'c str, row: usize, key: &'c str },
    Total { table: &'c str, key: &'c str },
}

impl Overrides<'_> {
    /// Marks what does not come out of the form's own formulas. What is typed over one cell changes what the formulas
    /// give that go on from it, so marking begins with what they rest on and goes on until nothing more is found.
    fn mark(&self, content: &mut FormContent) {
        let computed = self.computed();
        loop {
            let filling = filling_of(content, self.layout);
            let results = Calculated::new(self.layout, self.figures, &filling).ok();
            let differing: Vec<&(Computed<'_>, &Reading)> = computed
                .iter()
                .filter(|(place, reading)| {
                    let field = content.at(place);
                    let gives = results.as_ref().map(|results| place.result(results));
                    !field.is_some_and(|field| field.overridden) && !is_the_forms(field, reading, gives.as_ref())
                })
                .collect();
            if differing.is_empty() {
                return;
            }
            for (place, reading) in sources(&differing) {
                content.override_at(place, reading);
            }
        }
    }

    /// Tells the formulas that are the sender's own, also where they give what the form's would.
    fn tell_formulas(&self, content: &mut FormContent) {
        let computed = self.computed();
        let changed = computed.iter().filter(|(_, read)| {
            matches!(self.form.formula_state(&read.origin), FormulaState::Changed | FormulaState::AddsItself)
        });
        for (place, reading) in changed {
            let (Some(field), Some(formula)) = (content.at_mut(place), &reading.formula) else { continue };
            // A formula that is nothing but an error value tells no more than the value.
            if !matches!(&field.said, Said::Written { written, .. } if written.as_str() == &**formula) {
                field.formula = Some(mask_cpr(&one_line(formula)));
            }
        }
    }

    fn computed(&self) -> Vec<(Computed<'_>, &Reading)> {
        let sheets = self.layout.sheets.iter();
        let below = sheets.clone().flat_map(|sheet| &sheet.summary).filter(|field| field.formula.is_some());
        let below = below.filter_map(|field| Some((Computed::Field(&field.key), self.form.field(&field.key)?)));
        let tables = sheets.filter_map(|sheet| table_of(self.form, sheet));
        let in_tables = tables.flat_map(|(sheet, table, read)| {
            let rows = read.rows.iter().enumerate().flat_map(move |(index, row)| {
                let columns = sheet.columns.iter().filter(|column| column.formula.is_some());
                columns.filter_map(move |column| {
                    let place = Computed::Cell { table, row: index, key: &column.key };
                    Some((place, read.cell(row, &column.key)?))
                })
            });
            let totals = read.totals.iter().flat_map(move |row| {
                let columns = sheet.columns.iter().filter(|column| column.sum);
                columns.filter_map(move |column| {
                    Some((Computed::Total { table, key: &column.key }, read.cell(row, &column.key)?))
                })
            });
            rows.chain(totals)
        });
        in_tables.chain(below).collect()
    }
}

/// Of computed cells that differ, those whose difference no other of them can be the reason for: what was typed; else of
/// each row the first, as formulas go on from left to right; else the totals; else the first below the table.
fn sources<'d, 'c>(differing: &[&'d (Computed<'c>, &'c Reading)]) -> Vec<&'d (Computed<'c>, &'c Reading)> {
    let those = |is_wanted: &dyn Fn(&Computed<'c>, &Reading) -> bool| -> Vec<&'d (Computed<'c>, &'c Reading)> {
        differing.iter().copied().filter(|(place, reading)| is_wanted(place, reading)).collect()
    };
    let typed = those(&|_, reading| reading.formula.is_none());
    if !typed.is_empty() {
        return typed;
    }
    let mut in_rows = those(&|place, _| place.row().is_some());
    in_rows.dedup_by(|(later, _), (earlier, _)| later.row() == earlier.row());
    if !in_rows.is_empty() {
        return in_rows;
    }
    let totals = those(&|place, _| matches!(place, Computed::Total { .. }));
    if totals.is_empty() { differing.iter().copied().take(1).collect() } else { totals }
}

impl Computed<'_> {
    /// The row it stands in, where it is one of those that are filled in.
    fn row(&self) -> Option<(&str, usize)> {
        if let Self::Cell { table, row, .. } = self { Some((table, *row)) } else { None }
    }

    fn result(&self, results: &Calculated) -> Stored {
        match self {
            Self::Field(key) => results.field(key),
            Self::Cell { table, row, key } => results.cell(table, u32::try_from(*row).unwrap_or(u32::MAX), key),
            Self::Total { table, key } => results.total(table, key),
        }
    }
}

impl FormContent {
    fn at(&self, place: &Computed<'_>) -> Option<&Field> {
        match place {
            Computed::Field(key) => self.fields.get(*key),
            Computed::Cell { table, row, key } => self.tables.get(*table)?.get(*row)?.fields.get(*key),
            Computed::Total { table, key } => self.totals.get(*table)?.get(*key),
        }
    }

    fn at_mut(&mut self, place: &Computed<'_>) -> Option<&mut Field> {
        let (fields, key) = self.around_mut(place)?;
        fields.get_mut(key)
    }

    fn override_at(&mut self, place: &Computed<'_>, reading: &Reading) {
        let Some((fields, key)) = self.around_mut(place) else { return };
        let field = fields.entry(key.to_owned()).or_insert_with(|| Field::emptied(&reading.origin));
        field.overridden = true;
    }

    /// The fields among which a computed cell stands, and its key.
    fn around_mut<'p>(&mut self, place: &Computed<'p>) -> Option<(&mut Fields, &'p str)> {
        match place {
            Computed::Field(key) => Some((&mut self.fields, key)),
            Computed::Cell { table, row, key } => Some((&mut self.tables.get_mut(*table)?.get_mut(*row)?.fields, key)),
            Computed::Total { table, key } => Some((self.totals.get_mut(*table)?, key)),
        }
    }
}

/// Whether a computed cell holds what the form's own formula gives.
fn is_the_forms(field: Option<&Field>, reading: &Reading, gives: Option<&Stored>) -> bool {
    let Some(field) = field else {
        return matches!(gives, Some(Stored::Text(text)) if text.is_empty());
    };
    reading.formula.is_some() && gives.is_some_and(|gives| says(&field.said, gives))
}

/// Whether a field says what a formula gives.
fn says(said: &Said, gives: &Stored) -> bool {
    match (said, gives) {
        (
            Said::Value { value: FieldValue::Text(text) }
            | Said::Written { written: text, written_as: WrittenAs::Number },
            Stored::Number(number),
        ) => text.parse().is_ok_and(|value: Decimal| value == *number || Some(value) == as_kept(*number)),
        (Said::Written { written, written_as: WrittenAs::Error }, Stored::Error(error)) => written == error,
        // A sum may look like a CPR number, and is masked like one.
        (Said::Masked { .. }, Stored::Number(number)) => {
            as_kept(*number).is_some_and(|kept| holds_cpr(&format!("{kept:0>10}")))
        }
        _ => false,
    }
}
