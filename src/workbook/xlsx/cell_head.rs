//! What a cell's element says of it: where it stands, how it looks, of which type its value is.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::super::error::ReadError;
use super::super::xml::Events;

/// The attributes of a cell that count, as they are meant.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CellHead<'e> {
    /// Where it stands.
    pub(super) reference: Option<Cow<'e, str>>,
    /// The number of its format.
    pub(super) style: Option<Cow<'e, str>>,
    /// The type of its value.
    pub(super) value_type: Option<Cow<'e, str>>,
    /// The number of what more there is to its value, such as a picture.
    pub(super) value_metadata: Option<Cow<'e, str>>,
}

impl<'e> CellHead<'e> {
    /// Reads the attributes of a cell.
    pub(super) fn read(events: &Events<'_>, cell: &'e BytesStart<'_>) -> Result<Self, ReadError> {
        if let Some(head) = Self::read_plain(cell.attributes_raw()) {
            return Ok(head);
        }
        let [reference, style, value_type, value_metadata] = events.attributes(cell, ["r", "s", "t", "vm"])?;
        Ok(Self { reference, style, value_type, value_metadata })
    }

    /// Reads attributes as nearly every program writes them: ` r="A1" s="2" t="s"`, of letters and digits, each once.
    ///
    /// `None` for any other, which is then read by the book. A sheet is mostly such attributes: this takes a third of the time.
    fn read_plain(attributes: &'e str) -> Option<Self> {
        let mut head = Self::default();
        let mut rest = attributes;
        while let [b' ', name, b'=', b'"', value @ ..] = rest.as_bytes() {
            let length = value.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
            let place = match name {
                b'r' => &mut head.reference,
                b's' => &mut head.style,
                b't' => &mut head.value_type,
                _ => return None,
            };
            let (value, after) = rest.get(4..)?.split_at_checked(length)?;
            if place.replace(Cow::Borrowed(value)).is_some() {
                return None;
            }
            rest = after.strip_prefix('"')?;
        }
        rest.is_empty().then_some(head)
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::events::Event;

    use super::super::super::Limits;
    use super::*;

    #[test]
    fn plain_attributes_are_read_as_by_the_book() {
        for attributes in [r#" r="A1" s="12" t="inlineStr""#, r#" t="s" r="XFD1048576""#, "", r#" r="A1""#, r#" s="""#]
        {
            let xml = format!("<c{attributes}/>");
            let limits = Limits::default();
            let mut events = Events::new("part", &xml, &limits);
            let Event::Empty(cell) = events.next().unwrap() else { panic!("no cell") };
            let [reference, style, value_type] = events.attributes(&cell, ["r", "s", "t"]).unwrap();
            let head = CellHead { reference, style, value_type, value_metadata: None };
            assert_eq!(CellHead::read_plain(cell.attributes_raw()), Some(head), "{attributes}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_book() {
        for attributes in [
            r#" r="A1" r="A2""#,
            " r='A1'",
            r#"  r="A1""#,
            r#" r="A&#49;""#,
            r#" r="A1" cm="1""#,
            r#" x:r="A1""#,
            r#" r="A1"s="1""#,
            r#" r="A1" "#,
            " r=A1",
        ] {
            assert_eq!(CellHead::read_plain(attributes), None, "{attributes}");
        }
    }
}
