//! A JSON document that is written member by member: a run may be longer than memory.

use std::io::{self, Write};

use serde::Serialize;

/// A JSON object being written, indented for people.
pub(super) struct JsonDocument<'o> {
    out: &'o mut dyn Write,
    separator: &'static str,
}

impl<'o> JsonDocument<'o> {
    /// Begins the object.
    pub(super) fn begin(out: &'o mut dyn Write) -> io::Result<Self> {
        out.write_all(b"{")?;
        Ok(Self { out, separator: "\n  " })
    }

    /// Writes a member.
    pub(super) fn member(&mut self, key: &str, value: &impl Serialize) -> io::Result<()> {
        self.key(key)?;
        write_indented(value, "  ", self.out)
    }

    /// Writes a member that is an array, item by item.
    pub(super) fn array<T: Serialize>(
        &mut self,
        key: &str,
        items: impl Iterator<Item = io::Result<T>>,
    ) -> io::Result<()> {
        self.key(key)?;
        self.out.write_all(b"[")?;
        let mut separator = "\n    ";
        for item in items {
            self.out.write_all(separator.as_bytes())?;
            write_indented(&item?, "    ", self.out)?;
            separator = ",\n    ";
        }
        let end: &[u8] = if separator.starts_with(',') { b"\n  ]" } else { b"]" };
        self.out.write_all(end)
    }

    /// Ends the object.
    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n}\n")
    }

    fn key(&mut self, key: &str) -> io::Result<()> {
        write!(self.out, "{}\"{key}\": ", self.separator)?;
        self.separator = ",\n  ";
        Ok(())
    }
}

fn write_indented(value: &impl Serialize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    out.write_all(text.replace('\n', &format!("\n{indent}")).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_member_by_member_reads_like_any_document() {
        let mut out = Vec::new();
        let mut document = JsonDocument::begin(&mut out).unwrap();
        document.array("a", std::iter::empty::<io::Result<u8>>()).unwrap();
        document.array("b", [Ok(1), Ok(2)].into_iter()).unwrap();
        document.member("c", &serde_json::json!({ "inner": ["text"] })).unwrap();
        document.end().unwrap();
        let text = String::from_utf8(out).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value, serde_json::json!({ "a": [], "b": [1, 2], "c": { "inner": ["text"] } }));
        assert_eq!(text, serde_json::to_string_pretty(&value).unwrap() + "\n", "{text}");
    }
}
