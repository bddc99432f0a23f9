//! S006: a label matched only nearly, or stands twice.

use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::{Anomaly, Origin};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};
use std::sync::Arc;

/// The rule.
pub static RULE: Rule = Rule {
    code: "S006",
    name: "unclear-label",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("Felternes navne i skabelonen ligger fast.")],
    parameters: &[],
    title: Text::new("Et feltnavn er uklart", "A label is unclear"),
    message: Text::new("{problem} »{found}«. {used}", "{problem} “{found}”. {used}"),
    action: Text::new("{remedy}", "{remedy}"),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.anomalies.iter().filter_map(finding).collect()
}

const NEARLY: Text = Text::new("Navnet er kun næsten skabelonens:", "The name is only nearly the form's:");
const RENAMED: Text = Text::new(
    "Arket er fundet på sine feltnavne, men hedder noget andet:",
    "The sheet was found by its labels, but has another name:",
);
const TWICE: Text = Text::new(
    "Navnet står to steder på arket; det andet sted er",
    "The name stands twice on the sheet; the second place is",
);

const HEADER_AGAIN: Text =
    Text::new("Tabellens overskrifter står her igen:", "The table's headers stand here once more:");
const PASSED_OVER: Text = Text::new(
    "Rækken er sprunget over, og det, der står under den, er læst.",
    "The row was passed over, and what stands below it was read.",
);

const USED: Text = Text::new(
    "Skabelonens navn er »{}«. Det er brugt alligevel.",
    "The form's name is “{}”. It was used all the same.",
);
const FIRST_USED: Text =
    Text::new("Skabelonens navn er »{}«. Det første er brugt.", "The form's name is “{}”. The first was used.");

const OWN_NAME: Text =
    Text::new("Skriv skabelonens eget navn, og kun ét sted.", "Write the form's own name, and in one place only.");
const ONE_HEADER: Text = Text::new(
    "Slet rækken, så tabellen har én overskrift. Skal den stå på hver udskrevet side, så brug Sidelayout > Udskriftstitler.",
    "Delete the row, so that the table has one header. If it is to stand on each printed page, use Page Layout > Print Titles.",
);

fn finding(anomaly: &Anomaly) -> Option<Finding> {
    let (place, found, problem) = match anomaly {
        Anomaly::NearLabel { origin, text } => (Place::from(origin), Argument::Submitted(text.clone()), NEARLY),
        Anomaly::NearSheet { name, found } => {
            let place = Place { sheet: Arc::clone(found), cell: None, label: name.as_str().into() };
            (place, Argument::Submitted(found.to_string()), NEARLY)
        }
        Anomaly::RenamedSheet { name, found } => {
            let place = Place { sheet: Arc::clone(found), cell: None, label: name.as_str().into() };
            (place, Argument::Submitted(found.to_string()), RENAMED)
        }
        Anomaly::RepeatedLabel { origin, again } => {
            let again = Place { cell: Some(*again), ..Place::from(origin) };
            (Place::from(origin), Argument::Cell(again), TWICE)
        }
        Anomaly::RepeatedHeader { rows } => return header_again(rows),
        _ => return None,
    };
    let used = if problem == TWICE { FIRST_USED } else { USED };
    let expected = Argument::Submitted(place.label.to_string());
    let used = Argument::Sentence(used, Box::new(expected.clone()));
    let finding = Finding::at(&RULE, place).found(found).expected(expected);
    let finding = finding.with("problem", Argument::Words(problem)).with("used", used);
    Some(finding.with("remedy", Argument::Words(OWN_NAME)))
}

/// One finding for all rows that repeat the table's header.
fn header_again(rows: &[Origin]) -> Option<Finding> {
    let (first, others) = rows.split_first()?;
    let finding = Finding::at(&RULE, first)
        .found(Argument::Submitted(first.label.to_string()))
        .expected(Argument::Submitted(first.label.to_string()))
        .with("problem", Argument::Words(HEADER_AGAIN))
        .with("used", Argument::Words(PASSED_OVER))
        .with("remedy", Argument::Words(ONE_HEADER));
    Some(others.iter().fold(finding, Finding::and_at))
}
