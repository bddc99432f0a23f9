//! A form that nothing is wrong with, to be bent into a hazard.

use std::io::{Cursor, Read as _};

use super::zip_file::{Deflated, Entry, zip};

pub const SHEET: &str = "xl/worksheets/sheet2.xml";
pub const STRINGS: &str = "xl/sharedStrings.xml";
pub const STYLES: &str = "xl/styles.xml";
pub const WORKBOOK: &str = "xl/workbook.xml";
pub const WORKBOOK_RELATIONS: &str = "xl/_rels/workbook.xml.rels";
pub const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The types of relationships begin with this.
pub const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of the form, in their order.
pub struct Form {
    pub entries: Vec<Entry>,
    texts: Vec<String>,
}

impl Form {
    /// A budget of the samples.
    pub fn new() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/04-ren-sag-2024/budget_v3.xlsx");
        let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
        let mut form = Self { entries: Vec::new(), texts: Vec::new() };
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            form.entries.push(Entry::new(&part.name().unwrap(), Deflated::of(text.as_bytes())));
            form.texts.push(text);
        }
        form
    }

    fn place(&self, name: &str) -> usize {
        self.entries.iter().position(|entry| entry.name == name).unwrap()
    }

    /// One of its parts.
    pub fn text(&self, name: &str) -> &str {
        &self.texts[self.place(name)]
    }

    /// The same form with another content of a part, or one part more.
    pub fn with(mut self, name: &str, content: Deflated) -> Self {
        match self.entries.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => entry.content = content,
            None => self.entries.push(Entry::new(name, content)),
        }
        self
    }

    /// The same form with another text of a part.
    pub fn with_text(self, name: &str, text: &str) -> Self {
        self.with(name, Deflated::of(text.as_bytes()))
    }

    /// The same form with a text of a part put in place of another, which must be there.
    pub fn replacing(self, name: &str, old: &str, new: &str) -> Self {
        let text = self.text(name);
        assert!(text.contains(old), "{name} has no {old}");
        let text = text.replacen(old, new, 1);
        self.with_text(name, &text)
    }

    /// The same form with a piece put so many times before a text of a part.
    pub fn filled(self, name: &str, before: &str, piece: &str, times: usize) -> Self {
        self.wrapped(name, before, ["", ""], piece, times)
    }

    /// The same form with a piece so many times before a text of a part, between two others.
    pub fn wrapped(self, name: &str, before: &str, around: [&str; 2], piece: &str, times: usize) -> Self {
        let (start, end) = self.text(name).split_at(self.text(name).find(before).unwrap());
        // In large pieces: each takes a few bytes of its own when deflated.
        let at_once = (1 << 16) / piece.len().min(1 << 16);
        let pieces = piece.repeat(at_once);
        let rest = piece.repeat(times % at_once);
        let (first, last) = (format!("{start}{}{rest}", around[0]), format!("{}{end}", around[1]));
        let content = Deflated::repeated(first.as_bytes(), pieces.as_bytes(), times / at_once, last.as_bytes());
        self.with(name, content)
    }

    /// The same form with one of its entries changed.
    pub fn bent(mut self, name: &str, bend: impl FnOnce(&mut Entry)) -> Self {
        let place = self.place(name);
        bend(&mut self.entries[place]);
        self
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        zip(&self.entries)
    }

    /// The form with a note on a cell of its second sheet, and the text of the notes part put in place.
    pub fn with_comments(self, comments: Deflated) -> Self {
        let relations = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{TYPES}/comments" Target="../comments1.xml"/></Relationships>"#
        );
        let kind = r#"<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>"#;
        self.replacing(CONTENT_TYPES, "</Types>", kind)
            .with_text("xl/worksheets/_rels/sheet2.xml.rels", &relations)
            .with("xl/comments1.xml", comments)
    }
}
