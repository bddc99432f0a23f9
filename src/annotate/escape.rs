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
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (before, from) = rest.split_at(at);
        escaped.push_str(before);
        let mut characters = from.chars();
        escaped.push_str(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "",
        });
        rest = characters.as_str();
    }
    escaped.push_str(rest);
    escaped
}

/// Whether a character cannot stand in XML as it is.
fn is_special(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '&' | '<' | '>' | '"' | '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// Text of a cell or a note: as [`escape`], and `_x0041_` is kept from being read as `A`.
pub(super) fn escape_text(text: &str) -> String {
    if !text.contains("_x") {
        return escape(text);
    }
    let mut guarded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        guarded.push_str(before);
        guarded.push_str(if is_character_code(from) { "_x005F_x" } else { "_x" });
        rest = from.strip_prefix("_x").unwrap_or_default();
    }
    guarded.push_str(rest);
    escape(&guarded)
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
