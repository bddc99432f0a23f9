//! Inputs that are packages, written as a list of their parts: a mutated zip archive is only ever a damaged one.

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use sporskifte::workbook::Limits;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Begins a part: the rest of the line is its name, what follows is its content.
const PART: &[u8] = b"@@@ ";

/// Bounds under which inputs are read: as in a run, but for files as small as the inputs, and without a clock.
pub static SMALL: LazyLock<Limits> = LazyLock::new(|| Limits {
    file_bytes: 1 << 20,
    entries: 100,
    part_bytes: 1 << 20,
    total_bytes: 4 << 20,
    sheets: 20,
    rows: 100_000,
    cells: 20_000,
    merged_ranges: 500,
    text_bytes: 4 << 20,
    ..without_a_clock()
});

/// The program's own bounds; how long a read takes by the clock is the machine's affair.
pub fn without_a_clock() -> Limits {
    Limits { seconds: 86_400, ..Limits::default() }
}

/// The file that an input stands for: a package where it is a list of parts, else the input itself.
pub fn file_of(input: &[u8]) -> Vec<u8> {
    if input.starts_with(PART) { package(input) } else { input.to_vec() }
}

/// A package whose parts are stored as they are; a second part of a name is left out.
fn package(input: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts(input) {
        if zip.start_file(String::from_utf8_lossy(name), stored).is_ok() {
            zip.write_all(content).expect("memory takes what is written to it");
        }
    }
    zip.finish().expect("memory takes what is written to it").into_inner()
}

fn parts(input: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let is_start = |at: usize| input.get(at..).is_some_and(|rest| rest.starts_with(PART));
    let starts = (0..input.len()).filter(move |&at| is_start(at) && (at == 0 || input.get(at - 1) == Some(&b'\n')));
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([input.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).filter_map(|(start, end)| {
        let part = input.get(start + PART.len()..end).unwrap_or_default();
        let line = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
        Some((part.get(..line)?, part.get(line + 1..).unwrap_or_default()))
    })
}
