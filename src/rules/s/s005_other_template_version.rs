//! S005: the form's version is not the one of the application date.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S005",
    name: "other-template-version",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("Skabelonens udgave står i celle A2 på arket Stamdata.")],
    parameters: &[],
    title: Text::new("En anden udgave af skabelonen", "Another edition of the form"),
    message: Text::new(
        "Skabelonen er udgave {found}; til en ansøgning med denne dato hører udgave {expected}. Felterne er læst efter udgave {expected}.",
        "The form is edition {found}; to an application of this date belongs edition {expected}. The fields were read as those of edition {expected}.",
    ),
    action: Text::new(
        "Udfyld den udgave af skabelonen, der gælder på ansøgningsdatoen.",
        "Fill in the edition of the form that is in force on the application date.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let (form, layout) = (subject.form, &subject.form.layout);
    let Some(marker) = &form.marker else { return Vec::new() };
    let outside = subject.resolved.is_some_and(|resolved| {
        let date = resolved.date();
        layout.valid_from.is_some_and(|from| date < from) || layout.valid_to.is_some_and(|to| date > to)
    });
    if marker.version == layout.version && !outside {
        return Vec::new();
    }
    let edition = |version: u32| Argument::Number(version.into());
    vec![Finding::at(&RULE, &marker.origin).found(edition(marker.version)).expected(edition(layout.version))]
}
