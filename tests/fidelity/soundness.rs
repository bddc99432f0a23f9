//! What Excel demands of a package beyond being well-formed, and LibreOffice does not.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotating::unpacked::Unpacked;
use crate::fidelity::node::Node;

/// The order of a workbook's children, as the standard has it.
const WORKBOOK_ORDER: &str = "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups \
    externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing \
    fileRecoveryPr webPublishObjects extLst";
/// The order of the children of the styles.
const STYLES_ORDER: &str = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst";
const COMMENTS_ORDER: &str = "authors commentList extLst";

/// Asserts all of it; what a sender's program did wrong, we do not make right.
pub(crate) fn assert_sound(copy: &Unpacked, original: &Unpacked) {
    copy.assert_xml_is_well_formed(&[".xml", ".rels"]);
    copy.assert_relationships_lead_to_parts();
    copy.assert_content_types_cover_all_parts();
    assert_eq!(copy.worksheets_out_of_order(), original.worksheets_out_of_order());
    assert_relationship_ids_are_known_and_unique(copy);
    assert_ordered(&workbook(copy), WORKBOOK_ORDER);
    assert_sheets(&workbook(copy));
    assert_styles(copy);
    assert_notes_have_boxes(copy);
    assert_shape_ids(copy, original);
}

fn workbook(copy: &Unpacked) -> Node {
    Node::parse(&copy.text("xl/workbook.xml"))
}

fn assert_ordered(root: &Node, order: &str) {
    let rank = |child: &Node| order.split_whitespace().position(|known| known == child.local).unwrap();
    let ranks: Vec<usize> = root.children.iter().map(rank).collect();
    assert!(ranks.is_sorted_by(|before, after| before < after), "{ranks:?} in {}", root.local);
}

fn assert_all_differ<T: Ord + std::fmt::Debug>(values: &[T]) {
    assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{values:?}");
}

/// The ids of a part's relationships differ, and each that a sheet names is among them.
fn assert_relationship_ids_are_known_and_unique(copy: &Unpacked) {
    for (name, text) in copy.texts_ending(".rels") {
        let root = Node::parse(&text);
        let ids: Vec<&str> = root.children.iter().filter_map(|relation| relation.attribute("Id")).collect();
        assert_all_differ(&ids);
        let part = name.replace("_rels/", "").replace(".rels", "");
        let named = copy.parts.contains_key(&part) && part.contains("sheets/");
        for drawing in if named { drawings(&copy.text(&part)) } else { Vec::new() } {
            assert!(ids.contains(&drawing.as_str()), "{part} names {drawing}");
        }
    }
}

/// The ids of the relationships to drawings and tables that a sheet names.
fn drawings(sheet: &str) -> Vec<String> {
    let root = Node::parse(sheet);
    let kinds = ["drawing", "legacyDrawing", "legacyDrawingHF", "picture", "tablePart"];
    let named = kinds.iter().flat_map(|kind| root.descendants(kind));
    named.filter_map(|node| ["r:id", "rel:id"].iter().find_map(|id| node.attribute(id))).map(str::to_owned).collect()
}

/// Sheets differ in name, id and part, and names belong to sheets that are there.
fn assert_sheets(workbook: &Node) {
    let sheets = &workbook.child("sheets").unwrap().children;
    assert_eq!(sheets[0].attribute("name"), Some("Kontrol"));
    for attribute in ["name", "sheetId", "r:id", "rel:id"] {
        assert_all_differ(&sheets.iter().filter_map(|sheet| sheet.attribute(attribute)).collect::<Vec<_>>());
    }
    let names = workbook.descendants("definedName");
    assert_all_differ(&names.iter().map(|it| (it.attribute("name"), it.attribute("localSheetId"))).collect::<Vec<_>>());
    let places = names.iter().filter_map(|name| name.attribute("localSheetId"));
    assert!(places.map(|place| place.parse::<usize>().unwrap()).all(|place| place < sheets.len()));
}

/// Collections of styles hold what they say, and every format that a sheet names is there.
fn assert_styles(copy: &Unpacked) {
    let parts = copy.texts_ending(".xml");
    let styles = Node::parse(&parts.iter().find(|(name, _)| name.starts_with("xl/styles")).unwrap().1);
    assert_ordered(&styles, STYLES_ORDER);
    let mut sizes = BTreeMap::new();
    for collection in &styles.children {
        if let Some(count) = collection.attribute("count") {
            assert_eq!(count, collection.children.len().to_string(), "{}", collection.local);
        }
        sizes.insert(collection.local.as_str(), collection.children.len());
    }
    for format in &styles.child("cellXfs").unwrap().children {
        for (index, collection) in [("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")] {
            assert_in(format, index, sizes[collection]);
        }
    }
    for (_, text) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
        let sheet = Node::parse(text);
        sheet.descendants("c").iter().for_each(|cell| assert_in(cell, "s", sizes["cellXfs"]));
        sheet.descendants("cfRule").iter().for_each(|rule| assert_in(rule, "dxfId", sizes["dxfs"]));
        let selected = text.contains("tabSelected=\"1\"") || text.contains("tabSelected='true'");
        assert_eq!(selected, text.contains("sporskifte:kontrol"), "only our sheet is selected");
    }
}

