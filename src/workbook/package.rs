//! An Office Open XML package, opened behind limits.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Limits;
use super::archive::{Archive, canonical_name};
use super::error::ReadError;
use super::relationships::{self, Relationship};

/// The kinds of parts that are inflated: what a reader of cells or a writer of marks and notes touches.
const NEEDED_KINDS: [&str; 8] = [
    "worksheet",
    "chartsheet",
    "sharedStrings",
    "styles",
    "comments",
    "threadedComment",
    "vmlDrawing",
    "extended-properties",
];

/// The part that names the content type of all others.
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A package whose XML parts were inflated once, under limits, to UTF-8 without a byte order mark.
#[derive(Debug, Clone)]
pub struct Package {
    bytes: Arc<[u8]>,
    names: Vec<String>,
    by_canonical_name: BTreeMap<String, String>,
    parts: BTreeMap<String, String>,
}

impl Package {
    /// Opens a package and inflates the parts that cells, marks and notes need.
    pub fn open(bytes: Arc<[u8]>, limits: &Limits) -> Result<Self, ReadError> {
        let mut archive = Archive::open(Arc::clone(&bytes), limits)?;
        let names = archive.names().to_vec();
        let by_canonical_name = names.iter().map(|name| (canonical_name(name), name.clone())).collect();
        let mut package = Self { bytes, names, by_canonical_name, parts: BTreeMap::new() };
        package.inflate_needed(&mut archive)?;
        Ok(package)
    }

    /// The package as it was sent, byte for byte.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// About how many bytes of memory it holds: as it was sent, and inflated.
    pub fn held_bytes(&self) -> u64 {
        let inflated: usize = self.parts.values().map(String::len).sum();
        (self.bytes.len() + inflated) as u64
    }

    /// One inflated part by its name without a leading slash: `xl/workbook.xml`.
    ///
    /// Case and the direction of slashes do not matter. `None` where there is no such part, or none that was inflated.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.text(name).map(str::as_bytes)
    }

    /// The names of all entries as they stand in the archive, in its order, inflated or not.
    pub fn part_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether the archive has an entry of this name, inflated or not.
    pub fn contains(&self, name: &str) -> bool {
        self.by_canonical_name.contains_key(&canonical_name(name))
    }

    /// The name of the workbook part, found through the relationships of the package.
    pub fn main_part(&self) -> Result<String, ReadError> {
        let relationships = self.relationships("")?;
        let main = relationships.into_iter().find(|relationship| relationship.kind == "officeDocument");
        main.map(|relationship| relationship.target)
            .ok_or_else(|| ReadError::damaged(relationships::rels_name(""), "no main part is named"))
    }

    /// The relationships of a part (or of the package, for the empty name); none where it has no `.rels`.
    pub fn relationships(&self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let name = relationships::rels_name(part);
        let Some(text) = self.text(&name) else {
            return Ok(Vec::new());
        };
        let mut relationships = relationships::parse(part, &name, text)?;
        for relationship in relationships.iter_mut().filter(|relationship| !relationship.external) {
            if let Some(stored) = self.by_canonical_name.get(&canonical_name(&relationship.target)) {
                relationship.target.clone_from(stored);
            }
        }
        Ok(relationships)
    }

    /// One inflated part as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let stored = self.by_canonical_name.get(&canonical_name(name))?;
        self.parts.get(stored).map(String::as_str)
    }

    /// Follows the relationships from the package to the workbook, to its sheets, to their notes.
    fn inflate_needed(&mut self, archive: &mut Archive) -> Result<(), ReadError> {
        self.inflate(archive, CONTENT_TYPES)?;
        self.inflate(archive, &relationships::rels_name(""))?;
        let mut waiting = self.needed_targets("")?;
        waiting.push(self.main_part()?);
        while let Some(part) = waiting.pop() {
            if self.text(&part).is_none() && self.inflate(archive, &part)? {
                self.inflate(archive, &relationships::rels_name(&part))?;
                waiting.extend(self.needed_targets(&part)?);
            }
        }
        Ok(())
    }

    fn needed_targets(&self, part: &str) -> Result<Vec<String>, ReadError> {
        let relationships = self.relationships(part)?;
        let needed = relationships
            .into_iter()
            .filter(|relationship| !relationship.external && NEEDED_KINDS.contains(&relationship.kind.as_str()));
        Ok(needed.map(|relationship| relationship.target).collect())
    }

    /// Inflates one part; `false` where the archive has none of this name.
    fn inflate(&mut self, archive: &mut Archive, name: &str) -> Result<bool, ReadError> {
        let Some(stored) = archive.find(name).map(str::to_owned) else {
            return Ok(false);
        };
        let Some(text) = archive.inflate_xml(&stored)? else {
            return Ok(false);
        };
        self.parts.insert(stored, text);
        Ok(true)
    }
}
