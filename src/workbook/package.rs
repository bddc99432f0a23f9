//! An Office Open XML package, opened behind limits.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use super::Limits;

/// A package whose parts were inflated once, under limits.
#[derive(Debug, Clone)]
pub struct Package {
    bytes: Arc<[u8]>,
    parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// The package as it was sent, byte for byte.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// One inflated part by its name without a leading slash, as it stands in the archive: `xl/workbook.xml`.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }
}
