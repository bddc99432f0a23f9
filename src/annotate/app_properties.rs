//! `docProps/app.xml`: the list of sheet titles, kept true.

use super::escape::escape;
use super::splice::Splice;
use super::xml::{Element, Part, XmlError};

/// Lists a new first sheet; where the list is not one that we understand, it is left out, as it may be.
pub(super) fn add_first_title(xml: &str, title: &str) -> Result<String, XmlError> {
    let part = Part::parse(xml)?;
    let (Some(headings), Some(titles)) = (part.child("HeadingPairs"), part.child("TitlesOfParts")) else {
        return Ok(xml.to_owned());
    };
    let mut splice = Splice::new(xml);
    match Titles::read(headings, titles)? {
        Some(list) if list.is_first(title)? => return Ok(xml.to_owned()),
        Some(list) => list.add_first(&mut splice, title)?,
        None => [headings, titles].into_iter().for_each(|element| splice.remove(element.span())),
    }
    Ok(splice.finish())
}

/// The elements of a list of titles that count.
struct Titles<'a> {
    sheet_count: Element<'a>,
    vector: Element<'a>,
    known: Vec<Element<'a>>,
}

impl<'a> Titles<'a> {
    /// Reads a list whose counts agree with what it holds.
    fn read(headings: &Element<'a>, titles: &Element<'a>) -> Result<Option<Self>, XmlError> {
        let (counts, vectors) = (headings.descendants("i4")?, titles.children_named("vector")?);
        let (Some(sheet_count), Some(vector)) = (counts.first(), vectors.first()) else { return Ok(None) };
        let titles = vector.children_named("lpstr")?;
        let mut total = 0_usize;
        for count in &counts {
            total = total.saturating_add(number(count)?.unwrap_or(usize::MAX));
        }
        let sheet_count = sheet_count.clone();
        Ok((total == titles.len() && total > 0).then(|| Self { sheet_count, vector: vector.clone(), known: titles }))
    }

    fn is_first(&self, title: &str) -> Result<bool, XmlError> {
        Ok(self.known.first().map(Element::text).transpose()?.as_deref() == Some(title))
    }

    fn add_first(&self, splice: &mut Splice<'_>, title: &str) -> Result<(), XmlError> {
        let (Some(first), Some(count)) = (self.known.first(), self.sheet_count.content()) else { return Ok(()) };
        let name = first.name();
        splice.insert(first.span().start, format!("<{name}>{}</{name}>", escape(title)));
        splice.set_attribute(&self.vector, "size", &(self.known.len() + 1).to_string())?;
        splice.replace(count, (number(&self.sheet_count)?.unwrap_or(0) + 1).to_string());
        Ok(())
    }
}

fn number(element: &Element<'_>) -> Result<Option<usize>, XmlError> {
    Ok(element.text()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "<Properties><HeadingPairs><vt:vector size=\"4\"><vt:variant><vt:lpstr>Regneark</vt:lpstr></vt:variant>\
        <vt:variant><vt:i4>2</vt:i4></vt:variant><vt:variant><vt:lpstr>Navne</vt:lpstr></vt:variant><vt:variant><vt:i4>1\
        </vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size=\"3\" baseType=\"lpstr\"><vt:lpstr>A\
        </vt:lpstr><vt:lpstr>B</vt:lpstr><vt:lpstr>navn</vt:lpstr></vt:vector></TitlesOfParts></Properties>";

    #[test]
    fn the_title_is_listed_first_and_counted_once() {
        let edited = add_first_title(LIST, "Kontrol").unwrap();
        assert!(edited.contains("<vt:i4>3</vt:i4>") && edited.contains("<vt:i4>1</vt:i4>"));
        assert!(edited.contains("<vt:vector size=\"4\" baseType=\"lpstr\"><vt:lpstr>Kontrol</vt:lpstr><vt:lpstr>A"));
        assert_eq!(add_first_title(&edited, "Kontrol").unwrap(), edited);
    }

    #[test]
    fn a_list_that_does_not_add_up_is_left_out() {
        let edited = add_first_title(&LIST.replace("<vt:i4>2<", "<vt:i4>5<"), "Kontrol").unwrap();
        assert_eq!(edited, "<Properties></Properties>");
    }

    #[test]
    fn no_list_stays_no_list() {
        assert_eq!(add_first_title("<Properties/>", "Kontrol").unwrap(), "<Properties/>");
    }
}
