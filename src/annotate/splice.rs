//! Edits of a part: insertions and replacements, applied at once; all other bytes stay.

use std::borrow::Cow;
use std::ops::Range;

use super::xml::{Element, Part, XmlError};

/// The edits of one part.
#[derive(Debug)]
pub(super) struct Splice<'a> {
    xml: &'a str,
    edits: Vec<(Range<usize>, Cow<'a, str>)>,
    opened: Vec<Opened>,
}

/// An empty element (`<a/>`) that gets content: its closing `/>`, its name and the content.
#[derive(Debug)]
struct Opened {
    end: Range<usize>,
    name: String,
    content: String,
}

impl<'a> Splice<'a> {
    /// No edits yet.
    pub(super) fn new(xml: &'a str) -> Self {
        Self { xml, edits: Vec::new(), opened: Vec::new() }
    }

    /// Puts text before the byte `at`; of several at one place the first comes first.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<Cow<'a, str>>) {
        self.edits.push((at..at, text.into()));
    }

    /// Replaces a stretch.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<Cow<'a, str>>) {
        self.edits.push((range, text.into()));
    }

    /// Removes a stretch.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts text at the end of an element's content; an empty element is opened for it.
    pub(super) fn append_to(&mut self, element: &Element<'_>, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        if let Some(content) = element.content() {
            return self.insert(content.end, text);
        }
        let end = element.tag().end.saturating_sub("/>".len())..element.tag().end;
        match self.opened.iter_mut().find(|opened| opened.end == end) {
            Some(opened) => opened.content.push_str(&text),
            None => self.opened.push(Opened { end, name: element.name().to_owned(), content: text.into_owned() }),
        }
    }

    /// Puts a child into a part whose children stand in a fixed order.
    pub(super) fn insert_child(
        &mut self,
        part: &Part<'_>,
        order: &[&str],
        local: &str,
        text: impl Into<Cow<'a, str>>,
    ) -> Result<(), XmlError> {
        let rank = rank(order, local);
        for child in &part.children {
            if rank_of(order, child)? > rank {
                self.insert(child.span().start, text);
                return Ok(());
            }
        }
        self.append_to(&part.root, text);
        Ok(())
    }

    /// Sets an attribute's value; one that is missing is added.
    pub(super) fn set_attribute(&mut self, element: &Element<'_>, local: &str, value: &str) -> Result<(), XmlError> {
        if let Some(range) = element.attribute_range(local)? {
            self.replace(range, value.to_owned());
        } else {
            let after_name = element.tag().start + 1 + element.name().len();
            self.insert(after_name, format!(" {local}=\"{value}\""));
        }
        Ok(())
    }

    /// The part with the edits made.
    pub(super) fn finish(mut self) -> String {
        for Opened { end, name, content } in std::mem::take(&mut self.opened) {
            self.replace(end, format!(">{content}</{name}>"));
        }
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut edited = String::with_capacity(self.xml.len() + added);
        let mut copied = 0;
        for (range, text) in &self.edits {
            edited.push_str(self.xml.get(copied..range.start).unwrap_or_default());
            edited.push_str(text);
            copied = copied.max(range.end);
        }
        edited.push_str(self.xml.get(copied..).unwrap_or_default());
        edited
    }
}

fn rank(order: &[&str], local: &str) -> Option<usize> {
    order.iter().position(|name| *name == local)
}

/// The rank of a child; that of an `mc:AlternateContent` is the rank of what it holds.
fn rank_of(order: &[&str], child: &Element<'_>) -> Result<Option<usize>, XmlError> {
    if child.local() != "AlternateContent" {
        return Ok(rank(order, child.local()));
    }
    for choice in child.children()? {
        if let Some(held) = choice.children()?.first() {
            return Ok(rank(order, held.local()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &[&str] = &["a", "b", "c"];

    fn with_child(xml: &str, local: &str) -> String {
        let part = Part::parse(xml).unwrap();
        let mut splice = Splice::new(xml);
        splice.insert_child(&part, ORDER, local, "<new/>").unwrap();
        splice.finish()
    }

    #[test]
    fn a_child_goes_before_the_first_that_must_follow_it() {
        assert_eq!(with_child("<r><a/><c/></r>", "b"), "<r><a/><new/><c/></r>");
        assert_eq!(with_child("<r><a/><b/></r>", "b"), "<r><a/><b/><new/></r>");
        assert_eq!(with_child("<r><unknown/></r>", "b"), "<r><unknown/><new/></r>");
        assert_eq!(with_child("<x:r />", "b"), "<x:r ><new/></x:r>");
    }

    #[test]
    fn an_empty_element_is_opened_once_for_all_it_gets() {
        let xml = "<r/>";
        let part = Part::parse(xml).unwrap();
        let mut splice = Splice::new(xml);
        splice.append_to(&part.root, "<a/>");
        splice.append_to(&part.root, "<b/>");
        assert_eq!(splice.finish(), "<r><a/><b/></r>");
    }

    #[test]
    fn alternate_content_ranks_as_what_it_holds() {
        let xml = "<r><a/><mc:AlternateContent><mc:Choice><c/></mc:Choice></mc:AlternateContent></r>";
        assert_eq!(
            with_child(xml, "b"),
            "<r><a/><new/><mc:AlternateContent><mc:Choice><c/></mc:Choice></mc:AlternateContent></r>"
        );
    }

    #[test]
    fn an_attribute_is_replaced_in_its_own_quotes_or_added() {
        let xml = "<r><a n='1'/><b/></r>";
        let part = Part::parse(xml).unwrap();
        let mut splice = Splice::new(xml);
        for child in &part.children {
            splice.set_attribute(child, "n", "2").unwrap();
        }
        assert_eq!(splice.finish(), "<r><a n='2'/><b n=\"2\"/></r>");
    }
}
