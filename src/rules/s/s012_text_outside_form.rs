//! S012: values outside of the form fields.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Anomaly, Form, StrayValue};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S012",
    name: "text-outside-form",
    severity: Severity::Review,
    kinds: ALL_FORMS,
    sources: &[form_says("Kun skabelonens felter læses.")],
    parameters: &[],
    title: Text::new("Noget står uden for skabelonens felter", "Something stands outside of the form's fields"),
    message: Text::new(
        "Uden for skabelonens felter står »{found}«{more}. Det er ikke med i kontrollen.",
        "Outside of the form's fields stands “{found}”{more}. It is not part of the check.",
    ),
    action: Text::new("Læs det, så en bemærkning ikke bliver overset.", "Read it, so that no remark is overlooked."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let (form, surroundings) = (subject.form, &subject.form.surroundings);
    let visible = surroundings.other_sheets.iter().filter(|sheet| !sheet.hidden && !lacks_a_sheet(form));
    let sheets = visible.map(|sheet| finding(&sheet.quoted).with("more", more(sheet.values)));
    let stray: Vec<&StrayValue> = surroundings.stray_values.iter().filter(|value| !is_explained(value, form)).collect();
    let stray = stray.chunk_by(|a, b| a.origin.sheet == b.origin.sheet).flat_map(on_one_sheet).collect::<Vec<_>>();
    sheets.chain(headings(form)).chain(stray).collect()
}

/// One finding for all headings and remarks between the rows of a table.
fn headings(form: &Form) -> Vec<Finding> {
    let of_table = form.anomalies.iter().filter_map(|anomaly| match anomaly {
        Anomaly::Headings { words } => Some(words),
        _ => None,
    });
    let told = of_table.filter_map(|words| {
        let words: Vec<&StrayValue> = words.iter().filter(|value| !is_personal(value, form)).collect();
        let (first, others) = words.split_first()?;
        let first = finding(first).with("more", more(words.len()));
        Some(others.iter().fold(first, |finding, value| finding.and_at(&value.origin)))
    });
    told.collect()
}

/// A sheet that the form does not know may be the one it misses, which is a finding of its own.
fn lacks_a_sheet(form: &Form) -> bool {
    form.anomalies.iter().any(|anomaly| matches!(anomaly, Anomaly::MissingSheet { .. }))
}

/// Whether another finding says why the value stands outside the fields: it is a CPR number, or a label of its sheet is
/// missing or stands twice.
fn is_explained(value: &StrayValue, form: &Form) -> bool {
    let sheet = &value.origin.sheet;
    let of_label = form.anomalies.iter().any(|anomaly| match anomaly {
        Anomaly::MissingHeader { sheet: of, .. } | Anomaly::MissingLabel { sheet: of, .. } => of == sheet,
        Anomaly::RepeatedLabel { origin, .. } => origin.sheet == *sheet,
        Anomaly::MissingSheet { .. }
        | Anomaly::NearSheet { .. }
        | Anomaly::RenamedSheet { .. }
        | Anomaly::NearLabel { .. }
        | Anomaly::RowsOfNothing { .. }
        | Anomaly::Headings { .. }
        | Anomaly::RepeatedHeader { .. } => false,
    });
    of_label || is_personal(value, form)
}

fn is_personal(value: &StrayValue, form: &Form) -> bool {
    let StrayValue { origin, .. } = value;
    form.personal_numbers.iter().any(|number| number.cell == origin.cell && number.sheet == origin.sheet)
}

/// From this many on, a sheet's stray values are one finding: they are a table of the sender's own, not remarks.
const MANY: usize = 10;

fn on_one_sheet(values: &[&StrayValue]) -> Vec<Finding> {
    if values.len() < MANY {
        return values.iter().map(|value| finding(value).with("more", more(1))).collect();
    }
    let Some((first, others)) = values.split_first() else { return Vec::new() };
    let first = finding(first).with("more", more(values.len()));
    vec![others.iter().fold(first, |finding, value| finding.and_at(&value.origin))]
}

fn finding(value: &StrayValue) -> Finding {
    Finding::at(&RULE, &value.origin).found(Argument::Submitted(value.text.clone()))
}

/// How many values there are besides the one that is shown.
fn more(values: usize) -> Argument {
    match values {
        0 | 1 => Argument::Words(Text::new("", "")),
        2 => Argument::Words(Text::new(" og 1 anden værdi", " and 1 other value")),
        values => Argument::Phrase(Text::new(" og {} andre værdier", " and {} other values"), (values - 1).into()),
    }
}
