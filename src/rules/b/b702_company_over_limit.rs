//! B702: the company's packages of the calendar year, all cases of the run together, exceed the limit.

use super::in_order::{RunBudget, budgets_in_order};
use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::parameters::{Amount, ParameterKey};
use crate::rules::v::packages_for_size;
use crate::rules::{BUDGET, Check, Rule, RunFinding, RunSubject, document_says};
use rust_decimal::prelude::ToPrimitive as _;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "B702",
    name: "company-over-limit",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says("000", "Maksimalt få støtte til 10 sporskiftepakker pr. virksomhed årligt"),
        document_says("001", "Antallet afhænger af virksomhedens samlede antal ansatte"),
        document_says("003", "maksimalt 30 medarbejdere pr. virksomhed"),
    ],
    parameters: &[ParameterKey::PackagesMax, ParameterKey::PackagesBySize],
    title: Text::new("Virksomheden går over årets antal pakker", "The company passes the year's number of packages"),
    message: Text::new(
        "Med denne sag er der søgt om {found} pakker i {year} til {whom}. Der kan højst gives {expected}: {difference} for mange.",
        "With this case {found} packages are applied for in {year} for {whom}. At most {expected} can be given: {difference} too many.",
    ),
    action: Text::new(
        "Se på virksomhedens sager sammen; de tidligere sager har brugt af antallet.",
        "Look at the company's cases together; the earlier ones have used up some of the number.",
    ),
    check: Check::Run(check),
};

fn check(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let mut used: BTreeMap<(String, i16), usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for budget in budgets_in_order(subject) {
        let Some(limit) = limit(subject, &budget) else { continue };
        let used = used.entry((limit.whom.clone(), budget.applied.year())).or_default();
        let before = *used;
        *used += budget.form.packages;
        // A single case over the limit has a finding of its own.
        if before <= limit.packages && *used > limit.packages && budget.form.packages <= limit.packages {
            findings.push(RunFinding { file: budget.index, finding: finding(&budget, &limit, *used) });
        }
    }
    findings
}

/// How many packages whom may have in a year.
struct YearLimit<'a> {
    packages: usize,
    /// The company, or the production unit, in words.
    whom: String,
    origin: &'a Origin,
}

/// By company; by production unit where the limit goes by the unit's employees.
fn limit<'a>(subject: &RunSubject<'_>, budget: &RunBudget<'a>) -> Option<YearLimit<'a>> {
    let parameters = subject.resolve(budget.applied)?;
    if let Some(flat) = parameters.known(ParameterKey::PackagesMax) {
        let (cvr, origin) = budget.form.cvr.located()?;
        return Some(YearLimit { packages: flat.to_usize()?, whom: format!("CVR {cvr}"), origin });
    }
    let Amount::BySize(brackets) = parameters.figure(ParameterKey::PackagesBySize)?.amount else { return None };
    let (p_number, origin) = budget.form.p_number.located()?;
    let packages = packages_for_size(brackets, *budget.form.employees.value()?)?;
    Some(YearLimit { packages, whom: format!("P-nummer {p_number}"), origin })
}

fn finding(budget: &RunBudget<'_>, limit: &YearLimit<'_>, used: usize) -> Finding {
    Finding::at(&RULE, limit.origin)
        .found(Argument::Number(used.into()))
        .expected(Argument::Number(limit.packages.into()))
        .with("year", Argument::Identifier(budget.applied.year().to_string()))
        .with("whom", Argument::Identifier(limit.whom.clone()))
}
