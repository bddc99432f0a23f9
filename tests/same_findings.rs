//! A form gives the same findings and the same amounts wherever its fields were moved and whichever program saved it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, its helpers too")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::Place;
use sporskifte::form::{FormKind, Layout};
use sporskifte::parameters::Parameters;
use sporskifte::report::FileReport;
use sporskifte::sample::{Bases, Scenario, workbooks};
use sporskifte::workbook::CellAddress;

/// 45 packages: too many hours for administration, an amount typed over its formula, a CVR number that is none.
const SCENARIO: &str = r#"
base = "2023"
repeat.all = 45
fields."company.cvr" = "33110406"
set.budget."packages.7.admin.hours" = 6
type.budget."packages.20.course.wage" = 33000
"#;

/// Rows or columns inserted before one of a sheet's.
#[derive(Clone, Copy)]
enum Insert {
    Rows(&'static str, u32, u32),
    Columns(&'static str, &'static str, u32),
}

use Insert::{Columns, Rows};

const ROWS_AND_COLUMNS: &[Insert] = &[
    Rows("Budget", 3, 2),
    Columns("Budget", "A", 1),
    Columns("Budget", "F", 2),
    Columns("Budget", "AA", 1),
    Rows("Budget", 54, 3),
    Rows("Stamdata", 8, 1),
    Columns("Stamdata", "A", 2),
];
const LOGO: &[Insert] = &[Rows("Stamdata", 1, 4), Rows("Budget", 1, 6), Rows("Anden støtte", 1, 2)];
const BESIDE_THE_LABELS: &[Insert] = &[Columns("Stamdata", "B", 1)];
const FAR_FROM_THE_LABELS: &[Insert] = &[Columns("Stamdata", "B", 3)];

impl Insert {
    fn toml(self) -> String {
        match self {
            Rows(sheet, row, count) => format!("{{ sheet = \"{sheet}\", row = {row}, count = {count} }}"),
            Columns(sheet, column, count) => {
                format!("{{ sheet = \"{sheet}\", column = \"{column}\", count = {count} }}")
            }
        }
    }

