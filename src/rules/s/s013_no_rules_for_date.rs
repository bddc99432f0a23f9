//! S013: no rules for the application date.

use jiff::civil::Date;

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S013",
    name: "no-rules-for-date",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Den værdi, der gælder på ansøgningsdatoen, gælder for hele sagen.")],
    parameters: &[],
    title: Text::new("Ingen regler for ansøgningsdatoen", "No rules for the application date"),
    message: Text::new(
        "Der er ingen regler i kraft på ansøgningsdatoen {found}{whose}. Satser, lofter og beløb er derfor ikke kontrolleret.",
        "No rules are in force on the application date {found}{whose}. Rates, caps and amounts were therefore not checked.",
    ),
    action: Text::new(
        "Er datoen forkert, så ret den. Er den rigtig, må sagsbehandleren vælge, hvilke regler der skal bruges (--rules-date).",
        "If the date is wrong, correct it. If it is right, the caseworker must choose which rules to use (--rules-date).",
    ),
    check: Check::Case(check),
};

/// A workbook whose own date is another than the case's says whose date it is: rules may well be in force on its own.
fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let own = subject.document.master.application_date.located();
    let (Some((date, origin)), None) = (own, subject.parameters) else { return Vec::new() };
    let finding = |found: Date, whose: Argument| {
        vec![Finding::at(&RULE, origin).found(Argument::Date(found)).with("whose", whose)]
    };
    match subject.case.dated_by() {
        Some((document, of_case)) if of_case != *date => {
            let file = Box::new(Argument::Submitted(document.file.to_string()));
            finding(of_case, Argument::Sentence(OF_CASE, file))
        }
        _ => finding(*date, Argument::Words(Text::new("", ""))),
    }
}

const OF_CASE: Text = Text::new(
    " i {}, som sagen følger; den dato, der står her, er en anden",
    " in {}, which the case goes by; the date that stands here is another",
);
