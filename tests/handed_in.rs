//! Inputs as people handed them in: each comes out with just the findings that it is known for.
//!
//! The folder's README says what is wrong with each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::Finding;
use sporskifte::report::{DrawBasis, RunReport, Statistics};

/// What a run over an input tells, a workbook or the workbooks of a folder.
fn checked(name: &str) -> RunReport {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handed_in");
    let entries = walkdir::WalkDir::new(folder.join(name)).into_iter().map(Result::unwrap);
    let paths = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let inputs = paths.map(|path| {
        let told = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        (told, fs::read(&path).unwrap().into())
    });
    check_in_memory(inputs.collect(), &Settings::embedded().unwrap())
}

/// The findings on an input, each as its file, code and cells.
fn found(name: &str) -> BTreeSet<String> {
    let report = checked(name);
    let shown = |path: &str, finding: &Finding| {
        let file = path.rsplit('/').next().unwrap().to_owned();
        let cells = finding.places.iter().filter_map(|place| place.cell).map(|cell| cell.to_string());
        [file, finding.rule.code.to_owned()].into_iter().chain(cells).collect::<Vec<_>>().join(" ")
    };
    let files = report.all_files().unwrap();
    files.iter().flat_map(|file| file.findings.iter().map(|finding| shown(&file.path, finding))).collect()
}

fn assert_found(name: &str, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(found(name), expected, "{name}");
}

