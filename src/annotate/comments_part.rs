//! The comments part: our notes, below the sender's own where a cell has one.

use std::collections::BTreeMap;

use super::dialect::Dialect;
use super::escape::{escape_text, with_prefix};
use super::marked_cell::MarkedCell;
use super::splice::Splice;
use super::tag::{self, TAG};
use super::xml::{Element, Part, XmlError};
use crate::workbook::CellAddress;

const CHILDREN: [&str; 3] = ["authors", "commentList", "extLst"];

/// A comments part without comments.
pub(super) fn empty(dialect: Dialect) -> String {
    format!(
        "{}<comments xmlns=\"{}\"><authors></authors><commentList></commentList></comments>",
        super::XML_HEADER,
        dialect.main
    )
}

/// The part with our notes, and the whole text of each note that we wrote, for the size of its box.
#[derive(Debug)]
pub(super) struct Written {
    /// The new part.
    pub(super) xml: String,
    /// The texts by cell.
    pub(super) texts: BTreeMap<CellAddress, String>,
}

/// Adds a note for each cell.
pub(super) fn add_notes(xml: &str, cells: &[&MarkedCell]) -> Result<Written, XmlError> {
    let part = Part::parse(xml)?;
    let mut splice = Splice::new(xml);
    let author = author_index(&part, &mut splice)?;
    let existing = existing_comments(&part)?;
    let mut texts = BTreeMap::new();
    let mut added = String::new();
    for cell in cells {
        let own = if let Some(comment) = existing.get(&cell.anchor()) {
            append_text(&mut splice, comment, cell)?
        } else {
            added.push_str(&comment(cell, author));
            String::new()
        };
        texts.insert(cell.anchor(), format!("{own}{}\n{}", cell.heading, cell.body));
    }
    add_comments(&part, &mut splice, with_prefix(&added, part.root.prefix()))?;
    Ok(Written { xml: splice.finish(), texts })
}

/// The part without what an earlier run wrote, and the cells that are left without a note.
pub(super) fn remove_notes(xml: &str) -> Result<(String, Vec<CellAddress>), XmlError> {
    let part = Part::parse(xml)?;
    let mut splice = Splice::new(xml);
    let mut emptied = Vec::new();
    for (cell, comment) in existing_comments(&part)? {
        if remove_own_text(&mut splice, &comment)? {
            emptied.push(cell);
        }
    }
    Ok((splice.finish(), emptied))
}

/// Which cells have a threaded comment: its mirror among the notes must stay as it is.
pub(super) fn threaded_cells(xml: &str) -> Result<Vec<CellAddress>, XmlError> {
    let mut cells = Vec::new();
    for comment in Part::parse(xml)?.children_named("threadedComment") {
        cells.extend(comment.attribute("ref")?.and_then(|cell| cell.parse::<CellAddress>().ok()));
    }
    Ok(cells)
}

/// The index of our author, who is added where missing.
fn author_index(part: &Part<'_>, splice: &mut Splice<'_>) -> Result<usize, XmlError> {
    let author = with_prefix(&format!("<author>{TAG}</author>"), part.root.prefix());
    let Some(authors) = part.child("authors") else {
        let prefix = part.root.prefix();
        splice.insert_child(part, &CHILDREN, "authors", format!("<{prefix}authors>{author}</{prefix}authors>"))?;
        return Ok(0);
    };
    let known = authors.children_named("author")?;
    for (index, known) in known.iter().enumerate() {
        if known.text()? == TAG {
            return Ok(index);
        }
    }
    splice.append_to(authors, author);
    Ok(known.len())
}

fn existing_comments<'a>(part: &Part<'a>) -> Result<BTreeMap<CellAddress, Element<'a>>, XmlError> {
    let mut comments = BTreeMap::new();
    for list in part.children_named("commentList") {
        for comment in list.children_named("comment")? {
            if let Some(cell) = comment.attribute("ref")?.and_then(|cell| cell.parse().ok()) {
                comments.entry(cell).or_insert(comment);
            }
        }
    }
    Ok(comments)
}

