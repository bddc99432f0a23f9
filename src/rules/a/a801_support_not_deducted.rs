//! A801: the lines of Anden støtte do not add up to the package's other support.

use super::lines::{numbers_repeat, sum_of};
use crate::case::{Document, Package, SupportLine};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "A801",
    name: "support-not-deducted",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[document_says("001", "STAR kan ikke dække udgifter, som finansieres med støtte fra anden side")],
    parameters: &[],
    title: Text::new("Anden støtte er ikke trukket rigtigt fra", "Other support is not deducted rightly"),
    message: Text::new(
        "I »{label}« står {found}, men {what} {expected}.",
        "“{label}” holds {found}, but {what} {expected}.",
    ),
    action: Text::new(
        "Ret beløbet, eller ret linjerne på arket Anden støtte.",
        "Correct the amount, or the lines on the sheet Anden støtte.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let document = subject.document;
    if document.form.table("support").is_none() {
        return Vec::new();
    }
    let packages = document.packages.iter().filter_map(|package| not_deducted(package, document));
    packages.chain(document.support.iter().filter_map(|line| of_no_package(line, document))).collect()
}

const LINES_MAKE: Text =
    Text::new("pakkens linjer på arket Anden støtte giver", "the package's lines on Anden støtte make");
const PACKAGES_ARE: Text = Text::new("pakken findes ikke; der skal stå", "there is no such package; it must be");
const A_NUMBER: Text = Text::new("en pakkes nummer", "a package's number");

fn not_deducted(package: &Package, document: &Document) -> Option<Finding> {
    let (deducted, origin) = (package.other_support.or_zero()?, package.other_support.origin()?);
    let sum = sum_of(package, document)?;
    let finding = || Finding::at(&RULE, origin).found(Argument::Amount(deducted)).expected(Argument::Amount(sum));
    package.number.value()?;
    (deducted != sum).then(|| finding().with("what", Argument::Words(LINES_MAKE)))
}

fn of_no_package(line: &SupportLine, document: &Document) -> Option<Finding> {
    let (number, origin) = line.number.located()?;
    let numbers: Option<Vec<_>> = document.packages.iter().map(|package| package.number.value()).collect();
    let finding = || Finding::at(&RULE, origin).found(Argument::Number(*number)).expected(Argument::Words(A_NUMBER));
    (!numbers?.contains(&number) && !numbers_repeat(document))
        .then(|| finding().with("what", Argument::Words(PACKAGES_ARE)))
}
