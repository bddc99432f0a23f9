//! When two labels are the same, and when only nearly.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::plain_text::plainly_spelled;

/// A label of a form as its layout writes it, with the way it is compared made ready.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Label {
    text: Arc<str>,
    normal: NormalLabel,
}

impl Label {
    /// The text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The label as labels are compared.
    pub fn normal(&self) -> &NormalLabel {
        &self.normal
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self { normal: NormalLabel::new(&text), text: text.into() }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Deref for Label {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// A label as labels are compared: plainly spelled, normalised, case-folded, trimmed, white space collapsed, trailing `:` and `*` removed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormalLabel(String);

/// How well a cell's text matches a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The same label.
    Exact,
    /// Nearly the same: a slip of so many letters.
    Near(usize),
}

impl NormalLabel {
    /// The longest text that is compared as a label; longer ones are prose.
    const MAX_CHARS: usize = 120;

    /// Normalises a label, or a cell's text that may be one.
    pub fn new(text: &str) -> Self {
        let mut normal = String::with_capacity(text.len().min(Self::MAX_CHARS * 2));
        // One character more than is compared: a combining mark would join the last.
        if text.chars().take(Self::MAX_CHARS + 1).all(is_normal) {
            push_folded(text.chars().take(Self::MAX_CHARS), &mut normal);
        } else {
            push_folded(plainly_spelled(text).nfkc().take(Self::MAX_CHARS), &mut normal);
        }
        let end = normal.trim_end_matches([' ', ':', '*']).len();
        normal.truncate(end);
        Self(normal)
    }

    /// Whether a text is this label.
    pub fn is_written(&self, text: &str) -> bool {
        let first = |text: &str| text.chars().next().filter(char::is_ascii);
        // Most texts begin with another letter, and need not be normalised to see it.
        let differ = first(text.trim_start()).zip(first(&self.0)).is_some_and(|(a, b)| a.to_ascii_lowercase() != b);
        !differ && Self::new(text) == *self
    }

    /// How well this text matches a label; `None` where it is another.
    pub fn matches(&self, label: &Self) -> Option<Match> {
        if self == label {
            return Some(Match::Exact);
        }
        let letters = label.0.chars().count();
        if self.0.chars().count().abs_diff(letters) <= Self::slips_allowed(letters) {
            let slips = strsim::osa_distance(&self.0, &label.0);
            if slips <= Self::slips_allowed(letters) {
                return Some(Match::Near(slips));
            }
        }
        // "Nr" for "Nr.", "Medarbejder ID" for "Medarbejder-ID": only signs and spaces between the letters differ.
        if letters_of(&self.0).eq(letters_of(&label.0)) && letters_of(&label.0).next().is_some() {
            return Some(Match::Near(1));
        }
        // "Timeløn" for "Timeløn (kr.)": only the unit is left out or written otherwise.
        let bare = self.without_unit();
        (bare.chars().count() >= 4 && bare == label.without_unit()).then_some(Match::Near(letters))
    }

    /// A slip or two in a long label; words of under four letters leave no room for one.
    fn slips_allowed(letters: usize) -> usize {
        if letters < 4 { 0 } else { (letters / 8).clamp(1, 2) }
    }

    fn without_unit(&self) -> &str {
        match self.0.rfind('(') {
            Some(start) if self.0.ends_with(')') => self.0.get(..start).unwrap_or_default().trim_end(),
            _ => &self.0,
        }
    }
}

/// The letters and digits of a text.
fn letters_of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// Whether a character stands for itself alone, whatever it stands beside: most do in Danish, and need no look at tables.
///
/// A combining mark, which would join the letter before it, is none of these.
fn is_normal(character: char) -> bool {
    character.is_ascii() || matches!(character, '\u{c0}'..='\u{ff}')
}

/// Adds characters in lower case, white space before and between words as one space or none.
fn push_folded(characters: impl Iterator<Item = char>, normal: &mut String) {
    let mut space = false;
    for character in characters {
        if character.is_whitespace() {
            space = !normal.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            normal.push(' ');
        }
        if character.is_ascii() {
            normal.push(character.to_ascii_lowercase());
        } else {
            normal.extend(character.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(text: &str, label: &str) -> Option<Match> {
        NormalLabel::new(text).matches(&NormalLabel::new(label))
    }

    #[test]
    fn spelling_of_case_space_and_marks_does_not_matter() {
        for text in ["TIMELØN (KR.)", " Timeløn\u{a0}(kr.) * ", "Timeløn  (kr.):", "Timeløn\n(kr.)"] {
            assert_eq!(compare(text, "Timeløn (kr.)"), Some(Match::Exact), "{text}");
        }
        assert_eq!(compare("Årsløn", "A\u{30a}rsløn"), Some(Match::Exact));
    }

    #[test]
    fn what_nobody_sees_and_other_hyphens_do_not_matter() {
        for text in ["Time\u{ad}løn\u{200b} (kr.)", "\u{feff}Timeløn\u{a0}(kr.)", "Timeløn (kr.)\u{200b}:"] {
            assert_eq!(compare(text, "Timeløn (kr.)"), Some(Match::Exact), "{text:?}");
        }
        assert_eq!(compare("P\u{2011}nummer", "P-nummer"), Some(Match::Exact));
    }

    /// What [`NormalLabel::new`] says, in the words of its doc.
    fn by_the_book(text: &str) -> String {
        let folded: String =
            plainly_spelled(text).nfkc().take(NormalLabel::MAX_CHARS).flat_map(char::to_lowercase).collect();
        let trimmed = folded.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*'));
        trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_normalises_as_the_long_one(
            text in proptest::string::string_regex("[a-zA-Z0-9 :*\\t\u{80}-\u{17f}\u{300}-\u{30a}\u{a0}\u{2003}\u{fb01}]{0,140}").unwrap(),
            plain in "[ -~\\t\\n\x0b]{0,140}",
        ) {
            proptest::prop_assert_eq!(NormalLabel::new(&text).0, by_the_book(&text));
            proptest::prop_assert_eq!(NormalLabel::new(&plain).0, by_the_book(&plain));
        }
    }

    #[test]
    fn a_slip_is_nearly_the_label() {
        assert_eq!(compare("Timelon (kr.)", "Timeløn (kr.)"), Some(Match::Near(1)));
        assert_eq!(compare("Brancekode", "Branchekode"), Some(Match::Near(1)));
        assert!(matches!(compare("Timeløn", "Timeløn (kr.)"), Some(Match::Near(_))));
    }

    #[test]
    fn other_signs_between_the_letters_are_nearly_the_label() {
        for (text, label) in [
            ("Nr", "Nr."),
            ("Medarbejder ID", "Medarbejder-ID"),
            ("Medarbej-\nder-ID", "Medarbejder-ID"),
            ("Lønkompensation: (kr)", "Lønkompensation (kr.)"),
        ] {
            assert!(matches!(compare(text, label), Some(Match::Near(_))), "{text}");
        }
        assert_eq!(compare(".", "Nr."), None);
        assert_eq!(compare("Nr. 1", "Nr."), None);
    }

    #[test]
    fn other_labels_of_the_forms_are_never_taken_for_one_another() {
        for layout in crate::form::Layout::embedded().unwrap() {
            for sheet in &layout.sheets {
                let labels: Vec<&str> = sheet.labels().map(|label| &**label).collect();
                for (index, one) in labels.iter().enumerate() {
                    for other in labels.iter().skip(index + 1) {
                        assert_eq!(compare(one, other), None, "{one} / {other}");
                    }
                }
            }
        }
    }
}
