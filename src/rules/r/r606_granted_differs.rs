//! R606: granted amounts do not add up to the grant, or one exceeds what the budget asked for.

use super::budgeted::{budget, budgeted};
use crate::calculation::Step;
use crate::case::{Document, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, form_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "R606",
    name: "granted-differs",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[form_says("Bevilget tilskud: tilskuddet til pakken i tilsagnet.")],
    parameters: &[],
    title: Text::new("Det bevilgede passer ikke", "The granted amounts do not fit"),
    message: Text::new(
        "»{label}« er {found} kr., men {what} {expected} kr.: {difference} kr. forskel.",
        "“{label}” is {found} kr., but {what} {expected} kr.: a difference of {difference} kr.",
    ),
    action: Text::new(
        "Ret det beløb, der er forkert, efter tilsagnsbrevet.",
        "Correct whichever is wrong by the letter of grant.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let over: Vec<Finding> = match budget(subject.case) {
        Some(budget) => subject.document.packages.iter().filter_map(|package| over_budget(package, budget)).collect(),
        None => Vec::new(),
    };
    // An amount that exceeds the budget explains a sum that does not fit.
    if over.is_empty() { sum_differs(subject).into_iter().collect() } else { over }
}

const ASKED: Text = Text::new("budgettet søgte om", "the budget asked for");
const SUM: Text = Text::new("pakkernes bevilgede beløb er tilsammen", "the packages' granted amounts make");

fn over_budget(package: &Package, budget: &Document) -> Option<Finding> {
    let (granted, origin) = package.granted.located()?;
    let asked = budgeted(package, budget)?.claimed(Step::Grant).or_zero()?;
    let finding = || Finding::at(&RULE, origin).found(Argument::Amount(*granted)).expected(Argument::Amount(asked));
    (*granted > asked).then(|| finding().with("what", Argument::Words(ASKED)))
}

/// The grant is the packages', with or without the audit that the budget had. That there are no packages is a finding itself.
fn sum_differs(subject: &CaseSubject<'_>) -> Option<Finding> {
    let (grant, origin) = subject.document.master.grant_amount.located()?;
    let packages = Some(&subject.document.packages).filter(|packages| !packages.is_empty())?.iter();
    let sum: Decimal = packages.map(|package| package.granted.value().copied()).sum::<Option<Decimal>>()?;
    let own_audit = || subject.document.summary.audit.or_zero();
    let audit = budget(subject.case).map_or_else(own_audit, |budget| budget.summary.audit.or_zero())?;
    let finding = || Finding::at(&RULE, origin).found(Argument::Amount(*grant)).expected(Argument::Amount(sum));
    (*grant != sum && *grant != sum + audit).then(|| finding().with("what", Argument::Words(SUM)))
}