fn add_comments(part: &Part<'_>, splice: &mut Splice<'_>, comments: String) -> Result<(), XmlError> {
    if let Some(list) = part.child("commentList") {
        splice.append_to(list, comments);
        return Ok(());
    }
    let prefix = part.root.prefix();
    let list = format!("<{prefix}commentList>{comments}</{prefix}commentList>");
    splice.insert_child(part, &CHILDREN, "commentList", list)
}

fn comment(cell: &MarkedCell, author: usize) -> String {
    format!("<comment ref=\"{}\" authorId=\"{author}\"><text>{}</text></comment>", cell.anchor(), runs(cell, ""))
}

/// Our text: the first line bold, the rest plain.
fn runs(cell: &MarkedCell, before: &str) -> String {
    const FONT: &str = "<sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/>";
    let (heading, body) = (escape_text(&cell.heading), escape_text(&cell.body));
    format!(
        "<r><rPr><b/>{FONT}</rPr><t xml:space=\"preserve\">{before}{heading}</t></r>\
         <r><rPr>{FONT}</rPr><t xml:space=\"preserve\">\n{body}</t></r>"
    )
}

/// Writes our text below that of the sender, whose text is given with the gap between.
fn append_text(splice: &mut Splice<'_>, comment: &Element<'_>, cell: &MarkedCell) -> Result<String, XmlError> {
    let prefix = comment.prefix();
    let texts = comment.children_named("text")?;
    let Some(text) = texts.first() else {
        let runs = runs(cell, "");
        splice.append_to(comment, with_prefix(&format!("<text>{runs}</text>"), prefix));
        return Ok(String::new());
    };
    let pieces = text_pieces(text)?;
    let own = plain_text(&pieces)?;
    let gap = if own.is_empty() { "" } else { "\n\n" };
    let runs = with_prefix(&runs(cell, gap), prefix);
    for bare in pieces.iter().filter(|piece| piece.local() == "t") {
        splice.insert(bare.span().start, format!("<{prefix}r>"));
        splice.insert(bare.span().end, format!("</{prefix}r>"));
    }
    match pieces.last() {
        Some(last) => splice.insert(last.span().end, runs),
        None => splice.append_to(text, runs),
    }
    Ok(format!("{own}{gap}"))
}

/// Cuts our text off a comment; `true` where nothing else was in it and the comment went with it.
fn remove_own_text(splice: &mut Splice<'_>, comment: &Element<'_>) -> Result<bool, XmlError> {
    let texts = comment.children_named("text")?;
    let Some(text) = texts.first() else { return Ok(false) };
    let pieces = text_pieces(text)?;
    let whole = plain_text(&pieces)?;
    let Some(start) = tag::own_text_start(&whole) else { return Ok(false) };
    let own = whole.get(..start).unwrap_or_default();
    let own = own.strip_suffix("\n\n").unwrap_or(own);
    if own.is_empty() {
        splice.remove(comment.span());
        return Ok(true);
    }
    cut_after(splice, &pieces, own.len())?;
    Ok(false)
}

/// Keeps the first `len` bytes of the text of some pieces.
fn cut_after(splice: &mut Splice<'_>, pieces: &[Element<'_>], len: usize) -> Result<(), XmlError> {
    let mut left = len;
    for piece in pieces {
        let text = plain_text(std::slice::from_ref(piece))?;
        if left == 0 {
            splice.remove(piece.span());
        } else if text.len() > left {
            shorten(splice, piece, text.get(..left).unwrap_or_default())?;
        }
        left = left.saturating_sub(text.len());
    }
    Ok(())
}

fn shorten(splice: &mut Splice<'_>, piece: &Element<'_>, text: &str) -> Result<(), XmlError> {
    let holder = if piece.local() == "t" { Some(piece.clone()) } else { piece.children_named("t")?.first().cloned() };
    if let Some(content) = holder.and_then(|holder| holder.content()) {
        splice.replace(content, escape_text(text));
    }
    Ok(())
}

/// The runs and bare texts of a comment, without phonetic ones.
fn text_pieces<'a>(text: &Element<'a>) -> Result<Vec<Element<'a>>, XmlError> {
    Ok(text.children()?.into_iter().filter(|piece| matches!(piece.local(), "r" | "t")).collect())
}

