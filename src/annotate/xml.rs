//! Elements of an XML part by the bytes they take, so that an edit changes those bytes alone.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

/// Why a part could not be understood.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// The part is not well-formed.
    #[error("the part is not well-formed: {0}")]
    Syntax(#[from] quick_xml::Error),
    /// The attributes of an element are not well-formed.
    #[error("an element's attributes are not well-formed: {0}")]
    Attribute(#[from] quick_xml::events::attributes::AttrError),
    /// A tag does not end before the next begins: a quote is missing, and what follows would be taken for its value.
    #[error("a tag does not end before the next one")]
    Unclosed,
    /// A prefix that our elements are written with means something else in the part.
    #[error("the prefix `{0}` stands for another namespace")]
    PrefixTaken(&'static str),
    /// The part lacks an element that it must have.
    #[error("the element `{0}` is missing")]
    Missing(&'static str),
}

/// One element: where its tags and its content stand in the part.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    xml: &'a str,
    tag: Range<usize>,
    end_tag: Option<Range<usize>>,
    /// The direct children, where the pass that found the element noted them.
    children: Option<Vec<Element<'a>>>,
}

/// Of an element with more children than these, none are noted on the way.
const NOTED_CHILDREN: usize = 4_096;

/// A part: its root, the root's children and theirs, found in one pass.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) root: Element<'a>,
    pub(super) children: Vec<Element<'a>>,
}

impl<'a> Part<'a> {
    /// Reads the outline of a whole part.
    pub(super) fn parse(xml: &'a str) -> Result<Self, XmlError> {
        let mut scan = Scan::new(xml, bom_len(xml)..xml.len());
        let (root, is_empty) = scan.root()?;
        if is_empty {
            return Ok(Self { root: Element::empty(xml, root), children: Vec::new() });
        }
        let (children, end_tag) = scan.children()?;
        let end_tag = Some(end_tag.ok_or(XmlError::Missing("/root"))?);
        Ok(Self { root: Element { end_tag, ..Element::empty(xml, root) }, children })
    }

    /// The root's children before the first of a local name; what follows is not read.
    pub(super) fn children_before(xml: &'a str, local: &str) -> Result<Vec<Element<'a>>, XmlError> {
        let mut scan = Scan::new(xml, bom_len(xml)..xml.len());
        let mut children = Vec::new();
        if scan.root()?.1 {
            return Ok(children);
        }
        while let Some(token) = scan.next()? {
            match token {
                Token::Start(tag) | Token::Empty(tag) if Element::empty(xml, tag.clone()).local() == local => break,
                Token::Start(tag) => children.push(scan.whole(tag)?),
                Token::Empty(tag) => children.push(Element::empty(xml, tag)),
                Token::End(_) => break,
                Token::Other => {}
            }
        }
        Ok(children)
    }

    /// The first child of a local name.
    pub(super) fn child(&self, local: &str) -> Option<&Element<'a>> {
        self.children.iter().find(|child| child.local() == local)
    }

    /// All children of a local name.
    pub(super) fn children_named<'s>(&'s self, local: &'s str) -> impl Iterator<Item = &'s Element<'a>> {
        self.children.iter().filter(move |child| child.local() == local)
    }
}

impl<'a> Element<'a> {
    /// An element as its first tag tells of it.
    const fn empty(xml: &'a str, tag: Range<usize>) -> Self {
        Self { xml, tag, end_tag: None, children: None }
    }

