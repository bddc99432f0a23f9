//! Arguments that several commands have, with words of one language.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Command, value_parser};

use crate::language::{Language, Text};

/// An option without a value.
pub(super) fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

/// Makes arguments with words of one language.
pub(super) struct Words(pub(super) Language);

impl Words {
    pub(super) fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.0)
    }

    pub(super) fn file(&self, name: &'static str, da: &'static str, en: &'static str) -> Arg {
        Arg::new(name).long(name).value_name(self.t(da, en)).value_parser(value_parser!(PathBuf))
    }

    pub(super) fn date(&self, name: &'static str) -> Arg {
        Arg::new(name).long(name).value_name(self.t("DATO", "DATE"))
    }

    pub(super) fn paths(&self) -> Arg {
        Arg::new("paths")
            .value_name(self.t("STI", "PATH"))
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required(true)
            .help(self.t(
                "Filer og mapper; mapper med alt, hvad de indeholder",
                "Files and folders; folders with all they hold",
            ))
    }

    pub(super) fn rules_date(&self) -> Arg {
        self.date("rules-date").help(self.t(
            "Brug reglerne fra denne dato (ÅÅÅÅ-MM-DD) i stedet for ansøgningsdatoens",
            "Use the rules of this date (YYYY-MM-DD) in place of the application date's",
        ))
    }

    pub(super) fn jobs(&self) -> Arg {
        Arg::new("jobs")
            .long("jobs")
            .short('j')
            .value_name(self.t("ANTAL", "NUMBER"))
            .value_parser(value_parser!(u16).range(1..=1024))
            .help(self.t(
                "Hvor mange tråde der arbejder på én gang; ellers én pr. kerne",
                "How many threads work at once; otherwise one a core",
            ))
    }

    pub(super) fn parameters(&self) -> Arg {
        self.file("parameters", "FIL", "FILE").help(self.t(
            "Brug satser og lofter fra denne fil i stedet for de indbyggede",
            "Use the figures of this file in place of the built-in ones",
        ))
    }

    /// The files that stand in for the built-in figures, forms and lists, and the user's decisions.
    pub(super) fn settings_files(&self) -> Vec<Arg> {
        vec![
            self.file("config", "FIL", "FILE").help(self.t(
            "Regler, der er slået fra eller vejer anderledes, og fritagelser for enkelte sager (ellers sporskifte.toml ved siden af mappen)",
            "Rules switched off or weighed otherwise, and waivers for single cases (otherwise sporskifte.toml beside the folder)",
        )),
self.parameters(),
self.file("layout", "FIL", "FILE").action(ArgAction::Append).help(self.t(
                "Kend også den udgave af en skabelon, som filen beskriver (kan gentages)",
                "Know the edition of a form that the file describes too (may be repeated)",
            )),
self.file("industries", "FIL", "FILE").help(self.t(
                "Brug denne liste over brancher (CSV: code,title,eligible,source)",
                "Use this list of industries (CSV: code,title,eligible,source)",
            ))
        ]
    }

    pub(super) fn language(&self) -> Arg {
        Arg::new("lang")
            .long("lang")
            .value_name(self.t("SPROG", "LANGUAGE"))
            .value_parser(["da", "en"])
            .default_value("da")
            .help(self.t(
                "Sproget i tekster, noter og rapporter: da eller en (ellers da)",
                "The language of texts, notes and reports: da or en (otherwise da)",
            ))
    }

    /// A command with headings and its help option in the language.
    pub(super) fn dressed(&self, command: Command, usage: &'static str) -> Command {
        let template = self.t(
            "{about-with-newline}\nBrug: {usage}\n\n{all-args}{after-help}\n",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
        );
        let options = self.t("Valg", "Options");
        command
            .override_usage(usage)
            .help_template(template)
            .styles(Styles::styled().header(AnsiColor::Green.on_default().bold()).literal(AnsiColor::Cyan.on_default()))
            .mut_args(|argument| {
                let heading = if argument.is_positional() { self.t("Argumenter", "Arguments") } else { options };
                let argument = argument.help_heading(heading);
                let takes_value = argument.get_action().takes_values();
                if takes_value { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
            })
            .disable_help_flag(true)
            .arg(
                Arg::new("help")
                    .long("help")
                    .short('h')
                    .action(ArgAction::Help)
                    .help_heading(options)
                    .help(self.t("Vis denne hjælp", "Show this help")),
            )
    }
}
