//! V212: CVR, P-number, industry, employees, application date or period differ between the case's workbooks.

use crate::case::{Field, MasterData};
use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};
use jiff::civil::Date;

/// The rule.
pub static RULE: Rule = Rule {
    code: "V212",
    name: "case-data-differs",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Stamdata er de samme i sagens tre skabeloner.")],
    parameters: &[],
    title: Text::new("Sagens skabeloner er ikke enige", "The case's workbooks differ"),
    message: Text::new(
        "»{label}« er her {found}, men {expected} i {other} ({other_cell}).",
        "“{label}” is {found} here but {expected} in {other} ({other_cell}).",
    ),
    action: Text::new(
        "Ret det sted, der er forkert, så sagens filer siger det samme.",
        "Correct whichever is wrong, so that the case's files agree.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(first) = subject.case.documents.iter().min_by_key(|document| document.kind()) else { return Vec::new() };
    if std::ptr::eq(first, subject.document) {
        return Vec::new();
    }
    compared(&subject.document.master)
        .into_iter()
        .zip(compared(&first.master))
        .filter_map(|(own, others)| Some((own?, others?)))
        .filter(|((own, _), (other, _))| own != other)
        .map(|((own, origin), (other, other_origin))| {
            Finding::at(&RULE, origin)
                .found(own)
                .expected(other)
                .with("other", Argument::Submitted(first.file.to_string()))
                .with("other_cell", Argument::Cell(Place::from(other_origin)))
        })
        .collect()
}

/// The fields that must agree, as comparable values with their places.
fn compared(master: &MasterData) -> [Option<(Argument, &Origin)>; 7] {
    let date = |field| located(field, |date: &Date| Argument::Date(*date));
    [
        located(&master.cvr, |cvr| Argument::Identifier(cvr.to_string())),
        located(&master.p_number, |number| Argument::Identifier(number.to_string())),
        located(&master.industry, |code| Argument::Identifier(code.to_string())),
        located(&master.employees, |employees| Argument::Number(employees.normalize())),
        date(&master.application_date),
        date(&master.period_from),
        date(&master.period_to),
    ]
}

fn located<T>(field: &Field<T>, argument: impl Fn(&T) -> Argument) -> Option<(Argument, &Origin)> {
    field.located().map(|(value, origin)| (argument(value), origin))
}