    /// Where a cell is after this.
    fn moved(self, sheet: &str, cell: CellAddress) -> CellAddress {
        match self {
            Rows(of, row, count) if of == sheet && cell.row + 1 >= row => {
                CellAddress::new(cell.row + count, cell.column)
            }
            Columns(of, column, count)
                if of == sheet && cell.column >= format!("{column}1").parse::<CellAddress>().unwrap().column =>
            {
                CellAddress::new(cell.row, cell.column + count)
            }
            _ => cell,
        }
    }
}

fn budget(inserted: &[Insert]) -> Vec<u8> {
    let list: Vec<String> = inserted.iter().map(|insert| insert.toml()).collect();
    let table = format!("{SCENARIO}\ninsert.budget = [{}]", list.join(", "));
    let scenario = Scenario::from_table(table.parse().unwrap()).unwrap();
    let layouts = Layout::embedded().unwrap();
    let made = workbooks(&scenario, &Bases::embedded().unwrap(), &layouts, &Parameters::embedded().unwrap()).unwrap();
    made.into_iter().find(|(kind, _)| *kind == FormKind::Budget).unwrap().1
}

/// What a check says of a workbook, apart from its name.
#[derive(Debug, PartialEq)]
struct Result {
    /// Code, label and cells of every finding, in order.
    findings: Vec<String>,
    /// What is claimed and recalculated, package by package and step by step, then the sums.
    amounts: Vec<(Option<Decimal>, Option<Decimal>)>,
}

/// Checks a workbook; its cells are named as they were before something was inserted into it.
fn check(bytes: Vec<u8>, inserted: &[Insert]) -> Result {
    let report = check_in_memory(vec![("budget".into(), Arc::from(bytes))], &Settings::embedded().unwrap());
    let file = &report.all_files().unwrap()[0];
    Result { findings: findings(file, inserted), amounts: amounts(file) }
}

/// The findings with their cells; the expected ones give where the cells were moved to.
fn findings(file: &FileReport, inserted: &[Insert]) -> Vec<String> {
    let place = |place: &Place| {
        let moved = |cell| inserted.iter().fold(cell, |cell, insert| insert.moved(&place.sheet, cell));
        let cell = place.cell.map(moved).map(|cell| cell.to_string()).unwrap_or_default();
        format!("{}!{cell} {}", place.sheet, place.label)
    };
    let line = |finding: &sporskifte::finding::Finding| {
        let mut line = finding.rule.code.to_owned();
        finding.places.iter().for_each(|each| write!(line, " | {}", place(each)).unwrap());
        line
    };
    file.findings.iter().map(line).collect()
}

fn amounts(file: &FileReport) -> Vec<(Option<Decimal>, Option<Decimal>)> {
    let form = file.form.as_ref().unwrap();
    let steps = form.packages.iter().flat_map(|package| package.amounts.iter().map(|amount| amount.claim));
    let sums = form.sums.iter().map(|sum| sum.claim);
    steps.chain(sums).map(|claim| (claim.claimed, claim.recalculated)).collect()
}

/// Checks that a moved form gives what the form gives as it is, with the cells where they were moved to.
fn assert_same(moved: Vec<u8>, inserted: &[Insert], what: &str) {
    let expected = check(budget(&[]), inserted);
    let found = check(moved, &[]);
    assert_eq!(found.findings, expected.findings, "{what}");
    assert_eq!(found.amounts, expected.amounts, "{what}");
}

#[test]
fn the_three_mistakes_are_found_among_45_packages() {
    let result = check(budget(&[]), &[]);
    let planted: Vec<_> = result
        .findings
        .iter()
        .filter(|finding| ["F106", "P309", "T401"].iter().any(|code| finding.starts_with(code)))
        .map(String::as_str)
        .collect();
    assert_eq!(
        planted,
        [
            "F106 | Stamdata!B6 CVR-nummer",
            "P309 | Budget!U12 Administration: timer",
            "T401 | Budget!Q25 Efteruddannelse: lønkompensation (kr.)",
        ],
    );
    assert_eq!(result.amounts.iter().filter(|(claimed, recalculated)| claimed != recalculated).count(), 5);
}

#[test]
fn inserted_rows_and_columns_change_nothing_but_the_cells() {
    assert_same(budget(ROWS_AND_COLUMNS), ROWS_AND_COLUMNS, "rows and columns");
}

#[test]
fn rows_for_a_logo_above_everything_change_nothing_but_the_cells() {
    assert_same(budget(LOGO), LOGO, "logo");
}

#[test]
fn columns_between_label_and_value_change_nothing_but_the_cells() {
    assert_same(budget(BESIDE_THE_LABELS), BESIDE_THE_LABELS, "one column");
    assert_same(budget(FAR_FROM_THE_LABELS), FAR_FROM_THE_LABELS, "three columns");
}

#[test]
fn merged_label_cells_change_nothing_but_the_cells() {
    assert_same(with_merged_labels(), BESIDE_THE_LABELS, "merged");
}

/// The form with a column beside the labels of Stamdata, each label merged with the cell in it; the titles and the sums
/// of the budget are merged too.
fn with_merged_labels() -> Vec<u8> {
    let labels: Vec<String> = (5..=20).map(|row| format!("A{row}:B{row}")).collect();
    let bytes = with_merged(&budget(BESIDE_THE_LABELS), "xl/worksheets/sheet1.xml", &labels);
    with_merged(&bytes, "xl/worksheets/sheet2.xml", &["A1:H1".into(), "A2:H2".into()])
}

fn with_merged(bytes: &[u8], part: &str, regions: &[String]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            content = merge_in(&String::from_utf8(content).unwrap(), regions).into_bytes();
        }
        copy.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        copy.write_all(&content).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

fn merge_in(sheet: &str, regions: &[String]) -> String {
    assert!(!sheet.contains("<mergeCells"), "the form has merged cells of its own");
    let cells: Vec<String> = regions.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
    let cells = cells.concat();
    let after = ["</sheetProtection>", "</sheetData>"].iter().find_map(|tag| sheet.find(tag).map(|at| at + tag.len()));
    let at =
        sheet.find("<sheetProtection").map_or(after.unwrap(), |start| start + sheet[start..].find('>').unwrap() + 1);
    format!("{}<mergeCells>{cells}</mergeCells>{}", &sheet[..at], &sheet[at..])
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn libreoffice_saves_a_form_in_any_format_and_the_findings_stay() {
    let variants: [(&str, Vec<u8>, &[Insert]); 4] = [
        ("as-it-is", budget(&[]), &[]),
        ("moved", budget(ROWS_AND_COLUMNS), ROWS_AND_COLUMNS),
        ("logo", budget(LOGO), LOGO),
        ("merged", with_merged_labels(), BESIDE_THE_LABELS),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, _) in &variants {
        fs::write(folder.path().join(format!("{name}.xlsx")), bytes).unwrap();
    }
    for (format, ending) in [("xlsx", "xlsx"), ("ods", "ods"), ("xls:MS Excel 97", "xls")] {
        let out = folder.path().join(ending);
        save_again(folder.path(), &out, format);
        for (name, _, inserted) in &variants {
            let saved = fs::read(out.join(format!("{name}.{ending}"))).unwrap();
            assert_same(saved, inserted, &format!("{name}.{ending}"));
        }
    }
}

fn save_again(folder: &Path, out: &Path, format: &str) {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).collect();
    let profile = folder.join("profile");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(out)
        .args(&files)
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(fs::read_dir(out).unwrap().count(), files.len(), "LibreOffice left files out");
}
