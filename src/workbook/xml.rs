//! XML parts as text, and the few things asked of their elements.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::Limits;
use super::archive::check_size;
use super::deadline::Deadline;
use super::error::{Hazard, Quantity, ReadError};

/// After how many events the time is looked at.
const EVENTS_BETWEEN_LOOKS: u32 = 4096;

/// The bytes of a part that asks for little, whatever its shape; the parts around the cells of a form are shorter.
const SHORT_PART: usize = 16 << 10;

/// The fewest bytes that one attribute takes.
const SHORTEST_ATTRIBUTE: usize = " a=\"\"".len();

/// How many bytes the declaration at the top of a part has at most.
const DECLARATION_BYTES: usize = 200;

/// An XML part as text: UTF-8 or UTF-16 by its first bytes, without byte order mark, or Latin-1 where it is declared;
/// a document type is refused.
pub(crate) fn decode(part: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => from_utf16(part, rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => from_utf16(part, rest, u16::from_be_bytes)?,
        [b'<', 0, ..] => from_utf16(part, &bytes, u16::from_le_bytes)?,
        [0, b'<', ..] => from_utf16(part, &bytes, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => from_utf8(part, rest.to_vec())?,
        _ if is_declared_latin1(&bytes) => {
            declare_utf8(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
        }
        _ => from_utf8(part, bytes)?,
    };
    if memmem::find(text.as_bytes(), b"<!DOCTYPE").is_some() {
        return Err(ReadError::hazardous(part, Hazard::DocumentType));
    }
    Ok(text)
}

/// Whether the declaration says that each byte is a character.
fn is_declared_latin1(bytes: &[u8]) -> bool {
    let start = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let declaration = memmem::find(start, b"?>").and_then(|end| start.get(..end)).unwrap_or_default();
    let declaration = declaration.to_ascii_lowercase();
    let named = [b"iso-8859-1\"", b"iso-8859-1'"].iter().any(|name| memmem::find(&declaration, *name).is_some());
    declaration.starts_with(b"<?xml") && named
}

fn from_utf8(part: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|error| ReadError::damaged(part, error))
}

fn from_utf16(part: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ReadError::damaged(part, "half a character of UTF-16"));
    }
    let text: String = char::decode_utf16(pairs.iter().copied().map(unit))
        .collect::<Result<_, _>>()
        .map_err(|error| ReadError::damaged(part, error))?;
    Ok(declare_utf8(&text))
}

/// The declaration at the top named the old encoding; the same text in UTF-8 names none.
fn declare_utf8(text: &str) -> String {
    match text.split_once("?>") {
        Some((declaration, rest)) if declaration.starts_with("<?xml") => {
            format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{rest}"#)
        }
        _ => text.to_owned(),
    }
}

/// The elements and texts of a part, in order.
pub(crate) struct Events<'a> {
    part: &'a str,
    reader: Reader<&'a [u8]>,
    deadline: Option<Deadline>,
    until_next_look: u32,
    limits: &'a Limits,
    /// Elements that are open.
    depth: usize,
    /// Bytes of attributes that cannot be too much in any way.
    harmless_bytes: usize,
    /// Elements so far, where they are counted.
    elements: u64,
    are_counted: bool,
}

impl<'a> Events<'a> {
    /// Starts at the top of a part; `part` is its name for errors.
    pub(crate) fn new(part: &'a str, text: &'a str, limits: &'a Limits) -> Self {
        Self {
            part,
            reader: Reader::from_str(text),
            deadline: None,
            until_next_look: 0,
            limits,
            depth: 0,
            harmless_bytes: limits.attribute_bytes.min(limits.attributes.saturating_mul(SHORTEST_ATTRIBUTE)),
            elements: 0,
            are_counted: true,
        }
    }

    /// Whether the elements from here on count: not where the cells or texts that they become are counted.
    pub(crate) fn count_elements(&mut self, are_counted: bool) {
        self.are_counted = are_counted;
    }

