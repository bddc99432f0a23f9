//! How high a row must be for its wrapped text: not every spreadsheet program works it out when it opens a file.

/// The height of a line of text, in points.
const LINE_HEIGHT: usize = 14;

/// The highest that Excel lets a row be, in points.
const GREATEST_HEIGHT: usize = 409;

/// The height of a row of so many lines, in points.
pub(super) fn height_of_lines(lines: usize) -> u32 {
    let height = lines.saturating_mul(LINE_HEIGHT).saturating_add(1).min(GREATEST_HEIGHT);
    u32::try_from(height).unwrap_or_default()
}

/// How many lines a text takes in a column of a width in characters.
pub(super) fn lines_of(text: &str, width: usize) -> usize {
    // The indent and the margins take some.
    let room = width.saturating_sub(2).max(1);
    text.lines().map(|line| wrapped_lines(line, room)).sum::<usize>().max(1)
}

/// Breaks at spaces, and within a word that is longer than a line.
fn wrapped_lines(line: &str, room: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in line.split_whitespace() {
        let length = word.chars().count();
        let space = usize::from(used > 0);
        if used + space + length <= room {
            used += space + length;
            continue;
        }
        lines += usize::from(used > 0) + length.saturating_sub(1) / room;
        used = (length.saturating_sub(1) % room) + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_at_spaces_and_within_long_words() {
        for (text, lines) in [("", 1), ("en to", 1), ("en to tre", 2), ("12345678901", 2), ("en 12345678901 to", 4)] {
            assert_eq!(lines_of(text, 8), lines, "{text}");
        }
        assert_eq!(lines_of("en\nto", 8), 2);
    }

    #[test]
    fn no_row_is_higher_than_excel_allows() {
        assert_eq!(height_of_lines(2), 29);
        assert_eq!(height_of_lines(32_767), 409);
    }
}
