//! Why the system refused a file or folder, in words.

use std::io::{Error, ErrorKind};

use crate::language::Text;
use crate::whole_file::ChangedByOthers;

/// How Windows numbers that another program holds a file, or a part of it.
const HELD_BY_OTHERS: [i32; 2] = [32, 33];

/// The reason behind an error, to stand in brackets or after a colon.
pub fn io_reason(error: &Error) -> Text {
    let changed = error.get_ref().and_then(|inner| inner.downcast_ref::<ChangedByOthers>());
    if changed.is_some() {
        return Text::new(
            "den er ikke, som kontrollen skrev den; flyt den, hvis den skal beholdes, eller slet den",
            "it is not as the check wrote it; move it if it is to be kept, or delete it",
        );
    }
    if cfg!(windows) && error.raw_os_error().is_some_and(|code| HELD_BY_OTHERS.contains(&code)) {
        return Text::new("den er åben i et andet program; luk den dér", "another program has it open; close it there");
    }
    match error.kind() {
        ErrorKind::NotFound => Text::new("den findes ikke", "it does not exist"),
        // Windows says the same of a workbook that is to be replaced while Excel has it open.
        ErrorKind::PermissionDenied if cfg!(windows) => Text::new(
            "der er ikke adgang til den; luk den, hvis den er åben i et andet program",
            "access to it is denied; close it where another program has it open",
        ),
        ErrorKind::PermissionDenied => Text::new("der er ikke adgang til den", "access to it is denied"),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            Text::new("der ligger en fil, hvor mappen skulle være", "a file is where the folder should be")
        }
        ErrorKind::IsADirectory => {
            Text::new("der ligger en mappe, hvor filen skulle være", "a folder is where the file should be")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Text::new("der er ikke plads", "no space is left"),
        ErrorKind::ReadOnlyFilesystem => Text::new("drevet kan kun læses", "the drive is read-only"),
        ErrorKind::InvalidFilename => {
            Text::new("navnet er for langt eller ugyldigt", "the name is too long or invalid")
        }
        ErrorKind::InvalidData => Text::new("den er ikke gemt som UTF-8-tekst", "it is not saved as UTF-8 text"),
        _ => Text::new("læsning eller skrivning mislykkedes", "reading or writing failed"),
    }
}
