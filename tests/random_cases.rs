//! Whatever a company asks for within the rules: a filled form of any year has no error and no warning; and one mistake
//! planted in it is found as just that.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::calculation::Step;
use sporskifte::finding::Severity;
use sporskifte::form::Layout;
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::report::{PackageLine, RunReport};
use sporskifte::sample::{Bases, Scenario, workbooks};
use toml::{Table, Value};

/// Years with rules, the packages that a large company may have in them, and whether the VEU rate is known.
const YEARS: [(&str, usize, bool); 5] =
    [("2019", 15, true), ("2020", 15, true), ("2021", 15, true), ("2023", 15, true), ("2024", 10, false)];

/// A company's size that leaves room for 15 packages in 2023.
const EMPLOYEES: i64 = 480;

#[derive(Debug, Clone)]
struct Package {
    wage_ore: i64,
    guidance_tenths: i64,
    course_tenths: i64,
    veu_share: i64,
    weeks: i64,
    week_tenths: i64,
    admin_quarters: i64,
    admin_rate_ore: i64,
    km_tenths: i64,
    driving_days: i64,
    fee_ore: i64,
    materials_ore: i64,
    sick_share: i64,
}

/// A package within the limits of every year: at most 296 hours, internship at most half, sick under half.
fn package() -> impl Strategy<Value = Package> {
    let training = (5_000..40_000_i64, 0..=370_i64, 370..=1_480_i64, 0..=100_i64);
    let internship = (0..=4_i64, 1..=92_i64);
    let admin = (0..=20_i64, 5_000..=26_000_i64);
    let driving = (0..=1_500_i64, 1..=40_i64);
    let rest = (0..=9_000_000_i64, 0..=500_000_i64, 0..=49_i64);
    (training, internship, admin, driving, rest).prop_map(|(training, internship, admin, driving, rest)| Package {
        wage_ore: training.0,
        guidance_tenths: training.1,
        course_tenths: training.2,
        veu_share: training.3,
        weeks: internship.0,
        week_tenths: internship.1,
        admin_quarters: admin.0,
        admin_rate_ore: admin.1,
        km_tenths: driving.0,
        driving_days: driving.1,
        fee_ore: rest.0,
        materials_ore: rest.1,
        sick_share: rest.2,
    })
}

fn number(units: i64, decimals: u32) -> Value {
    decimal(Decimal::new(units, decimals))
}

fn decimal(number: Decimal) -> Value {
    Value::Float(number.to_string().parse().unwrap())
}

impl Package {
    fn row(&self, index: usize, has_veu: bool) -> Table {
        let hours = self.guidance_tenths + self.course_tenths + self.weeks * self.week_tenths;
        let veu = if has_veu { self.course_tenths * self.veu_share / 100 } else { 0 };
        let number_of_package = i64::try_from(index).unwrap() + 1;
        let mut row: Table =
            "current_job = 'Smed'\nnew_job = 'Planlægger'\nearlier = false\nemployment = 'Ordinær'".parse().unwrap();
        let mut put = |key: &str, value: Value| drop(row.insert(key.to_owned(), value));
        put("nr", Value::Integer(number_of_package));
        put("employee", Value::String(format!("M{number_of_package}")));
        put("sick_hours", number(hours * self.sick_share / 100, 1));
        put("wage", number(self.wage_ore, 2));
        put("guidance.hours", number(self.guidance_tenths, 1));
        put("course.hours", number(self.course_tenths, 1));
        put("course.veu_hours", number(veu, 1));
        put("course.fee", number(self.fee_ore, 2));
        put("internship.weeks", Value::Integer(self.weeks));
        put("internship.week_hours", number(self.week_tenths, 1));
        put("admin.hours", number(self.admin_quarters * 25, 2));
        put("admin.rate", number(self.admin_rate_ore, 2));
        put("driving.km", number(self.km_tenths, 1));
        put("driving.days", Value::Integer(self.driving_days));
        put("materials", number(self.materials_ore, 2));
        row
    }
}

/// A budget, and accounts where the packages say what was granted.
fn files(base: &str, rows: &[Table], fields: Table) -> Vec<(String, Arc<[u8]>)> {
    files_with(base, rows, fields, Table::new())
}

