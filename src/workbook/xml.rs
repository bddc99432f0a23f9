//! XML parts as text, and the few things asked of their elements.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::error::{Hazard, ReadError};

/// An XML part as text: UTF-8 or UTF-16 by its first bytes, without byte order mark; a document type is refused.
pub(crate) fn decode(part: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => from_utf16(part, rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => from_utf16(part, rest, u16::from_be_bytes)?,
        [b'<', 0, ..] => from_utf16(part, &bytes, u16::from_le_bytes)?,
        [0, b'<', ..] => from_utf16(part, &bytes, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => from_utf8(part, rest.to_vec())?,
        _ => from_utf8(part, bytes)?,
    };
    if text.contains("<!DOCTYPE") {
        return Err(ReadError::hazardous(part, Hazard::DocumentType));
    }
    Ok(text)
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
}

impl<'a> Events<'a> {
    /// Starts at the top of a part; `part` is its name for errors.
    pub(crate) fn new(part: &'a str, text: &'a str) -> Self {
        Self { part, reader: Reader::from_str(text) }
    }

    /// The next event; the end of the part is [`Event::Eof`].
    pub(crate) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        self.reader.read_event().map_err(|error| self.damaged(error))
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
                return Err(self.damaged(format_args!("an element with two attributes `{local_name}`")));
            }
        }
        Ok(found)
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

/// A text as it stands in an attribute or an element.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}
