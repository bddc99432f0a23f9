//! The worked examples of the specification, and what holds for every calculation.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use proptest::prelude::*;
use rust_decimal::Decimal;
use sporskifte::calculation::{
    DeclaredRates, PackageAmounts, PackageInput, Terms, Training, budget_totals, calculate, payout,
};
use sporskifte::parameters::{ParameterKey, Parameters};

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn terms(year: i16) -> Terms {
    let parameters = Parameters::embedded().unwrap();
    let resolved = parameters.resolve(jiff::civil::date(year, 5, 1)).unwrap();
    Terms::in_force(&resolved, DeclaredRates::default())
}

fn training(hours: &str, veu_hours: &str, fee: &str) -> Training {
    Training { hours: number(hours), veu_hours: number(veu_hours), fee: number(fee) }
}

/// Amounts in the order of the specification's table; `costs` before `grant`.
fn amounts(row: [&str; 8]) -> PackageAmounts {
    let [guidance, course, internship, admin, driving, sick, costs, grant] = row.map(number);
    PackageAmounts {
        guidance_wage: guidance,
        course_wage: course,
        internship_wage: internship,
        admin_amount: admin,
        driving_amount: driving,
        sick_deduction: sick,
        costs,
        grant,
    }
}

fn check(year: i16, input: &PackageInput, expected: [&str; 8]) {
    assert_eq!(calculate(input, &terms(year)), Some(amounts(expected)));
}

#[test]
fn e1_wage_over_the_cap_internship_driving_and_materials() {
    let input = PackageInput {
        wage: number("285.50"),
        guidance: training("10", "0", "2500"),
        course: training("148", "148", "14800"),
        internship_weeks: number("2"),
        internship_week_hours: number("37"),
        admin_hours: number("5"),
        admin_rate: number("260"),
        driving_km: number("42"),
        driving_days: number("20"),
        materials: number("1850"),
        ..PackageInput::default()
    };
    check(2023, &input, ["2600.00", "20259.72", "19240.00", "1300.00", "1839.60", "0", "64389.32", "64389.32"]);
}

#[test]
fn e2_costs_over_the_cap_of_a_package() {
    let input = PackageInput {
        wage: number("240"),
        course: training("296", "0", "52000"),
        admin_hours: number("5"),
        admin_rate: number("240"),
        ..PackageInput::default()
    };
    check(2023, &input, ["0", "71040.00", "0", "1200.00", "0", "0", "124240.00", "120000.00"]);
}

#[test]
fn e3_allowance_over_the_wage() {
    let input = PackageInput {
        wage: number("118.40"),
        guidance: training("7.4", "7.4", "0"),
        course: training("37", "37", "1200"),
        admin_hours: number("2"),
        admin_rate: number("118.40"),
        ..PackageInput::default()
    };
    check(2023, &input, ["0", "0", "0", "236.80", "0", "0", "1436.80", "1436.80"]);
}

#[test]
fn e4_administration_over_its_limits() {
    let input = PackageInput {
        wage: number("260"),
        course: training("74", "0", "7400"),
        admin_hours: number("6"),
        admin_rate: number("300"),
        ..PackageInput::default()
    };
    check(2023, &input, ["0", "19240.00", "0", "1300.00", "0", "0", "27940.00", "27940.00"]);
}

#[test]
fn e5_sick_hours_and_other_support() {
    let input = PackageInput {
        wage: number("230.25"),
        guidance: training("37", "0", "4200"),
        course: training("111", "74", "9990.50"),
        internship_weeks: number("3"),
        internship_week_hours: number("37"),
        admin_hours: number("4"),
        admin_rate: number("230.25"),
        driving_km: number("18"),
        driving_days: number("15"),
        materials: number("640.75"),
        other_support: number("5000"),
        sick_hours: number("22.2"),
    };
    check(2023, &input, ["8519.25", "16447.61", "25557.75", "921.00", "591.30", "5111.55", "56756.61", "56756.61"]);
}

