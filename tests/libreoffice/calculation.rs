//! The forms' formulas, recalculated by LibreOffice, give what the calculation gives.
//!
//! Every workbook is made twice: as it is, and with nonsense stored in every formula, which LibreOffice recalculates.

use std::fs;

use calamine::Data;
use sporskifte::form::{FormKind, Layout};
use sporskifte::parameters::Parameters;
use sporskifte::sample::{Bases, CaseGenerator, GeneratedCase, GeneratedFile, Scenario, workbooks};
use toml::{Table, Value};

use super::support::{Grid, compare, convert, formulas};

/// E1 to E5 and E7 of the specification, as packages of 2023, and E6 of 2019.
const EXAMPLES_2023: &str = r"
packages = [
    { nr = 1, wage = 285.5, guidance = { hours = 10, fee = 2500 }, course = { hours = 148, veu_hours = 148, fee = 14800 }, internship = { weeks = 2, week_hours = 37 }, admin = { hours = 5, rate = 260 }, driving = { km = 42, days = 20 }, materials = 1850 },
    { nr = 2, wage = 240, course = { hours = 296, fee = 52000 }, admin = { hours = 5, rate = 240 } },
    { nr = 3, wage = 118.4, guidance = { hours = 7.4, veu_hours = 7.4 }, course = { hours = 37, veu_hours = 37, fee = 1200 }, admin = { hours = 2, rate = 118.4 } },
    { nr = 4, wage = 260, course = { hours = 74, fee = 7400 }, admin = { hours = 6, rate = 300 } },
    { nr = 5, wage = 230.25, guidance = { hours = 37, fee = 4200 }, course = { hours = 111, veu_hours = 74, fee = 9990.5 }, internship = { weeks = 3, week_hours = 37 }, admin = { hours = 4, rate = 230.25 }, driving = { km = 18, days = 15 }, materials = 640.75, other_support = 5000, sick_hours = 22.2 },
    { nr = 6, wage = 199.99, guidance = { hours = 3.5, veu_hours = 3.5, fee = 99.95 }, course = { hours = 14.8, veu_hours = 14.8, fee = 1234.56 }, admin = { hours = 2.25, rate = 199.99 }, driving = { km = 12.5, days = 3 }, materials = 0.05 },
]";
const EXAMPLE_2019: &str = r"
packages = [
    { nr = 1, wage = 271.1, guidance = { hours = 22.2, fee = 1500 }, course = { hours = 185, veu_hours = 185, fee = 11100 }, internship = { weeks = 1, week_hours = 37 }, admin = { hours = 5, rate = 260 } },
]";
/// The grants of the examples, verbatim.
const GRANTS_2023: [f64; 6] = [64_389.32, 120_000.00, 1_436.80, 27_940.00, 56_756.61, 3_273.57];
const GRANTS_2019: [f64; 1] = [55_617.50];
/// 0-based place of the first package's grant in the budget.
const GRANT: (u32, u32) = (5, 30);

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn libreoffice_calculates_the_worked_examples() {
    let cases = [("2023", EXAMPLES_2023, GRANTS_2023.as_slice()), ("2019", EXAMPLE_2019, GRANTS_2019.as_slice())];
    let made = cases.map(|(base, packages, _)| {
        let mut table: Table = packages.parse().unwrap();
        table.insert("base".to_owned(), base.into());
        table
    });
    let recalculated = recalculate(&made);
    for ((_, _, grants), workbooks) in cases.iter().zip(&recalculated) {
        for (grant, row) in grants.iter().zip(0..) {
            let place = (GRANT.0 + row, GRANT.1);
            let cell = workbooks[0].iter().find(|(sheet, address, _)| sheet == "Budget" && *address == place);
            assert_eq!(cell.unwrap().2, Data::Float(*grant), "row {row}");
        }
    }
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn libreoffice_calculates_what_we_calculate_in_random_cases() {
    let mut random = Random(20_260_101);
    let years = ["2019", "2020", "2021", "2023", "2024", "2025"];
    let cases: Vec<Table> = (0..24).map(|index| random.case(years[index % years.len()], index % 5 == 4)).collect();
    recalculate(&cases);
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn formulas_still_refer_to_the_right_cells_where_the_table_was_moved() {
    let moved = "base = \"2023\"\nrename.budget = { Budget = \"Ark 1\", Satser = \"Årets satser\" }\n\
        insert.budget = [{ sheet = \"Budget\", column = \"J\", count = 3 }, { sheet = \"Budget\", row = 7, count = 2 },\
        { sheet = \"Stamdata\", row = 9, count = 1 }, { sheet = \"Satser\", column = \"A\", count = 1 }]";
    recalculate(&[moved.parse().unwrap()]);
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn libreoffice_opens_generated_cases_and_calculates_what_is_stored_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let generator = CaseGenerator::new(12, 100).unwrap();
    let cases: Vec<GeneratedCase> = (0..25).map(|number| generator.case(number).unwrap()).collect();
    let files: Vec<&GeneratedFile> = cases.iter().flat_map(|case| &case.files).collect();
    for (index, file) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.xlsx")), &file.bytes).unwrap();
    }
    let out = folder.path().join("out");
    convert(folder.path(), &out);
    for (index, file) in files.iter().enumerate() {
        let recalculated = fs::read(out.join(format!("{index}.xlsx"))).unwrap();
        compare(&formulas(&file.bytes), &recalculated, &file.file);
    }
}

/// Makes the cases with nonsense stored, has LibreOffice recalculate them, and compares every formula's value with
/// what we store; gives the recalculated formulas of each case's workbooks.
fn recalculate(cases: &[Table]) -> Vec<Vec<Grid>> {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let workbooks = make(case.clone());
        let nonsense = with_nonsense_stored(case.clone(), if index % 2 == 0 { 12_345.into() } else { "(none)".into() });
        for (kind, bytes) in make(nonsense) {
            fs::write(folder.path().join(file_name(index, kind)), bytes).unwrap();
        }
        expected.push(workbooks);
    }
    let out = folder.path().join("out");
    convert(folder.path(), &out);
    let compare = |(index, workbooks): (usize, &Vec<(FormKind, Vec<u8>)>)| {
        let read = |(kind, bytes): &(FormKind, Vec<u8>)| {
            let recalculated = fs::read(out.join(file_name(index, *kind))).unwrap();
            compare(&formulas(bytes), &recalculated, &file_name(index, *kind))
        };
        workbooks.iter().map(read).collect()
    };
    expected.iter().enumerate().map(compare).collect()
}

