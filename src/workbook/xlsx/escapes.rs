//! Characters that XML cannot hold, as a spreadsheet writes them: `_x000D_`.

use std::borrow::Cow;

/// The bytes of one escape.
const LENGTH: usize = "_x000D_".len();

/// The text with its escapes resolved; half a character outside the basic plane becomes U+FFFD.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if first_unit(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((place, unit)) = first_unit(rest) {
        resolved.push_str(rest.get(..place).unwrap_or_default());
        let mut units = vec![unit];
        rest = rest.get(place + LENGTH..).unwrap_or_default();
        if let (0xD800..=0xDBFF, Some(second @ 0xDC00..=0xDFFF)) = (unit, unit_at_start(rest)) {
            units.push(second);
            rest = rest.get(LENGTH..).unwrap_or_default();
        }
        resolved.push_str(&String::from_utf16_lossy(&units));
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Where the first escape stands, and the UTF-16 code unit that it means.
fn first_unit(text: &str) -> Option<(usize, u16)> {
    let places = text.match_indices('_').map(|(place, _)| place);
    places.into_iter().find_map(|place| Some((place, unit_at_start(text.get(place..)?)?)))
}

fn unit_at_start(text: &str) -> Option<u16> {
    let [b'_', b'x', digits @ .., b'_'] = text.as_bytes().get(..LENGTH)? else { return None };
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    u16::from_str_radix(digits?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_all_else_stays() {
        for (written, meant) in [
            ("plain_text_x", "plain_text_x"),
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "\u{1F4F7}"),
            ("_xD83D_!", "\u{FFFD}!"),
            ("_xDCF7_", "\u{FFFD}"),
            ("_x00g0_ _x000_ _x+00A_", "_x00g0_ _x000_ _x+00A_"),
            ("æ_x00E6_æ", "æææ"),
        ] {
            assert_eq!(resolve(written), meant, "{written}");
        }
    }
}
