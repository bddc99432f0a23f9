//! B704: by application date, the grants of the run pass `year_budget` here.

use super::in_order::draws_in_order;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, Check, Rule, RunFinding, RunSubject, document_says};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "B704",
    name: "year-budget-used-up",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "Støtte til en sporskiftepakke foregår efter først-til-mølle-princippet, indtil de afsatte midler det pågældende år er brugt",
    )],
    parameters: &[ParameterKey::YearBudget],
    title: Text::new("Årets pulje er brugt op", "The year's budget is used up"),
    message: Text::new(
        "Med denne sag er der i rækkefølge efter ansøgningsdato søgt om {found} kr. i {year}. Puljen er {expected} kr.: {difference} kr. for meget.",
        "With this case {found} kr. are applied for in {year}, in order of application date. The year's budget is {expected} kr.: {difference} kr. too much.",
    ),
    action: Text::new(
        "Vurdér, hvilke sager der kan få tilsagn; først til mølle.",
        "Judge which cases can get a grant; first come, first served.",
    ),
    check: Check::Run(check),
};

fn check(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let mut drawn: BTreeMap<i16, Decimal> = BTreeMap::new();
    let mut findings = Vec::new();
    for draw in draws_in_order(subject) {
        let Some(allotted) = subject.resolve(draw.applied).and_then(|all| all.known(ParameterKey::YearBudget)) else {
            continue;
        };
        let drawn = drawn.entry(draw.applied.year()).or_default();
        let before = *drawn;
        // No sum of hostile amounts may end the run.
        *drawn = drawn.saturating_add(draw.grant);
        if before <= allotted && *drawn > allotted {
            let finding = Finding::at(&RULE, draw.origin)
                .found(Argument::Amount(*drawn))
                .expected(Argument::Amount(allotted))
                .with("year", Argument::Identifier(draw.applied.year().to_string()));
            findings.push(RunFinding { file: draw.index, finding });
        }
    }
    findings
}
