//! Prints forms: a blank form is written once by the workbook library, and each filled one is that with other contents.
//!
//! Only a draft that differs from the blank one in nothing but the contents of cells can be printed; any other (a sheet
//! more, a column inserted) is written by the library as usual. What is printed reads the same as what is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use jiff::civil::Date;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::SampleError;
use crate::form::{FormKind, Layout};
use crate::parameters::Parameters;
use crate::part_options::part_options;
use crate::template::{self, Content, Draft, DraftCell, DraftSheet, Filling, Stored};

/// How much the changed parts are compressed: 1 is fastest. The size matters less than the time.
const DEFLATE_LEVEL: i64 = 1;
/// The part that holds the texts of all sheets.
const STRINGS_PART: &str = "xl/sharedStrings.xml";
/// The day that a spreadsheet counts from.
const DAY_ZERO: Date = Date::constant(1899, 12, 30);

/// The blank forms, ready to be printed with other contents.
#[derive(Debug)]
pub(super) struct Press {
    plates: Vec<(FormKind, Plate)>,
}

/// A blank form, taken apart.
#[derive(Debug)]
struct Plate {
    draft: Draft,
    package: Vec<u8>,
    sheets: Vec<SheetPlate>,
    /// The shared strings up to their end, and how many they are.
    strings: (String, usize),
}

/// A sheet's XML, cut at its cells.
#[derive(Debug)]
struct SheetPlate {
    part: String,
    cells: Vec<CellPlate>,
    tail: String,
}

/// The XML of a cell of the blank form.
#[derive(Debug)]
struct CellPlate {
    /// What stands between the cell before and this one.
    before: String,
    /// The cell as it is.
    whole: String,
    /// Its tag with address and style, not closed: `<c r="B6" s="12"`.
    head: String,
    /// Its formula element, where it has one.
    formula: String,
}

/// The shared strings of one workbook.
struct Strings<'p> {
    known: usize,
    added: BTreeMap<String, usize>,
    xml: std::borrow::Cow<'p, str>,
}

impl Press {
    /// Takes the blank forms of some dates apart: the limits of their rules look differently. A form that cannot be taken
    /// apart is left out, and then always written as usual.
    pub(super) fn new(
        layouts: &[Layout],
        parameters: &Parameters,
        dates: impl Iterator<Item = Date>,
    ) -> Result<Self, SampleError> {
        let mut plates: Vec<(FormKind, Plate)> = Vec::new();
        for date in dates {
            let resolved = parameters.resolve(date);
            for layout in layouts {
                let refused = |error| SampleError::Template { scenario: layout.title.clone(), error: Box::new(error) };
                let draft = template::compose(layout, resolved.as_ref(), &Filling::default()).map_err(refused)?;
                if find(&plates, layout.kind, &draft).is_none() {
                    let package = template::write(&draft).map_err(refused)?;
                    plates.extend(Plate::of(draft, package)?.map(|plate| (layout.kind, plate)));
                }
            }
        }
        Ok(Self { plates })
    }

    /// The workbook of a draft; `None` where it differs from every blank form in more than contents.
    pub(super) fn print(&self, kind: FormKind, draft: &Draft) -> Result<Option<Vec<u8>>, SampleError> {
        let Some(plate) = find(&self.plates, kind, draft) else { return Ok(None) };
        let Some(parts) = plate.parts(draft) else { return Ok(None) };
        let mut archive = ZipArchive::new(Cursor::new(plate.package.as_slice()))?;
        let options =
            part_options().compression_method(CompressionMethod::Deflated).compression_level(Some(DEFLATE_LEVEL));
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(plate.package.len())));
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index)?;
            let name = entry.name()?.to_string();
            match parts.get(name.as_str()) {
                None => writer.raw_copy_file(entry)?,
                Some(xml) => {
                    writer.start_file(name, options)?;
                    writer.write_all(xml.as_bytes())?;
                }
            }
        }
        Ok(Some(writer.finish()?.into_inner()))
    }
}

/// The plate of a form that a draft differs from in nothing but contents.
fn find<'p>(plates: &'p [(FormKind, Plate)], kind: FormKind, draft: &Draft) -> Option<&'p Plate> {
    let fitting = plates.iter().find(|(of, plate)| *of == kind && is_same_form(&plate.draft, draft));
    fitting.map(|(_, plate)| plate)
}

impl Plate {
    fn of(draft: Draft, package: Vec<u8>) -> Result<Option<Self>, SampleError> {
        let mut archive = ZipArchive::new(Cursor::new(package.as_slice()))?;
        let mut part = |name: &str| -> Result<String, SampleError> {
            let mut text = String::new();
            archive.by_name(name)?.read_to_string(&mut text)?;
            Ok(text)
        };
        let mut sheets = Vec::new();
        for (sheet, number) in draft.sheets.iter().zip(1..) {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let plate = SheetPlate::cut(name.clone(), &part(&name)?);
            match plate.filter(|plate| plate.cells.len() == sheet.cells.len()) {
                Some(plate) => sheets.push(plate),
                None => return Ok(None),
            }
        }
        let strings = part(STRINGS_PART)?;
        let count = strings.matches("<si>").count();
        let items = strings.find("<si>").zip(strings.rfind("</sst>")).and_then(|(from, to)| strings.get(from..to));
        let Some(items) = items.map(str::to_owned) else { return Ok(None) };
        Ok(Some(Self { draft, package, sheets, strings: (items, count) }))
    }

