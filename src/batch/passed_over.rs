//! In which of the files that are passed over a form may be: by what they hold, else by their names.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::report::PassedOverKind;
use crate::workbook::{FileGuess, guess};

/// How much of a file is looked at.
const HEAD: u64 = 4096;

/// What endings say, in lower case.
const ENDINGS: [(PassedOverKind, &[&str]); 7] = [
    (
        PassedOverKind::Archive,
        &[
            "zip", "zipx", "7z", "rar", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "z", "cab", "arj",
            "lzh", "lha", "ace", "iso", "001",
        ],
    ),
    (PassedOverKind::Mail, &["eml", "emlx", "msg", "oft", "mbox", "mbx", "pst", "ost", "mht", "mhtml", "p7m"]),
    (
        PassedOverKind::OtherSpreadsheet,
        &[
            "xlw", "xlr", "xlam", "gnumeric", "sdc", "stc", "uos", "et", "ett", "dif", "slk", "123", "wk1", "wk3",
            "wk4", "wks", "wb1", "wb2", "wb3", "qpw", "gsheet",
        ],
    ),
    (PassedOverKind::SeparatedValues, &["csv", "tsv", "tab"]),
    (PassedOverKind::Pdf, &["pdf"]),
    (
        PassedOverKind::Image,
        &["png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif"],
    ),
    (
        PassedOverKind::TextDocument,
        &["doc", "docx", "docm", "dot", "dotx", "dotm", "odt", "ott", "fodt", "rtf", "pages", "wps"],
    ),
];

/// Files that are archives inside, and are none to whoever sends them.
const NO_ARCHIVES: [&str; 15] =
    ["pptx", "pptm", "ppsx", "potx", "odp", "otp", "odg", "odf", "key", "vsdx", "jar", "apk", "epub", "xpi", "ipa"];

/// What spreadsheet programs and operating systems leave behind.
pub(super) fn is_helper(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with("._") || name.starts_with(".~lock.")
}

/// What a file is that was passed over, where a form may be in it.
pub(super) fn may_hold_form(path: &Path) -> Option<PassedOverKind> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    if is_helper(&name) || !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return None;
    }
    let ending = Path::new(&name).extension().unwrap_or_default().to_string_lossy().into_owned();
    let by_name = by_ending(&ending);
    match head(path) {
        Ok(head) => by_content(&head, &ending, by_name),
        Err(_) => Some(by_name.unwrap_or(PassedOverKind::Unreadable)),
    }
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

fn by_ending(ending: &str) -> Option<PassedOverKind> {
    ENDINGS.iter().find(|(_, endings)| endings.contains(&ending)).map(|(kind, _)| *kind)
}

fn by_content(head: &[u8], ending: &str, by_name: Option<PassedOverKind>) -> Option<PassedOverKind> {
    match guess(head) {
        // Documents are archives too; their names tell them.
        FileGuess::Zip => by_name.or_else(|| (!NO_ARCHIVES.contains(&ending)).then_some(PassedOverKind::Archive)),
        FileGuess::Archive if by_name == Some(PassedOverKind::OtherSpreadsheet) => by_name,
        FileGuess::Archive => Some(PassedOverKind::Archive),
        FileGuess::Mail => Some(PassedOverKind::Mail),
        FileGuess::OtherSpreadsheet => Some(PassedOverKind::OtherSpreadsheet),
        FileGuess::Pdf => Some(PassedOverKind::Pdf),
        FileGuess::Image => Some(PassedOverKind::Image),
        _ => by_name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> Option<PassedOverKind> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        may_hold_form(&path)
    }

    #[test]
    fn a_file_is_told_by_what_it_holds_whatever_it_is_called() {
        let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
        for (bytes, expected) in [
            (&b"PK\x03\x04"[..], PassedOverKind::Archive),
            (b"7z\xBC\xAF\x27\x1C", PassedOverKind::Archive),
            (b"Rar!\x1A\x07\x01\x00", PassedOverKind::Archive),
            (b"\x1F\x8B\x08\x00", PassedOverKind::Archive),
            (&tar, PassedOverKind::Archive),
            (b"Received: from a\r\nFrom: b@c.example\r\nMIME-Version: 1.0\r\n", PassedOverKind::Mail),
            (b"From: b@c.example\nTo: d@e.example\nSubject: x\n\nHej", PassedOverKind::Mail),
            (b"%PDF-1.4", PassedOverKind::Pdf),
            (b"\x89PNG\r\n", PassedOverKind::Image),
        ] {
            for name in ["bilag", "bilag.txt", "BILAG.TMP"] {
                assert_eq!(kind(name, bytes), Some(expected), "{name} {expected:?}");
            }
        }
    }

    #[test]
    fn a_file_that_tells_nothing_is_told_by_its_ending() {
        for (name, expected) in [
            ("a.ZIP", PassedOverKind::Archive),
            ("a.eml", PassedOverKind::Mail),
            ("a.Msg", PassedOverKind::Mail),
            ("a.xlw", PassedOverKind::OtherSpreadsheet),
            ("a.csv", PassedOverKind::SeparatedValues),
            ("a.tsv", PassedOverKind::SeparatedValues),
            ("a.pdf", PassedOverKind::Pdf),
            ("a.heic", PassedOverKind::Image),
            ("a.doc", PassedOverKind::TextDocument),
        ] {
            assert_eq!(kind(name, b""), Some(expected), "{name}");
        }
        assert_eq!(kind("brev.docx", b"PK\x03\x04"), Some(PassedOverKind::TextDocument));
    }

    #[test]
    fn what_holds_no_form_is_not_told() {
        for (name, bytes) in [
            ("~$a.zip", &b"PK\x03\x04"[..]),
            ("._a.pdf", b"%PDF-1.4"),
            (".~lock.a.csv#", b",b"),
            ("oplæg.pptx", b"PK\x03\x04"),
            ("brev.txt", b"Fra: Birgit\nHej"),
            ("Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            ("tom", b""),
        ] {
            assert_eq!(kind(name, bytes), None, "{name}");
        }
    }
}
