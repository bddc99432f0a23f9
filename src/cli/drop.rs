//! `sporskifte drop`: what somebody wants who drops files and folders on the program's icon. They are checked, the
//! results lie in a new folder beside them, and the report is opened.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use clap::ArgMatches;

use super::arguments::{PROGRAM, command};
use super::check;
use super::failure::Failure;
use super::opener::open;
use super::result_folder::ResultFolder;
use crate::batch::{OVERVIEW_NAME, PAGE_NAME, is_output_folder};
use crate::io_reason::io_reason;
use crate::language::{Language, Text};
use crate::report::shown_path;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let dropped: Vec<PathBuf> = matches.get_many("paths").into_iter().flatten().cloned().collect();
    if let Some(missing) = dropped.iter().find(|path| path.symlink_metadata().is_err()) {
        return Err(Failure::NoSuchPath(missing.clone()));
    }
    let (inputs, results) = without_results(dropped);
    let folder = ResultFolder::for_dropped(&inputs)
        .map_err(|error| Failure::NotWritten(std::env::temp_dir(), io_reason(&error)))?;
    say(Text::new("Kontrollerer …", "Checking …").get(language));
    for path in &results {
        say(&left_out(path, language));
    }
    let checked = check_into(&inputs, &folder.path, language);
    if checked.is_ok() {
        let opens = open(&folder.path.join(PAGE_NAME));
        say(&where_it_lies(&folder, opens, language));
    } else {
        // It stays where something was written to it.
        let _ = std::fs::remove_dir(&folder.path);
    }
    checked
}

/// What is to be checked, and the results of earlier times that were dropped along with it. Results alone are what
/// somebody has mended, and are checked.
fn without_results(dropped: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (results, inputs): (Vec<_>, Vec<_>) = dropped.into_iter().partition(|path| is_output_folder(path));
    if inputs.is_empty() { (results, inputs) } else { (inputs, results) }
}

/// The same check as `sporskifte check PATH… --out FOLDER`.
fn check_into(inputs: &[PathBuf], folder: &Path, language: Language) -> Result<u8, Failure> {
    let lang = Text::new("da", "en").get(language);
    let options = [PROGRAM, "check", "--lang", lang, "--format", "summary", "--out"].map(OsString::from);
    let paths = inputs.iter().map(|path| path.as_os_str().to_owned());
    let words = options.into_iter().chain([folder.into(), "--".into()]).chain(paths);
    let matches = command(language).try_get_matches_from(words);
    let matches = matches.map_err(|error| Failure::Internal(error.kind().to_string()))?;
    let matches = matches.subcommand_matches("check");
    check::run(matches.ok_or_else(|| Failure::Internal("check".to_owned()))?, language)
}

fn left_out(results: &Path, language: Language) -> String {
    let words = Text::new(
        "er resultater af en tidligere kontrol og er ikke med.",
        "holds results of an earlier check and is left out.",
    );
    format!("{} {}", as_here(results), words.get(language))
}

/// Where the results lie, and whether the report opens by itself.
fn where_it_lies(folder: &ResultFolder, opens: bool, language: Language) -> String {
    let elsewhere = folder.elsewhere.as_ref().map(|error| elsewhere(error, language)).unwrap_or_default();
    let path = as_here(&folder.path);
    let report = if opens {
        Text::new("rapporten, som åbnes nu", "the report, which opens now")
    } else {
        Text::new("rapporten; åbn den med et dobbeltklik", "the report; open it by a double click")
    };
    let report = report.get(language);
    match language {
        Language::Danish => format!(
            "\n{elsewhere}Resultatet ligger i mappen\n  {path}\n\n  \
             {PAGE_NAME:<22}  {report}\n  \
             {OVERVIEW_NAME:<22}  det samme til Excel\n  \
             NAVN.kontrolleret.xlsx  en kopi med noter af hvert regneark, der er fund i\n\n\
             Dine egne filer er ikke ændret."
        ),
        Language::English => format!(
            "\n{elsewhere}The results lie in the folder\n  {path}\n\n  \
             {PAGE_NAME:<22}  {report}\n  \
             {OVERVIEW_NAME:<22}  the same for Excel\n  \
             NAME.kontrolleret.xlsx  an annotated copy of each workbook with findings\n\n\
             Your own files are not changed."
        ),
    }
}

fn elsewhere(error: &std::io::Error, language: Language) -> String {
    let reason = io_reason(error).get(language);
    match language {
        Language::Danish => format!("Der kan ikke skrives ved siden af det, der er kontrolleret ({reason}).\n"),
        Language::English => format!("Nothing can be written beside what was checked ({reason}).\n"),
    }
}

/// A path as this system writes it, to be pasted where it asks for one.
fn as_here(path: &Path) -> String {
    shown_path(&path.to_string_lossy(), None).replace('/', MAIN_SEPARATOR_STR)
}

/// The check goes on whether or not anybody reads this.
fn say(sentence: &str) {
    let _ = writeln!(std::io::stdout(), "{sentence}");
}
