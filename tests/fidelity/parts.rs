//! What of each kind of part may differ between a workbook and its annotated copy: what we put in, and nothing else.

use std::collections::BTreeSet;

use crate::annotating::unpacked::Unpacked;
use crate::fidelity::node::{Node, without_attribute};

/// The collections of the styles part that formats are appended to.
const APPENDED_STYLES: [&str; 6] = ["fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs"];

/// Asserts that a part is as it was, apart from what we put in.
pub(crate) fn assert_kept(name: &str, original: &Unpacked, copy: &Unpacked) {
    if is_signature(name) {
        assert!(!copy.parts.contains_key(name), "a broken signature is no signature");
        return;
    }
    if copy.parts[name] == original.parts[name] {
        return;
    }
    // A touched part is written in UTF-8, the default, and says no order of bytes.
    let before = original.text(name).trim_start_matches('\u{feff}').to_owned();
    let after = copy.text(name);
    match name {
        _ if name.ends_with(".rels") || name == "[Content_Types].xml" => assert_list_kept(&before, &after),
        _ if name.ends_with(".vml") => assert_shapes_kept(&before, &after),
        _ if name.contains("worksheets/") || name.contains("chartsheets/") => assert_sheet_kept(&before, &after),
        _ if name.contains("comments") => assert_comments_kept(&before, &after),
        _ if name.ends_with("/workbook.xml") => assert_workbook_kept(&before, &after),
        _ if name.ends_with("/styles.xml") => assert_styles_kept(&before, &after),
        "docProps/app.xml" => assert_properties_kept(&before, &after),
        _ => panic!("{name} was touched"),
    }
}

/// Whether a part belongs to a digital signature, which no change leaves valid.
pub(crate) fn is_signature(name: &str) -> bool {
    name.starts_with("_xmlsignatures/")
}

/// A sheet as it was, but for our conditional formats, the link to our notes, the order number of the sender's
/// conditional formats and the selected tab.
fn assert_sheet_kept(before: &str, after: &str) {
    let had_drawing = Node::parse(before).child("legacyDrawing").is_some();
    let mut without_ours = after.to_owned();
    for child in Node::parse(after).children {
        let is_ours = match child.local.as_str() {
            "conditionalFormatting" => child.source.contains("sporskifte:"),
            "legacyDrawing" => !had_drawing,
            _ => false,
        };
        if is_ours {
            without_ours = without_ours.replacen(&child.source, "", 1);
        }
    }
    let settled = |xml: &str| without_attribute(&without_attribute(xml, "priority"), "tabSelected");
    assert_eq!(settled(&without_ours), settled(before));
    assert_eq!(ranks(&without_ours), ranks(before), "the order of the sender's conditional formats");
}

/// Which of the sender's conditional formats goes before which: the place of each by its priority.
fn ranks(sheet: &str) -> Vec<usize> {
    let root = Node::parse(sheet);
    let priorities: Vec<i64> =
        root.descendants("cfRule").iter().filter_map(|rule| rule.attribute("priority")?.parse().ok()).collect();
    let ordered: BTreeSet<i64> = priorities.iter().copied().collect();
    priorities.iter().map(|priority| ordered.range(..priority).count()).collect()
}

/// The workbook part as it was, but for our sheet and its name, the places of the others, and what is shown.
fn assert_workbook_kept(before: &str, after: &str) {
    let root = Node::parse(after);
    let had_names = Node::parse(before).child("definedNames").is_some();
    let mut without_ours = after.to_owned();
    let mut ours: Vec<&Node> = root.descendants("sheet");
    ours.retain(|sheet| sheet.attribute("name") == Some("Kontrol"));
    if had_names {
        ours.extend(root.descendants("definedName").into_iter().filter(|name| name.source.contains("'Kontrol'!")));
    } else {
        ours.extend(root.child("definedNames"));
    }
    for node in ours {
        without_ours = without_ours.replacen(&node.source, "", 1);
    }
    for name in Node::parse(&without_ours).descendants("definedName") {
        if let Some(index) = name.attribute("localSheetId") {
            let index_before = (index.parse::<usize>().unwrap() - 1).to_string();
            without_ours = without_ours.replacen(&name.source, &name.source.replacen(index, &index_before, 1), 1);
        }
    }
    let settled = |xml: &str| without_attribute(&without_attribute(xml, "activeTab"), "firstSheet");
    assert_eq!(settled(&without_ours), settled(before));
}

