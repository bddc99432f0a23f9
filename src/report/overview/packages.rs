//! The sheet `Pakker`: a row for each package of a budget or of accounts.

use super::table::{Column, TableSheet};
use super::value::Value;
use crate::form::FormKind;
use crate::language::Text;
use crate::report::model::{CaseReport, FileReport, PackageLine};

/// The sheet.
pub(super) const TABLE: TableSheet = TableSheet {
    name: Text::new("Pakker", "Packages"),
    columns: &[
        Column::text(Text::new("Sag", "Case"), 26),
        Column::text(Text::new("Fil", "File"), 48),
        Column::text(Text::new("Skema", "Form"), 15),
        Column::numbers(Text::new("Pakke", "Package"), 9),
        Column::text(Text::new("Medarbejder", "Employee"), 18),
        Column::numbers(Text::new("Oplyst (kr.)", "Claimed (kr.)"), 16),
        Column::numbers(Text::new("Genberegnet (kr.)", "Recalculated (kr.)"), 16),
        Column::numbers(Text::new("Forskel (kr.)", "Difference (kr.)"), 16),
    ],
    nothing: Text::new("Ingen pakker.", "No packages."),
};

/// The rows.
pub(super) fn rows(cases: &[CaseReport]) -> impl Iterator<Item = Vec<Value<'_>>> {
    cases.iter().flat_map(|case| &case.files).flat_map(|file| {
        let form = file.form.iter();
        form.flat_map(move |form| form.packages.iter().map(move |package| row(file, form.kind, package)))
    })
}

fn row<'r>(file: &'r FileReport, kind: FormKind, package: &'r PackageLine) -> Vec<Value<'r>> {
    let mut row = vec![
        Value::Text(file.case.as_str().into()),
        Value::Text(file.path.as_str().into()),
        Value::Text(kind.name().into()),
        package.number.map_or(Value::Blank, Value::Number),
        Value::Text(package.employee.as_str().into()),
    ];
    row.extend(Value::of_claim(package.result()));
    row
}
