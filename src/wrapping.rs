//! Breaking text into lines.

/// The least room for words, however narrow the terminal.
const LEAST_ROOM: usize = 30;

/// Breaks a text at spaces after a lead such as `  - `; further lines are indented as the first. Ends without a line break.
pub(crate) fn wrapped(lead: &str, text: &str, width: usize) -> String {
    let indent = lead.chars().count();
    let room = width.max(indent + LEAST_ROOM) - indent;
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map(String::as_str).unwrap_or_default();
        let full = !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room;
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let separator = format!("\n{}", " ".repeat(indent));
    format!("{lead}{}", lines.join(&separator))
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn further_lines_stand_below_the_first_words() {
        let text = "et to tre fire fem seks syv otte ni ti elleve tolv";
        assert_eq!(wrapped("  - ", text, 40), "  - et to tre fire fem seks syv otte ni\n    ti elleve tolv");
    }

    #[test]
    fn a_word_longer_than_the_line_stands_alone() {
        let long = "x".repeat(50);
        assert_eq!(wrapped("", &format!("a {long} b"), 30), format!("a\n{long}\nb"));
    }
}
