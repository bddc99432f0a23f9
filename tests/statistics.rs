//! What a run adds up to is the same in every report, and the same as the rules say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test's helpers may panic")]

use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::configuration::Configuration;
use sporskifte::finding::Verdict;
use sporskifte::form::{FormKind, Layout};
use sporskifte::language::Language;
use sporskifte::money::round_to_ore;
use sporskifte::parameters::Parameters;
use sporskifte::report::{
    CaseReport, CaseSource, ClaimSums, DrawBasis, RunReport, Statistics, write_junit, write_overview, write_page,
    write_sarif,
};
use sporskifte::sample::{Bases, Scenario, sample_files, workbooks};
use sporskifte::workbook::{CellValue, Limits, Workbook, read};

static RUN: LazyLock<RunReport> = LazyLock::new(|| {
    let files = sample_files().unwrap().into_iter();
    let workbooks = files.filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "xlsx"));
    check_in_memory(workbooks.map(|file| (file.path, file.bytes.into())).collect(), &Settings::embedded().unwrap())
});

static STATISTICS: LazyLock<Statistics> =
    LazyLock::new(|| Statistics::of(&RUN, &Parameters::embedded().unwrap()).unwrap());

/// Cases that count how often they are asked for.
#[derive(Debug)]
struct Counted {
    cases: Vec<CaseReport>,
    asked: Arc<AtomicUsize>,
}

impl CaseSource for Counted {
    fn count(&self) -> usize {
        self.cases.len()
    }

    fn case(&self, index: usize) -> std::io::Result<CaseReport> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.cases.case(index)
    }
}

/// The built-in figures with another budget for 2023.
fn with_budget(budget: &str) -> Parameters {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("parameters/parameters.toml")).unwrap();
    let (before, after) = text.split_once("key = \"year_budget\"").unwrap();
    let changed = after.replacen(
        "from = \"2023-01-01\"\nvalue = \"26300000\"",
        &format!("from = \"2023-01-01\"\nvalue = \"{budget}\""),
        1,
    );
    assert_ne!(changed, after);
    Parameters::from_toml(&format!("{before}key = \"year_budget\"{changed}")).unwrap()
}

/// A budget of 2023 with its journal number and application date.
fn budget(journal: &str, applied: &str) -> Vec<u8> {
    budget_with(journal, applied, "")
}

fn budget_with(journal: &str, applied: &str, changes: &str) -> Vec<u8> {
    let changes = format!(
        "base = \"2023\"\nfields.\"case.journal\" = \"{journal}\"\nfields.\"case.application_date\" = {applied}\n{changes}"
    );
    let scenario = Scenario::from_table(changes.parse().unwrap()).unwrap();
    let made = workbooks(
        &scenario,
        &Bases::embedded().unwrap(),
        &Layout::embedded().unwrap(),
        &Parameters::embedded().unwrap(),
    );
    made.unwrap().into_iter().find(|(kind, _)| *kind == FormKind::Budget).unwrap().1
}

fn overview(report: &RunReport, statistics: &Statistics) -> Workbook {
    let mut bytes = Cursor::new(Vec::new());
    write_overview(report, statistics, Language::Danish, &std::env::temp_dir(), &mut bytes).unwrap();
    read(bytes.into_inner().into(), &Limits::default()).unwrap().workbook
}

