//! The overview `rapport.xlsx`: what a run found, as a caseworker finds it in Excel.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::configuration::Configuration;
use sporskifte::finding::{Argument, Finding, Place, Severity, Verdict};
use sporskifte::language::{Language, Text};
use sporskifte::parameters::Parameters;
use sporskifte::report::{CaseReport, Claim, FileReport, Problem, RunReport, Statistics, write_overview};
use sporskifte::rules::find;
use sporskifte::sample::sample_files;
use sporskifte::workbook::{CellAddress, CellValue, Limits, Sheet, Workbook, read};

/// Why a folder could not be read.
const REASON: Text = Text::new("der er ikke adgang til den", "access to it is denied");

static RUN: LazyLock<RunReport> = LazyLock::new(|| {
    let files = sample_files().unwrap().into_iter();
    let workbooks = files.filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "xlsx"));
    check_in_memory(workbooks.map(|file| (file.path, file.bytes.into())).collect(), &Settings::embedded().unwrap())
});

static CASES: LazyLock<Vec<CaseReport>> = LazyLock::new(|| RUN.all_cases().unwrap());

static FILES: LazyLock<Vec<FileReport>> = LazyLock::new(|| RUN.all_files().unwrap());

fn overview_bytes(report: &RunReport, language: Language) -> Vec<u8> {
    let statistics = Statistics::of(report, &Parameters::embedded().unwrap()).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    write_overview(report, &statistics, language, &std::env::temp_dir(), &mut bytes).unwrap();
    bytes.into_inner()
}

fn overview(report: &RunReport, language: Language) -> Workbook {
    read(overview_bytes(report, language).into(), &Limits::default()).unwrap().workbook
}

/// The values below the header of a sheet, row by row, up to the last cell that is not empty.
fn rows(workbook: &Workbook, sheet: &str) -> Vec<Vec<CellValue>> {
    let sheet = workbook.sheet(sheet).unwrap();
    let last_row = sheet.cells().iter().map(|cell| cell.address.row).max().unwrap();
    (1..=last_row).map(|row| values(sheet, row)).collect()
}

fn values(sheet: &Sheet, row: u32) -> Vec<CellValue> {
    let last = sheet.row(row).last().map_or(0, |cell| cell.address.column + 1);
    let value = |column| sheet.cell(CellAddress::new(row, column)).map_or(CellValue::Empty, |cell| cell.value.clone());
    (0..last).map(value).collect()
}

/// The rows of the first sheet that begin with a text.
fn lines(workbook: &Workbook, label: &str) -> Vec<Vec<CellValue>> {
    let mut rows = rows(workbook, &workbook.sheets[0].name);
    rows.retain(|row| row.first() == Some(&text(label)));
    rows
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.to_owned())
}

fn count(count: usize) -> CellValue {
    CellValue::Number(count.into())
}

fn amount(written: &str) -> CellValue {
    CellValue::Number(written.parse().unwrap())
}

fn rounded(amount: Decimal) -> CellValue {
    CellValue::Number(sporskifte::money::round_to_ore(amount).normalize())
}

/// A finding that quotes what a sender wrote.
fn quoting(submitted: &str) -> Finding {
    let place = Place { sheet: "Budget".into(), cell: "U6".parse().ok(), label: "Administration: timer".into() };
    Finding::at(find("F102").unwrap(), place)
        .found(Argument::Submitted(submitted.to_owned()))
        .expected(Argument::Date(Date::constant(2023, 3, 1)))
}

/// A run of one file with these findings.
fn run_of(path: &str, findings: Vec<Finding>) -> RunReport {
    let verdict = Verdict::of(&findings);
    let file = FileReport {
        path: path.into(),
        case: path.into(),
        sha256: None,
        verdict,
        findings,
        waived: Vec::new(),
        form: None,
    };
    let case = CaseReport {
        id: path.into(),
        company: Some(path.into()),
        files: vec![file],
        verdict,
        grant: Claim::default(),
        payout: Claim::default(),
    };
    RunReport::in_memory(vec![case], Configuration::default())
}

