//! Relationships between parts, and their content types.

use super::AnnotateError;
use super::draft::Draft;
use super::escape::escape;
use super::splice::Splice;
use super::xml::{Part, XmlError};
use crate::workbook::relationships::{self, Relationship, rels_name};

const RELATIONS_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The relationships of a part that lead to other parts of the package.
pub(super) fn relations(draft: &Draft<'_>, part: &str) -> Result<Vec<Relationship>, AnnotateError> {
    let name = rels_name(part);
    let Some(text) = draft.text(&name)? else { return Ok(Vec::new()) };
    let mut relations = relationships::parse(part, &name, &text, draft.limits())?;
    relations.retain(|relation| !relation.external);
    Ok(relations)
}

/// The first relationship of a kind.
pub(super) fn relation_of_kind(
    draft: &Draft<'_>,
    part: &str,
    kind: &str,
) -> Result<Option<Relationship>, AnnotateError> {
    Ok(relations(draft, part)?.into_iter().find(|relation| relation.kind == kind))
}

/// Adds a relationship to a part of the package and gives its id.
pub(super) fn add_relation(
    draft: &mut Draft<'_>,
    part: &str,
    type_uri: &str,
    target: &str,
) -> Result<String, AnnotateError> {
    let rels_part = rels_name(part);
    if draft.text(&rels_part)?.is_none() {
        let empty = format!("{}<Relationships xmlns=\"{RELATIONS_NAMESPACE}\"></Relationships>", super::XML_HEADER);
        draft.set(&rels_part, empty);
    }
    let mut id = String::new();
    draft.edit(&rels_part, |xml| {
        let outline = Part::parse(xml)?;
        id = free_id(&outline)?;
        let mut splice = Splice::new(xml);
        let prefix = outline.root.prefix();
        let target = escape(&seen_from(part, target));
        let element = format!(r#"<{prefix}Relationship Id="{id}" Type="{type_uri}" Target="{target}"/>"#);
        splice.append_to(&outline.root, element);
        Ok(splice.finish())
    })?;
    Ok(id)
}

/// How a part is named from another: `../drawings/vmlDrawing1.vml`. Some programs read no other way than this.
fn seen_from(source: &str, target: &str) -> String {
    let (source, target) = (source.replace('\\', "/"), target.replace('\\', "/"));
    let folders = |part: &str| -> Vec<String> {
        let mut segments: Vec<String> = part.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        segments.pop();
        segments
    };
    let (from, to) = (folders(&source), folders(&target));
    let common = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let name = target.rsplit('/').next().unwrap_or_default().to_owned();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    up.chain(to.into_iter().skip(common)).chain([name]).collect::<Vec<_>>().join("/")
}

/// Removes some of the relationships of a part.
pub(super) fn remove_relations(
    draft: &mut Draft<'_>,
    part: &str,
    is_removed: impl Fn(&Relationship) -> bool,
) -> Result<(), AnnotateError> {
    let ids: Vec<String> = relations(draft, part)?.into_iter().filter(is_removed).map(|relation| relation.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    draft.edit(&rels_name(part), |xml| {
        let mut splice = Splice::new(xml);
        for element in Part::parse(xml)?.children {
            if element.attribute("Id")?.is_some_and(|id| ids.iter().any(|removed| *removed == id)) {
                splice.remove(element.span());
            }
        }
        Ok(splice.finish())
    })
}

/// Removes a part, its own relationships and its content type.
pub(super) fn remove_part(draft: &mut Draft<'_>, part: &str) -> Result<(), AnnotateError> {
    draft.remove(part);
    draft.remove(&rels_name(part));
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

/// Removes the digital signatures of a package, which a changed one cannot carry; `true` where there were any.
pub(super) fn remove_signatures(draft: &mut Draft<'_>) -> Result<bool, AnnotateError> {
    const FOLDER: &str = "_xmlsignatures/";
    let is_signature = |name: &str| name.trim_start_matches('/').to_ascii_lowercase().starts_with(FOLDER);
    let parts: Vec<String> = draft.names().filter(|name| is_signature(name)).map(str::to_owned).collect();
    remove_relations(draft, "", |relation| is_signature(&relation.target))?;
    for part in &parts {
        remove_part(draft, part)?;
    }
    Ok(!parts.is_empty())
}

/// States the content types of the new parts, of those that have none yet.
pub(super) fn state_content_types(draft: &mut Draft<'_>) -> Result<(), AnnotateError> {
    let new_parts = draft.new_parts().to_vec();
    draft.edit(CONTENT_TYPES, |xml| {
        let outline = Part::parse(xml)?;
        let mut known = Vec::new();
        for element in outline.children_named("Override") {
            known.push(element.attribute("PartName")?);
        }
        let mut splice = Splice::new(xml);
        let prefix = outline.root.prefix();
        for (part, content_type) in &new_parts {
            if !known.iter().any(|name| names_part(name.as_deref(), part)) {
                let part = escape(part);
                let element = format!(r#"<{prefix}Override PartName="/{part}" ContentType="{content_type}"/>"#);
                splice.append_to(&outline.root, element);
            }
        }
        Ok(splice.finish())
    })
}

fn names_part(name: Option<&str>, part: &str) -> bool {
    name.is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part))
}

/// `rId` with a number above all in use.
fn free_id(relationships: &Part<'_>) -> Result<String, XmlError> {
    let mut highest = 0_u64;
    for element in &relationships.children {
        let id = element.attribute("Id")?.unwrap_or_default();
        let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
        highest = highest.max(digits.parse().unwrap_or(0).min(u64::from(u32::MAX)));
    }
    Ok(format!("rId{}", highest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_named_as_it_is_seen_from_its_source() {
        for (source, target, seen) in [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl/workbook.xml", "xl/worksheets/sheet4.xml", "worksheets/sheet4.xml"),
            ("xl/worksheets/sheet1.xml", "xl/drawings/vmlDrawing1.vml", "../drawings/vmlDrawing1.vml"),
            ("xl/worksheets/sheet1.xml", "xl/comments1.xml", "../comments1.xml"),
            ("xl\\worksheets\\sheet1.xml", "xl/worksheets/a.xml", "a.xml"),
            ("workbook.xml", "sheets/a.xml", "sheets/a.xml"),
            ("xl/workbook.xml", "a.xml", "../a.xml"),
        ] {
            assert_eq!(seen_from(source, target), seen, "{target} from {source}");
        }
    }

    #[test]
    fn a_new_id_is_above_all_in_use() {
        let xml =
            r#"<p:Relationships xmlns:p="n"><p:Relationship Id="rId9"/><p:Relationship Id='R12'/></p:Relationships>"#;
        let free_id = |xml| free_id(&Part::parse(xml).unwrap()).unwrap();
        assert_eq!(free_id(xml), "rId13");
        assert_eq!(free_id("<Relationships/>"), "rId1");
    }
}