/// The same with what is typed over the budget's computed cells.
fn files_with(base: &str, rows: &[Table], fields: Table, typed: Table) -> Vec<(String, Arc<[u8]>)> {
    let omit = if fields.contains_key("grant.amount") { "['overview']" } else { "['overview', 'accounts']" };
    let mut scenario: Table = format!("what = 'a random case'\nomit = {omit}").parse().unwrap();
    scenario.insert("base".to_owned(), base.into());
    scenario.insert("packages".to_owned(), rows.to_vec().into());
    scenario.insert("fields".to_owned(), fields.into());
    if !typed.is_empty() {
        scenario.insert("type".to_owned(), Table::from_iter([("budget".to_owned(), typed.into())]).into());
    }
    let (bases, layouts) = (Bases::embedded().unwrap(), Layout::embedded().unwrap());
    let made = workbooks(&Scenario::from_table(scenario).unwrap(), &bases, &layouts, &Parameters::embedded().unwrap());
    made.unwrap().into_iter().map(|(kind, bytes)| (format!("{kind}.xlsx"), bytes.into())).collect()
}

/// What the budget's packages are granted, as the check calculates it.
fn grants(report: &RunReport) -> Vec<Decimal> {
    let file = &report.all_files().unwrap()[0];
    let packages = &file.form.as_ref().unwrap().packages;
    let grant = |package: &PackageLine| {
        let line = package.amounts.iter().find(|line| line.step == Some(Step::Grant)).unwrap();
        line.claim.recalculated.unwrap()
    };
    packages.iter().map(grant).collect()
}

/// Errors and warnings; a case without a course overview has a finding of its own.
fn faults(report: &RunReport) -> Vec<String> {
    let files = report.all_files().unwrap();
    let findings = files.iter().flat_map(|file| &file.findings);
    findings
        .filter(|finding| finding.severity() > Severity::Review && finding.rule.code != "K515")
        .map(|finding| format!("{} {}", finding.rule.code, finding.message(Language::Danish)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::draws(12, 64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_keeps_to_the_rules_has_no_error_and_no_warning(
        (base, most, has_veu) in prop::sample::select(YEARS.to_vec()),
        packages in prop::collection::vec(package(), 1..=15),
    ) {
        let mut rows: Vec<Table> =
            packages.iter().take(most).enumerate().map(|(index, package)| package.row(index, has_veu)).collect();
        let mut fields = Table::from_iter([("company.employees".to_owned(), EMPLOYEES.into())]);
        let settings = Settings::embedded().unwrap();
        let report = check_in_memory(files(base, &rows, fields.clone()), &settings);
        prop_assert_eq!(faults(&report), Vec::<String>::new());
        let grants = grants(&report);
        prop_assert_eq!(grants.len(), rows.len());

        for (row, grant) in rows.iter_mut().zip(&grants) {
            row.insert("granted".to_owned(), decimal(*grant));
            row.insert("completed".to_owned(), true.into());
        }
        fields.insert("grant.amount".to_owned(), decimal(grants.iter().sum()));
        fields.insert("accounts.audited".to_owned(), true.into());
        fields.insert("accounts.status_report".to_owned(), true.into());
        let report = check_in_memory(files(base, &rows, fields), &settings);
        prop_assert_eq!(report.totals.files, 2);
        prop_assert_eq!(faults(&report), Vec::<String>::new());
    }
}

/// Which years a mistake is one in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Years {
    All,
    /// While the limit was in force.
    WithLimits,
    /// While the VEU rate is known.
    WithVeu,
}

/// One slip of a person's, and the rule that finds it.
#[derive(Debug, Clone, Copy)]
struct Mistake {
    code: &'static str,
    years: Years,
    /// A field of a package, or of Stamdata, and what is filled in.
    set: &'static [(&'static str, Slip)],
}

