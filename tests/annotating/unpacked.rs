//! A package taken apart, and what holds of every sound one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

/// The order of a worksheet's children, as the standard has it.
const WORKSHEET_ORDER: &str = "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection \
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr \
    conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks \
    customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls \
    webPublishItems tableParts extLst";

pub(crate) struct Unpacked {
    pub(crate) names: Vec<String>,
    pub(crate) parts: BTreeMap<String, Vec<u8>>,
}

impl Unpacked {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut unpacked = Self { names: Vec::new(), parts: BTreeMap::new() };
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            unpacked.names.push(name.clone());
            assert!(unpacked.parts.insert(name, bytes).is_none(), "an entry stands twice");
        }
        unpacked
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.parts[name].clone()).unwrap()
    }

    pub(crate) fn texts_ending(&self, suffix: &str) -> Vec<(String, String)> {
        let names = self.names.iter().filter(|name| name.ends_with(suffix));
        names.map(|name| (name.clone(), self.text(name))).collect()
    }

    pub(crate) fn assert_relationships_lead_to_parts(&self) {
        for (name, text) in self.texts_ending(".rels") {
            for relation in elements(&text).into_iter().filter(|element| element.0.ends_with("Relationship")) {
                let attributes = relation.1;
                if attributes.get("TargetMode").map(String::as_str) != Some("External") {
                    let part = resolve(&name, &attributes["Target"]);
                    assert!(self.parts.contains_key(&part), "{name} leads to {part}");
                }
            }
        }
    }

    pub(crate) fn assert_content_types_cover_all_parts(&self) {
        let types = elements(&self.text("[Content_Types].xml"));
        let stated = |attribute: &str, value: &str| {
            types.iter().filter(|(_, it)| it.get(attribute).is_some_and(|it| it.eq_ignore_ascii_case(value))).count()
        };
        let is_part = |name: &&String| *name != "[Content_Types].xml" && !name.ends_with('/');
        for name in self.names.iter().filter(is_part) {
            let extension = name.rsplit('.').next().unwrap();
            let overrides = stated("PartName", &format!("/{name}"));
            assert!(overrides <= 1, "{name} has two types");
            assert!(overrides == 1 || stated("Extension", extension) == 1, "{name} has no type");
        }
        for (_, attributes) in &types {
            if let Some(part) = attributes.get("PartName") {
                assert!(self.parts.contains_key(part.trim_start_matches('/')), "{part} is not there");
            }
        }
    }

    /// VML need not be well-formed: Excel itself writes `<br>` into it.
    pub(crate) fn assert_xml_is_well_formed(&self, suffixes: &[&str]) {
        for suffix in suffixes {
            for (name, text) in self.texts_ending(suffix) {
                let elements = elements(&text);
                assert!(!elements.is_empty(), "{name} is empty");
            }
        }
    }

    /// The worksheets whose children stand in another order than the standard's; some libraries write such.
    pub(crate) fn worksheets_out_of_order(&self) -> Vec<String> {
        let worksheets = self.texts_ending(".xml").into_iter().filter(|(name, _)| name.contains("worksheets/"));
        worksheets.filter(|(_, text)| !is_in_order(text)).map(|(name, _)| name).collect()
    }
}

fn is_in_order(worksheet: &str) -> bool {
    let children = children(worksheet);
    let known = children.iter().filter(|child| *child != "AlternateContent");
    let ranks = known.map(|child| WORKSHEET_ORDER.split_whitespace().position(|known| known == child).unwrap());
    let drawings = children.iter().filter(|child| *child == "legacyDrawing").count();
    ranks.is_sorted() && drawings <= 1
}

/// All elements with their attributes, names with prefix; fails on what is not well-formed.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    let mut elements = Vec::new();
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            let attributes = tag.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                (attribute.key.0.to_owned(), quick_xml::escape::unescape(&attribute.value).unwrap().into_owned())
            });
            elements.push((tag.name().0.to_owned(), attributes.collect()));
        }
    }
    assert_eq!(depth, 0);
    elements
}

/// The local names of the root's children.
fn children(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut children = Vec::new();
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().unwrap();
        if let (1, Event::Start(tag) | Event::Empty(tag)) = (depth, &event) {
            children.push(tag.local_name().into_inner().to_owned());
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return children,
            _ => {}
        }
    }
}

/// The part that a target in a `.rels` part means.
fn resolve(rels: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let (folder, _) = rels.split_once("_rels/").unwrap();
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        if segment == ".." {
            segments.pop();
        } else {
            segments.push(segment);
        }
    }
    segments.join("/")
}