    /// The same events, which end in an error when the time is up.
    pub(crate) fn until(self, deadline: Deadline) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// The next event; the end of the part is [`Event::Eof`].
    pub(crate) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        if self.until_next_look == 0 {
            self.look_at_the_time()?;
        }
        self.until_next_look -= 1;
        let event = self.reader.read_event().map_err(|error| self.damaged(error))?;
        match &event {
            Event::Start(element) => {
                self.depth += 1;
                check_size(Quantity::Depth, self.depth as u64, self.limits.xml_depth as u64)?;
                self.check_element(element)?;
            }
            Event::Empty(element) => self.check_element(element)?,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }

    fn check_element(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.are_counted {
            self.elements += 1;
            check_size(Quantity::Elements, self.elements, self.limits.elements as u64)?;
        }
        let attributes = element.attributes_raw();
        if attributes.len() > self.harmless_bytes { check_attributes(attributes, self.limits) } else { Ok(()) }
    }

    fn look_at_the_time(&mut self) -> Result<(), ReadError> {
        self.until_next_look = EVENTS_BETWEEN_LOOKS;
        self.deadline.map_or(Ok(()), |deadline| deadline.check())
    }

    /// The next opening or empty element; `None` at the end of the part.
    pub(crate) fn next_element(&mut self) -> Result<Option<BytesStart<'a>>, ReadError> {
        loop {
            match self.next()? {
                Event::Start(element) | Event::Empty(element) => return Ok(Some(element)),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// How many bytes of the part have been read.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// An attribute of an element by its local name, unescaped.
    ///
    /// There must be one at most: of two, another reader may take the other.
    pub(crate) fn attribute<'e>(
        &self,
        element: &'e BytesStart<'_>,
        local_name: &str,
    ) -> Result<Option<Cow<'e, str>>, ReadError> {
        let mut found = None;
        // The library's own check for duplicates compares each attribute with all before it.
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.damaged(error))?;
            if attribute.key.local_name().into_inner() != local_name {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.damaged(error))?;
            if found.replace(value).is_some() {
                return Err(self.twice(local_name));
            }
        }
        Ok(found)
    }

    /// Attributes of an element by their names without a prefix, unescaped, in one pass.
    ///
    /// An attribute of another namespace is not taken for one of these, but must not stand beside it either.
    pub(crate) fn attributes<'e, const N: usize>(
        &self,
        element: &'e BytesStart<'_>,
        names: [&str; N],
    ) -> Result<[Option<Cow<'e, str>>; N], ReadError> {
        let mut values = [const { None }; N];
        let mut seen = [false; N];
        let mut rest = RawAttributes { text: element.attributes_raw(), place: 0 };
        while !rest.is_at_end() {
            let attribute = rest.take().ok_or_else(|| self.damaged("a broken attribute"))?;
            let local_name = without_prefix(attribute.key);
            let Some(place) = names.iter().position(|name| same(name, local_name)) else { continue };
            let (Some(value), Some(seen)) = (values.get_mut(place), seen.get_mut(place)) else { continue };
            if std::mem::replace(seen, true) {
                return Err(self.twice(local_name));
            }
            if local_name.len() == attribute.key.len() {
                *value = Some(self.unescaped(&attribute)?);
            }
        }
        Ok(values)
    }

    fn unescaped<'e>(&self, attribute: &RawAttribute<'e>) -> Result<Cow<'e, str>, ReadError> {
        if attribute.is_plain {
            return Ok(Cow::Borrowed(attribute.value));
        }
        let attribute = Attribute { key: QName(attribute.key), value: Cow::Borrowed(attribute.value) };
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| self.damaged(error))?;
        Ok(Cow::Owned(value.into_owned()))
    }

    /// Adds the character that a reference (`&lt;`, `&#228;`) means.
    pub(crate) fn push_reference(&self, reference: &BytesRef<'_>, text: &mut String) -> Result<(), ReadError> {
        if let Some(meant) = quick_xml::escape::resolve_xml_entity(reference) {
            text.push_str(meant);
            return Ok(());
        }
        match reference.resolve_char_ref() {
            Ok(Some(meant)) => text.push(meant),
            Ok(None) => return Err(self.damaged(format_args!("the entity `&{};` is unknown", &**reference))),
            Err(error) => return Err(self.damaged(error)),
        }
        Ok(())
    }

    fn twice(&self, local_name: &str) -> ReadError {
        self.damaged(format_args!("an element with two attributes `{local_name}`"))
    }

    /// The error for this part.
    pub(crate) fn damaged(&self, detail: impl std::fmt::Display) -> ReadError {
        ReadError::damaged(self.part, detail)
    }

    /// The error for this part, where it would harm its reader.
    pub(crate) fn hazardous(&self, hazard: Hazard) -> ReadError {
        ReadError::hazardous(self.part, hazard)
    }
}