#[test]
fn the_first_sheet_counts_what_the_run_counted() {
    let workbook = overview(&RUN, Language::Danish);
    for verdict in [Verdict::Ok, Verdict::NotChecked] {
        let cases = CASES.iter().filter(|case| case.verdict == verdict).count();
        let line = vec![text(verdict.word().da), count(cases), count(RUN.totals.files_with(verdict))];
        assert_eq!(lines(&workbook, verdict.word().da), [line]);
    }
    let files = count(FILES.len());
    for label in ["Med resultat i alt", "Sager og filer i kørslen"] {
        assert_eq!(lines(&workbook, label), [vec![text(label), count(CASES.len()), files.clone()]]);
    }
    let counts = RUN.totals.counts;
    let errors = &lines(&workbook, Severity::Error.word().da)[1];
    assert_eq!(errors[1], count(counts.errors));
    let all = &lines(&workbook, "I alt")[0];
    assert_eq!(all[1], count(counts.errors + counts.warnings + counts.reviews));
}

#[test]
fn the_first_sheet_adds_up_only_what_can_be_compared() {
    let workbook = overview(&RUN, Language::Danish);
    let grants = &lines(&workbook, "Ansøgt tilskud (budgetter)")[0];
    let compared: Vec<&CaseReport> = CASES.iter().filter(|case| case.grant.difference().is_some()).collect();
    let sum = |part: fn(&Claim) -> Option<Decimal>| compared.iter().filter_map(|case| part(&case.grant)).sum();
    let (claimed, recalculated): (Decimal, Decimal) = (sum(|grant| grant.claimed), sum(|grant| grant.recalculated));
    assert!(claimed != recalculated && !claimed.is_zero());
    let expected = [count(compared.len()), rounded(claimed), rounded(recalculated), rounded(claimed - recalculated)];
    assert_eq!(grants[1..], expected);
    let unknown = &lines(&workbook, "Ansøgt tilskud (budgetter): uden genberegning")[0];
    assert_eq!(unknown[3..], [text("ukendt"), text("ukendt")]);
}

#[test]
fn the_rules_that_fired_most_come_first() {
    let workbook = overview(&RUN, Language::Danish);
    let rows = rows(&workbook, "Overblik");
    let header = rows.iter().position(|row| row.first() == Some(&text("Hvad reglen finder"))).unwrap();
    let fired = &rows[header + 1..];
    let findings: Vec<&Finding> = FILES.iter().flat_map(|file| &file.findings).collect();
    let mut last = usize::MAX;
    for row in fired {
        let CellValue::Text(code) = &row[1] else { panic!("{row:?}") };
        let times = findings.iter().filter(|finding| finding.rule.code == code).count();
        let files = FILES.iter().filter(|file| file.findings.iter().any(|each| each.rule.code == code)).count();
        assert_eq!(row[3..], [count(times), count(files)], "{code}");
        assert!((1..=last).contains(&times), "{code}");
        last = times;
    }
    let codes: std::collections::BTreeSet<_> = findings.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(fired.len(), codes.len());
}

#[test]
fn every_case_and_file_has_its_row() {
    let workbook = overview(&RUN, Language::Danish);
    let cases = rows(&workbook, "Sager");
    assert_eq!(cases.len(), CASES.len());
    let wrong_rate = cases.iter().find(|row| row[0] == text("23/05396")).unwrap();
    assert_eq!(wrong_rate[1], text("Ringsted Reparation ApS"));
    assert!(matches!(&wrong_rate[2], CellValue::Date(day) if *day == Decimal::from(45_054)), "{:?}", wrong_rate[2]);
    assert_eq!(wrong_rate[3..8], [text("Fejl"), count(1), count(1), count(1), count(0)]);
    assert_eq!(wrong_rate[8..], [amount("119676.16"), amount("118774.84"), amount("901.32")]);
    let files = rows(&workbook, "Filer");
    assert_eq!(files.len(), FILES.len());
    for (row, file) in files.iter().zip(&*FILES) {
        assert_eq!(row[0], text(&file.path));
        assert_eq!(row[3], text(file.verdict.word().da), "{}", file.path);
        assert_eq!(row[7], text(&file.sha256.unwrap().to_string()), "{}", file.path);
    }
}

