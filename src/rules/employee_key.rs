//! When two employee IDs mean the same person.

use crate::plain_text::plainly_spelled;

/// The ID as IDs are compared: plainly spelled, without white space, in lower case.
pub(super) fn employee_key(id: &str) -> String {
    plainly_spelled(id).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_in_whatever_way_its_hyphen_and_spaces_are_written() {
        for id in
            ["MA-0017", "ma-0017", " MA - 0017 ", "MA\u{2011}0017", "MA-0017\u{200b}", "MA\u{ad}-\u{a0}0017\u{feff}"]
        {
            assert_eq!(employee_key(id), "ma-0017", "{id:?}");
        }
        assert_ne!(employee_key("MA-017"), employee_key("MA-0017"));
    }
}
