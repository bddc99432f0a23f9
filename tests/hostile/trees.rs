//! Folders made to harm who walks them: pipes, devices, loops, closed folders, names that are no text.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

/// A folder that is made to harm who walks it.
pub struct TreeHazard {
    pub name: &'static str,
    pub made: &'static str,
    /// Makes it in an empty folder.
    pub make: fn(&Path),
    /// What the run says.
    pub says: &'static str,
    /// What the run ends with.
    pub exit: i32,
}

/// All of them.
pub fn tree_hazards() -> Vec<TreeHazard> {
    const NOT_REGULAR: &str = "den er ikke en almindelig fil";
    vec![
        TreeHazard {
            name: "pipe",
            made: "a named pipe called budget.xlsx, which nobody writes to",
            make: |folder| assert!(Command::new("mkfifo").arg(folder.join("budget.xlsx")).status().unwrap().success()),
            says: NOT_REGULAR,
            exit: 1,
        },
        TreeHazard {
            name: "device",
            made: "a link called budget.xlsx to /dev/zero, which never ends",
            make: |folder| symlink("/dev/zero", folder.join("budget.xlsx")).unwrap(),
            says: NOT_REGULAR,
            exit: 1,
        },
        TreeHazard {
            name: "link-to-its-own-folder",
            made: "a link to the folder that it lies in",
            make: |folder| symlink(folder, folder.join("igen")).unwrap(),
            says: "(en løkke af genveje)",
            exit: 2,
        },
        TreeHazard {
            name: "links-in-a-circle",
            made: "two links called a.xlsx and b.xlsx that lead to each other",
            make: |folder| {
                symlink("b.xlsx", folder.join("a.xlsx")).unwrap();
                symlink("a.xlsx", folder.join("b.xlsx")).unwrap();
            },
            says: "kan ikke læses",
            exit: 2,
        },
        TreeHazard {
            name: "link-to-nowhere",
            made: "a link called budget.xlsx to a file that is not there",
            make: |folder| symlink("/findes-ikke", folder.join("budget.xlsx")).unwrap(),
            says: "(den findes ikke)",
            exit: 2,
        },
        TreeHazard {
            name: "closed-folder",
            made: "a folder that nobody may read",
            make: |folder| {
                std::fs::create_dir(folder.join("lukket")).unwrap();
                std::fs::set_permissions(folder.join("lukket"), PermissionsExt::from_mode(0o000)).unwrap();
            },
            says: "lukket kan ikke læses (der er ikke adgang til den)",
            exit: 2,
        },
        TreeHazard {
            name: "closed-file",
            made: "a file called budget.xlsx that nobody may read",
            make: |folder| {
                std::fs::write(folder.join("budget.xlsx"), b"PK").unwrap();
                std::fs::set_permissions(folder.join("budget.xlsx"), PermissionsExt::from_mode(0o000)).unwrap();
            },
            says: "den kan ikke åbnes på disken",
            exit: 1,
        },
        TreeHazard {
            name: "folder-named-xlsx",
            made: "a folder called budget.xlsx with a web page in it, called budget.xlsx too",
            make: |folder| {
                std::fs::create_dir(folder.join("budget.xlsx")).unwrap();
                std::fs::write(folder.join("budget.xlsx/budget.xlsx"), b"<html>").unwrap();
            },
            says: "webside",
            exit: 1,
        },
        TreeHazard {
            name: "names-that-are-no-text",
            made: "two files whose names are no UTF-8 and differ in just that byte",
            make: |folder| {
                for name in [&b"budget\xFF.xlsx"[..], b"budget\xFE.xlsx"] {
                    std::fs::write(folder.join(OsStr::from_bytes(name)), b"<html>").unwrap();
                }
            },
            says: "webside",
            exit: 1,
        },
        TreeHazard {
            name: "deep-folders",
            made: "200 folders within each other, and a web page called budget.xlsx in the last",
            make: |folder| {
                let deepest = folder.join(vec!["m"; 200].join("/"));
                std::fs::create_dir_all(&deepest).unwrap();
                std::fs::write(deepest.join("budget.xlsx"), b"<html>").unwrap();
            },
            says: "webside",
            exit: 1,
        },
    ]
}
