//! How the parts of a workbook that we write lie in its package: the same bytes at any time and on any system.

use zip::write::SimpleFileOptions;
use zip::{DateTime, System};

/// Options without anything of the moment or the machine.
pub(crate) fn part_options() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(DateTime::default()).system(System::Unix)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::{System, ZipWriter};

    use super::part_options;

    #[test]
    fn a_package_does_not_tell_which_system_made_it() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("a", part_options()).unwrap();
        writer.write_all(b"a").unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        assert_eq!(bytes[directory + 5], System::Unix as u8);
    }
}
