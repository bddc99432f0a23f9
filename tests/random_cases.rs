//! Whatever a company asks for within the rules: a filled form of any year has no error and no warning.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may panic")]

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::Severity;
use sporskifte::form::Layout;
use sporskifte::language::Language;
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
    Value::Float(Decimal::new(units, decimals).to_string().parse().unwrap())
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

/// The budget of a year with these packages.
fn budget(base: &str, rows: Vec<Table>) -> Arc<[u8]> {
    let mut scenario: Table = "what = 'a random case'\nomit = ['overview', 'accounts']".parse().unwrap();
    scenario.insert("base".to_owned(), base.into());
    scenario.insert("packages".to_owned(), rows.into());
    scenario.insert("fields".to_owned(), Table::from_iter([("company.employees".to_owned(), EMPLOYEES.into())]).into());
    let (bases, layouts) = (Bases::embedded().unwrap(), Layout::embedded().unwrap());
    let parameters = sporskifte::parameters::Parameters::embedded().unwrap();
    let made = workbooks(&Scenario::from_table(scenario).unwrap(), &bases, &layouts, &parameters).unwrap();
    made.into_iter().next().unwrap().1.into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_keeps_to_the_rules_has_no_error_and_no_warning(
        (base, most, has_veu) in prop::sample::select(YEARS.to_vec()),
        packages in prop::collection::vec(package(), 1..=15),
    ) {
        let rows: Vec<Table> = packages.iter().take(most).enumerate().map(|(index, package)| package.row(index, has_veu)).collect();
        let report = check_in_memory(vec![("budget.xlsx".to_owned(), budget(base, rows))], &Settings::embedded().unwrap());
        let findings = report.files.iter().flat_map(|file| &file.findings);
        // A budget alone lacks its course overview, which is a finding of its own.
        let faults: Vec<String> = findings
            .filter(|finding| finding.severity() > Severity::Review && finding.rule.code != "K515")
            .map(|finding| format!("{} {}", finding.rule.code, finding.message(Language::Danish)))
            .collect();
        prop_assert!(faults.is_empty(), "{faults:?}");
    }
}
