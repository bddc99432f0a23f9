//! P301: wage over `hourly_wage_cap`: only the cap is covered.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P301",
    name: "wage-over-cap",
    severity: Severity::Review,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("001", "Maks. 260 kr./time"),
        document_says("000", "Få dækket den reelle lønudgift, dog maksimalt 260 kr. pr. time"),
    ],
    parameters: &[ParameterKey::HourlyWageCap],
    title: Text::new("Timelønnen er over loftet", "The wage is over the cap"),
    message: Text::new(
        "Timelønnen er {found} kr. Der dækkes højst {expected} kr. i timen, så virksomheden betaler selv {own} kr. for pakkens {hours} timer.",
        "The hourly wage is {found} kr. At most {expected} kr. an hour is covered, so the company itself pays {own} kr. for the package's {hours} hours.",
    ),
    action: Text::new(
        "Der skal ikke rettes noget, hvis timelønnen er rigtig.",
        "Nothing to correct if the wage is right.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(cap) = subject.known(ParameterKey::HourlyWageCap) else { return Vec::new() };
    subject.document.packages.iter().filter_map(|package| finding(package, cap)).collect()
}

fn finding(package: &Package, cap: Decimal) -> Option<Finding> {
    let (wage, origin) = package.wage.located().filter(|(wage, _)| **wage > cap)?;
    let hours = package.input()?.hours();
    let finding = Finding::at(&RULE, origin).found(Argument::Amount(*wage)).expected(Argument::Amount(cap));
    let own = Argument::Amount((wage - cap) * hours);
    Some(finding.with("own", own).with("hours", Argument::Number(hours)))
}