#[test]
fn every_finding_has_its_row_with_numbers_as_numbers() {
    let workbook = overview(&RUN, Language::Danish);
    let rows = rows(&workbook, "Fund");
    let findings = FILES.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding)));
    assert_eq!(rows.len(), findings.clone().count());
    for (row, (file, finding)) in rows.iter().zip(findings) {
        assert_eq!(row[..2], [text(&file.case), text(&file.path)]);
        assert_eq!(row[3..5], [text(finding.severity().word().da), text(finding.rule.code)]);
        let cell = finding.place().and_then(|place| place.cell);
        assert_eq!(row[7], cell.map_or(CellValue::Empty, |cell| text(&cell.to_string())));
        assert_eq!(row[12..], [text(&finding.message(Language::Danish)), text(&finding.action(Language::Danish))]);
    }
    let typed_over = rows.iter().find(|row| row[4] == text("T401")).unwrap();
    assert_eq!(typed_over[9..12], [amount("33000"), amount("31659.79"), amount("1340.21")]);
}

#[test]
fn every_package_has_its_row() {
    let rows = rows(&overview(&RUN, Language::Danish), "Pakker");
    let packages = FILES.iter().filter_map(|file| file.form.as_ref()).flat_map(|form| &form.packages);
    assert_eq!(rows.len(), packages.clone().count());
    for (row, package) in rows.iter().zip(packages) {
        assert_eq!(row[4], text(&package.employee));
        let known = |amount: Option<Decimal>| amount.map_or(text("ukendt"), rounded);
        assert_eq!(row[5], known(package.result().claimed));
        assert_eq!(row[6], known(package.result().recalculated));
    }
}