    /// The parts that differ from the blank form's, by name; `None` where a formula is another.
    fn parts(&self, draft: &Draft) -> Option<BTreeMap<&str, String>> {
        let mut strings =
            Strings { known: self.strings.1, added: BTreeMap::new(), xml: self.strings.0.as_str().into() };
        let mut parts = BTreeMap::new();
        for ((plate, blank), sheet) in self.sheets.iter().zip(&self.draft.sheets).zip(&draft.sheets) {
            if blank.cells != sheet.cells {
                parts.insert(plate.part.as_str(), plate.print(blank, sheet, &mut strings)?);
            }
        }
        parts.insert(STRINGS_PART, strings.part());
        Some(parts)
    }
}

impl SheetPlate {
    /// Cuts a sheet's XML, as the workbook library writes it, at its cells.
    fn cut(part: String, xml: &str) -> Option<Self> {
        let mut cells = Vec::new();
        let mut rest = xml;
        while let Some(start) = rest.find("<c r=\"") {
            let (before, from_cell) = rest.split_at(start);
            let tag_end = from_cell.find('>')? + 1;
            let tag = from_cell.get(..tag_end)?;
            let length = if tag.ends_with("/>") { tag_end } else { from_cell.find("</c>")? + "</c>".len() };
            let (whole, after) = from_cell.split_at(length);
            let formula = whole.find("<f>").zip(whole.find("</f>"));
            let formula = formula.and_then(|(from, to)| whole.get(from..to + "</f>".len())).unwrap_or_default();
            let head = tag.trim_end_matches('>').trim_end_matches('/');
            let head = head.find(" t=\"").and_then(|at| head.get(..at)).unwrap_or(head);
            cells.push(CellPlate {
                before: before.to_owned(),
                whole: whole.to_owned(),
                head: head.to_owned(),
                formula: formula.to_owned(),
            });
            rest = after;
        }
        Some(Self { part, cells, tail: rest.to_owned() })
    }

    fn print(&self, blank: &DraftSheet, sheet: &DraftSheet, strings: &mut Strings<'_>) -> Option<String> {
        let mut xml = String::with_capacity(self.cells.len() * 128);
        for ((plate, blank), cell) in self.cells.iter().zip(blank.cells.values()).zip(sheet.cells.values()) {
            xml.push_str(&plate.before);
            if cell.content == blank.content {
                xml.push_str(&plate.whole);
            } else {
                plate.print(blank, cell, strings, &mut xml)?;
            }
        }
        xml.push_str(&self.tail);
        Some(xml)
    }
}

impl CellPlate {
    fn print(&self, blank: &DraftCell, cell: &DraftCell, strings: &mut Strings<'_>, xml: &mut String) -> Option<()> {
        xml.push_str(&self.head);
        // Writing to a String does not fail.
        let _ = match &cell.content {
            Content::Blank => write!(xml, "/>"),
            Content::Text(text) => write!(xml, " t=\"s\"><v>{}</v></c>", strings.index(text)),
            Content::Number(number) => write!(xml, "><v>{}</v></c>", number.normalize()),
            Content::Date(date) => write!(xml, "><v>{}</v></c>", date.since(DAY_ZERO).ok()?.get_days()),
            Content::Formula(formula) => {
                let Content::Formula(of_form) = &blank.content else { return None };
                if formula.parts != of_form.parts {
                    return None;
                }
                let formula_xml = &self.formula;
                match &formula.stored {
                    Stored::Number(number) => write!(xml, ">{formula_xml}<v>{}</v></c>", number.normalize()),
                    Stored::Text(text) => write!(xml, " t=\"str\">{formula_xml}<v>{}</v></c>", escaped(text)),
                    Stored::Error(error) => write!(xml, " t=\"e\">{formula_xml}<v>{}</v></c>", escaped(error)),
                    Stored::Nothing => write!(xml, ">{formula_xml}</c>"),
                }
            }
        };
        Some(())
    }
}

impl Strings<'_> {
    /// The number of a text, which is added where it is new.
    fn index(&mut self, text: &str) -> usize {
        if let Some(&index) = self.added.get(text) {
            return index;
        }
        let index = self.known + self.added.len();
        self.added.insert(text.to_owned(), index);
        let space = if text.trim() == text { "" } else { " xml:space=\"preserve\"" };
        // Writing to a String does not fail.
        let _ = write!(self.xml.to_mut(), "<si><t{space}>{}</t></si>", escaped(text));
        index
    }

    fn part(&self) -> String {
        let count = self.known + self.added.len();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"{count}\">{}</sst>",
            self.xml
        )
    }
}

/// Whether two drafts differ in nothing but the contents of cells.
fn is_same_form(blank: &Draft, draft: &Draft) -> bool {
    let same_sheet = |(blank, sheet): (&DraftSheet, &DraftSheet)| {
        let places = |sheet: &DraftSheet| sheet.cells.len();
        blank.id == sheet.id
            && blank.name == sheet.name
            && blank.hidden == sheet.hidden
            && places(blank) == places(sheet)
            && blank.cells.iter().zip(&sheet.cells).all(|((a, x), (b, y))| a == b && x.style == y.style)
            && blank.widths == sheet.widths
            && blank.heights == sheet.heights
            && blank.rules == sheet.rules
            && (blank.frozen, blank.repeated_row, blank.landscape, blank.rows_may_be_inserted)
                == (sheet.frozen, sheet.repeated_row, sheet.landscape, sheet.rows_may_be_inserted)
    };
    blank.title == draft.title
        && blank.names == draft.names
        && blank.sheets.len() == draft.sheets.len()
        && blank.sheets.iter().zip(&draft.sheets).all(same_sheet)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
