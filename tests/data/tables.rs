//! Tables as CSV and Parquet.

use sporskifte::export::{CaseExport, CsvDialect, Table, write_csv};
use sporskifte::form::Layout;

use super::support::{all_fields_mut, exported, samples, value};

fn csv(name: &str, dialect: CsvDialect, cases: &[CaseExport]) -> String {
    let tables = Table::all(&Layout::embedded().unwrap());
    let table = tables.iter().find(|table| table.name() == name).unwrap();
    let mut out = Vec::new();
    write_csv(table, dialect, &mut cases.iter().cloned().map(Ok), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn column<'t>(csv: &'t str, name: &str) -> Vec<&'t str> {
    let mut lines = csv.lines();
    let index = lines.next().unwrap().split(',').position(|column| column == name).unwrap();
    lines.map(|line| line.split(',').nth(index).unwrap()).collect()
}

#[test]
fn each_package_is_a_row_with_its_amounts() {
    let cases = exported(samples("06-"));
    let packages = csv("packages", CsvDialect::Programs, &cases);
    assert_eq!(column(&packages, "course.wage")[0], "33000.00");
    assert_eq!(column(&packages, "recalculated.course.wage")[0], "31659.79");
    assert!(packages.lines().next().unwrap().starts_with("case,file,kind,nr,"));
    assert!(packages.contains("\r\n"));
}

#[test]
fn a_danish_excel_gets_semicolons_decimal_commas_and_a_mark() {
    let packages = csv("packages", CsvDialect::DanishExcel, &exported(samples("06-")));
    assert!(packages.starts_with("\u{feff}case;file;kind;nr;"));
    assert!(packages.contains(";31659,79;"));
}

#[test]
fn no_text_becomes_a_formula() {
    let mut cases = exported(samples("03-"));
    for start in ["=1+1", "+45 12", "-x", "@x", "\tx", "\rx"] {
        let form = cases[0].files[0].form.as_mut().unwrap();
        all_fields_mut(form, |fields| {
            for field in fields.values_mut() {
                field.said = value(start);
            }
        });
        for table in ["files", "packages", "activities", "values"] {
            let text = csv(table, CsvDialect::Programs, &cases[..1]);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for record in reader.records().map(Result::unwrap) {
                assert!(!record.iter().any(|cell| cell == start), "{table} {start:?}");
            }
        }
    }
}

#[test]
fn every_value_is_listed_with_its_cell() {
    let cases = exported(samples("03-"));
    let values = csv("values", CsvDialect::Programs, &cases);
    let count: usize = cases
        .iter()
        .flat_map(|case| &case.files)
        .filter_map(|file| file.form.as_ref())
        .map(|form| super::support::values(form).len())
        .sum();
    let mut reader = csv::Reader::from_reader(values.as_bytes());
    let cell = reader.headers().unwrap().iter().position(|name| name == "cell").unwrap();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), count);
    assert!(records.iter().all(|record| record[cell].contains('!')));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_exact_amounts() {
    use parquet::data_type::AsBytes as _;
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    let cases = exported(samples(""));
    let tables = Table::all(&Layout::embedded().unwrap());
    let table = tables.iter().find(|table| table.name() == "packages").unwrap();
    let mut file = tempfile::tempfile().unwrap();
    sporskifte::export::write_parquet(table, &mut cases.iter().cloned().map(Ok), &mut file).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let mut sum: i128 = 0;
    let mut rows = 0;
    for row in reader.get_row_iter(None).unwrap() {
        rows += 1;
        for (name, field) in row.unwrap().get_column_iter() {
            if let (Field::Decimal(decimal), "recalculated.grant") = (field, name.as_str()) {
                assert_eq!(decimal.scale(), 2);
                sum += i128::from_be_bytes(decimal.data().as_bytes().try_into().unwrap());
            }
        }
    }
    let expected: rust_decimal::Decimal = cases
        .iter()
        .flat_map(|case| &case.files)
        .filter_map(|file| file.form.as_ref())
        .flat_map(|form| form.tables.get("packages").into_iter().flatten())
        .filter_map(|row| row.recalculated.get("grant"))
        .map(|grant| grant.parse::<rust_decimal::Decimal>().unwrap())
        .sum();
    assert!(rows > 50, "{rows}");
    assert_eq!(rust_decimal::Decimal::from_i128_with_scale(sum, 2), expected);
}