#[test]
fn what_a_sender_wrote_is_never_a_formula_a_link_or_an_error() {
    for hostile in
        ["=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "https://example.com", "#REF!", "'=1", "_x0041_", "TRUE", "1"]
    {
        let workbook = overview(&run_of(hostile, vec![quoting(hostile)]), Language::Danish);
        assert_eq!(rows(&workbook, "Sager")[0][..2], [text(hostile), text(hostile)]);
        assert_eq!(rows(&workbook, "Filer")[0][0], text(hostile));
        assert_eq!(rows(&workbook, "Fund")[0][9], text(hostile));
        let mut cells = workbook.sheets.iter().flat_map(Sheet::cells);
        assert!(cells.all(|cell| cell.formula.is_none()), "{hostile}");
    }
}

#[test]
fn a_text_longer_than_a_cell_holds_is_shortened() {
    let path = "å".repeat(40_000);
    let workbook = overview(&run_of(&path, Vec::new()), Language::Danish);
    let CellValue::Text(shown) = &rows(&workbook, "Filer")[0][0] else { panic!("no text") };
    assert_eq!(shown.chars().count(), 32_767);
    assert!(shown.ends_with("å…"));
}

#[test]
fn a_day_stays_a_day_and_one_before_excels_first_is_written_out() {
    let expected = |date| {
        let finding = quoting("x").expected(Argument::Date(date));
        rows(&overview(&run_of("a.xlsx", vec![finding]), Language::Danish), "Fund")[0][10].clone()
    };
    assert_eq!(expected(Date::constant(2023, 3, 1)), CellValue::Date(Decimal::from(44_986)));
    assert_eq!(expected(Date::constant(1789, 7, 14)), text("14-07-1789"));
}

#[test]
fn a_run_without_findings_says_so() {
    let workbook = overview(&run_of("a.xlsx", Vec::new()), Language::Danish);
    assert_eq!(rows(&workbook, "Fund"), [[text("Kontrollen fandt intet.")]]);
    assert_eq!(rows(&workbook, "Pakker"), [[text("Ingen pakker.")]]);
    assert_eq!(lines(&workbook, "Kontrollen fandt intet.").len(), 1);
}

#[test]
fn problems_of_the_run_stand_on_the_first_sheet() {
    let problem = Problem::UnreadableFolder { path: "sager/låst".into(), reason: REASON };
    let mut run = run_of("a.xlsx", Vec::new());
    (run.problems, run.passed_over) = (vec![problem], 7);
    let danish = overview(&run, Language::Danish);
    let sentence = "sager/låst kan ikke læses (der er ikke adgang til den); det, der ligger dér, er ikke kontrolleret.";
    assert_eq!(lines(&danish, sentence).len(), 1);
    let passed_over = &lines(&danish, "Andre filer, sprunget over, fordi de ikke er regneark")[0];
    assert_eq!(passed_over[2], count(7));
    assert_eq!(lines(&danish, "Heraf filer, der kan ligge et skema i")[0][2], count(0));
    let without = overview(&run_of("a.xlsx", Vec::new()), Language::Danish);
    assert!(lines(&without, "Problemer under kørslen").is_empty());
}

#[test]
fn english_is_written_on_request() {
    let workbook = overview(&RUN, Language::English);
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let expected = [
        "Overview",
        "Cases",
        "Files",
        "Findings",
        "Packages",
        "Findings by rule",
        "Most frequent mistakes",
        "Companies",
        "Budget",
        "Budget by case",
        "Not checked",
    ];
    assert_eq!(names, expected);
    let cases = RUN.all_cases().unwrap();
    let first = cases.iter().flat_map(CaseReport::findings).next().unwrap();
    assert_eq!(rows(&workbook, "Findings")[0][12], text(&first.message(Language::English)));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let bytes = || overview_bytes(&RUN, Language::Danish);
    let first = bytes();
    // A date of creation or a zip entry's time would show after a second.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == bytes());
    let part = |name: &str| {
        let mut zip = zip::ZipArchive::new(Cursor::new(&first)).unwrap();
        std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
    };
    assert!(part("docProps/core.xml").contains("2024-01-01T00:00:00Z"));
}

#[test]
fn tables_are_filtered_keep_their_header_and_print_on_a4_across() {
    let bytes: Arc<[u8]> = overview_bytes(&RUN, Language::Danish).into();
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    // All but the first page and the one with the budgets' charts are tables.
    let tables = [2, 3, 4, 5, 6, 7, 8, 10, 11];
    for number in tables {
        let sheet = part(&format!("xl/worksheets/sheet{number}.xml"));
        assert!(sheet.contains("<autoFilter ref=\"A1:"), "{number}");
        assert!(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""));
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("orientation=\"landscape\""));
        assert!(sheet.contains("fitToPage=\"1\"") && sheet.contains("fitToHeight=\"0\""));
    }
    assert_eq!(part("xl/workbook.xml").matches("_xlnm.Print_Titles").count(), tables.len());
}

#[test]
fn the_rules_that_fired_are_drawn_from_the_cells_beside_the_chart() {
    let bytes = overview_bytes(&RUN, Language::Danish);
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let chart = std::io::read_to_string(zip.by_name("xl/charts/chart1.xml").unwrap()).unwrap();
    let rules = rows(&overview(&RUN, Language::Danish), "Fund efter regel").len();
    let last = rules.min(20) + 1;
    assert!(chart.contains(&format!("'Fund efter regel'!$B$2:$B${last}")), "{chart}");
    assert!(chart.contains(&format!("'Fund efter regel'!$D$2:$D${last}")), "{chart}");
    assert!(chart.contains("<c:barDir val=\"bar\"/>"));
}

#[test]
fn files_that_could_not_be_checked_are_listed_with_the_reason() {
    let rows = rows(&overview(&RUN, Language::Danish), "Ikke kontrolleret");
    let not_checked: Vec<&FileReport> = FILES.iter().filter(|file| file.verdict == Verdict::NotChecked).collect();
    assert_eq!(rows.len(), not_checked.len());
    for (row, file) in rows.iter().zip(not_checked) {
        assert_eq!(row[..3], [text(&file.path), text(&file.case), text(&file.findings[0].message(Language::Danish))]);
    }
}