fn page(report: &RunReport, statistics: &Statistics) -> String {
    let mut out = Vec::new();
    write_page(report, statistics, Language::Danish, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The numbers of a sheet below its header, row by row.
fn numbers_of_sheet(workbook: &Workbook, name: &str) -> Vec<Vec<Decimal>> {
    let sheet = workbook.sheet(name).unwrap();
    let last = sheet.cells().iter().map(|cell| cell.address.row).max().unwrap();
    let numbers = |row| {
        let cells = sheet.row(row).iter();
        let numbers = cells.filter_map(|cell| match cell.value {
            CellValue::Number(number) => Some(number.normalize()),
            _ => None,
        });
        numbers.collect()
    };
    (1..=last).map(numbers).collect()
}

/// The numbers of a table of the page, row by row.
fn numbers_of_table(page: &str, id: &str) -> Vec<Vec<Decimal>> {
    let table = page.split_once(&format!("<table id=\"{id}\"")).unwrap().1.split_once("</table>").unwrap().0;
    let body = table.split_once("<tbody>").unwrap().1;
    let number = |cell: &str| cell.split_once("data-v=\"")?.1.split('"').next()?.parse::<Decimal>().ok();
    let numbers = |row: &str| {
        let cells = row.split('<').filter(|cell| cell.contains("class=\"n"));
        cells.filter_map(number).map(|number| number.normalize()).collect()
    };
    body.split("<tr").skip(1).map(numbers).collect()
}

#[test]
fn both_reports_tell_the_same_numbers() {
    let (workbook, page) = (overview(&RUN, &STATISTICS), page(&RUN, &STATISTICS));
    let tables = [
        ("Sager", "sagsliste"),
        ("Fund efter regel", "regler"),
        ("Hyppigste fejl", "felter"),
        ("Virksomheder", "virksomhedsliste"),
    ];
    for (sheet, table) in tables {
        let numbers = numbers_of_sheet(&workbook, sheet);
        assert!(numbers.iter().flatten().count() > 10, "{sheet}");
        assert_eq!(numbers, numbers_of_table(&page, table), "{sheet}");
    }
    let on_first_page = numbers_of_sheet(&workbook, "Overblik");
    for table in ["resultat", "alvor", "beloeb"] {
        let numbers = numbers_of_table(&page, table);
        assert!(on_first_page.windows(numbers.len()).any(|rows| rows == numbers), "{table}: {numbers:?}");
    }
}

#[test]
fn each_report_is_made_in_one_pass_over_the_cases() {
    let (cases, asked) = (RUN.all_cases().unwrap(), Arc::new(AtomicUsize::new(0)));
    let count = cases.len();
    let source = Counted { cases, asked: Arc::clone(&asked) };
    let run = RunReport::new(Box::new(source), Configuration::default()).unwrap();
    let passes = |made: &dyn Fn()| {
        asked.store(0, Ordering::Relaxed);
        made();
        asked.load(Ordering::Relaxed)
    };
    let parameters = Parameters::embedded().unwrap();
    assert_eq!(passes(&|| drop(Statistics::of(&run, &parameters).unwrap())), count);
    assert_eq!(passes(&|| drop(overview(&run, &STATISTICS))), count);
    assert_eq!(passes(&|| drop(page(&run, &STATISTICS))), count);
    assert_eq!(passes(&|| write_junit(&run, Language::Danish, &mut Vec::new()).unwrap()), count);
    // Once more for the files that could not be checked, since there are some.
    assert_eq!(passes(&|| write_sarif(&run, Language::Danish, &mut Vec::new()).unwrap()), 2 * count);
}

#[test]
fn an_overview_that_cannot_be_written_says_why() {
    let nowhere = Path::new(env!("CARGO_MANIFEST_DIR")).join("no such folder");
    let written = write_overview(&RUN, &STATISTICS, Language::Danish, &nowhere, Cursor::new(Vec::new()));
    assert_eq!(written.unwrap_err().kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn companies_add_up_to_the_run() {
    let mut grants = ClaimSums::default();
    let mut cases = 0;
    for company in &STATISTICS.companies {
        cases += company.cases;
        grants.compared += company.grants.compared;
        grants.not_compared += company.grants.not_compared;
        grants.claimed += company.grants.claimed;
        grants.recalculated += company.grants.recalculated;
        grants.claimed_only += company.grants.claimed_only;
    }
    assert_eq!(cases, RUN.totals.cases);
    assert_eq!(grants, STATISTICS.grants);
    assert!(grants.compared > 10);
    let amounts: Vec<Decimal> = STATISTICS.companies.iter().map(|company| company.grants.recalculated).collect();
    assert!(amounts.is_sorted_by(|one, other| one >= other));
    let without = STATISTICS.companies.iter().filter(|company| company.cvr.is_none());
    assert_eq!(without.count(), 1, "cases without a CVR number stand together");
}

#[test]
fn rules_and_fields_are_counted_by_finding_file_and_case() {
    let files = RUN.all_files().unwrap();
    let total: usize = STATISTICS.rules.iter().map(|fired| fired.frequency.findings).sum();
    assert_eq!(total, files.iter().map(|file| file.findings.len()).sum::<usize>());
    let cpr = STATISTICS.rules.iter().find(|fired| fired.rule.code == "F109").unwrap().frequency;
    assert_eq!((cpr.findings, cpr.files, cpr.cases), (5, 2, 1));
    let field = STATISTICS.mistakes.iter().find(|mistake| mistake.rule.code == "P309").unwrap();
    assert_eq!((&*field.label, field.frequency.findings), ("Administration: timer", 1));
    assert_eq!(STATISTICS.files_not_checked, RUN.totals.files_with(Verdict::NotChecked));
}

/// Budgets in an order that neither their paths nor their cases follow; one case has two.
fn applications() -> Vec<(String, Vec<u8>)> {
    let files = [
        ("a/budget.xlsx", "23/3", "2023-06-01"),
        ("b c/budget.xlsx", "23/1", "2023-03-01"),
        ("b/1/budget.xlsx", "23/2", "2023-03-01"),
        ("b/2/budget.xlsx", "23/2", "2023-01-15"),
        ("d/budget.xlsx", "23/4", "2023-02-01"),
    ];
    files.map(|(path, journal, applied)| (path.to_owned(), budget(journal, applied))).into()
}

#[test]
fn the_budget_is_passed_where_rule_b704_says() {
    for allotted in ["100000", "118774", "118775", "250000", "400000", "9000000"] {
        let parameters = with_budget(allotted);
        let settings = Settings { parameters: parameters.clone(), ..Settings::embedded().unwrap() };
        let mut files: Vec<(String, Arc<[u8]>)> =
            applications().into_iter().map(|(path, bytes)| (path, bytes.into())).collect();
        files.sort_by(|(one, _), (other, _)| one.split('/').cmp(other.split('/')));
        let run = check_in_memory(files, &settings);
        let statistics = Statistics::of(&run, &parameters).unwrap();
        let files = run.all_files().unwrap();
        let by_rule: Vec<(String, String, String)> = files
            .iter()
            .flat_map(|file| file.findings.iter().map(move |finding| (file, finding)))
            .filter(|(_, finding)| finding.rule.code == "B704")
            .map(|(file, finding)| {
                let plain = |argument: &sporskifte::finding::Argument| argument.plain(Language::Danish);
                (file.case.clone(), plain(&finding.found), plain(&finding.expected))
            })
            .collect();
        let passed = statistics.passed();
        let by_report: Vec<(String, String, String)> = passed
            .map(|(_, draw)| {
                let plain = |amount| format!("{:.2}", round_to_ore(amount));
                (draw.case.to_string(), plain(draw.drawn), plain(draw.allotted))
            })
            .collect();
        assert_eq!(by_report, by_rule, "{allotted}");
        assert_eq!(by_report.is_empty(), allotted == "9000000");
    }
}

#[test]
fn the_draw_down_goes_by_date_and_then_by_path_with_one_budget_a_case() {
    let parameters = with_budget("250000");
    let settings = Settings { parameters: parameters.clone(), ..Settings::embedded().unwrap() };
    let run =
        check_in_memory(applications().into_iter().map(|(path, bytes)| (path, bytes.into())).collect(), &settings);
    let statistics = Statistics::of(&run, &parameters).unwrap();
    let [year] = statistics.years.as_slice() else { panic!("{:?}", statistics.years) };
    let order: Vec<&str> = year.draws.iter().map(|draw| &*draw.case).collect();
    // Names by names: the folder `b` comes before `b c`.
    assert_eq!(order, ["23/4", "23/2", "23/1", "23/3"]);
    let march = year.days[1];
    assert_eq!((march.date, march.cases, march.is_passed), (Date::constant(2023, 3, 1), 2, true));
    assert_eq!(march.drawn, year.draws[2].drawn);
    assert_eq!(year.passed().unwrap().case, "23/1".into());
    assert_eq!(year.draws.iter().map(|draw| draw.granted).sum::<Decimal>(), year.drawn());
    let workbook = overview(&run, &statistics);
    let page = page(&run, &statistics);
    let days = numbers_of_table(&page, "dage-2023");
    let sheet = numbers_of_sheet(&workbook, "Pulje");
    assert!(sheet.windows(days.len()).any(|rows| rows == days), "{days:?}");
    assert!(page.contains("Puljen er brugt op: sag 23/1, 01-03-2023"));
    let strings: Vec<&CellValue> =
        workbook.sheet("Puljens sager").unwrap().cells().iter().map(|cell| &cell.value).collect();
    let marked = strings.iter().filter(|value| matches!(value, CellValue::Text(text) if text == "Puljen er brugt op"));
    assert_eq!(marked.count(), 1);
}

#[test]
fn an_application_that_cannot_be_recalculated_keeps_its_place_by_its_claimed_amount_marked() {
    let parameters = with_budget("250000");
    let settings = Settings { parameters: parameters.clone(), ..Settings::embedded().unwrap() };
    let unreadable =
        |total: &str| format!("type.budget.\"Budget!I6\" = \"ukendt\"\ntype.budget.\"Budget!AE55\" = {total}\n");
    let files = [
        ("a/budget.xlsx", budget("23/1", "2023-02-01")),
        ("b/budget.xlsx", budget_with("23/2", "2023-02-02", &unreadable("290000"))),
        ("c/budget.xlsx", budget_with("23/3", "2023-02-03", &unreadable("-500000"))),
        ("d/budget.xlsx", budget_with("23/4", "2023-02-04", &unreadable("\"se bilag\""))),
    ];
    let run =
        check_in_memory(files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.into())).collect(), &settings);
    let statistics = Statistics::of(&run, &parameters).unwrap();
    let [year] = statistics.years.as_slice() else { panic!("{:?}", statistics.years) };
    let first = year.draws[0].granted;
    let told: Vec<(&str, DrawBasis, Decimal, Decimal)> =
        year.draws.iter().map(|draw| (&*draw.case, draw.basis, draw.granted, draw.drawn)).collect();
    let (claimed, after) = (Decimal::from(290_000), first + Decimal::from(290_000));
    assert_eq!(
        told,
        [
            ("23/1", DrawBasis::Recalculated, first, first),
            ("23/2", DrawBasis::Claimed, claimed, after),
            ("23/3", DrawBasis::Claimed, Decimal::ZERO, after),
            ("23/4", DrawBasis::Unknown, Decimal::ZERO, after),
        ]
    );
    let passed: Vec<String> = run
        .all_files()
        .unwrap()
        .iter()
        .filter(|file| file.findings.iter().any(|finding| finding.rule.code == "B704"))
        .map(|file| file.case.clone())
        .collect();
    assert_eq!((passed, year.passed().unwrap().case.as_ref()), (vec!["23/2".to_owned()], "23/2"));
    let workbook = overview(&run, &statistics);
    let strings: Vec<String> = workbook
        .sheet("Puljens sager")
        .unwrap()
        .cells()
        .iter()
        .filter_map(|cell| match &cell.value {
            CellValue::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    for note in
        ["Puljen er brugt op. Oplyst beløb, ikke genberegnet", "Oplyst beløb, ikke genberegnet", "Beløbet er ukendt"]
    {
        assert_eq!(strings.iter().filter(|text| *text == note).count(), 1, "{note}: {strings:?}");
    }
    let sentence = "Heraf kunne 3 sager ikke genberegnes; de står med de oplyste beløb, 290.000,00 kr. i alt.";
    assert!(page(&run, &statistics).contains(sentence));
}
