//! An Office Open XML package, opened behind limits.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::Limits;
use super::archive::Archive;
use super::error::ReadError;
use super::relationships::{self, Relationship, one_of_kind};
use super::xml::check_shape;

/// The endings of the names of parts that are XML.
const XML_ENDINGS: [&str; 3] = ["xml", "rels", "vml"];

/// A package whose XML parts are inflated when they are first asked for, once, under limits, to UTF-8 without a byte
/// order mark.
#[derive(Debug, Clone)]
pub struct Package {
    archive: Arc<Archive>,
    /// The text of each entry that was asked for, or why it has none; by its place in the archive.
    texts: Arc<[OnceLock<Result<String, ReadError>>]>,
    /// Whether the shape of each part that was asked for whole is bounded; by its place in the archive.
    shapes: Arc<[OnceLock<Result<(), ReadError>>]>,
    /// Where the cells stand in each worksheet that was read; by its place in the archive.
    cell_data: BTreeMap<usize, Range<usize>>,
}

impl Package {
    /// Opens a package; it must say which of its parts is the workbook.
    pub fn open(bytes: Arc<[u8]>, limits: &Limits) -> Result<Self, ReadError> {
        let package = Self::over(Archive::open(bytes, limits)?);
        package.main_part()?;
        Ok(package)
    }

    /// An archive as a package, whatever it holds.
    pub(crate) fn over(archive: Archive) -> Self {
        let texts = archive.names().iter().map(|_| OnceLock::new()).collect();
        let shapes = archive.names().iter().map(|_| OnceLock::new()).collect();
        Self { archive: Arc::new(archive), texts, shapes, cell_data: BTreeMap::new() }
    }

    /// What it may ask for.
    pub(crate) fn limits(&self) -> &Limits {
        self.archive.limits()
    }

    /// The archive that the package came in.
    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The package as it was sent, byte for byte.
    pub fn bytes(&self) -> &[u8] {
        self.archive.bytes()
    }

    /// About how many bytes of memory it holds: as it was sent, and what of it was inflated.
    pub fn held_bytes(&self) -> u64 {
        let inflated: usize =
            self.texts.iter().filter_map(OnceLock::get).filter_map(|text| text.as_ref().ok()).map(String::len).sum();
        (self.bytes().len() + inflated) as u64
    }

    /// One XML part by its name without a leading slash: `xl/workbook.xml`.
    ///
    /// Case and the direction of slashes do not matter. `None` where there is no such part, or none that can be read.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let is_xml = XML_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending));
        if is_xml { self.text(name).ok().flatten().map(str::as_bytes) } else { None }
    }

    /// The names of all entries as they stand in the archive, in its order, inflated or not.
    pub fn part_names(&self) -> impl Iterator<Item = &str> {
        self.archive.names().iter().map(String::as_str)
    }

    /// Whether the archive has an entry of this name, inflated or not.
    pub fn contains(&self, name: &str) -> bool {
        self.archive.find(name).is_some()
    }

    /// The name of the workbook part, found through the relationships of the package.
    pub fn main_part(&self) -> Result<String, ReadError> {
        let relationships = self.relationships("")?;
        let main = one_of_kind(&relationships, "officeDocument")?;
        main.map(|relationship| relationship.target.clone())
            .ok_or_else(|| ReadError::damaged(relationships::rels_name(""), "no main part is named"))
    }

    /// The relationships of a part (or of the package, for the empty name); none where it has no `.rels`.
    pub fn relationships(&self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let name = relationships::rels_name(part);
        let Some(text) = self.text(&name)? else {
            return Ok(Vec::new());
        };
        let mut relationships = relationships::parse(part, &name, text, self.archive.limits())?;
        for relationship in relationships.iter_mut().filter(|relationship| !relationship.external) {
            let stored = self.archive.find(&relationship.target).and_then(|index| self.archive.names().get(index));
            if let Some(stored) = stored {
                relationship.target.clone_from(stored);
            }
        }
        Ok(relationships)
    }

    /// Keeps where in a worksheet's text its cells stand, so that who edits the part can leave them alone.
    pub(crate) fn keep_cell_data(&mut self, name: &str, place: Range<usize>) {
        if let Some(index) = self.archive.find(name) {
            self.cell_data.insert(index, place);
        }
    }

    /// Where in a worksheet's text the content of its `sheetData` stands, where the worksheet was read.
    pub(crate) fn cell_data(&self, name: &str) -> Option<Range<usize>> {
        self.cell_data.get(&self.archive.find(name)?).cloned()
    }

    /// One XML part as text, for who keeps its elements: they are bounded in number, depth and attributes.
    pub(crate) fn bounded_text(&self, name: &str) -> Result<Option<&str>, ReadError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let shape = self.archive.find(name).and_then(|index| self.shapes.get(index));
        match shape.map(|shape| shape.get_or_init(|| check_shape(name, text, self.archive.limits()))) {
            Some(Err(error)) => Err(error.clone()),
            _ => Ok(Some(text)),
        }
    }

    /// One XML part as text, inflated now if it was not before.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, ReadError> {
        let found = self.archive.find(name).and_then(|index| Some((index, self.texts.get(index)?)));
        let Some((index, text)) = found else { return Ok(None) };
        match text.get_or_init(|| self.archive.inflate_xml_entry(index)) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Err(error.clone()),
        }
    }
}