fn make(case: Table) -> Vec<(FormKind, Vec<u8>)> {
    let scenario = Scenario::from_table(case).unwrap();
    let layouts = Layout::embedded().unwrap();
    workbooks(&scenario, &Bases::embedded().unwrap(), &layouts, &Parameters::embedded().unwrap()).unwrap()
}

fn with_nonsense_stored(mut case: Table, nonsense: Value) -> Table {
    let everywhere = Table::from_iter([("*".to_owned(), nonsense)]);
    case.insert("stored".to_owned(), Table::from_iter([("all".to_owned(), everywhere.into())]).into());
    case
}

fn file_name(index: usize, kind: FormKind) -> String {
    format!("{index}-{kind}.xlsx")
}

/// Xorshift: the same cases in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// A number below `most`, with decimals.
    fn number(&mut self, most: u64, decimals: u32) -> Value {
        let scale = 10_u64.pow(decimals);
        let scaled = self.below(most * scale);
        let text = format!("{}.{:0width$}", scaled / scale, scaled % scale, width = decimals as usize);
        Value::Float(text.parse().unwrap())
    }

    /// A case with up to 12 packages, some cells of which are left empty.
    fn case(&mut self, base: &str, without_rules: bool) -> Table {
        let rows = 1 + self.below(12);
        let packages: Vec<Value> = (1..=rows).map(|nr| self.package(nr).into()).collect();
        let mut case = Table::new();
        case.insert("base".to_owned(), base.into());
        case.insert("packages".to_owned(), packages.into());
        let mut fields = Table::new();
        fields.insert("sum.audit".to_owned(), self.number(30_000, 2));
        fields.insert("grant.amount".to_owned(), self.number(900_000, 2));
        fields.insert("rates.veu".to_owned(), self.number(130, 2));
        case.insert("fields".to_owned(), fields.into());
        if without_rules {
            let date = "date = 2022-05-02".parse::<Table>().unwrap().remove("date").unwrap();
            let dates = Table::from_iter([("case.application_date".to_owned(), date)]);
            case.insert("set".to_owned(), Table::from_iter([("all".to_owned(), dates.into())]).into());
        }
        case
    }

    fn package(&mut self, nr: u64) -> Table {
        let limits: [(&str, u64, u32); 18] = [
            ("wage", 420, 2),
            ("sick_hours", 30, 1),
            ("guidance.hours", 40, 1),
            ("guidance.veu_hours", 40, 1),
            ("guidance.fee", 6_000, 2),
            ("course.hours", 300, 1),
            ("course.veu_hours", 300, 1),
            ("course.fee", 50_000, 2),
            ("internship.weeks", 5, 1),
            ("internship.week_hours", 38, 1),
            ("admin.hours", 8, 2),
            ("admin.rate", 400, 2),
            ("driving.km", 120, 1),
            ("driving.days", 30, 0),
            ("materials", 3_000, 2),
            ("other_support", 9_000, 2),
            ("granted", 120_000, 2),
            ("annual_wage", 600_000, 2),
        ];
        let mut row = Table::from_iter([("nr".to_owned(), Value::Integer(i64::try_from(nr).unwrap()))]);
        for (key, most, decimals) in limits {
            if self.below(5) > 0 {
                row.insert(key.to_owned(), self.number(most, decimals));
            }
        }
        row
    }
}
