//! S002: a workbook, but none of the three forms.

use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FileSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S002",
    name: "unknown-template",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Celle A2 på arket Stamdata siger, hvilken skabelon det er.")],
    parameters: &[],
    title: Text::new("Ikke en af de tre skabeloner", "None of the three forms"),
    message: Text::new(
        "Filen er et regneark, men ikke et budget, en kursusoversigt eller et slutregnskab: hverken mærket »Skabelon: …« på arket Stamdata eller skabelonens felter findes i den.",
        "The file is a workbook, but not a budget, a course overview or final accounts: neither the marker “Skabelon: …” on the sheet Stamdata nor the form's fields are in it.",
    ),
    action: Text::new("Udfyld den rigtige skabelon, og send den.", "Fill in the right form and send that."),
    check: Check::File(check),
};

fn check(subject: &FileSubject<'_>) -> Vec<Finding> {
    if subject.workbook.is_ok() && !subject.recognised { vec![Finding::on_file(&RULE)] } else { Vec::new() }
}
