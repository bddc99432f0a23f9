//! What is said of arguments that cannot be understood, and the help where it was asked for.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::{PROGRAM, named_command};
use super::failure::Failure;
use super::{RUN_FAILED, window};
use crate::language::{Language, Text};
use crate::plain_text::spaced;
use crate::report::shown_path;

/// Shows the help or version asked for, or says what is wrong with the arguments and which help tells more.
pub(super) fn tell(error: &clap::Error, arguments: &[OsString], command: &mut Command, language: Language) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        // Whoever starts the program by its icon sees this.
        ErrorKind::MissingSubcommand => {
            print(&format!("{}\n\n{}", Failure::NoCommand.sentence(language), command.render_help()));
            window::keep_open(language);
        }
        _ => {
            let named = named_command(arguments, command).map(|name| format!(" {name}")).unwrap_or_default();
            let help = Text::new("Hjælp", "Help").get(language);
            let sentence = spaced(&Wrong { error, language }.sentence());
            print(&format!("{sentence}\n{help}: {PROGRAM}{named} --help"));
        }
    }
    ExitCode::from(RUN_FAILED)
}

/// Nobody is left to tell where even this cannot be written.
fn print(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
}

/// Arguments that cannot be understood.
struct Wrong<'w> {
    error: &'w clap::Error,
    language: Language,
}

impl Wrong<'_> {
    fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.language)
    }

    /// What the parser tells of one kind; empty where it tells nothing of it.
    fn context(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            _ => String::new(),
        }
    }

    fn sentence(&self) -> String {
        let argument = self.context(ContextKind::InvalidArg).replace("...", "");
        match self.error.kind() {
            ErrorKind::UnknownArgument => {
                format!("{} {}.", self.t("Der er ikke noget, der hedder", "There is nothing called"), shown(&argument))
            }
            ErrorKind::InvalidSubcommand => self.unknown_command(),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.invalid_value(&argument),
            ErrorKind::MissingRequiredArgument => {
                format!("{} {}.", self.t("Der mangler", "Missing:"), argument.trim_end_matches('.'))
            }
            ErrorKind::ArgumentConflict => self.conflict(&argument),
            _ => self.t("Valgene kan ikke forstås.", "The options cannot be understood.").to_owned(),
        }
    }

    /// A word that is no command may be a mistyped one, or a path that does not exist.
    fn unknown_command(&self) -> String {
        let word = shown(&self.context(ContextKind::InvalidSubcommand));
        let meant = self.context(ContextKind::SuggestedSubcommand);
        let (unknown, suggestion) = match self.language {
            Language::Danish => (
                format!("Der er ingen kommando og ingen fil eller mappe, der hedder »{word}«."),
                format!(" Mente du {meant}?"),
            ),
            Language::English => (
                format!("There is no command and no file or folder called “{word}”."),
                format!(" Did you mean {meant}?"),
            ),
        };
        if meant.is_empty() { unknown } else { unknown + &suggestion }
    }

    fn invalid_value(&self, argument: &str) -> String {
        let value = self.context(ContextKind::InvalidValue);
        if value.is_empty() {
            return format!("{argument} {}", self.t("mangler sin værdi.", "lacks its value."));
        }
        let valid = self.context(ContextKind::ValidValue);
        let choices = self.t("Vælg mellem", "Choose from");
        let choices = if valid.is_empty() { String::new() } else { format!(" {choices}: {valid}.") };
        format!("{argument} {} »{}«.{choices}", self.t("kan ikke være", "cannot be"), shown(&value))
    }

    fn conflict(&self, argument: &str) -> String {
        let other = self.context(ContextKind::PriorArg);
        if other == argument {
            return format!("{argument} {}", self.t("er angivet to gange.", "was given twice."));
        }
        format!("{argument} {} {other}.", self.t("kan ikke bruges sammen med", "cannot be used together with"))
    }
}

fn shown(text: &str) -> String {
    shown_path(text, None)
}