    /// The name as written, with its prefix.
    pub(super) fn name(&self) -> &'a str {
        let inside = slice(self.xml, self.tag.start + 1..self.tag.end);
        inside.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').map_or(inside, |end| head(inside, end))
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name().rsplit(':').next().unwrap_or_default()
    }

    /// The prefix with its colon, or nothing.
    pub(super) fn prefix(&self) -> &'a str {
        let name = self.name();
        name.find(':').map_or("", |colon| head(name, colon + 1))
    }

    /// The element with its tags and content.
    pub(super) fn span(&self) -> Range<usize> {
        self.tag.start..self.end_tag.as_ref().unwrap_or(&self.tag).end
    }

    /// The text of the whole element as written.
    pub(super) fn source(&self) -> &'a str {
        slice(self.xml, self.span())
    }

    /// Where the start tag (or the empty element) stands.
    pub(super) fn tag(&self) -> Range<usize> {
        self.tag.clone()
    }

    /// What stands between the tags; `None` for `<empty/>`.
    pub(super) fn content(&self) -> Option<Range<usize>> {
        self.end_tag.as_ref().map(|end| self.tag.end..end.start)
    }

    /// Whether the element ends; one of a part that need not be well-formed may not.
    pub(super) fn is_closed(&self) -> bool {
        self.end_tag.is_some() || slice(self.xml, self.tag()).ends_with("/>")
    }

    /// The direct children.
    pub(super) fn children(&self) -> Result<Vec<Element<'a>>, XmlError> {
        match (&self.children, self.content()) {
            (Some(children), _) => Ok(children.clone()),
            (None, Some(content)) => Ok(Scan::new(self.xml, content).children()?.0),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The direct children of a local name.
    pub(super) fn children_named(&self, local: &str) -> Result<Vec<Element<'a>>, XmlError> {
        Ok(self.children()?.into_iter().filter(|child| child.local() == local).collect())
    }

    /// All elements below this one with a local name, in document order.
    pub(super) fn descendants(&self, local: &str) -> Result<Vec<Element<'a>>, XmlError> {
        let Some(content) = self.content() else { return Ok(Vec::new()) };
        // In one pass: going down child by child would read deep nests over and over.
        let elements = loose_elements_in(self.xml, content)?;
        Ok(elements.into_iter().filter(|element| element.local() == local).collect())
    }

    /// The value of an attribute by its local name, unescaped.
    pub(super) fn attribute(&self, local: &str) -> Result<Option<Cow<'a, str>>, XmlError> {
        let Some(range) = self.attribute_range(local)? else { return Ok(None) };
        let raw = slice(self.xml, range);
        Ok(Some(quick_xml::escape::unescape(raw).map_err(quick_xml::Error::from)?))
    }

    /// The raw values of several attributes by their local names.
    pub(super) fn attributes<const COUNT: usize>(
        &self,
        locals: [&str; COUNT],
    ) -> Result<[Option<&'a str>; COUNT], XmlError> {
        let mut values = [None; COUNT];
        for attribute in self.own_attributes() {
            let attribute = attribute?;
            let wanted = locals.iter().zip(&mut values).find(|(local, _)| is_named(attribute.key.0, local));
            if let Some((_, value)) = wanted {
                *value = Some(slice(self.xml, offset(self.xml, &attribute.value)));
            }
        }
        Ok(values)
    }

    /// Where the raw value of an attribute stands, between its quotes.
    pub(super) fn attribute_range(&self, local: &str) -> Result<Option<Range<usize>>, XmlError> {
        Ok(self.find_attribute(|name, _| is_named(name, local))?.map(|(_, range)| range))
    }

    /// The prefix (with its colon) that this element's own tag binds to a namespace, other than the default one.
    pub(super) fn prefix_of(&self, namespace: &str) -> Result<Option<String>, XmlError> {
        let bound = self.find_attribute(|name, value| name.starts_with("xmlns:") && value == namespace)?;
        Ok(bound.and_then(|(name, _)| Some(format!("{}:", name.strip_prefix("xmlns:")?))))
    }

    /// The namespace that this element's own tag binds a prefix (without colon) to.
    pub(super) fn namespace_of(&self, prefix: &str) -> Result<Option<&'a str>, XmlError> {
        let bound = self.find_attribute(|name, _| name.strip_prefix("xmlns:") == Some(prefix))?;
        Ok(bound.map(|(_, range)| slice(self.xml, range)))
    }

    /// Whether this element's own tag binds the default namespace or a prefix to a namespace.
    pub(super) fn binds(&self, namespace: &str) -> Result<bool, XmlError> {
        Ok(self.find_attribute(|name, value| name.starts_with("xmlns") && value == namespace)?.is_some())
    }

    /// The first element below this one with a local name, in a part that need not be well-formed.
    pub(super) fn loose_child(&self, local: &str) -> Result<Option<Element<'a>>, XmlError> {
        let Some(content) = self.content() else { return Ok(None) };
        Ok(loose_elements_in(self.xml, content)?.into_iter().find(|element| element.local() == local))
    }

    /// All text below the element, entities and CDATA resolved.
    pub(super) fn text(&self) -> Result<String, XmlError> {
        let mut text = String::new();
        let Some(content) = self.content() else { return Ok(text) };
        let mut reader = Reader::from_str(slice(self.xml, content));
        loop {
            match reader.read_event()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => {
                    let source = format!("&{};", &*reference);
                    text.push_str(&quick_xml::escape::unescape(&source).map_err(quick_xml::Error::from)?);
                }
                Event::Eof => return Ok(text),
                _ => {}
            }
        }
    }

    /// The first attribute that is wanted by its name as written and its raw value, and where that value stands.
    fn find_attribute(
        &self,
        is_wanted: impl Fn(&str, &str) -> bool,
    ) -> Result<Option<(&'a str, Range<usize>)>, XmlError> {
        for attribute in self.own_attributes() {
            let attribute = attribute?;
            if is_wanted(attribute.key.0, &attribute.value) {
                let name = slice(self.xml, offset(self.xml, attribute.key.0));
                return Ok(Some((name, offset(self.xml, &attribute.value))));
            }
        }
        Ok(None)
    }

    fn own_attributes(&self) -> Attributes<'a> {
        let inside = slice(self.xml, self.tag.start + 1..self.tag.end);
        let inside = inside.strip_suffix('>').unwrap_or(inside);
        Attributes::new(inside.strip_suffix('/').unwrap_or(inside), self.name().len())
    }
}

