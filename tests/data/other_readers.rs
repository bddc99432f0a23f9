//! Parquet as other programs read it: `pyarrow` and `DuckDB` find the types and the very sums that were written.

use std::collections::BTreeMap;
use std::fs::File;
use std::process::Command;

use rust_decimal::Decimal;
use serde_json::Value;
use sporskifte::export::{CaseExport, Cell, ColumnType, Table, write_parquet};
use sporskifte::form::Layout;
use sporskifte::sample::CaseGenerator;

use super::support::{Files, exported, samples};

/// The cases of the samples and some generated ones.
fn cases() -> Vec<CaseExport> {
    let generator = CaseGenerator::new(7, 50).unwrap();
    let generated = (0..20).flat_map(|number| generator.case(number).unwrap().files);
    let generated: Files = generated.map(|file| (file.file, file.bytes.into())).collect();
    exported(samples("")).into_iter().chain(exported(generated)).collect()
}

/// The values and their sum in a column of a table.
fn expected(table: &Table, column: usize, cases: &[CaseExport]) -> (u64, Option<String>) {
    let holds = table.columns[column].holds;
    let is_number = matches!(holds, ColumnType::Number | ColumnType::Amount);
    let cells = cases.iter().flat_map(|case| table.rows(case)).map(|mut row| row.swap_remove(column));
    let values: Vec<Cell> = cells
        .filter(|cell| match holds {
            ColumnType::Text => *cell != Cell::Nothing,
            ColumnType::Number | ColumnType::Amount => matches!(cell, Cell::Number(_)),
            ColumnType::Date => matches!(cell, Cell::Date(_)),
            ColumnType::YesNo => matches!(cell, Cell::YesNo(_)),
        })
        .collect();
    let numbers = values.iter().filter_map(|cell| if let Cell::Number(number) = cell { Some(*number) } else { None });
    let sum: Decimal = numbers.sum();
    (values.len() as u64, is_number.then(|| sum.normalize().to_string()))
}

fn types(holds: ColumnType) -> [&'static str; 2] {
    match holds {
        ColumnType::Text => ["string", "VARCHAR"],
        ColumnType::Number => ["decimal128(38, 18)", "DECIMAL(38,18)"],
        ColumnType::Amount => ["decimal128(38, 2)", "DECIMAL(38,2)"],
        ColumnType::Date => ["date32[day]", "DATE"],
        ColumnType::YesNo => ["bool", "BOOLEAN"],
    }
}

#[test]
#[ignore = "needs Python with pyarrow and duckdb: run by .ci/run"]
fn pyarrow_and_duckdb_read_the_exact_sums_and_decimal_types() {
    let cases = cases();
    let folder = tempfile::tempdir().unwrap();
    let tables = Table::all(&Layout::embedded().unwrap());
    for table in &tables {
        let file = File::create(folder.path().join(format!("{}.parquet", table.name()))).unwrap();
        write_parquet(table, &mut cases.iter().cloned().map(Ok), file).unwrap();
    }
    let python = std::env::var("SPORSKIFTE_PYTHON").unwrap_or("python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/parquet_sums.py");
    let output = Command::new(python).arg(script).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: BTreeMap<String, Value> = serde_json::from_slice(&output.stdout).unwrap();

    let mut sums = 0;
    for table in &tables {
        for (index, column) in table.columns.iter().enumerate() {
            let (values, sum) = expected(table, index, &cases);
            sums += usize::from(sum.as_ref().is_some_and(|sum| sum != "0"));
            for (reader, of_type) in ["pyarrow", "duckdb"].into_iter().zip(types(column.holds)) {
                let found = &read[reader][table.name()][&column.name];
                let expected = serde_json::json!({ "type": of_type, "values": values, "sum": sum });
                assert_eq!(*found, expected, "{reader}: {} of {}", column.name, table.name());
            }
        }
    }
    assert!(sums > 50, "{sums}");
}
