//! F110: not an e-mail address.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, FieldType, Reading, Value};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F110",
    name: "invalid-email",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("E-mail på kontaktpersonen.")],
    parameters: &[],
    title: Text::new("Ikke en e-mailadresse", "Not an e-mail address"),
    message: Text::new("»{found}« ligner ikke en e-mailadresse.", "“{found}” does not look like an e-mail address."),
    action: Text::new("Skriv en adresse som navn@firma.dk.", "Write an address such as name@company.dk."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let layout = &subject.form.layout;
    let emails = layout.fields().filter(|field| field.field_type == FieldType::Email);
    emails.filter_map(|field| finding(subject.form.field(&field.key)?)).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Value(Value::Text(text)) = &reading.content else { return None };
    (!is_email(text)).then(|| Finding::at(&RULE, &reading.origin).found(Argument::Submitted(text.clone())))
}

/// A name, `@`, and a domain with a dot; no spaces. Whether it exists is not ours to know.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    !name.is_empty()
        && !text.contains(char::is_whitespace)
        && !domain.contains('@')
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_are_told_from_other_text() {
        for text in ["a@b.dk", "jens.æble+x@under.firma.dk", "JH@X-Y.COM"] {
            assert!(is_email(text), "{text}");
        }
        for text in ["a@b", "@b.dk", "a b@c.dk", "a@b@c.dk", "a@.dk", "a@b.", "jens hansen", "a@-b.dk"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
