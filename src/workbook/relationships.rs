//! Relationships: how the parts of a package find each other.

use std::collections::BTreeSet;

use super::Limits;
use super::error::{Hazard, ReadError};
use super::xml::{Events, local_name};

/// One line of a `.rels` part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The id that the source part uses.
    pub id: String,
    /// The last segment of the type: `worksheet`, `styles`; the same for transitional and strict packages.
    pub kind: String,
    /// The name of the part it leads to, as it stands in the archive; or the address, where it is external.
    pub target: String,
    /// Whether the target lies outside of the package.
    pub external: bool,
}

/// Reads a `.rels` part that belongs to `source` (the empty name for the package itself).
///
/// An id means one relationship only: of two, another reader may follow the other.
pub(crate) fn parse(
    source: &str,
    rels_name: &str,
    text: &str,
    limits: &Limits,
) -> Result<Vec<Relationship>, ReadError> {
    let mut events = Events::new(rels_name, text, limits);
    let mut relationships = Vec::new();
    let mut ids = BTreeSet::new();
    while let Some(element) = events.next_element()? {
        if local_name(&element) != "Relationship" {
            continue;
        }
        let [id, kind, target, mode] = events.attributes(&element, ["Id", "Type", "Target", "TargetMode"])?;
        let (Some(id), Some(kind), Some(target)) = (id, kind, target) else {
            return Err(events.damaged("a relationship without Id, Type or Target"));
        };
        if !ids.insert(id.clone().into_owned()) {
            return Err(events.hazardous(Hazard::AmbiguousRelationship));
        }
        let external = mode.is_some_and(|mode| mode == "External");
        let target = if external { target.into_owned() } else { resolve(source, &target) };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relationships.push(Relationship { id: id.into_owned(), kind, target, external });
    }
    Ok(relationships)
}

/// The relationship of a kind that there is one of; of two, another reader may follow the other.
pub(crate) fn one_of_kind<'r>(
    relationships: &'r [Relationship],
    kind: &str,
) -> Result<Option<&'r Relationship>, ReadError> {
    let mut found = relationships.iter().filter(|to| to.kind == kind && !to.external);
    let first = found.next();
    match found.find(|to| Some(&to.target) != first.map(|first| &first.target)) {
        Some(other) => Err(ReadError::hazardous(&other.target, Hazard::AmbiguousRelationship)),
        None => Ok(first),
    }
}

/// The name of the part that holds the relationships of `source`.
pub(crate) fn rels_name(source: &str) -> String {
    let source = source.replace('\\', "/");
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", &source));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// The part that a target means, seen from its source.
fn resolve(source: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let source = source.replace('\\', "/");
    let folder = if target.starts_with('/') { "" } else { source.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_source() {
        for (source, target, part) in [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            ("xl\\worksheets\\sheet1.xml", "..\\comments1.xml", "xl/comments1.xml"),
            ("xl/workbook.xml", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(source, target), part, "{target} from {source}");
        }
    }

    #[test]
    fn relationships_stand_beside_their_source() {
        assert_eq!(rels_name(""), "_rels/.rels");
        assert_eq!(rels_name("workbook.xml"), "_rels/workbook.xml.rels");
        assert_eq!(rels_name("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(rels_name("xl\\workbook.xml"), "xl/_rels/workbook.xml.rels");
    }

    #[test]
    fn strict_and_prefixed_relationships_are_understood() {
        let text = r#"<p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships">
            <p:Relationship Id='rId1' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' Target='a.xml'/>
            <p:Relationship Id='rId2' Type='x/hyperlink' Target='https://star.dk/?a=1&amp;b=2' TargetMode='External'/>
        </p:Relationships>"#;
        let read = parse("xl/workbook.xml", "rels", text, &Limits::default()).unwrap();
        let relationship = |id: &str, kind: &str, target: &str, external| Relationship {
            id: id.into(),
            kind: kind.into(),
            target: target.into(),
            external,
        };
        assert_eq!(
            read,
            [
                relationship("rId1", "worksheet", "xl/a.xml", false),
                relationship("rId2", "hyperlink", "https://star.dk/?a=1&b=2", true)
            ]
        );
    }
}
