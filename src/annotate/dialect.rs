//! The two dialects of Office Open XML: transitional, as nearly all files are, and strict.

use super::xml::{Element, XmlError};

/// The namespaces that a workbook is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The namespace of sheets, styles and comments.
    pub(super) main: &'static str,
    /// The namespace of `r:id`, and the stem of the types of relationships.
    pub(super) relationships: &'static str,
}

const TRANSITIONAL: Dialect = Dialect {
    main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relationships: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};

const STRICT: Dialect = Dialect {
    main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    relationships: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

impl Dialect {
    /// The dialect of a part by the namespaces of its root.
    pub(super) fn of(root: &Element<'_>) -> Result<Self, XmlError> {
        Ok(if root.binds(STRICT.main)? { STRICT } else { TRANSITIONAL })
    }

    /// The type of a relationship: `worksheet`.
    pub(super) fn relation_type(self, kind: &str) -> String {
        format!("{}/{kind}", self.relationships)
    }

    /// The attribute `r:id` under the prefix that the root binds; where it binds none, with the binding.
    pub(super) fn id_attribute(self, root: &Element<'_>, id: &str) -> Result<String, XmlError> {
        Ok(match root.prefix_of(self.relationships)? {
            Some(prefix) => format!("{prefix}id=\"{id}\""),
            None => format!("xmlns:r=\"{}\" r:id=\"{id}\"", self.relationships),
        })
    }
}
