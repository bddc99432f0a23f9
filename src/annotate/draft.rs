//! The package as it will be: the sender's parts, and over them what was changed, added and removed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::AnnotateError;
use super::cell_data::Worksheet;
use super::xml::XmlError;
use crate::workbook::relationships::rels_name;
use crate::workbook::{Limits, Package};

/// A package under edit; part names are found in any case.
pub(super) struct Draft<'a> {
    package: &'a Package,
    /// The names in the archive by their normalised form.
    names: BTreeMap<String, String>,
    /// The new text of a part, or `None` where it is removed; by name.
    changes: BTreeMap<String, Option<String>>,
    /// The worksheets whose cells were set aside; by name.
    worksheets: BTreeMap<String, Worksheet<'a>>,
    /// The parts that are new, each with its content type.
    new_parts: Vec<(String, &'static str)>,
}

impl<'a> Draft<'a> {
    /// A draft in which nothing is changed yet.
    pub(super) fn new(package: &'a Package) -> Self {
        let names = package.part_names().map(|name| (normalised(name), name.to_owned())).collect();
        Self { package, names, changes: BTreeMap::new(), worksheets: BTreeMap::new(), new_parts: Vec::new() }
    }

    /// Sets the cells of a worksheet aside, which no edit touches: from here on its text is all that stands around them.
    pub(super) fn set_cells_aside(&mut self, part: &str) -> Result<(), AnnotateError> {
        let Some(name) = self.name(part).map(str::to_owned) else { return Ok(()) };
        let package: &'a Package = self.package;
        if self.edited(&name).is_some() {
            return Ok(());
        }
        if let Some(text) = package.text(&name)? {
            let worksheet = Worksheet::cut(text, package.cell_data(&name)).map_err(in_part(&name))?;
            self.worksheets.insert(name, worksheet);
        }
        Ok(())
    }

    /// What the package may ask for.
    pub(super) fn limits(&self) -> &Limits {
        self.package.limits()
    }

    /// The name that a part has in the archive.
    pub(super) fn name(&self, part: &str) -> Option<&str> {
        self.names.get(&normalised(part)).map(String::as_str)
    }

    /// All part names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    /// The text of a part as it stands now.
    pub(super) fn text(&self, part: &str) -> Result<Option<Cow<'_, str>>, AnnotateError> {
        let Some(name) = self.name(part) else { return Ok(None) };
        let text = match self.edited(name) {
            Some(text) => Some(text),
            None => self.package.bounded_text(name)?,
        };
        Ok(text.map(Cow::Borrowed))
    }

    /// The text of a part that was changed, or whose cells were set aside.
    fn edited(&self, name: &str) -> Option<&str> {
        let changed = self.changes.get(name).and_then(Option::as_deref);
        changed.or_else(|| Some(self.worksheets.get(name)?.around.as_str()))
    }

    /// Whether a part holds any of some texts; nothing is read of it, so that it may be as large as it likes.
    pub(super) fn holds_any(&self, part: &str, texts: &[&str]) -> Result<bool, AnnotateError> {
        let Some(name) = self.name(part) else { return Ok(false) };
        let xml = match self.edited(name) {
            Some(xml) => Some(xml),
            None => self.package.text(name)?,
        };
        let holds = |xml: &str, text: &str| memchr::memmem::find(xml.as_bytes(), text.as_bytes()).is_some();
        Ok(xml.is_some_and(|xml| texts.iter().any(|text| holds(xml, text))))
    }

    /// Reads a part that must be there.
    pub(super) fn read<T>(
        &self,
        part: &str,
        read: impl FnOnce(&str) -> Result<T, XmlError>,
    ) -> Result<T, AnnotateError> {
        let text = self.text(part)?.ok_or_else(|| AnnotateError::MissingPart(part.to_owned()))?;
        read(&text).map_err(in_part(part))
    }

    /// Reads a part if it is there.
    pub(super) fn read_if_present<T>(
        &self,
        part: &str,
        read: impl FnOnce(&str) -> Result<T, XmlError>,
    ) -> Result<Option<T>, AnnotateError> {
        self.text(part)?.map(|text| read(&text).map_err(in_part(part))).transpose()
    }

    /// Replaces the text of a part that must be there; one that comes out the same counts as untouched.
    pub(super) fn edit(
        &mut self,
        part: &str,
        edit: impl FnOnce(&str) -> Result<String, XmlError>,
    ) -> Result<(), AnnotateError> {
        let edited = self.read(part, |text| {
            let edited = edit(text)?;
            Ok((edited != text).then_some(edited))
        })?;
        if let Some(text) = edited {
            self.set(part, text);
        }
        Ok(())
    }

    /// Replaces the text of a part if it is there.
    pub(super) fn edit_if_present(
        &mut self,
        part: &str,
        edit: impl FnOnce(&str) -> Result<String, XmlError>,
    ) -> Result<(), AnnotateError> {
        if self.text(part)?.is_some() { self.edit(part, edit) } else { Ok(()) }
    }

    /// Writes a part, new or not.
    pub(super) fn set(&mut self, part: &str, text: String) {
        let name = self.names.entry(normalised(part)).or_insert_with(|| part.to_owned());
        self.changes.insert(name.clone(), Some(text));
    }

    /// Writes a new part of a content type.
    pub(super) fn add(&mut self, part: &str, text: String, content_type: &'static str) {
        self.set(part, text);
        self.new_parts.push((part.to_owned(), content_type));
    }

    /// The parts that are new, each with its content type.
    pub(super) fn new_parts(&self) -> &[(String, &'static str)] {
        &self.new_parts
    }

    /// Removes a part.
    pub(super) fn remove(&mut self, part: &str) {
        if let Some(name) = self.names.remove(&normalised(part)) {
            // A new part may get this name; the cells are not its own.
            self.worksheets.remove(&name);
            self.changes.insert(name, None);
        }
    }

    /// The first of `stem1suffix`, `stem2suffix`… that no part has, that no relationships wait for, and that no relationship
    /// leads to: a new part would take the place of a missing one.
    pub(super) fn free_name(&self, stem: &str, suffix: &str) -> String {
        let mut number = 1_u32;
        loop {
            let name = format!("{stem}{number}{suffix}");
            if self.name(&name).is_none() && self.name(&rels_name(&name)).is_none() && !self.is_awaited(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// Whether relationships may lead to a part of this name.
    fn is_awaited(&self, part: &str) -> bool {
        let file_name = normalised(part.rsplit('/').next().unwrap_or(part));
        let mut relationships = self.names.iter().filter(|(name, _)| name.strip_suffix(".rels").is_some());
        relationships.any(|(_, name)| {
            let text = self.text(name).ok().flatten();
            text.is_some_and(|text| text.to_ascii_lowercase().contains(&file_name))
        })
    }

    /// What was changed: the new text by name, `None` for a part that was removed.
    pub(super) fn into_changes(mut self) -> Result<BTreeMap<String, Option<String>>, AnnotateError> {
        for (name, worksheet) in &self.worksheets {
            if let Some(Some(text)) = self.changes.get_mut(name) {
                *text = worksheet.with_cells(text).map_err(in_part(name))?;
            }
        }
        Ok(self.changes)
    }
}

/// Says in which part an error was met.
pub(super) fn in_part(part: &str) -> impl FnOnce(XmlError) -> AnnotateError {
    let part = part.to_owned();
    move |source| AnnotateError::Xml { part, source }
}

/// Part names differ by more than their case and the direction of slashes.
fn normalised(part: &str) -> String {
    part.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}
