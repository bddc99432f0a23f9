//! Text of ours as it stands in XML.

/// Our own XML, written without a prefix, under the prefix that the part around it uses.
pub(super) fn with_prefix(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    xml.replace('<', &format!("<{prefix}")).replace(&format!("<{prefix}/"), &format!("</{prefix}"))
}

/// Text that stands between tags or in double quotes; characters that XML cannot hold are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    push_escaped(&mut escaped, text);
    escaped
}

/// Adds text, escaped, to XML.
fn push_escaped(xml: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_be_special) {
        let (before, from) = rest.split_at(at);
        xml.push_str(before);
        let mut characters = from.chars();
        match characters.next() {
            Some('&') => xml.push_str("&amp;"),
            Some('<') => xml.push_str("&lt;"),
            Some('>') => xml.push_str("&gt;"),
            Some('"') => xml.push_str("&quot;"),
            Some(other) if !is_forbidden(other) => xml.push(other),
            _ => {}
        }
        rest = characters.as_str();
    }
    xml.push_str(rest);
}

/// Whether a byte begins a character that may not stand in XML as it is; no byte within a character does.
fn may_be_special(byte: u8) -> bool {
    const FIRST_OF_NONCHARACTERS: u8 = 0xEF;
    matches!(byte, b'&' | b'<' | b'>' | b'"' | FIRST_OF_NONCHARACTERS) || byte < b' '
}

/// Whether XML cannot hold a character at all.
fn is_forbidden(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}') && !matches!(character, '\t' | '\n')
}

/// Text of a cell or a note: as [`escape`], and `_x0041_` is kept from being read as `A`.
pub(super) fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    push_escaped_text(&mut escaped, text);
    escaped
}

/// Adds text of a cell or a note, as [`escape_text`] gives it, to XML.
pub(super) fn push_escaped_text(xml: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        push_escaped(xml, before);
        xml.push_str(if is_character_code(from) { "_x005F_x" } else { "_x" });
        rest = from.strip_prefix("_x").unwrap_or_default();
    }
    push_escaped(xml, rest);
}

/// Whether a text begins with `_xHHHH_`.
fn is_character_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(2..6).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) && bytes.get(6) == Some(&b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_elements_take_the_prefix_of_the_part() {
        assert_eq!(with_prefix("<a><b/></a>", "x:"), "<x:a><x:b/></x:a>");
        assert_eq!(with_prefix("<a/>", ""), "<a/>");
    }

    #[test]
    fn what_xml_cannot_hold_is_dropped_and_the_rest_escaped() {
        assert_eq!(escape("a\u{0}<b>\u{1f}&\"\n\u{ffff}æ"), "a&lt;b&gt;&amp;&quot;\næ");
        assert_eq!(escape_text("_x0041_ _x00_ _x"), "_x005F_x0041_ _x00_ _x");
    }
}