/// Whether an attribute's name is a local one, under any prefix.
fn is_named(name: &str, local: &str) -> bool {
    name.rsplit(':').next() == Some(local) && !name.starts_with("xmlns")
}

/// All elements of a part in document order, also where end tags are missing.
pub(super) fn loose_elements(xml: &str) -> Result<Vec<Element<'_>>, XmlError> {
    loose_elements_in(xml, bom_len(xml)..xml.len())
}

fn loose_elements_in(xml: &str, range: Range<usize>) -> Result<Vec<Element<'_>>, XmlError> {
    let mut scan = Scan::new(xml, range);
    scan.reader.config_mut().check_end_names = false;
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while let Some(token) = scan.next()? {
        match token {
            Token::Empty(tag) => elements.push(Element::empty(xml, tag)),
            Token::Start(tag) => {
                open.push(elements.len());
                elements.push(Element::empty(xml, tag));
            }
            Token::End(tag) => close(&mut elements, &mut open, tag),
            Token::Other => {}
        }
    }
    Ok(elements)
}

/// How many elements may be left open within one that is closed; beyond, the end tag is passed over.
const UNCLOSED_AT_MOST: usize = 64;

/// Ends the innermost open element of the end tag's name; those left open within it have no content.
fn close(elements: &mut [Element<'_>], open: &mut Vec<usize>, tag: Range<usize>) {
    let is_named = |index: &usize| {
        elements
            .get(*index)
            .is_some_and(|element| slice(element.xml, tag.start + 2..tag.end - 1).trim_end() == element.name())
    };
    let reach = open.len().saturating_sub(UNCLOSED_AT_MOST);
    let Some(depth) = open.iter().skip(reach).rposition(is_named).map(|depth| depth + reach) else { return };
    if let Some(element) = open.get(depth).and_then(|index| elements.get_mut(*index)) {
        element.end_tag = Some(tag);
    }
    open.truncate(depth);
}

enum Token {
    Start(Range<usize>),
    Empty(Range<usize>),
    End(Range<usize>),
    Other,
}

/// A reader over a stretch of a part that knows where in the part it stands.
struct Scan<'a> {
    xml: &'a str,
    base: usize,
    reader: Reader<&'a [u8]>,
}

impl<'a> Scan<'a> {
    fn new(xml: &'a str, range: Range<usize>) -> Self {
        let mut reader = Reader::from_str(slice(xml, range.clone()));
        reader.config_mut().allow_unmatched_ends = true;
        Self { xml, base: range.start, reader }
    }

    fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX - self.base)
    }

    /// The tag that the root begins with, and whether it is the whole root.
    fn root(&mut self) -> Result<(Range<usize>, bool), XmlError> {
        loop {
            match self.next()?.ok_or(XmlError::Missing("root"))? {
                Token::Empty(tag) => return Ok((tag, true)),
                Token::Start(tag) => return Ok((tag, false)),
                Token::End(_) | Token::Other => {}
            }
        }
    }

    /// The next token; a tag that swallows the next one is an error.
    fn next(&mut self) -> Result<Option<Token>, XmlError> {
        let token = self.read()?;
        if let Some(Token::Start(tag) | Token::Empty(tag)) = &token
            && slice(self.xml, tag.start + 1..tag.end).contains('<')
        {
            return Err(XmlError::Unclosed);
        }
        Ok(token)
    }

    fn read(&mut self) -> Result<Option<Token>, XmlError> {
        let start = self.position();
        let event = self.reader.read_event()?;
        let range = start..self.position();
        Ok(match event {
            Event::Start(_) => Some(Token::Start(range)),
            Event::Empty(_) => Some(Token::Empty(range)),
            Event::End(_) => Some(Token::End(range)),
            Event::Eof => None,
            _ => Some(Token::Other),
        })
    }

    /// The elements up to the end of the stretch, or to the end tag of the element that the scan stands in.
    fn children(mut self) -> Result<(Vec<Element<'a>>, Option<Range<usize>>), XmlError> {
        let mut children = Vec::new();
        loop {
            match self.next()? {
                Some(Token::Empty(tag)) => children.push(Element::empty(self.xml, tag)),
                Some(Token::Start(tag)) => children.push(self.whole(tag)?),
                Some(Token::End(tag)) => return Ok((children, Some(tag))),
                Some(Token::Other) => {}
                None => return Ok((children, None)),
            }
        }
    }

    /// The element that a start tag just read begins, up to its end, with its direct children.
    fn whole(&mut self, tag: Range<usize>) -> Result<Element<'a>, XmlError> {
        let mut children = NotedChildren { xml: self.xml, noted: Some(Vec::new()) };
        let mut depth = 0_usize;
        loop {
            let token = if depth == 0 { self.next()? } else { self.read()? };
            match token.ok_or(XmlError::Missing("end tag"))? {
                Token::Start(tag) => {
                    if depth == 0 {
                        children.begin(tag);
                    }
                    depth += 1;
                }
                Token::Empty(tag) if depth == 0 => children.begin(tag),
                Token::End(end) if depth == 0 => {
                    return Ok(Element { xml: self.xml, tag, end_tag: Some(end), children: children.noted });
                }
                Token::End(end) => {
                    depth -= 1;
                    if depth == 0 {
                        children.end(end);
                    }
                }
                Token::Empty(_) | Token::Other => {}
            }
        }
    }
}

/// The direct children of an element that a scan walks through, unless they are too many to be noted.
struct NotedChildren<'a> {
    xml: &'a str,
    noted: Option<Vec<Element<'a>>>,
}

impl NotedChildren<'_> {
    fn begin(&mut self, tag: Range<usize>) {
        if let Some(children) = &mut self.noted {
            children.push(Element::empty(self.xml, tag));
        }
        self.noted.take_if(|children| children.len() > NOTED_CHILDREN);
    }

    fn end(&mut self, end: Range<usize>) {
        if let Some(child) = self.noted.as_mut().and_then(|children| children.last_mut()) {
            child.end_tag = Some(end);
        }
    }
}

/// A stretch of a part; nothing where it lies outside.
fn slice(xml: &str, range: Range<usize>) -> &str {
    xml.get(range).unwrap_or_default()
}

fn head(text: &str, end: usize) -> &str {
    slice(text, 0..end)
}

/// Where a piece borrowed from a part stands in it.
fn offset(xml: &str, piece: &str) -> Range<usize> {
    let start = piece.as_ptr().addr().saturating_sub(xml.as_ptr().addr());
    start..start + piece.len()
}