#[derive(Debug, Clone, Copy)]
enum Slip {
    Number(i64, u32),
    Text(&'static str),
    YesNo(bool),
    /// Typed over the formula of the package's cell, or of the totals row.
    Typed(i64, u32),
}

impl Slip {
    fn value(self) -> Value {
        match self {
            Self::Number(units, decimals) | Self::Typed(units, decimals) => number(units, decimals),
            Self::Text(text) => text.into(),
            Self::YesNo(yes) => yes.into(),
        }
    }
}

const MISTAKES: [Mistake; 18] = [
    Mistake { code: "P309", years: Years::WithLimits, set: &[("admin.hours", Slip::Number(501, 2))] },
    Mistake {
        code: "P310",
        years: Years::WithLimits,
        set: &[("admin.hours", Slip::Number(1, 0)), ("admin.rate", Slip::Number(26_001, 2))],
    },
    Mistake { code: "P315", years: Years::All, set: &[("earlier", Slip::YesNo(true))] },
    Mistake { code: "P317", years: Years::All, set: &[("employment", Slip::Text("Fleksjob"))] },
    Mistake {
        code: "P314",
        years: Years::WithVeu,
        set: &[
            ("guidance.hours", Slip::Number(74, 1)),
            ("guidance.veu_hours", Slip::Number(75, 1)),
            ("sick_hours", Slip::Number(0, 0)),
        ],
    },
    Mistake {
        code: "P306",
        years: Years::WithLimits,
        set: &[
            ("internship.weeks", Slip::Number(5, 0)),
            ("internship.week_hours", Slip::Number(1, 0)),
            ("sick_hours", Slip::Number(0, 0)),
        ],
    },
    Mistake {
        code: "P307",
        years: Years::All,
        set: &[
            ("course.hours", Slip::Number(148, 0)),
            ("internship.weeks", Slip::Number(1, 0)),
            ("internship.week_hours", Slip::Number(371, 1)),
            ("sick_hours", Slip::Number(0, 0)),
        ],
    },
    Mistake { code: "F101", years: Years::All, set: &[("new_job", Slip::Text(""))] },
    Mistake { code: "F102", years: Years::All, set: &[("materials", Slip::Text("1.250,50 kr."))] },
    Mistake { code: "F102", years: Years::All, set: &[("course.fee", Slip::Text("efter aftale"))] },
    Mistake { code: "F103", years: Years::All, set: &[("materials", Slip::Number(-1, 2))] },
    Mistake { code: "F105", years: Years::All, set: &[("employment", Slip::Text("Fastansat"))] },
    Mistake { code: "F106", years: Years::All, set: &[("company.cvr", Slip::Text("12345678"))] },
    Mistake { code: "F109", years: Years::All, set: &[("employee", Slip::Text("010170-0000"))] },
    Mistake { code: "V206", years: Years::All, set: &[("declaration.agreed", Slip::YesNo(false))] },
    Mistake { code: "T401", years: Years::All, set: &[("admin.amount", Slip::Typed(777_777, 2))] },
    Mistake { code: "T402", years: Years::All, set: &[("costs", Slip::Typed(500, 2))] },
    Mistake { code: "T403", years: Years::All, set: &[("totals.course.hours", Slip::Typed(99_999, 1))] },
];

/// Plants a mistake in one of the packages or in Stamdata; gives what is typed over computed cells.
fn plant(mistake: &Mistake, rows: &mut [Table], fields: &mut Table, index: usize) -> Table {
    let mut typed = Table::new();
    for (key, slip) in mistake.set {
        match slip {
            Slip::Typed(..) if key.starts_with("totals.") => drop(typed.insert((*key).to_owned(), slip.value())),
            Slip::Typed(..) => drop(typed.insert(format!("packages.{}.{key}", index + 1), slip.value())),
            _ if key.starts_with("company.") || key.starts_with("declaration.") => {
                fields.insert((*key).to_owned(), slip.value());
            }
            _ => drop(rows[index].insert((*key).to_owned(), slip.value())),
        }
    }
    typed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::draws(40, 160), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_mistake_gives_its_own_rule_and_nothing_else(
        (base, most, has_veu) in prop::sample::select(YEARS.to_vec()),
        packages in prop::collection::vec(package(), 1..=6),
        mistake in prop::sample::select(MISTAKES.to_vec()),
        place in any::<prop::sample::Index>(),
    ) {
        prop_assume!(has_veu || mistake.years == Years::All);
        let mut rows: Vec<Table> =
            packages.iter().take(most).enumerate().map(|(index, package)| package.row(index, has_veu)).collect();
        let mut fields = Table::from_iter([("company.employees".to_owned(), EMPLOYEES.into())]);
        let index = place.index(rows.len());
        let typed = plant(&mistake, &mut rows, &mut fields, index);
        let report = check_in_memory(files_with(base, &rows, fields, typed), &Settings::embedded().unwrap());
        let faults = faults(&report);
        prop_assert!(faults.len() == 1 && faults[0].starts_with(mistake.code), "{}: {faults:?}", mistake.code);
    }
}
