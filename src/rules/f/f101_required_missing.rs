//! F101: a required field is empty, in a row that is in use.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Form, Origin};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F101",
    name: "required-missing",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Feltet skal udfyldes.")],
    parameters: &[],
    title: Text::new("Et felt skal udfyldes", "A field must be filled in"),
    message: Text::new(
        "Feltet »{label}« er tomt, men skal udfyldes.{merged}",
        "The field “{label}” is empty but must be filled in.{merged}",
    ),
    action: Text::new("{first}Udfyld feltet.", "{first}Fill in the field."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let missing = subject.form.missing_required();
    missing.into_iter().map(|reading| finding(&reading.origin, subject.form)).collect()
}

/// A cell that is merged into another cannot be filled in before it is its own again.
fn finding(origin: &Origin, form: &Form) -> Finding {
    let nothing = || Argument::Words(Text::new("", ""));
    let (merged, first) = match form.merged_into(origin) {
        Some(cell) => (Argument::Sentence(MERGED, Box::new(Argument::Cells(vec![cell]))), Argument::Words(UNMERGE)),
        None => (nothing(), nothing()),
    };
    Finding::at(&RULE, origin).with("merged", merged).with("first", first)
}

const MERGED: Text = Text::new(
    " Cellen er flettet sammen med {}, så der kan ikke stå noget i den.",
    " The cell is merged with {}, so nothing can stand in it.",
);
const UNMERGE: Text = Text::new(
    "Ophæv først fletningen: markér cellerne, og vælg »Flet og centrer« på fanen Startside. ",
    "First split the cells: select them and choose “Merge & Center” on the tab Home. ",
);
