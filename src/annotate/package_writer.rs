//! Writes the annotated copy: untouched entries are copied as they are, compressed bytes and all.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::part_options::part_options;

/// The fastest level: deflating the touched parts is most of the work of a copy, and they are few.
const LEVEL: i64 = 1;

/// A shorter part is stored as it is: a copy has few of them, and is made a twentieth sooner for being some kilobytes longer.
const WORTH_DEFLATING: usize = 16_384;

/// The package with its changes: touched parts at their place, removed ones left out, new ones at the end.
pub(super) fn write(package: &[u8], mut changes: BTreeMap<String, Option<String>>) -> ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(package))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len() + 16_384)));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        let name = entry.name()?.into_owned();
        match changes.remove(&name) {
            None => writer.raw_copy_file(entry)?,
            Some(Some(text)) => write_part(&mut writer, &name, &text)?,
            Some(None) => {}
        }
    }
    for (name, text) in &changes {
        if let Some(text) = text {
            write_part(&mut writer, name, text)?;
        }
    }
    Ok(writer.finish()?.into_inner())
}

fn write_part(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> ZipResult<()> {
    let options = if text.len() < WORTH_DEFLATING {
        part_options().compression_method(CompressionMethod::Stored)
    } else {
        part_options().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL))
    };
    writer.start_file(name, options)?;
    writer.write_all(text.as_bytes())?;
    Ok(())
}