fn plain_text(pieces: &[Element<'_>]) -> Result<String, XmlError> {
    let mut text = String::new();
    for piece in pieces {
        if piece.local() == "t" {
            text.push_str(&piece.text()?);
        } else {
            for run in piece.children_named("t")? {
                text.push_str(&run.text()?);
            }
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::region::Region;
    use crate::finding::Severity;

    fn cell(address: &str) -> MarkedCell {
        MarkedCell {
            region: Region::parse(address).unwrap(),
            severity: Severity::Error,
            heading: "sporskifte P309".into(),
            body: "Fundet: 5 < 6".into(),
        }
    }

    fn annotated(xml: &str, address: &str) -> Written {
        add_notes(xml, &[&cell(address)]).unwrap()
    }

    fn texts(xml: &str) -> Vec<String> {
        let part = Part::parse(xml).unwrap();
        part.root.descendants("text").unwrap().iter().map(|text| text.text().unwrap()).collect()
    }

    #[test]
    fn a_new_note_has_our_author_and_tag() {
        let xml = empty(Dialect::of(&Part::parse("<a/>").unwrap().root).unwrap());
        let written = annotated(&xml, "U6");
        assert!(written.xml.contains("<author>sporskifte</author>"));
        assert!(written.xml.contains("<comment ref=\"U6\" authorId=\"0\">"));
        assert_eq!(texts(&written.xml), ["sporskifte P309\nFundet: 5 < 6"]);
        assert_eq!(remove_notes(&written.xml).unwrap().1, ["U6".parse().unwrap()]);
    }

    #[test]
    fn our_text_goes_below_that_of_the_sender_and_comes_off_again() {
        for (own, shape) in [
            ("Husk bilag", "<text><t>Husk bilag</t></text>"),
            ("Husk bilag", "<text><r><rPr><b/></rPr><t>Husk </t></r><r><t>bilag</t></r><phoneticPr/></text>"),
            ("a <b> &", "<text><t><![CDATA[a <b> &]]></t></text>"),
            ("Husk\n", "<text><t xml:space='preserve'>Husk\n</t></text>"),
        ] {
            let xml = format!(
                "<comments><authors><author>Ida</author></authors><commentList><comment ref='B2' authorId='0'>{shape}\
                 </comment></commentList></comments>"
            );
            let written = annotated(&xml, "B2");
            let whole = format!("{own}\n\nsporskifte P309\nFundet: 5 < 6");
            assert_eq!(texts(&written.xml), std::slice::from_ref(&whole));
            assert_eq!(written.texts.values().collect::<Vec<_>>(), [&whole]);
            let (stripped, emptied) = remove_notes(&written.xml).unwrap();
            assert_eq!((texts(&stripped), emptied), (vec![own.to_owned()], Vec::new()));
            assert_eq!(annotated(&stripped, "B2").xml, written.xml, "annotated again, it is the same");
        }
    }

    #[test]
    fn a_bare_text_is_wrapped_before_our_runs_follow_it() {
        let xml = "<x:comments><x:authors/><x:commentList><x:comment ref='B2'><x:text><x:t>Hej</x:t></x:text></x:comment>\
                   </x:commentList></x:comments>";
        assert!(annotated(xml, "B2").xml.contains("<x:text><x:r><x:t>Hej</x:t></x:r><x:r><x:rPr><x:b/>"));
    }

    #[test]
    fn our_text_is_cut_off_also_where_a_program_joined_it_with_that_of_the_sender() {
        let xml = "<comments><commentList><comment ref='B2'><text><r><t>Hej &amp; husk\n\nsporskifte P309\nFundet</t></r>\
                   </text></comment></commentList></comments>";
        assert_eq!(texts(&remove_notes(xml).unwrap().0), ["Hej & husk"]);
    }

    #[test]
    fn missing_lists_are_made_in_their_order() {
        let written = annotated("<comments><extLst/></comments>", "A1").xml;
        let part = Part::parse(&written).unwrap();
        let children: Vec<_> = part.children.iter().map(Element::local).collect();
        assert_eq!(children, ["authors", "commentList", "extLst"]);
    }

    #[test]
    fn threaded_cells_are_found() {
        let xml = "<ThreadedComments><threadedComment ref=\"C3\"/><threadedComment ref=\"?\"/></ThreadedComments>";
        assert_eq!(threaded_cells(xml).unwrap(), ["C3".parse().unwrap()]);
    }
}
