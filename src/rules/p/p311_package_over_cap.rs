//! P311: costs over `package_cap`: the grant is cut to the cap.

use crate::calculation::Step;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P311",
    name: "package-over-cap",
    severity: Severity::Review,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("001", "Der kan maksimalt søges om tilskud for 120.000 kr. per medarbejder"),
        document_says("000", "Maksimalt få støtte på 120.000 kr. pr. sporskiftepakke"),
        document_says("003", "støtte på i alt 120.000 kr. pr."),
    ],
    parameters: &[ParameterKey::PackageCap],
    title: Text::new("Pakken koster mere end det højeste tilskud", "The package costs more than the highest grant"),
    message: Text::new(
        "Pakkens udgifter er {found} kr. Tilskuddet er højst {expected} kr., så virksomheden betaler selv {difference} kr.",
        "The package costs {found} kr. The grant is at most {expected} kr., so the company itself pays {difference} kr.",
    ),
    action: Text::new(
        "Der skal ikke rettes noget, hvis udgifterne er rigtige.",
        "Nothing to correct if the costs are right.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (Some(cap), Some(assessment)) = (subject.known(ParameterKey::PackageCap), subject.assessment) else {
        return Vec::new();
    };
    subject
        .document
        .packages
        .iter()
        .zip(&assessment.packages)
        .filter_map(|(package, assessed)| {
            let costs = assessed.as_ref()?.amounts.costs;
            let origin = package.claimed(Step::Costs).origin().filter(|_| costs > cap)?;
            Some(Finding::at(&RULE, origin).found(Argument::Amount(costs)).expected(Argument::Amount(cap)))
        })
        .collect()
}
