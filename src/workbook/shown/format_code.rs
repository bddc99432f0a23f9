//! Which number formats show a number as a date, a time or a duration.

/// Whether the built-in format of an id does, also those of East Asia.
pub(super) const fn is_builtin_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether the code of a format does: whether a letter of dates stands outside of quotes, escapes and brackets, or hours,
/// minutes or seconds alone in brackets; in the first section, that of numbers above zero.
///
/// The same codes as calamine takes for dates, which reads the other formats.
pub(super) fn is_date_code(code: &str) -> bool {
    let mut characters = code.chars();
    let mut brackets = 0_u32;
    let mut in_brackets = String::new();
    let mut after_a = false;
    let mut quoted = false;
    while let Some(character) = characters.next() {
        match character {
            // The next character is shown, skipped or repeated, whatever it is.
            '_' | '\\' | '*' => drop(characters.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            ';' => return false,
            '[' => {
                brackets += 1;
                in_brackets.clear();
            }
            ']' if brackets == 1 && is_elapsed_time(&in_brackets) => return true,
            ']' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => in_brackets.push(character.to_ascii_lowercase()),
            // `AM/PM` and `A/P`; an `a` alone is none.
            'a' | 'A' if !after_a => after_a = true,
            'p' | 'm' | '/' | 'P' | 'M' if after_a => return true,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' if !after_a => return true,
            _ => {}
        }
    }
    false
}

/// Whether the code of a date's format shows a time alone, without a day; and if so, whether its hours go on beyond a day.
pub(super) fn time_of(code: &str) -> Option<TimeFormat> {
    let (mut letters, mut is_elapsed) = (String::new(), false);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '_' | '\\' | '*' => drop(characters.next()),
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '[' => {
                let in_brackets = characters.by_ref().take_while(|c| *c != ']');
                is_elapsed |= is_elapsed_time(&in_brackets.collect::<String>().to_ascii_lowercase());
            }
            ';' => break,
            _ => letters.push(character.to_ascii_lowercase()),
        }
    }
    if letters.contains(['d', 'y']) || !(is_elapsed || letters.contains(['h', 's'])) {
        return None;
    }
    Some(if is_elapsed { TimeFormat::Elapsed } else { TimeFormat::OfDay })
}

/// The same for the built-in format of an id.
pub(super) const fn builtin_time(id: u32) -> Option<TimeFormat> {
    match id {
        18..=21 | 45 | 47 => Some(TimeFormat::OfDay),
        46 => Some(TimeFormat::Elapsed),
        _ => None,
    }
}

/// How a format shows a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeFormat {
    /// As that of a day.
    OfDay,
    /// As hours, however many.
    Elapsed,
}

/// `h`, `mm`, `ss` and so on: one of the three letters, alone.
fn is_elapsed_time(text: &str) -> bool {
    ['h', 'm', 's'].iter().any(|letter| !text.is_empty() && text.chars().all(|character| character == *letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_dates_times_and_durations_are_known() {
        for code in [
            "DD/MM/YY",
            "H:MM:SS;@",
            "m\"M\"d\"D\";@",
            "[h]:mm:ss",
            "[$-404]e\"\u{fc}\"m\"\u{fc}\"d\"\u{fc}\"",
            "[h]",
            "[ss]",
            "[s].000",
            "[m]",
            "[mm]",
            "[Blue]\\+[h]:mm;[Red]\\-[h]:mm;[Green][h]:mm",
            "[>=100][Magenta][s].00",
            "[h]:mm;[=0]\\-",
            "ha/p\\\\m",
            "*-yyyy-mm-dd",
            "[$-406]d. mmmm yyyy",
        ] {
            assert!(is_date_code(code), "{code}");
        }
    }

    #[test]
    fn codes_of_numbers_are_not_taken_for_dates() {
        for code in [
            "General",
            "#,##0\\ [$\\u20bd-46D]",
            "\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\";\"Y: <num>m\";@",
            "#,##0\\ [$''u20bd-46D]",
            "\"$\"#,##0_);[Red](\"$\"#,##0)",
            "0_ ;[Red]\\-0\\ ",
            "\\Y000000",
            "#,##0.0####\" YMD\"",
            "[>=100][Magenta].00",
            "[>=100][Magenta]General",
            "#,##0.00\\ _M\"H\"_);[Red]#,##0.00\\ _M\"S\"_)",
            "#,##0*y",
            "0\"x\"*d",
            "*-#,##0",
            "#,##0.00\\ \"kr.\"",
        ] {
            assert!(!is_date_code(code), "{code}");
        }
    }

    #[test]
    fn times_and_durations_are_told_from_dates() {
        use TimeFormat::{Elapsed, OfDay};
        for (code, expected) in [
            ("hh:mm", Some(OfDay)),
            ("H:MM:SS;@", Some(OfDay)),
            ("mm:ss", Some(OfDay)),
            ("[$-406]h:mm AM/PM", Some(OfDay)),
            ("h\" d \"mm", Some(OfDay)),
            ("[h]:mm", Some(Elapsed)),
            ("[hh]:mm:ss", Some(Elapsed)),
            ("[Blue][h]:mm;[Red]\\-[h]:mm", Some(Elapsed)),
            ("[m]", Some(Elapsed)),
            ("[Magenta]hh:mm", Some(OfDay)),
            ("dd-mm-yyyy", None),
            ("dd-mm-yyyy hh:mm", None),
            ("mmm", None),
            ("[Magenta]d. mmmm", None),
        ] {
            assert_eq!(time_of(code), expected, "{code}");
        }
        let times: Vec<u32> = (0..100).filter(|id| builtin_time(*id).is_some()).collect();
        assert_eq!(times, [18, 19, 20, 21, 45, 46, 47]);
    }

    #[test]
    fn built_in_dates_are_known_by_their_id() {
        let dates: Vec<u32> = (0..100).filter(|id| is_builtin_date(*id)).collect();
        let expected: Vec<u32> = (14..=22).chain(27..=36).chain(45..=47).chain(50..=58).collect();
        assert_eq!(dates, expected);
    }
}