fn assert_in(node: &Node, attribute: &str, size: usize) {
    if let Some(index) = node.attribute(attribute) {
        assert!(index.parse::<usize>().unwrap() < size, "{}", node.tag);
    }
}

/// Each note has an author and a box: Excel shows none without, and repairs a file with more.
fn assert_notes_have_boxes(copy: &Unpacked) {
    for (name, text) in copy.texts_ending(".rels") {
        let relations = Node::parse(&text);
        let target = |kind: &str| {
            let is_kind = |it: &&Node| it.attribute("Type").unwrap().ends_with(&format!("/{kind}"));
            relations.children.iter().find(is_kind).map(|relation| relation.attribute("Target").unwrap().to_owned())
        };
        let Some(comments) = target("comments") else { continue };
        let comments = Node::parse(&copy.text(&in_archive(&comments)));
        assert_ordered(&comments, COMMENTS_ORDER);
        let boxes = boxes(&sheet_drawing(copy, &name, &relations));
        let notes = comments.descendants("comment");
        let authors = comments.child("authors").unwrap().children.len();
        for note in &notes {
            assert_in(note, "authorId", authors);
        }
        let cells: Vec<&str> = notes.iter().filter_map(|note| note.attribute("ref")).collect();
        assert_all_differ(&cells);
        assert_eq!(boxes.len(), notes.len(), "{name}");
        assert_all_differ(&boxes);
    }
}

/// The drawing of notes and controls of the sheet whose relationships these are.
fn sheet_drawing(copy: &Unpacked, rels: &str, relations: &Node) -> String {
    let sheet = Node::parse(&copy.text(&rels.replace("_rels/", "").replace(".rels", "")));
    let drawing = sheet.child("legacyDrawing").unwrap();
    let id = ["r:id", "rel:id"].iter().find_map(|id| drawing.attribute(id)).unwrap();
    let relation = relations.children.iter().find(|relation| relation.attribute("Id") == Some(id)).unwrap();
    copy.text(&in_archive(relation.attribute("Target").unwrap()))
}

/// The part that a sheet's relationship leads to.
fn in_archive(target: &str) -> String {
    match target.strip_prefix("../") {
        Some(rest) => format!("xl/{rest}"),
        None => target.trim_start_matches('/').to_owned(),
    }
}

/// Row and column of each box of a note.
fn boxes(vml: &str) -> Vec<(String, String)> {
    let between = |text: &str, name: &str| {
        let start = text.split_once(&format!(":{name}>")).unwrap().1;
        start.split("</").next().unwrap().trim().to_owned()
    };
    let notes = vml.split("ObjectType=\"Note\"").skip(1);
    notes.map(|note| (between(note, "Row"), between(note, "Column"))).collect()
}

/// Every shape lies in a block of ids that its drawing has reserved, and its id is that of no other shape of the
/// workbook, save where the sender's program gave two the same.
fn assert_shape_ids(copy: &Unpacked, original: &Unpacked) {
    let ids = shape_ids(copy);
    let mut seen = BTreeSet::new();
    let twice: Vec<&u32> = ids.iter().filter(|id| !seen.insert(**id)).collect();
    let theirs = shape_ids(original);
    assert!(twice.iter().all(|id| theirs.iter().filter(|it| it == id).count() > 1), "{twice:?}");
}

fn shape_ids(package: &Unpacked) -> Vec<u32> {
    let mut ids = Vec::new();
    for (name, text) in package.texts_ending(".vml") {
        // LibreOffice reserves no blocks.
        let map = text.split(":idmap").nth(1).and_then(|map| map.split("data=\"").nth(1)?.split('"').next());
        let blocks: Option<Vec<u32>> = map.map(|map| map.split(',').map(|it| it.trim().parse().unwrap()).collect());
        for id in text.split("\"_x0000_s").skip(1) {
            let id: u32 = id.split('"').next().unwrap().parse().unwrap();
            assert!(blocks.as_ref().is_none_or(|it| it.contains(&(id / 1_024))), "{name}: {id} outside {blocks:?}");
            ids.push(id);
        }
    }
    ids
}
