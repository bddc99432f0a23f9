//! `sporskifte man`: manual pages about the program and each command.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use roff::{Roff, roman};

use super::NOTHING_FOUND;
use super::arguments::{PROGRAM, command};
use super::failure::Failure;
use crate::batch::NamedOutput;
use crate::io_reason::io_reason;
use crate::language::{Language, Text};
use crate::report::shown_path;
use crate::whole_file::write_whole;

/// Within so many bytes a page says what it is about.
const HEAD: u64 = 512;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let folder = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let mut program = command(language);
    program.build();
    let pages: Vec<&Command> = std::iter::once(&program).chain(program.get_subcommands()).collect();
    let mut written = Vec::new();
    for command in &pages {
        let (name, text) = page(command, language).map_err(Failure::Output)?;
        let page = NamedOutput { option: "out", path: folder.join(name), is_its_kind: is_page };
        page.refuse_other_kind().map_err(Failure::Refused)?;
        written.push((page.path, text));
    }
    for (path, text) in written {
        write_whole(&path, text.as_bytes()).map_err(|error| Failure::NotWritten(path, io_reason(&error)))?;
    }
    let wrote = Text::new("manualsider i", "manual pages in").get(language);
    // The pages are there, whether or not anybody reads this.
    let _ = writeln!(std::io::stdout(), "{} {wrote} {}", pages.len(), shown_path(&folder.to_string_lossy(), None));
    Ok(NOTHING_FOUND)
}

/// Whether a file begins as a page of ours does.
fn is_page(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).lines().any(|line| line.starts_with(&format!(".TH {PROGRAM}"))))
}

/// The name and the text of the page about a command.
fn page(command: &Command, language: Language) -> std::io::Result<(String, String)> {
    let man = Man::new(command.clone()).manual(PROGRAM);
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut bytes)?;
    }
    let closing = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    as_it_stands(&closing).to_writer(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().map(|line| match line.strip_prefix(".SH ") {
        Some(name) => format!(".SH {}\n", heading(name, language)),
        None => format!("{line}\n"),
    });
    Ok((man.get_filename(), lines.collect()))
}

/// A heading as it stands on the page. `NAME` and `SYNOPSIS` stay: they are what programs that list pages look for.
fn heading(name: &str, language: Language) -> String {
    match (name, language) {
        ("DESCRIPTION", Language::Danish) => "BESKRIVELSE".to_owned(),
        _ => name.to_uppercase(),
    }
}

/// What ends a help text, line by line: what ends with a colon is a heading there, and is one here.
fn as_it_stands(text: &str) -> Roff {
    let mut roff = Roff::new();
    for line in text.lines() {
        match line.strip_suffix(':').filter(|heading| !heading.starts_with(' ')) {
            Some(heading) => roff.control("fi", []).control("SH", [heading.to_uppercase().as_str()]).control("nf", []),
            None if line.is_empty() => roff.control("sp", []),
            None => roff.text([roman(line)]),
        };
    }
    roff.control("fi", []);
    roff
}