/// The same form in other spellings of the file: these findings, and just these.
fn assert_the_base_form(name: &str, more: &[&str]) {
    let common = ["F102 P7", "F106 B6", "K515", "T401 Q6"];
    let lines: Vec<String> = common.iter().chain(more).map(|line| format!("{name} {line}")).collect();
    assert_found(name, &lines.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_form_reads_the_same_however_a_program_wrote_it() {
    for name in [
        "r07-sst-count-wrong.xlsx",
        "r08-sheetid-65534.xlsx",
        "r14-picture-in-cell.xlsx",
        "r22-shared-formula-ark1.xlsx",
        "r26b-zero-width-space.xlsx",
        "r40-newline-before-values.xlsx",
        "r41b-inlinestr-v-after-is.xlsx",
    ] {
        assert_the_base_form(name, &[]);
    }
}

#[test]
fn hours_as_times_are_told_as_such() {
    assert_the_base_form("r29-hours-as-time.xlsx", &["F113 N7", "F113 U7"]);
}

#[test]
fn a_clean_case_in_the_old_format_is_clean() {
    assert_found("r62-clean-case-as-xls", &[]);
}

#[test]
fn a_copied_row_has_its_number_told_with_both_rows_and_its_missing_activities() {
    assert_found(
        "a3-kopieret-raekke-uden-K501",
        &["Budget.xlsx K501 A10", "Budget.xlsx P326 A10 A7", "Budget.xlsx V204 B9", "Budget.xlsx P301 I9"],
    );
}

#[test]
fn rows_in_another_order_are_no_finding() {
    assert_found("b1-sorteret", &["Budget.xlsx P301 I9", "Budget.xlsx V204 B9"]);
}

#[test]
fn a_total_typed_over_is_told_while_the_right_one_is_not_known() {
    let file = "Budget 2024.xlsx";
    let lines = [
        "F101 B15",
        "F102 I7",
        "F102 J6",
        "F104 B13",
        "F109 B8",
        "K501 A10",
        "K505 O6",
        "P301 I10",
        "P301 I9",
        "P325 B17",
        "P326 A10 A9",
        "S007 AE55",
        "S012 A1",
        "S012 A58",
        "S012 AG7",
        "T402 AD9",
        "V204 B9",
    ]
    .map(|line| format!("{file} {line}"));
    assert_found("a4-overskrevet-total-tavs", &lines.each_ref().map(String::as_str));
}

#[test]
fn merged_cells_texts_and_dates_in_place_of_numbers_are_found_in_their_cells() {
    for (name, lines) in [
        ("b2-flettet", ["F101 B15", "F101 D7"].as_slice()),
        ("b3-tekstformat", &["F102 I7"]),
        ("b5-dato-i-talfelt", &["F102 J6", "F102 U7"]),
    ] {
        let lines: Vec<String> =
            lines.iter().chain(&["P301 I9", "V204 B9"]).map(|line| format!("Budget.xlsx {line}")).collect();
        assert_found(name, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn packages_and_activities_below_the_totals_count_and_are_told_where_they_stand() {
    let lines = |[budget, overview, accounts]: [&str; 3], headers: &[&str]| {
        let rows = [
            format!("Bilag 1.xlsx S014 {budget} AE51"),
            format!("Bilag 2.xlsx S014 {overview} L206"),
            format!("Bilag 3.xlsx S014 {accounts} AH51"),
        ];
        rows.into_iter().chain(headers.iter().map(|line| (*line).to_owned())).collect::<Vec<_>>()
    };
    let assert_lines = |name: &str, lines: &[String]| {
        assert_found(name, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    };
    assert_lines("packages-below-totals", &lines(["AE59", "L214", "AH59"], &[]));
    let headers = ["Bilag 1.xlsx S006 C58", "Bilag 2.xlsx S006 C213", "Bilag 3.xlsx S006 C58"];
    assert_lines("second-table-with-moved-columns", &lines(["AF59", "M214", "AI59"], &headers));
    let headers = ["Bilag 1.xlsx S006 AI5", "Bilag 2.xlsx S006 R5", "Bilag 3.xlsx S006 AL5"];
    assert_lines("second-table-beside", &lines(["BL6", "AB6", "BR6"], &headers));
}

#[test]
fn subtotals_that_the_totals_count_along_are_told_once() {
    assert_found(
        "subtotals",
        &[
            "Bilag 1.xlsx S012 B9",
            "Bilag 1.xlsx T403 AE9 AE51",
            "Bilag 2.xlsx S012 B14",
            "Bilag 2.xlsx T403 L14 L206",
            "Bilag 3.xlsx S012 B9",
            "Bilag 3.xlsx T403 AE9 AE51",
        ],
    );
}

#[test]
fn the_words_of_the_totals_row_among_the_rows_do_not_end_the_table() {
    let lines = ["Bilag 1.xlsx S012 A9", "Bilag 2.xlsx S012 A14", "Bilag 3.xlsx S012 A9"];
    assert_found("words-of-the-totals-row", &lines);
}

#[test]
fn a_sheet_under_another_name_is_found_by_its_labels() {
    assert_found("renamed-sheets", &["Bilag 1.xlsx S006", "Bilag 2.xlsx S006", "Bilag 3.xlsx S006"]);
}

#[test]
fn a_workbook_that_a_label_encrypts_is_not_checked() {
    assert_found("r46c-label-encrypted.xlsx", &["r46c-label-encrypted.xlsx S001"]);
}

#[test]
fn a_binary_workbook_with_short_records_is_read_whole() {
    // Its formulas were not kept by the program that wrote it.
    let formulas = found("r51b-saved-by-sheetjs.xlsb").into_iter().filter(|line| line.contains("S007"));
    let cells: Vec<String> = formulas.collect();
    assert_eq!(cells.len(), 1, "told once");
    let told = cells[0].split_once(' ').unwrap().1;
    assert_the_base_form("r51b-saved-by-sheetjs.xlsb", &[told]);
}

#[test]
fn an_application_that_cannot_be_recalculated_stands_in_the_queue_by_what_it_claims() {
    let parameters = Settings::embedded().unwrap().parameters;
    let statistics = Statistics::of(&checked("a7-pulje"), &parameters).unwrap();
    let draws = statistics.years.iter().flat_map(|year| &year.draws);
    let told: Vec<(DrawBasis, Decimal)> = draws.map(|draw| (draw.basis, draw.granted)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&(DrawBasis::Claimed, Decimal::from(290_000))), "{told:?}");
}
