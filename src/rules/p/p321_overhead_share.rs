//! P321: guidance and administration over `overhead_share_review` of the costs.

use crate::case::{Package, PackageAssessment};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P321",
    name: "overhead-share",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[document_says(
        "000",
        "Vejledning og afklaring, samt administration skal udgøre en rimelig del af sporskiftepakken",
    )],
    parameters: &[ParameterKey::OverheadShareReview],
    title: Text::new("Vejledning og administration er en stor del", "Guidance and administration are a large part"),
    message: Text::new(
        "Vejledning og administration er {overhead} kr. af pakkens {costs} kr., altså {found} %. Over {expected} % lægges det til vurdering.",
        "Guidance and administration are {overhead} kr. of the package's {costs} kr., that is {found} %. Over {expected} % is put to review.",
    ),
    action: Text::new(
        "Vurdér, om vejledning og administration er en rimelig del af pakken.",
        "Judge whether guidance and administration are a reasonable part of the package.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (Some(share), Some(assessment)) = (subject.known(ParameterKey::OverheadShareReview), subject.assessment) else {
        return Vec::new();
    };
    let packages = subject.document.packages.iter().zip(&assessment.packages);
    packages.filter_map(|(package, assessed)| finding(package, assessed.as_ref()?, share)).collect()
}

fn finding(package: &Package, assessed: &PackageAssessment, share: Decimal) -> Option<Finding> {
    let (input, amounts) = (&assessed.input, &assessed.amounts);
    // Without a course, or with too many sick hours, the package has a finding of its own.
    if input.course.hours.is_zero() || input.sick_hours * Decimal::TWO >= input.hours() {
        return None;
    }
    let overhead = input.guidance.fee + amounts.guidance_wage + amounts.admin_amount;
    let found = overhead.checked_div(amounts.costs)?;
    let origin = package.guidance.hours.origin().filter(|_| found > share)?;
    let percent = |share: Decimal| Argument::Number((share * Decimal::ONE_HUNDRED).round_dp(1));
    let finding = Finding::at(&RULE, origin).found(percent(found)).expected(percent(share));
    Some(finding.with("overhead", Argument::Amount(overhead)).with("costs", Argument::Amount(amounts.costs)))
}
