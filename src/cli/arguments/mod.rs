//! Commands and options, with their help in either language.

mod about_runs;
mod carry;
mod catalogue;
mod check;
mod data;
mod installing;
mod words;

use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, ArgAction, Command};

use about_runs::{compare, history, verify};
use carry::{accounts, overview, upgrade};
use catalogue::{rules, samples, template};
use check::{check, drop, merge};
use data::{export, import};
use installing::{completions, man};
use words::Words;

use crate::language::{Language, Text};

/// What the program is called.
pub(in crate::cli) const PROGRAM: &str = "sporskifte";

/// What may stand in a command's place besides.
const OPTIONS_OF_THEIR_OWN: [&str; 4] = ["--help", "-h", "--version", "-V"];

/// Says which command is meant where none is named: paths alone are what somebody drops on the program's icon; with
/// options, `check` is meant. `help` means `--help`. A word that is neither command nor path stays as it is.
pub(in crate::cli) fn spelled_out(mut arguments: Vec<OsString>, command: &Command) -> Vec<OsString> {
    let place = place_of_command(&arguments);
    let Some([first, others @ ..]) = arguments.get(place..) else { return arguments };
    let word = first.to_string_lossy();
    let is_understood = command.find_subcommand(first).is_some() || OPTIONS_OF_THEIR_OWN.contains(&&*word);
    let (are_paths, is_option) = (exists(first) && others.iter().all(exists), word.starts_with('-'));
    match &*word {
        "help" => {
            arguments.splice(place..=place, ["--help".into()]);
        }
        _ if is_understood => {}
        _ if are_paths => arguments.insert(1, "drop".into()),
        _ if is_option || exists(first) => arguments.insert(1, "check".into()),
        _ => {}
    }
    arguments
}

/// The command that the arguments name.
pub(in crate::cli) fn named_command<'c>(arguments: &[OsString], command: &'c Command) -> Option<&'c str> {
    let commands = arguments.iter().skip(1).take(place_of_command(arguments));
    commands.filter_map(|word| command.find_subcommand(word)).map(Command::get_name).next()
}

fn exists(path: &OsString) -> bool {
    Path::new(path).symlink_metadata().is_ok()
}

/// Where a command stands: the language may stand before it.
fn place_of_command(arguments: &[OsString]) -> usize {
    match arguments.get(1).map(|word| word.to_string_lossy()) {
        Some(word) if word == "--lang" => 3,
        Some(word) if word.starts_with("--lang=") => 2,
        _ => 1,
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
    let command = Command::new(PROGRAM)
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
        .subcommand(drop(&words))
        .subcommand(completions(&words))
        .subcommand(man(&words))
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
     sporskifte ansøgninger                           kontrollér en mappe, og åbn rapporten\n  \
     sporskifte check ansøgninger                     vis på skærmen, hvad der er fundet\n  \
     sporskifte check ansøgninger --out kontrolleret  og læg kopier med noter i en anden mappe\n  \
     sporskifte rules P309                            forklar en regel\n  \
     sporskifte template budget                       lav en tom budgetskabelon\n\n\
     Træk en mappe eller et regneark hen på programmets ikon for at kontrollere det.\n\
     »sporskifte check --help« viser alle valg og afslutningskoderne.",
    "Examples:\n  \
     sporskifte applications                      check a folder and open the report\n  \
     sporskifte check applications                show on the screen what was found\n  \
     sporskifte check applications --out checked  and put annotated copies into another folder\n  \
     sporskifte rules P309                        explain a rule\n  \
     sporskifte template budget                   make a blank budget\n\n\
     Drop a folder or a workbook on the program's icon to check it.\n\
     “sporskifte check --help” shows all options and the exit codes.",
);
