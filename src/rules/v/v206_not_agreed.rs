//! V206: leader and employee do not agree.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V206",
    name: "not-agreed",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[document_says("001", "At leder og ansat skal være enige om ansøgningen")],
    parameters: &[],
    title: Text::new("Leder og medarbejder er ikke enige", "Leader and employee do not agree"),
    message: Text::new(
        "Det er oplyst, at leder og medarbejder ikke er enige om ansøgningen.",
        "The form says that leader and employee do not agree on the application.",
    ),
    action: Text::new(
        "Bliv enige om ansøgningen, før den sendes, og skriv Ja. Er feltet udfyldt forkert, så ret det.",
        "Agree on the application before it is sent, and write Ja. If the field was filled in wrongly, correct it.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    match subject.document.master.agreed.located() {
        Some((false, origin)) => {
            let no = Argument::Words(Text::new("Nej", "Nej"));
            vec![Finding::at(&RULE, origin).found(no).expected(Argument::Words(Text::new("Ja", "Ja")))]
        }
        _ => Vec::new(),
    }
}