fn bom_len(xml: &str) -> usize {
    if xml.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_found_by_their_bytes_whatever_their_shape() {
        let xml = "\u{feff}<?xml version='1.0'?><!-- <a> --><x:r xmlns:x='n'>\n<x:a b='>'/><x:c><![CDATA[</x:c>]]></x:c>\
                   <x:a><x:a/></x:a></x:r>";
        let part = Part::parse(xml).unwrap();
        let sources: Vec<_> = part.children.iter().map(Element::source).collect();
        assert_eq!(sources, ["<x:a b='>'/>", "<x:c><![CDATA[</x:c>]]></x:c>", "<x:a><x:a/></x:a>"]);
        assert_eq!((part.root.prefix(), part.root.local()), ("x:", "r"));
        assert_eq!(part.children[1].text().unwrap(), "</x:c>");
    }

    #[test]
    fn children_of_children_are_known_from_the_same_pass_however_many() {
        for count in [1, 3, NOTED_CHILDREN + 2] {
            let xml = format!("<r><a>{}</a><b/></r>", "<c n='1'><d/><d><e/></d></c><f/>".repeat(count));
            let part = Part::parse(&xml).unwrap();
            assert_eq!(part.children[0].children.is_some(), 2 * count <= NOTED_CHILDREN);
            let children = part.children[0].children().unwrap();
            assert_eq!(children.len(), 2 * count);
            assert_eq!(children[0].source(), "<c n='1'><d/><d><e/></d></c>");
            assert_eq!(children[1].source(), "<f/>");
            assert_eq!(children[0].children().unwrap()[1].source(), "<d><e/></d>");
        }
    }

    #[test]
    fn only_the_children_before_a_name_are_read() {
        let sources = |xml: &'static str| -> Vec<&str> {
            Part::children_before(xml, "data").unwrap().iter().map(Element::source).collect()
        };
        assert_eq!(sources("<!-- --><r> <a/><x:b><data/></x:b><x:data><c/><broken"), ["<a/>", "<x:b><data/></x:b>"]);
        assert_eq!(sources("<r><a/></r>"), ["<a/>"]);
        assert!(sources("<r/>").is_empty());
        assert!(Part::children_before("", "data").is_err());
    }

    #[test]
    fn attributes_are_found_in_either_quotes_and_unescaped() {
        let xml = r#"<s r:id='rId1' name="A &amp; &#66;"  xmlns:r = "ns" id2="x"/>"#;
        let root = Part::parse(xml).unwrap().root;
        assert_eq!(root.attribute("name").unwrap().unwrap(), "A & B");
        assert_eq!(root.attribute("id").unwrap().unwrap(), "rId1");
        assert_eq!(root.attribute("missing").unwrap(), None);
        assert_eq!(root.prefix_of("ns").unwrap().as_deref(), Some("r:"));
        assert_eq!(root.attributes(["name", "none", "id"]).unwrap(), [Some("A &amp; &#66;"), None, Some("rId1")]);
        let range = root.attribute_range("id").unwrap().unwrap();
        assert_eq!(&xml[range], "rId1");
    }

    #[test]
    fn text_is_joined_from_entities_and_cdata() {
        let xml = "<t>a &lt;&#x62;<![CDATA[ <c>]]><i>d</i></t>";
        assert_eq!(Part::parse(xml).unwrap().root.text().unwrap(), "a <b <c>d");
    }

    #[test]
    fn loose_elements_are_found_in_what_is_not_well_formed() {
        let xml = "<xml><v:shape id='a'><br><x:Row>3</x:Row></v:shape></p><v:shape/></xml>";
        let elements = loose_elements(xml).unwrap();
        let names: Vec<_> = elements.iter().map(Element::name).collect();
        assert_eq!(names, ["xml", "v:shape", "br", "x:Row", "v:shape"]);
        assert_eq!(elements[1].source(), "<v:shape id='a'><br><x:Row>3</x:Row></v:shape>");
        assert_eq!(elements[1].loose_child("Row").unwrap().unwrap().text().unwrap(), "3");
        assert_eq!(elements[0].source(), xml);
    }

    #[test]
    fn a_tag_that_swallows_the_next_is_an_error() {
        let xml = r#"<xml><v:path a=&t"/><v:shape id="s1"/><v:shape id=s2"/></xml>"#;
        assert!(matches!(loose_elements(xml), Err(XmlError::Unclosed)));
    }

    #[test]
    fn broken_parts_are_errors() {
        for xml in ["", "<a>", "<a><b></a>", "<a b=1 b='2'><b></a>", "no xml", "<a", "<a><b/>"] {
            assert!(Part::parse(xml).is_err(), "{xml}");
        }
        let xml = "<t>&unknown;</t>";
        assert!(Part::parse(xml).unwrap().root.text().is_err());
    }
}
