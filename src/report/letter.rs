//! The letter of a case: what the company must mend, in plain words that can be pasted into a reply.

use super::alike::{Alike, group_alike};
use super::model::{CaseReport, CheckedFile, FileReport};
use crate::finding::{Finding, Place, Severity};
use crate::language::{Language, Text};
use crate::plain_text::quotable;
use crate::rules::Check;

/// What the company must mend in a case, file by file and field by field; `None` where there is nothing.
///
/// Only errors, and of those only what is the company's to mend. Salutation and signature are the caseworker's own.
pub fn letter(case: &CaseReport, language: Language) -> Option<String> {
    let mut numbers = 1..;
    let files: Vec<String> =
        case.files.iter().filter_map(|file| file_paragraphs(file, &mut numbers, language)).collect();
    if files.is_empty() {
        return None;
    }
    let closing = Text::new(
        "Ret det i jeres egne regneark, og send alle sagens regneark til os igen. Mener I, at noget er rigtigt, som det står, så skriv til os hvorfor.",
        "Correct this in your own workbooks, and send us all workbooks of the case again. If you believe that something is right as it stands, write to us why.",
    );
    let paragraphs =
        [vec![opening(case.forms().next(), language)], files, vec![closing.get(language).to_owned()]].concat();
    Some(paragraphs.join("\n\n") + "\n")
}

/// Which application it is about.
fn opening(form: Option<&CheckedFile>, language: Language) -> String {
    let sent =
        Text::new("Vi har kontrolleret de regneark, I har sendt os", "We have checked the workbooks you sent us");
    let mend = Text::new("og det følgende skal rettes.", "and the following must be corrected.");
    let about = form.map(|form| about(form, language)).unwrap_or_default();
    format!("{}{about}, {}", sent.get(language), mend.get(language))
}

fn about(form: &CheckedFile, language: Language) -> String {
    let t = |da, en| Text::new(da, en).get(language);
    let application = t(" til ansøgningen til Sporskifteordningen", " for the application to the Sporskifteordning");
    let company = form.company.as_ref().map(|company| format!("{} {company}", t(" fra", " from"))).unwrap_or_default();
    let details = [
        form.cvr.as_ref().map(|cvr| format!("{} {cvr}", t("CVR-nummer", "CVR number"))),
        form.p_number.as_ref().map(|number| format!("{} {number}", t("P-nummer", "P-number"))),
        form.journal.as_ref().map(|journal| format!("{} {journal}", t("journalnummer", "journal number"))),
        form.application_date.map(|date| format!("{} {}", t("ansøgt den", "applied on"), language.date(date))),
    ];
    let details = details.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let details = if details.is_empty() { details } else { format!(" ({details})") };
    format!("{application}{company}{details}")
}

/// The errors of a file below its name; `None` where it has none.
fn file_paragraphs(file: &FileReport, numbers: &mut impl Iterator<Item = u32>, language: Language) -> Option<String> {
    let errors = group_alike(file.findings.iter().filter(|finding| is_for_company(finding)));
    if errors.is_empty() {
        return None;
    }
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let heading = Text::new("I filen »{}«:", "In the file “{}”:").get(language).replace("{}", name);
    let items = errors.iter().zip(numbers).map(|(alike, number)| format!("{number}. {}", item(alike, language)));
    Some(std::iter::once(heading).chain(items).collect::<Vec<_>>().join("\n\n"))
}

/// Whether a finding is an error that the company can mend. What is found across cases is about what others sent too,
/// and which rules are used for a year without any is the caseworker's choice.
fn is_for_company(finding: &Finding) -> bool {
    let is_caseworkers = matches!(finding.rule.check, Check::Run(_)) || finding.rule.code == "S013";
    finding.severity() == Severity::Error && !is_caseworkers
}

/// Where it is, what is wrong, and what to do.
fn item(alike: &Alike<'_>, language: Language) -> String {
    let finding = alike.first;
    let place = finding.place().map(|place| place_in_words(place, language));
    let sentences = [Some(finding.message(language)), alike.in_words(language), Some(finding.action(language))];
    let words = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    [place, Some(words)].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// `Arket »Budget«, celle U6, feltet »Timer«`, as far as it is known.
fn place_in_words(place: &Place, language: Language) -> String {
    let named = |da, en, name: &str| Text::new(da, en).get(language).replace("{}", name);
    let label = quotable(&place.label);
    let parts = [
        Some(named("Arket »{}«", "Sheet “{}”", &place.shown_sheet())),
        place.cell.map(|cell| named("celle {}", "cell {}", &cell.to_string())),
        Some(named("feltet »{}«", "field “{}”", &label)).filter(|_| !label.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