/// Notes as they were, ours below those of the sender.
fn assert_comments_kept(before: &str, after: &str) {
    let (before, after) = (Node::parse(before), Node::parse(after));
    assert_eq!(before.tag, after.tag);
    let [authors, authors_after] = [&before, &after].map(|root| root.child("authors").unwrap().child_sources());
    assert!(authors_after.starts_with(&authors));
    let notes = after.descendants("comment");
    for note in before.descendants("comment") {
        let same_cell: Vec<_> = notes.iter().filter(|it| it.attribute("ref") == note.attribute("ref")).collect();
        assert_eq!(same_cell.len(), 1, "one note a cell");
        assert_note_kept(note, same_cell[0]);
    }
}

fn assert_note_kept(before: &Node, after: &Node) {
    assert_eq!(before.tag, after.tag);
    let [texts, texts_after] = [before, after].map(|note| note.child("text").unwrap().child_sources());
    for (text, text_after) in texts.iter().zip(&texts_after) {
        assert!(text == text_after || text_after.contains(&format!("r>{text}</")), "{text} became {text_after}");
    }
    assert!(texts_after[texts.len()..].iter().all(|text| text.contains("sporskifte") || text.contains("Fundet")));
}

/// Shapes as they were; the box of a note may have grown, so that it also shows our text.
fn assert_shapes_kept(before: &str, after: &str) {
    let shapes_after = shapes(after);
    for shape in shapes(before) {
        assert!(shapes_after.contains(&shape), "{shape}");
    }
}

/// The shapes of a drawing, whatever its prefixes, without where the boxes of notes stand; openpyxl does not say where.
pub(crate) fn shapes(vml: &str) -> Vec<String> {
    let cut = |rest: &str| {
        let shape = rest.split(":shape>").next().unwrap();
        let is_note = shape.contains("ObjectType=\"Note\"");
        match shape.split_once(":Anchor>").filter(|_| is_note) {
            Some((head, tail)) => {
                let (head, _prefix) = head.rsplit_once('<').unwrap();
                format!("{head}{}", tail.split_once(":Anchor>").unwrap().1)
            }
            None => shape.to_owned(),
        }
    };
    vml.split(":shape ").skip(1).map(cut).collect()
}

/// A list as it was, with more lines; those of a signature are gone.
fn assert_list_kept(before: &str, after: &str) {
    let (before, after) = (Node::parse(before), Node::parse(after));
    assert_eq!(before.tag, after.tag);
    let lines = after.child_sources();
    for line in before.child_sources().into_iter().filter(|line| !line.contains("digital-signature")) {
        assert!(lines.contains(&line), "{line}");
    }
}

/// Styles as they were, with more formats behind them.
fn assert_styles_kept(before: &str, after: &str) {
    let (before, after) = (Node::parse(before), Node::parse(after));
    assert_eq!(before.tag, after.tag);
    for child in &before.children {
        let same = after.child(&child.local).unwrap();
        if APPENDED_STYLES.contains(&child.local.as_str()) {
            assert!(same.child_sources().starts_with(&child.child_sources()), "{}", child.local);
            let settled = |tag: &str| without_attribute(tag, "count").replace("/>", ">");
            assert_eq!(settled(&child.tag), settled(&same.tag), "only an empty collection is opened");
        } else {
            assert_eq!(same.source, child.source);
        }
    }
}

/// Properties as they were, but for the list of sheets.
fn assert_properties_kept(before: &str, after: &str) {
    let (before, after) = (Node::parse(before), Node::parse(after));
    for child in before.children.iter().filter(|it| !matches!(it.local.as_str(), "HeadingPairs" | "TitlesOfParts")) {
        assert_eq!(after.child(&child.local).unwrap().source, child.source);
    }
}