/// Refuses attributes that are too long or too many.
fn check_attributes(attributes: &str, limits: &Limits) -> Result<(), ReadError> {
    check_size(Quantity::AttributeBytes, attributes.len() as u64, limits.attribute_bytes as u64)?;
    let mut rest = RawAttributes { text: attributes, place: 0 };
    let mut count = 0;
    while !rest.is_at_end() && rest.take().is_some() {
        count += 1;
        check_size(Quantity::Attributes, count, limits.attributes as u64)?;
    }
    Ok(())
}

/// Whether a part is harmless whatever is in it: it has few elements, and cannot nest deeply or hold long attributes.
fn is_too_short_to_ask_much(text: &str, limits: &Limits) -> bool {
    let within = |shortest: &str, limit: usize| text.len() / shortest.len() <= limit;
    text.len() <= SHORT_PART && within("<a/>", limits.elements) && within("<comment/>", limits.comments)
}

/// Refuses a part that asks too much of who keeps its elements; one that is not well-formed is left to who reads it.
pub(crate) fn check_shape(part: &str, text: &str, limits: &Limits) -> Result<(), ReadError> {
    if is_too_short_to_ask_much(text, limits) {
        return Ok(());
    }
    let mut events = Events::new(part, text, limits);
    // Drawings are written by programs that do not mind their end tags.
    events.reader.config_mut().check_end_names = false;
    events.reader.config_mut().allow_unmatched_ends = true;
    let mut comments = 0;
    loop {
        match events.next_element() {
            Ok(Some(element)) => comments += u64::from(local_name(&element) == "comment"),
            Err(error @ ReadError::TooLarge { .. }) => return Err(error),
            Ok(None) | Err(_) => return Ok(()),
        }
        check_size(Quantity::Comments, comments, limits.comments as u64)?;
    }
}

/// The name of an opened element without its prefix.
pub(crate) fn local_name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    without_prefix(element.name().into_inner())
}

/// The name of a closed element without its prefix.
pub(crate) fn local_end<'e>(element: &'e BytesEnd<'_>) -> &'e str {
    without_prefix(element.name().into_inner())
}

/// Names are short: a plain loop finds the colon sooner than a search that is made for long texts.
fn without_prefix(name: &str) -> &str {
    match name.bytes().position(|byte| byte == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    }
}

/// Whether two short names are the same.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().eq(other.bytes())
}

/// An attribute as it is written.
struct RawAttribute<'e> {
    key: &'e str,
    value: &'e str,
    /// Whether the value has neither references nor white space that is read as another.
    is_plain: bool,
}

/// The attributes of an element, in one pass over their bytes: the library's own iterator takes as long for those of a cell
/// as all else that is done with the cell.
struct RawAttributes<'e> {
    text: &'e str,
    place: usize,
}

impl<'e> RawAttributes<'e> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn skip_space(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.place += 1;
        }
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.place >= self.text.len()
    }

    /// The next attribute; `None` where what stands there is none.
    fn take(&mut self) -> Option<RawAttribute<'e>> {
        let key = self.take_until(|byte| byte == b'=' || byte.is_ascii_whitespace())?;
        self.skip_space();
        if key.is_empty() || self.byte() != Some(b'=') {
            return None;
        }
        self.place += 1;
        self.skip_space();
        let quote = self.byte().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.place += 1;
        let mut is_plain = true;
        let value = self.take_until(|byte| {
            is_plain &= byte != b'&' && byte >= b' ';
            byte == quote
        })?;
        self.place += 1;
        Some(RawAttribute { key, value, is_plain })
    }

    /// What stands before the next byte of a kind; `None` where there is no such byte.
    fn take_until(&mut self, mut is_end: impl FnMut(u8) -> bool) -> Option<&'e str> {
        let start = self.place;
        let length = self.text.as_bytes().get(start..)?.iter().position(|byte| is_end(*byte))?;
        self.place = start + length;
        self.text.get(start..self.place)
    }
}
