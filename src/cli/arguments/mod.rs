//! Commands and options, with their help in either language.

mod about_runs;
mod carry;
mod catalogue;
mod check;
mod data;
mod words;

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use about_runs::{compare, history, verify};
use carry::{accounts, overview, upgrade};
use catalogue::{rules, samples, template};
use check::{check, merge};
use data::{export, import};
use words::Words;

use crate::language::{Language, Text};

/// The commands; anything else in their place is a path to check.
const COMMANDS: [&str; 14] = [
    "check", "merge", "verify", "history", "compare", "export", "import", "accounts", "overview", "upgrade", "rules",
    "template", "samples", "help",
];

/// What may stand in a command's place besides.
const OPTIONS_OF_THEIR_OWN: [&str; 4] = ["--help", "-h", "--version", "-V"];

/// Puts `check` before arguments without a command: `sporskifte FOLDER` means check it. `help` means `--help`.
pub(in crate::cli) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let place = 1 + length_of_language(words.get(1..).unwrap_or_default());
    match words.get(place).map(String::as_str) {
        None => {}
        Some("help") => {
            arguments.splice(place..=place, ["--help".into()]);
        }
        Some(word) if COMMANDS.contains(&word) || OPTIONS_OF_THEIR_OWN.contains(&word) => {}
        Some(_) => arguments.insert(1, "check".into()),
    }
    arguments
}

/// How many words at the beginning name the language, which may stand before a command.
fn length_of_language(words: &[String]) -> usize {
    match words.first().map(String::as_str) {
        Some("--lang") => 2,
        Some(word) if word.starts_with("--lang=") => 1,
        _ => 0,
    }
}

/// The language asked for, found before anything else is understood: help and errors are in it too.
pub(in crate::cli) fn language(arguments: &[OsString]) -> Language {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    let separate = pairs.filter(|(flag, _)| *flag == "--lang").map(|(_, value)| value.to_string()).next_back();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang=")).map(str::to_owned).next_back();
    if separate.or(joined).as_deref() == Some("en") { Language::English } else { Language::Danish }
}

/// All commands.
pub(in crate::cli) fn command(language: Language) -> Command {
    let words = Words(language);
    let command = Command::new("sporskifte")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.t(
            "Kontrollerer, genberegner og markerer regnearkene i Sporskifteordningen.",
            "Checks, recalculates and annotates the workbooks of the Sporskifteordning.",
        ))
        .after_help(words.t(EXAMPLES.da, EXAMPLES.en))
        .arg(words.language())
        .subcommand(check(&words))
        .subcommand(merge(&words))
        .subcommand(verify(&words))
        .subcommand(history(&words))
        .subcommand(compare(&words))
        .subcommand(export(&words))
        .subcommand(import(&words))
        .subcommand(accounts(&words))
        .subcommand(overview(&words))
        .subcommand(upgrade(&words))
        .subcommand(rules(&words))
        .subcommand(template(&words))
        .subcommand(samples(&words))
        .subcommand_required(true)
        .subcommand_value_name(words.t("KOMMANDO", "COMMAND"))
        .subcommand_help_heading(words.t("Kommandoer", "Commands"))
        .disable_help_subcommand(true);
    let usage = words.t(
        "sporskifte KOMMANDO [VALG]\n      sporskifte STI…",
        "sporskifte COMMAND [OPTIONS]\n       sporskifte PATH…",
    );
    words.dressed(command, usage).disable_version_flag(true).arg(
        Arg::new("version")
            .long("version")
            .short('V')
            .action(ArgAction::Version)
            .help_heading(words.t("Valg", "Options"))
            .help(words.t("Vis programmets version", "Show the program's version")),
    )
}

const EXAMPLES: Text = Text::new(
    "Eksempler:\n  \
     sporskifte ansøgninger                           kontrollér alt i en mappe\n  \
     sporskifte check ansøgninger --out kontrolleret  og læg kopier med noter i en anden\n  \
     sporskifte rules P309                            forklar en regel\n  \
     sporskifte template budget                       lav en tom budgetskabelon\n\n\
     »sporskifte check --help« viser alle valg og afslutningskoderne.",
    "Examples:\n  \
     sporskifte applications                      check everything in a folder\n  \
     sporskifte check applications --out checked  and put annotated copies into another\n  \
     sporskifte rules P309                        explain a rule\n  \
     sporskifte template budget                   make a blank budget\n\n\
     “sporskifte check --help” shows all options and the exit codes.",
);
