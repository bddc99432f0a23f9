//! S010: a hidden sheet other than the template's own holds values.

use crate::finding::{Argument, Finding, Severity};
use crate::form::OtherSheet;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S010",
    name: "hidden-content",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("Skabelonen har ingen skjulte ark med tal, som skal udfyldes.")],
    parameters: &[],
    title: Text::new("Et skjult ark med indhold", "A hidden sheet with content"),
    message: Text::new(
        "Arket »{sheet}« er skjult og er ikke skabelonens eget. {count} af dets celler er udfyldt; i den første står »{found}«.",
        "The sheet “{sheet}” is hidden and not the form's own. {count} of its cells are filled in; the first holds “{found}”.",
    ),
    action: Text::new(
        "Vis arket, og slet det, hvis det ikke hører til.",
        "Show the sheet, and delete it if it does not belong there.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let hidden = subject.form.surroundings.other_sheets.iter().filter(|sheet| sheet.hidden);
    hidden.map(finding).collect()
}

fn finding(sheet: &OtherSheet) -> Finding {
    Finding::at(&RULE, &sheet.quoted.origin)
        .found(Argument::Submitted(sheet.quoted.text.clone()))
        .with("sheet", Argument::Submitted(sheet.quoted.origin.sheet.to_string()))
        .with("count", Argument::Number(sheet.values.into()))
}
