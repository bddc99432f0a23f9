//! When two labels are the same, and when only nearly.

use unicode_normalization::UnicodeNormalization as _;

/// A label as labels are compared: normalised, case-folded, trimmed, white space collapsed, trailing `:` and `*` removed.
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
        let folded: String = text.nfkc().take(Self::MAX_CHARS).flat_map(char::to_lowercase).collect();
        let trimmed = folded.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*'));
        Self(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether nothing is left to compare.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
    fn a_slip_is_nearly_the_label() {
        assert_eq!(compare("Timelon (kr.)", "Timeløn (kr.)"), Some(Match::Near(1)));
        assert_eq!(compare("Brancekode", "Branchekode"), Some(Match::Near(1)));
        assert!(matches!(compare("Timeløn", "Timeløn (kr.)"), Some(Match::Near(_))));
    }

    #[test]
    fn other_labels_of_the_forms_are_never_taken_for_one_another() {
        for layout in crate::form::Layout::embedded().unwrap() {
            for sheet in &layout.sheets {
                let labels: Vec<&String> = (sheet.fields.iter().map(|field| &field.label))
                    .chain(sheet.columns.iter().map(|column| &column.label))
                    .chain(sheet.summary.iter().map(|field| &field.label))
                    .collect();
                for (index, one) in labels.iter().enumerate() {
                    for other in labels.iter().skip(index + 1) {
                        assert_eq!(compare(one, other), None, "{one} / {other}");
                    }
                }
            }
        }
    }
}