#[test]
fn e6_the_rates_of_2019() {
    let input = PackageInput {
        wage: number("271.10"),
        guidance: training("22.2", "0", "1500"),
        course: training("185", "185", "11100"),
        internship_weeks: number("1"),
        internship_week_hours: number("37"),
        admin_hours: number("5"),
        admin_rate: number("260"),
        ..PackageInput::default()
    };
    check(2019, &input, ["5772.00", "26325.50", "9620.00", "1300.00", "0", "0", "55617.50", "55617.50"]);
}

#[test]
fn e7_every_amount_is_rounded_by_itself() {
    let input = PackageInput {
        wage: number("199.99"),
        guidance: training("3.5", "3.5", "99.95"),
        course: training("14.8", "14.8", "1234.56"),
        admin_hours: number("2.25"),
        admin_rate: number("199.99"),
        driving_km: number("12.5"),
        driving_days: number("3"),
        materials: number("0.05"),
        ..PackageInput::default()
    };
    check(2023, &input, ["269.08", "1137.82", "0", "449.98", "82.13", "0", "3273.57", "3273.57"]);
}

/// A number from 0 to `most` hundredths.
fn hundredths(most: i64) -> impl Strategy<Value = Decimal> {
    (0..=most).prop_map(|hundredths| Decimal::new(hundredths, 2))
}

prop_compose! {
    fn any_training()(hours in hundredths(40_000), share in 0..=100_i64, fee in hundredths(9_000_000)) -> Training {
        Training { hours, veu_hours: hours * Decimal::new(share, 2), fee }
    }
}

prop_compose! {
    fn any_package()(
        wage in hundredths(60_000),
        sick_hours in hundredths(30_000),
        guidance in any_training(),
        course in any_training(),
        internship_weeks in hundredths(800),
        internship_week_hours in hundredths(4_500),
        admin_hours in hundredths(1_200),
        admin_rate in hundredths(60_000),
        driving_km in hundredths(30_000),
        driving_days in 0..=60_i64,
        materials in hundredths(2_000_000),
        other_support in hundredths(9_000_000),
    ) -> PackageInput {
        PackageInput {
            wage, sick_hours, guidance, course, internship_weeks, internship_week_hours, admin_hours, admin_rate,
            driving_km, driving_days: driving_days.into(), materials, other_support,
        }
    }
}

proptest! {
    #[test]
    fn no_amount_is_negative_and_no_grant_over_the_cap(input in any_package(), granted in hundredths(20_000_000)) {
        let amounts = calculate(&input, &terms(2023)).unwrap();
        let parameters = Parameters::embedded().unwrap();
        let cap = parameters.resolve(jiff::civil::date(2023, 5, 1)).unwrap().known(ParameterKey::PackageCap).unwrap();
        for step in sporskifte::calculation::Step::ALL {
            prop_assert!(amounts.get(step) >= Decimal::ZERO, "{step:?}");
            prop_assert!(amounts.get(step).scale() <= 2, "{step:?}");
        }
        prop_assert!(amounts.grant <= cap);
        prop_assert!(payout(amounts.grant, granted) <= granted);
    }

    #[test]
    fn more_course_hours_never_give_a_smaller_grant(input in any_package(), more in hundredths(10_000)) {
        let course = Training { hours: input.course.hours + more, ..input.course };
        let grown = calculate(&PackageInput { course, ..input }, &terms(2023)).unwrap();
        let before = calculate(&input, &terms(2023)).unwrap();
        prop_assert!(grown.course_wage >= before.course_wage);
        prop_assert!(grown.grant >= before.grant);
    }

    #[test]
    fn the_sum_does_not_depend_on_the_order_of_the_packages(
        grants in prop::collection::vec(hundredths(12_000_000), 0..45),
        audit in hundredths(3_000_000),
    ) {
        let mut reversed = grants.clone();
        reversed.reverse();
        let threshold = Some(Decimal::from(500_000));
        prop_assert_eq!(budget_totals(&grants, audit, threshold), budget_totals(&reversed, audit, threshold));
    }
}
