//! Text of a submission as everything we write repeats it: plain to the eye, with CPR numbers masked.
//!
//! This is the one way by which what a sender wrote comes into messages, reports, logs and names of files. What a format
//! reads as its own (markup, formulas, links) is the business of the format's writer.

use std::borrow::Cow;

use crate::identity::{mask_cpr, mask_cpr_with};

/// The longest text of a submission that a message repeats, in characters.
const LONGEST_QUOTE: usize = 80;

/// Text from a submission, safe and short enough to show: CPR numbers masked, white space and control characters made plain.
pub fn quotable(text: &str) -> String {
    let plain = unabridged(text);
    if plain.chars().count() <= LONGEST_QUOTE {
        return plain;
    }
    let mut short: String = plain.chars().take(LONGEST_QUOTE - 1).collect();
    short.push('…');
    short
}

/// The same in its whole length, for what a user wrote and wants to read again.
pub fn unabridged(text: &str) -> String {
    mask_cpr(&one_line(text))
}

/// The same with its spaces as they are, which count in names of files.
pub fn spaced(text: &str) -> String {
    mask_cpr(&printable(text))
}

/// The text in one line, a space between words; CPR numbers are still in it.
pub fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without invisible marks, among them those that change the direction of text; control characters are spaces.
pub fn printable(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// The name of a file or folder of a submission, for one that we write: it may not lead elsewhere, and it holds no
/// character that some system forbids and we would add.
pub fn file_name(name: &str) -> String {
    match mask_cpr_with(&printable(name), "-xxxx").as_str() {
        "" | "." | ".." => "_".to_owned(),
        plain => plain.to_owned(),
    }
}

/// The text as it is meant where its spelling is compared: without invisible marks, with a plain hyphen for any other and
/// a plain space for any white space.
pub fn plainly_spelled(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let seen = text.chars().filter(|c| !is_invisible(*c));
    Cow::Owned(
        seen.map(|c| {
            if is_hyphen(c) {
                '-'
            } else if c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect(),
    )
}

/// Whether there is nothing to see of a text.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether a character is written for a hyphen: dashes, the minus sign and hyphens that do not break.
fn is_hyphen(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether a character leaves no mark on the screen, or changes how others stand there.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_does_not_hide_a_number_from_the_masking() {
        for text in
            ["010170\n0000", "010170\u{200b}-0000", "0101\u{ad}70\u{202e}-0000", "01\u{fe0f}0170\u{e0001} - 0000"]
        {
            assert_eq!(quotable(text), "010170-****", "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_masked_before_it_is_cut() {
        let text = format!("{}010170-0000", "x ".repeat(36));
        assert!(quotable(&text).chars().count() <= LONGEST_QUOTE);
        assert!(!quotable(&text).contains("-0"));
    }

    #[test]
    fn nothing_is_left_that_moves_the_cursor_or_turns_text_around() {
        assert_eq!(quotable("a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{2066}e\u{2028}f\u{0}g\r\nh\u{7}"), "a [31mb 2Jcde f g h");
    }

    #[test]
    fn what_nobody_sees_and_other_hyphens_and_spaces_are_no_other_spelling() {
        for text in
            ["MA-17 b", "MA\u{200b}-17 b", "\u{feff}MA-17 b\u{ad}", "MA\u{2011}17\u{a0}b", "MA\u{2212}17\u{202f}b"]
        {
            assert_eq!(plainly_spelled(text), "MA-17 b", "{text:?}");
        }
        assert_eq!(plainly_spelled("Ærø"), "Ærø");
    }

    #[test]
    fn a_name_never_leads_elsewhere() {
        for (name, plain) in [
            ("Olsen 010170-0000", "Olsen 010170-xxxx"),
            ("budget\u{202e}xslx.exe", "budgetxslx.exe"),
            ("\u{200b}..", "_"),
            ("\u{feff}.\u{200b}", "_"),
            ("\u{200b}", "_"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(file_name(name), plain, "{name:?}");
        }
    }
}
