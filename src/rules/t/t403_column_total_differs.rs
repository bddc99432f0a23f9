//! T403: a sum in the totals row differs.

use super::comparison::{AmountKind, Size, differences};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "T403",
    name: "column-total-differs",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Alle beløb regnes som i skabelonen: hvert beløb afrundes til hele øre.")],
    parameters: &[],
    title: Text::new("En sum i totalrækken er forkert", "A sum in the totals row is wrong"),
    message: Text::new(
        "Totalen for »{label}« er {found}, men kolonnens rækker giver {expected}: {difference} forskel. {cause}",
        "The total of “{label}” is {found}, but the column's rows make {expected}: a difference of {difference}. {cause}",
    ),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    differences(subject, |kind, size| kind == AmountKind::ColumnTotal && size == Size::Real)
        .iter()
        .map(|difference| difference.finding(&RULE))
        .collect()
}
