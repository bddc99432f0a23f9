//! S009: a formula without a stored result.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S009",
    name: "formula-without-value",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("De grå felter regner skemaet selv ud.")],
    parameters: &[],
    title: Text::new("En formel uden gemt resultat", "A formula without a stored result"),
    message: Text::new(
        "»{label}« ({cell}) har en formel, men intet gemt resultat, så der er intet at kontrollere. Antal felter, det gælder: {count}.",
        "“{label}” ({cell}) has a formula but no stored result, so there is nothing to check. Fields concerned: {count}.",
    ),
    action: Text::new(
        "Åbn filen i et regnearksprogram, gem den, og kontrollér den igen.",
        "Open the file in a spreadsheet program, save it and check it again.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let mut without: Vec<&Reading> = subject.form.readings().filter(|reading| is_without_value(reading)).collect();
    without.sort_by_key(|reading| subject.form.reading_order(&reading.origin.sheet, Some(reading.origin.cell)));
    let Some((first, others)) = without.split_first() else { return Vec::new() };
    let finding = Finding::at(&RULE, &first.origin)
        .found(Argument::Words(Text::new("formel uden resultat", "a formula without a result")))
        .with("count", Argument::Number(without.len().into()));
    vec![others.iter().fold(finding, |finding, reading| finding.and_at(&reading.origin))]
}

fn is_without_value(reading: &Reading) -> bool {
    reading.content == Content::Flawed(Flaw::FormulaWithoutValue)
}
