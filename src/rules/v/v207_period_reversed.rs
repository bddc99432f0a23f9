//! V207: the project period ends before it begins.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V207",
    name: "period-reversed",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Projektperiode fra og til.")],
    parameters: &[],
    title: Text::new("Projektperioden slutter, før den begynder", "The project period ends before it begins"),
    message: Text::new(
        "Projektperioden slutter den {found}, men begynder først den {from}.",
        "The project period ends on {found} but begins only on {from}.",
    ),
    action: Text::new("Ret den af de to datoer, der er forkert.", "Correct whichever of the two dates is wrong."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let master = &subject.document.master;
    let (Some((from, from_origin)), Some((to, to_origin))) = (master.period_from.located(), master.period_to.located())
    else {
        return Vec::new();
    };
    let finding = || {
        let finding = Finding::at(&RULE, to_origin).and_at(from_origin).found(Argument::Date(*to));
        finding.with("from", Argument::Date(*from))
    };
    (to < from).then(finding).into_iter().collect()
}
