//! How much one file may ask of us: sizes are checked before anything is allocated, time while it is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Bounds on one input file, and on one case.
///
/// The names are those of the table `[limits]` of a configuration, which may set any of them lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Entries of a zip package.
    pub entries: usize,
    /// Bytes of one part, inflated.
    pub part_bytes: u64,
    /// Bytes of all parts together, inflated.
    pub total_bytes: u64,
    /// Elements of XML that stand within each other.
    pub xml_depth: usize,
    /// Elements of one XML part, cells and shared strings left out.
    pub elements: usize,
    /// Attributes of one XML element.
    pub attributes: usize,
    /// Bytes of the attributes of one XML element.
    pub attribute_bytes: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Rows of all sheets together, empty ones too.
    pub rows: usize,
    /// Cells of all sheets together that hold something.
    pub cells: usize,
    /// Merged regions of one sheet.
    pub merged_ranges: usize,
    /// Characters of one cell's text.
    pub text_chars: usize,
    /// Bytes of the texts of all cells together.
    pub text_bytes: u64,
    /// Texts in the table that cells share.
    pub shared_strings: usize,
    /// Formats of cells in the styles.
    pub cell_formats: usize,
    /// Notes on the cells of one sheet.
    pub comments: usize,
    /// Seconds that reading the file may take.
    pub seconds: u64,
    /// Files of one case; those beyond, in the order of their paths, are not checked.
    pub case_files: usize,
    /// Bytes that the files of one case take in memory together.
    pub case_bytes: u64,
}

impl Default for Limits {
    /// A filled form has about 1,400 cells and 35 KB: these bounds leave ample room and stay harmless.
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            entries: 2_000,
            part_bytes: 64 << 20,
            total_bytes: 256 << 20,
            xml_depth: 100,
            elements: 200_000,
            attributes: 256,
            attribute_bytes: 256 << 10,
            sheets: 100,
            // All rows of a sheet: some programs write each one, empty or not.
            rows: 1 << 20,
            cells: 200_000,
            merged_ranges: 5_000,
            text_chars: 32_767,
            text_bytes: 64 << 20,
            shared_strings: 200_000,
            // Excel's own limit.
            cell_formats: 65_490,
            comments: 20_000,
            seconds: 60,
            case_files: 60,
            // What a single file within the other limits can take.
            case_bytes: 320 << 20,
        }
    }
}

impl Limits {
    /// All limits by their names.
    pub fn by_name(&self) -> BTreeMap<String, u64> {
        let named = serde_json::to_value(self).unwrap_or_default();
        let named = named.as_object().into_iter().flatten();
        named.filter_map(|(name, limit)| Some((name.clone(), limit.as_u64()?))).collect()
    }

    /// Those that are other than the built-in ones, by their names.
    pub fn changed(&self) -> impl Iterator<Item = (String, u64)> {
        let built_in = Self::default().by_name();
        self.by_name().into_iter().filter(move |(name, limit)| built_in.get(name) != Some(limit))
    }

    /// The first one that is above the built-in one, which it must not be: its name, and the built-in one.
    pub fn raised(&self) -> Option<(String, u64)> {
        let built_in = Self::default().by_name();
        self.by_name().into_iter().find_map(|(name, limit)| {
            let highest = *built_in.get(&name)?;
            (limit > highest).then_some((name, highest))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_a_name_and_one_that_is_raised_is_told() {
        let limits = Limits::default();
        assert!(limits.by_name().len() > 15);
        assert_eq!((limits.raised(), limits.changed().count()), (None, 0));
        for (name, built_in) in limits.by_name() {
            let with = |limit: u64| toml::from_str::<Limits>(&format!("{name} = {limit}")).unwrap();
            assert_eq!(with(built_in).raised(), None);
            assert_eq!(with(built_in + 1).raised(), Some((name.clone(), built_in)));
            assert_eq!(with(built_in - 1).raised(), None);
            assert_eq!(with(built_in - 1).changed().collect::<Vec<_>>(), [(name, built_in - 1)]);
        }
    }

    #[test]
    fn a_limit_that_is_not_known_is_refused() {
        assert!(toml::from_str::<Limits>("cell = 5").is_err());
        assert!(toml::from_str::<Limits>("cells = -1").is_err());
    }
}
