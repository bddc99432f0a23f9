//! The words by which our marks, notes and sheet are known again, also after a spreadsheet program saved them.

use crate::finding::Severity;

/// The author of our notes and the first word of each.
pub(super) const TAG: &str = "sporskifte";

/// What the formula of each mark holds.
pub(super) const MARK_TAG: &str = "sporskifte:";

/// The mark of the sheet `Kontrol`.
const CONTROL: &str = "kontrol";

/// The formula of a mark: always true, and carries the tag.
pub(super) fn mark_formula(severity: Severity) -> String {
    formula(match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Review => "review",
    })
}

/// The formula that the first cell of the sheet `Kontrol` carries.
pub(super) fn control_formula() -> String {
    formula(CONTROL)
}

/// Whether a formula is that of one of our marks, or of the sheet `Kontrol`.
pub(super) fn is_ours(formula: &str) -> bool {
    formula.contains("\"sporskifte:")
}

/// Whether a formula is that of the sheet `Kontrol`.
pub(super) fn is_control(formula: &str) -> bool {
    formula.contains(&format!("\"{TAG}:{CONTROL}\""))
}

/// Where our text begins in a note: at a line `sporskifte P309`.
pub(super) fn own_text_start(note: &str) -> Option<usize> {
    let mut start = 0;
    for line in note.split_inclusive('\n') {
        if is_heading(line) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

fn formula(word: &str) -> String {
    format!("LEN(\"{TAG}:{word}\")>0")
}

/// Whether a line is the tag and a code; a sender may well begin a line with the word alone.
fn is_heading(line: &str) -> bool {
    let code = line.strip_prefix(TAG).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default().as_bytes();
    code.first().is_some_and(u8::is_ascii_uppercase) && code.get(1).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_text_begins_at_a_line_of_tag_and_code() {
        assert_eq!(own_text_start("sporskifte P309\nFundet: 5"), Some(0));
        assert_eq!(own_text_start("Husk!\n\nsporskifte S006 P309\n"), Some(7));
        for note in ["", "Husk sporskifte P309", "sporskifte", "sporskifte er godt", "sporskifteP309"] {
            assert_eq!(own_text_start(note), None, "{note}");
        }
    }

    #[test]
    fn formulas_are_known_again() {
        assert!(is_ours(&mark_formula(Severity::Error)) && !is_control(&mark_formula(Severity::Error)));
        assert!(is_ours(&control_formula()) && is_control(&control_formula()));
        assert!(!is_ours("LEN(A1)>0"));
    }
}
