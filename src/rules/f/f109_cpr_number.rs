//! F109: a cell holds what looks like a CPR number.

use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F109",
    name: "cpr-number",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Initialer eller lønnummer. Aldrig et CPR-nummer.")],
    parameters: &[],
    title: Text::new("Et CPR-nummer", "A CPR number"),
    message: Text::new(
        "Cellen {cell} på arket {sheet} indeholder det, der ligner et CPR-nummer. Personnumre må ikke sendes i skabelonerne.",
        "The cell {cell} on the sheet {sheet} holds what looks like a CPR number. Personal numbers must not be sent in the forms.",
    ),
    action: Text::new(
        "Slet nummeret, og skriv initialer eller lønnummer i stedet.",
        "Delete the number and write initials or a payroll number instead.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let finding = |origin: &Origin| {
        Finding::at(&RULE, origin)
            .found(Argument::Words(Text::new("et CPR-nummer (skjult)", "a CPR number (masked)")))
            .expected(Argument::Words(Text::new("initialer eller lønnummer", "initials or a payroll number")))
            .with("sheet", Argument::Submitted(origin.sheet.to_string()))
    };
    subject.form.personal_numbers.iter().map(finding).collect()
}
