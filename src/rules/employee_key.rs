//! When two employee IDs mean the same person.

/// The ID as IDs are compared: without white space, in lower case.
pub(super) fn employee_key(id: &str) -> String {
    id.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
