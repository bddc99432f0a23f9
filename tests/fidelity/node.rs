//! A part as a tree of elements, each with its text as written.

use quick_xml::Reader;
use quick_xml::events::Event;

/// One element.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The name without its prefix.
    pub(crate) local: String,
    /// The start tag as written.
    pub(crate) tag: String,
    /// The whole element as written.
    pub(crate) source: String,
    /// The elements in it.
    pub(crate) children: Vec<Node>,
}

/// An element whose end tag is not met yet, and where it starts.
struct Open {
    start: usize,
    node: Node,
}

impl Node {
    /// The root of a well-formed part.
    pub(crate) fn parse(xml: &str) -> Self {
        let bom = if xml.starts_with('\u{feff}') { 3 } else { 0 };
        let xml = &xml[bom..];
        let mut reader = Reader::from_str(xml);
        let document = Self { local: String::new(), tag: String::new(), source: String::new(), children: Vec::new() };
        let mut open = vec![Open { start: 0, node: document }];
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap();
            let event = reader.read_event().unwrap();
            let tag = xml[start..usize::try_from(reader.buffer_position()).unwrap()].to_owned();
            match event {
                Event::Start(name) => {
                    let local = name.local_name().into_inner().to_owned();
                    let node = Self { local, tag, source: String::new(), children: Vec::new() };
                    open.push(Open { start, node });
                }
                Event::Empty(name) => {
                    let local = name.local_name().into_inner().to_owned();
                    let node = Self { local, source: tag.clone(), tag, children: Vec::new() };
                    open.last_mut().unwrap().node.children.push(node);
                }
                Event::End(_) => {
                    let Open { start: from, mut node } = open.pop().unwrap();
                    xml[from..start + tag.len()].clone_into(&mut node.source);
                    open.last_mut().unwrap().node.children.push(node);
                }
                Event::Eof => return open.pop().unwrap().node.children.pop().unwrap(),
                _ => {}
            }
        }
    }

    /// The first child of a local name.
    pub(crate) fn child(&self, local: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.local == local)
    }

    /// All elements below this one of a local name, in document order.
    pub(crate) fn descendants(&self, local: &str) -> Vec<&Node> {
        let mut found = Vec::new();
        for child in &self.children {
            found.extend((child.local == local).then_some(child));
            found.extend(child.descendants(local));
        }
        found
    }

    /// The value of an attribute as written.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let (start, _) = attribute_span(&self.tag, name, 0)?;
        let value = &self.tag[start..];
        let quote = value.find(['"', '\''])?;
        value[quote + 1..].split(&value[quote..=quote]).next()
    }

    /// The sources of the children.
    pub(crate) fn child_sources(&self) -> Vec<&str> {
        self.children.iter().map(|child| child.source.as_str()).collect()
    }
}

/// The text without an attribute, wherever it stands.
pub(crate) fn without_attribute(xml: &str, name: &str) -> String {
    let mut text = xml.to_owned();
    let mut from = 0;
    while let Some((start, end)) = attribute_span(&text, name, from) {
        text.replace_range(start..end, "");
        from = start;
    }
    text
}

/// Where the next attribute of a name stands, with the space before it.
fn attribute_span(xml: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + xml[from..].find(&format!(" {name}="))?;
    let value = start + name.len() + 2;
    let quote = &xml[value..=value];
    Some((start, value + 1 + xml[value + 1..].find(quote)? + 1))
}
