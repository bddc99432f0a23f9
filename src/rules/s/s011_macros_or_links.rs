//! S011: macros, or links to other files.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S011",
    name: "macros-or-links",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("Skabelonen har hverken makroer eller links til andre filer.")],
    parameters: &[],
    title: Text::new("Makroer eller links til andre filer", "Macros or links to other files"),
    message: Text::new(
        "{problem} Skabelonen har ingen; tal kan komme andre steder fra end det, der ses.",
        "{problem} The form has none; figures may come from elsewhere than is seen.",
    ),
    action: Text::new(
        "Send skabelonen uden makroer og links: kopiér de udfyldte felter over i en ny, tom skabelon.",
        "Send the form without macros and links: copy the fields into a new blank form.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let surroundings = &subject.form.surroundings;
    let macros = surroundings.has_macros.then_some(MACROS);
    let links = (surroundings.external_links > 0).then_some(LINKS);
    let problems = [macros, links].into_iter().flatten();
    problems.map(|problem| Finding::on_file(&RULE).with("problem", Argument::Words(problem))).collect()
}

const MACROS: Text = Text::new("Filen indeholder makroer.", "The file holds macros.");
const LINKS: Text = Text::new("Filen henter tal fra andre filer.", "The file takes figures from other files.");
