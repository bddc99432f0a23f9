//! The commands that make the program at home in a system: completions for shells, and manual pages.

use clap::{Arg, Command, value_parser};
use clap_complete::Shell;

use super::words::Words;

pub(super) fn completions(words: &Words) -> Command {
    let command = Command::new("completions")
        .about(words.t(
            "Vis, hvad en shell skal bruge for at fuldføre kommandoer",
            "Show what a shell needs to complete commands",
        ))
        .arg(Arg::new("shell").value_name("SHELL").value_parser(value_parser!(Shell)).required(true).help(words.t(
            "Hvilken shell: bash, zsh, fish, powershell eller elvish",
            "Which shell: bash, zsh, fish, powershell or elvish",
        )))
        .arg(words.language());
    words.dressed(command, words.t("sporskifte completions SHELL [VALG]", "sporskifte completions SHELL [OPTIONS]"))
}

pub(super) fn man(words: &Words) -> Command {
    let command = Command::new("man")
        .about(words.t(
            "Skriv manualsider (man) om programmet og hver kommando",
            "Write manual pages about the program and each command",
        ))
        .arg(
            words
                .file("out", "MAPPE", "FOLDER")
                .required(true)
                .help(words.t("Mappen, de skal skrives i", "The folder to write them to")),
        )
        .arg(words.language());
    words.dressed(command, words.t("sporskifte man --out MAPPE [VALG]", "sporskifte man --out FOLDER [OPTIONS]"))
}
