//! Relationships between parts, and their content types.

use super::AnnotateError;
use super::draft::Draft;
use super::splice::Splice;
use super::xml::{Part, XmlError, escape};

const RELATIONS_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// One relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// The id that the part refers to it by.
    pub(super) id: String,
    /// The last segment of its type: `worksheet`.
    pub(super) kind: String,
    /// The name of the part it leads to.
    pub(super) target: String,
}

/// The relationships of a part that lead to other parts of the package.
pub(super) fn relations(draft: &Draft<'_>, part: &str) -> Result<Vec<Relation>, AnnotateError> {
    Ok(draft.read_if_present(&relations_part(part), |xml| read(xml, part))?.unwrap_or_default())
}

/// The first relationship of a kind.
pub(super) fn relation_of_kind(draft: &Draft<'_>, part: &str, kind: &str) -> Result<Option<Relation>, AnnotateError> {
    Ok(relations(draft, part)?.into_iter().find(|relation| relation.kind == kind))
}

/// Adds a relationship to a part of the package and gives its id.
pub(super) fn add_relation(
    draft: &mut Draft<'_>,
    part: &str,
    type_uri: &str,
    target: &str,
) -> Result<String, AnnotateError> {
    let relations_part = relations_part(part);
    if draft.text(&relations_part)?.is_none() {
        let empty = format!("{}<Relationships xmlns=\"{RELATIONS_NAMESPACE}\"></Relationships>", super::XML_HEADER);
        draft.set(&relations_part, empty);
    }
    let id = draft.read(&relations_part, free_id)?;
    draft.edit(&relations_part, |xml| {
        let outline = Part::parse(xml)?;
        let mut splice = Splice::new(xml);
        let prefix = outline.root.prefix();
        let target = escape(target);
        let element = format!(r#"<{prefix}Relationship Id="{id}" Type="{type_uri}" Target="/{target}"/>"#);
        splice.append_to(&outline.root, element);
        Ok(splice.finish())
    })?;
    Ok(id)
}

/// Removes the relationships of a part that lead to a given one.
pub(super) fn remove_relations_to(draft: &mut Draft<'_>, part: &str, target: &str) -> Result<(), AnnotateError> {
    draft.edit(&relations_part(part), |xml| {
        let mut splice = Splice::new(xml);
        for element in Part::parse(xml)?.children {
            let leads_to = element.attribute("Target")?.map(|written| resolve(part, &written));
            if leads_to.as_deref() == Some(target) {
                splice.remove(element.span());
            }
        }
        Ok(splice.finish())
    })
}

/// Removes a part, its own relationships and its content type.
pub(super) fn remove_part(draft: &mut Draft<'_>, part: &str) -> Result<(), AnnotateError> {
    draft.remove(part);
    draft.remove(&relations_part(part));
    draft.edit(CONTENT_TYPES, |xml| {
        let mut splice = Splice::new(xml);
        for element in Part::parse(xml)?.children_named("Override") {
            if names_part(element.attribute("PartName")?.as_deref(), part) {
                splice.remove(element.span());
            }
        }
        Ok(splice.finish())
    })
}

/// States the content type of a part that has none yet.
pub(super) fn add_content_type(draft: &mut Draft<'_>, part: &str, content_type: &str) -> Result<(), AnnotateError> {
    draft.edit(CONTENT_TYPES, |xml| {
        let outline = Part::parse(xml)?;
        for element in outline.children_named("Override") {
            if names_part(element.attribute("PartName")?.as_deref(), part) {
                return Ok(xml.to_owned());
            }
        }
        let mut splice = Splice::new(xml);
        let prefix = outline.root.prefix();
        let part = escape(part);
        let element = format!(r#"<{prefix}Override PartName="/{part}" ContentType="{content_type}"/>"#);
        splice.append_to(&outline.root, element);
        Ok(splice.finish())
    })
}

fn names_part(name: Option<&str>, part: &str) -> bool {
    name.is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part))
}

/// The part that holds the relationships of a part; of the package for the empty name.
fn relations_part(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn read(xml: &str, part: &str) -> Result<Vec<Relation>, XmlError> {
    let mut relations = Vec::new();
    for element in Part::parse(xml)?.children {
        if element.attribute("TargetMode")?.as_deref() == Some("External") {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (element.attribute("Id")?, element.attribute("Type")?, element.attribute("Target")?)
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.push(Relation { id: id.into_owned(), kind, target: resolve(part, &target) });
    }
    Ok(relations)
}

/// `rId` with a number above all in use.
fn free_id(xml: &str) -> Result<String, XmlError> {
    let mut highest = 0_u64;
    for element in Part::parse(xml)?.children {
        let id = element.attribute("Id")?.unwrap_or_default();
        let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
        highest = highest.max(digits.parse().unwrap_or(0).min(u64::from(u32::MAX)));
    }
    Ok(format!("rId{}", highest + 1))
}

/// The part that a target written in the relationships of `part` means.
fn resolve(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut segments: Vec<&str> = part.split('/').collect();
    segments.pop();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_against_the_part_that_names_them() {
        for (target, part) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/styles.xml", "xl/styles.xml"),
            ("../docProps/app.xml", "docProps/app.xml"),
            ("./a\\b.xml", "xl/a/b.xml"),
            ("../../../x.xml", "x.xml"),
        ] {
            assert_eq!(resolve("xl/workbook.xml", target), part);
        }
    }

    #[test]
    fn relationships_stand_beside_their_part() {
        assert_eq!(relations_part("xl/worksheets/sheet1.xml"), "xl/worksheets/_rels/sheet1.xml.rels");
        assert_eq!(relations_part(""), "_rels/.rels");
    }

    #[test]
    fn a_new_id_is_above_all_in_use() {
        let xml = r#"<p:Relationships xmlns:p="n"><p:Relationship Id="rId9"/><p:Relationship Id='R12'/></p:Relationships>"#;
        assert_eq!(free_id(xml).unwrap(), "rId13");
        assert_eq!(free_id("<Relationships/>").unwrap(), "rId1");
    }

    #[test]
    fn what_lies_outside_the_package_is_no_relation() {
        let xml = r#"<Relationships><Relationship Id="a" Type="x/hyperlink" Target="http://x" TargetMode="External"/>
            <Relationship Id="b" Type="x/comments" Target="../comments1.xml"/></Relationships>"#;
        let relations = read(xml, "xl/worksheets/sheet1.xml").unwrap();
        let comments =
            Relation { id: "b".into(), kind: "comments".into(), target: "xl/comments1.xml".into() };
        assert_eq!(relations, [comments]);
    }
}
