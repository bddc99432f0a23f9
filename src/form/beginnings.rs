//! Where something that spreads through formulas begins.

use super::{Content, Flaw, Form, Reading, Row, SheetLayout, Table};

impl Form {
    /// The fields for which something holds, without those that only compute from fields that spoil a formula.
    pub fn beginnings_of(&self, holds: impl Fn(&Reading) -> bool) -> Vec<&Reading> {
        // Of most forms nothing of the kind holds anywhere.
        if !self.readings().any(&holds) {
            return Vec::new();
        }
        let fields = self.layout.fields().filter_map(|field| self.field(&field.key));
        let sheets = self.layout.sheets.iter().flat_map(|sheet| {
            let table = sheet.table.as_ref().and_then(|table| self.table(&table.key));
            let in_table = table.map(|table| self.unspoilt_in_table(sheet, table)).unwrap_or_default();
            in_table.into_iter().chain(self.unspoilt_below(sheet, table))
        });
        fields.chain(sheets).filter(|reading| holds(reading)).collect()
    }

    /// The cells of a table whose formula, where the form has one, builds on nothing that spoils it.
    fn unspoilt_in_table<'t>(&self, sheet: &SheetLayout, table: &'t Table) -> Vec<&'t Reading> {
        let names: Vec<&str> = self.field_names_spoilt().collect();
        let spoilt = |row: &Row, key: &str| table.cell(row, key).is_some_and(Reading::spoils_formulas);
        let in_rows = table.rows.iter().flat_map(|row| {
            let own = sheet.columns.iter().filter(|column| {
                let by_name = column.formula.as_ref().is_some_and(|text| names.iter().any(|name| text.contains(name)));
                !by_name && !column.precedents().any(|key| spoilt(row, key))
            });
            own.filter_map(|column| table.cell(row, &column.key))
        });
        let in_totals = table.totals.iter().flat_map(|totals| {
            let own = sheet.columns.iter().filter(|column| !table.rows.iter().any(|row| spoilt(row, &column.key)));
            own.filter_map(|column| table.cell(totals, &column.key))
        });
        in_rows.chain(in_totals).collect()
    }

    /// The fields below a table whose formula, where the form has one, builds on nothing that spoils it.
    fn unspoilt_below(&self, sheet: &SheetLayout, table: Option<&Table>) -> Vec<&Reading> {
        let table_spoils = table.is_some_and(Table::spoils_sums);
        let field_spoils = |formula: &str| {
            let builds_on = |key: &str| formula.contains(&format!("{{field:{key}}}"));
            self.fields.iter().any(|(key, reading)| reading.spoils_formulas() && builds_on(key))
        };
        let own = sheet
            .summary
            .iter()
            .filter(|field| !field.formula.as_deref().is_some_and(|formula| table_spoils || field_spoils(formula)));
        own.filter_map(|field| self.field(&field.key)).collect()
    }

    /// The names that formulas know spoilt fields by.
    fn field_names_spoilt(&self) -> impl Iterator<Item = &str> {
        let spoilt = |key: &String| self.field(key).is_some_and(Reading::spoils_formulas);
        self.layout.fields().filter(move |field| spoilt(&field.key)).filter_map(|field| field.name.as_deref())
    }
}

impl Table {
    /// Whether a cell of the table spoils the sums below it.
    fn spoils_sums(&self) -> bool {
        let rows = self.rows.iter().chain(&self.totals);
        rows.flat_map(|row| row.cells.iter().flatten()).any(Reading::spoils_formulas)
    }
}

impl Reading {
    /// Whether a formula that builds on the cell cannot give what it should.
    fn spoils_formulas(&self) -> bool {
        let Content::Flawed(flaw) = &self.content else { return false };
        matches!(
            flaw,
            Flaw::NotANumber(..)
                | Flaw::DateNotNumber(..)
                | Flaw::Time(..)
                | Flaw::TooLarge(_)
                | Flaw::ErrorValue(_)
                | Flaw::PersonalNumber
        )
    }
}
