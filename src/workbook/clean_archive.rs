//! The archive that a checked file becomes: uncompressed, in memory, with nothing that was not checked.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::error::ReadError;

/// Collects checked parts.
pub(crate) struct CleanArchive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl CleanArchive {
    /// An archive without parts.
    pub(crate) fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a part under the name that calamine looks for.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ReadError> {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        self.zip.start_file(name, options).map_err(|error| ReadError::damaged(name, error))?;
        self.zip.write_all(content).map_err(|error| ReadError::damaged(name, error))
    }

    /// The archive, ready to be read.
    pub(crate) fn finish(self) -> Result<Cursor<Vec<u8>>, ReadError> {
        let mut archive = self.zip.finish().map_err(|error| ReadError::damaged("zip", error))?;
        archive.set_position(0);
        Ok(archive)
    }
}
