//! `Pakker`: a row for each package of a budget or of accounts.

use super::value::Value;
use super::{Column, Row, Table};
use crate::form::FormKind;
use crate::language::Text;
use crate::report::model::{FileReport, PackageLine};

/// The table.
pub(in crate::report) const TABLE: Table = Table {
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

/// The rows of a file.
pub(in crate::report) fn rows(file: &FileReport) -> impl Iterator<Item = Row<'_>> {
    file.form.iter().flat_map(move |form| form.packages.iter().map(move |package| row(file, form.kind, package)))
}

fn row<'r>(file: &'r FileReport, kind: FormKind, package: &'r PackageLine) -> Row<'r> {
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
