//! Text that stands in markup as text, whatever it holds: in HTML and in XML, in elements and in quoted attributes.

use std::fmt::{self, Display, Formatter, Write as _};

/// Shows text so that no markup comes of it; characters that XML forbids become spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c if is_forbidden(c) => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Control characters but line breaks, and what is no character at all.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "</script><img src=x onerror=\"a('b')\">&amp;";
        let shown = Escaped(hostile).to_string();
        assert!(!shown.contains(['<', '>', '"', '\'']), "{shown}");
        assert!(shown.ends_with("&amp;amp;"), "{shown}");
    }

    #[test]
    fn what_xml_forbids_becomes_a_space() {
        assert_eq!(Escaped("a\u{0}b\u{1b}c\u{fffe}d\re\nf\u{85}g").to_string(), "a b c d e\nf g");
    }
}
