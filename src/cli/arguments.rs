//! Commands and options, with their help in either language.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Command, value_parser};

use crate::language::{Language, Text};

/// The commands; anything else in their place is a path to check.
const COMMANDS: [&str; 9] = ["check", "merge", "verify", "history", "compare", "rules", "template", "samples", "help"];

/// What may stand in a command's place besides.
const OPTIONS_OF_THEIR_OWN: [&str; 4] = ["--help", "-h", "--version", "-V"];

/// Puts `check` before arguments without a command: `sporskifte FOLDER` means check it. `help` means `--help`.
pub(super) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
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
pub(super) fn language(arguments: &[OsString]) -> Language {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let pairs = words.iter().zip(words.iter().skip(1));
    let separate = pairs.filter(|(flag, _)| *flag == "--lang").map(|(_, value)| value.to_string()).next_back();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang=")).map(str::to_owned).next_back();
    if separate.or(joined).as_deref() == Some("en") { Language::English } else { Language::Danish }
}

/// All commands.
pub(super) fn command(language: Language) -> Command {
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

const EXIT_CODES: Text = Text::new(
    "Afslutningskoder:\n  \
     0  intet fund på eller over --fail-on\n  \
     1  mindst ét fund på eller over --fail-on\n  \
     2  selve kørslen gik galt: forkerte valg, intet at kontrollere, en mappe kunne ikke læses,\n     \
        eller en fil kunne ikke skrives",
    "Exit codes:\n  \
     0  nothing found at or above --fail-on\n  \
     1  something found at or above --fail-on\n  \
     2  the run itself failed: wrong options, nothing to check, a folder could not be read,\n     \
        or a file could not be written",
);

fn check(words: &Words) -> Command {
    let command = Command::new("check")
        .about(words.t("Kontrollér regneark og mapper med regneark", "Check workbooks and folders of workbooks"))
        .after_help(words.t(EXIT_CODES.da, EXIT_CODES.en))
        .arg(words.paths());
    let command = with_outputs(command, words)
            .arg(words.file("state", "FIL", "FILE").help(words.t(
                "Husk i filen, hvad der er kontrolleret: uændrede sager kontrolleres ikke igen, og det nye siden sidst vises",
                "Remember in the file what was checked: unchanged cases are not checked again, and what is new since last time is shown",
            )))
            .arg(Arg::new("shard").long("shard").conflicts_with("state").value_name(words.t("DEL/DELE", "PART/PARTS")).help(words.t(
                "Kontrollér kun denne del af sagerne, fx 2/8; delene samles med »sporskifte merge«",
                "Check this part of the cases only, such as 2/8; the parts are joined by “sporskifte merge”",
            )));
    let command = with_settings(command, words).arg(words.language());
    words.dressed(command, words.t("sporskifte check STI… [VALG]", "sporskifte check PATH… [OPTIONS]"))
}

/// What is written where, and what the exit code says.
fn with_outputs(command: Command, words: &Words) -> Command {
    command
            .arg(words.file("out", "MAPPE", "FOLDER").help(words.t(
                "Skriv kopier af regnearkene med noter, rapport.xlsx og rapport.html i mappen",
                "Write annotated copies of the workbooks, rapport.xlsx and rapport.html to the folder",
            )))
            .arg(
                Arg::new("annotate")
                    .long("annotate")
                    .value_name(words.t("HVILKE", "WHICH"))
                    .value_parser(["all", "findings", "none"])
                    .default_value("findings")
                    .help(words.t(
                        "Hvilke regneark der får en kopi med noter i --out: all (alle), findings (dem, der er fund i) eller none (ingen); ellers findings",
                        "Which workbooks get an annotated copy in --out: all, findings (those with findings) or none; otherwise findings",
                    )),
            )
            .arg(flag("letter").help(words.t(
                "Skriv i --out for hver sag, hvad virksomheden skal rette: NAVN.mangler.txt, til at sætte ind i et svar",
                "Write to --out what the company must correct in each case: NAME.mangler.txt, to be pasted into a reply",
            )))
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_name("FORMAT")
                    .value_parser(["text", "json", "jsonl", "sarif", "junit"])
                    .default_value("text")
                    .help(words.t(
                        "text til mennesker; json, jsonl, sarif (2.1.0) eller junit (XML) til programmer (ellers text)",
                        "text for people; json, jsonl, sarif (2.1.0) or junit (XML) for programs (otherwise text)",
                    )),
            )
            .arg(
                Arg::new("fail-on")
                    .long("fail-on")
                    .value_name(words.t("ALVOR", "SEVERITY"))
                    .value_parser(["error", "warning", "review"])
                    .default_value("error")
                    .help(words.t(
                        "Den mindste alvor, der giver afslutningskode 1: error (fejl), warning (advarsel) eller review (til vurdering); ellers error",
                        "The least severity that gives exit code 1: error, warning or review; otherwise error",
                    )),
            )
            .arg(words.file("log", "FIL", "FILE").help(words.t(
                "Skriv, hvad kørslen gør, til filen: ét JSON-objekt pr. linje, uden personoplysninger",
                "Write what the run does to the file: one JSON object a line, without personal data",
            )))
}

/// What a check goes by.
fn with_settings(command: Command, words: &Words) -> Command {
    command.arg(words.rules_date()).arg(words.jobs()).args(words.settings_files())
}

fn merge(words: &Words) -> Command {
    let command = Command::new("merge")
        .about(words.t(
            "Saml dele, der er kontrolleret hver for sig (check --shard), til én kørsel",
            "Join parts that were checked apart (check --shard) to one run",
        ))
        .after_help(words.t(EXIT_CODES.da, EXIT_CODES.en))
        .arg(words.paths())
        .arg(words.file("part", "MAPPE", "FOLDER").required(true).action(ArgAction::Append).help(words.t(
            "Mappen, som en del blev skrevet i (--out); gentages for hver del",
            "The folder that a part was written to (--out); repeated for each part",
        )));
    let command = with_settings(with_outputs(command, words), words).arg(words.language());
    words.dressed(
        command,
        words.t("sporskifte merge STI… --part MAPPE… [VALG]", "sporskifte merge PATH… --part FOLDER… [OPTIONS]"),
    )
}

fn verify(words: &Words) -> Command {
    let command = Command::new("verify")
        .about(words.t(
            "Efterprøv en kvittering: er det, der blev kontrolleret og skrevet, som kvitteringen siger",
            "Verify a receipt: is what was checked and written as the receipt says",
        ))
        .arg(
            Arg::new("receipt")
                .value_name(words.t("KVITTERING", "RECEIPT"))
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help(words.t(
                    "kvittering.json i mappen, der blev skrevet i",
                    "kvittering.json in the folder that was written to",
                )),
        )
        .arg(words.paths().required(false).help(words.t(
            "Filer og mapper, der blev kontrolleret; ellers dem, kvitteringen nævner",
            "The files and folders that were checked; otherwise those that the receipt names",
        )))
        .arg(flag("replay").help(words.t(
            "Kontrollér alt igen, og se, om resultaterne er de samme",
            "Check everything again and see whether the verdicts are the same",
        )));
    let command = with_settings(command, words).arg(words.language());
    words.dressed(
        command,
        words.t("sporskifte verify KVITTERING [STI…] [VALG]", "sporskifte verify RECEIPT [PATH…] [OPTIONS]"),
    )
}

fn history(words: &Words) -> Command {
    let command = Command::new("history")
        .about(words.t("Vis, hvad der er fundet i en sag gennem tiden", "Show what was found in a case through time"))
        .arg(Arg::new("case").value_name(words.t("SAG", "CASE")).required(true).help(words.t(
            "Sagen, som rapporterne kalder den: journalnummeret, ellers virksomhed og dato",
            "The case as reports call it: its journal number, else company and date",
        )))
        .arg(words.file("state", "FIL", "FILE").required(true).help(words.t(
            "Filen, som kørslerne har husket i (check --state)",
            "The file in which the runs remembered (check --state)",
        )))
        .arg(words.language());
    words.dressed(command, words.t("sporskifte history SAG --state FIL", "sporskifte history CASE --state FILE"))
}

fn compare(words: &Words) -> Command {
    let command = Command::new("compare")
        .about(words.t(
            "Sammenlign reglerne på to datoer: hvilke sager får et andet resultat eller et andet beløb",
            "Compare the rules of two dates: which cases get another verdict or amount",
        ))
        .arg(words.paths())
        .arg(words.rules_date().required(true).action(ArgAction::Append).help(words.t(
            "De to datoer (ÅÅÅÅ-MM-DD), hvis regler sammenlignes; angives to gange",
            "The two dates (YYYY-MM-DD) whose rules are compared; given twice",
        )))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["text", "jsonl"])
                .default_value("text")
                .help(words.t(
                    "text til mennesker; jsonl til programmer (ellers text)",
                    "text for people; jsonl for programs (otherwise text)",
                )),
        )
        .arg(words.jobs())
        .args(words.settings_files())
        .arg(words.language());
    words.dressed(
        command,
        words.t(
            "sporskifte compare --rules-date A --rules-date B STI… [VALG]",
            "sporskifte compare --rules-date A --rules-date B PATH… [OPTIONS]",
        ),
    )
}

fn rules(words: &Words) -> Command {
    let command = Command::new("rules")
        .about(words.t("Vis reglerne, eller forklar en af dem", "List the rules, or explain one of them"))
        .arg(Arg::new("code").value_name(words.t("REGEL", "RULE")).help(words.t(
            "Reglens kode eller navn: P309 eller admin-hours; uden den vises alle regler",
            "The rule's code or name: P309 or admin-hours; without it all rules are listed",
        )))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["text", "json", "md"])
                .default_value("text")
                .help(words.t(
                    "text til mennesker; json til programmer; md til dokumentation (ellers text)",
                    "text for people; json for programs; md for documentation (otherwise text)",
                )),
        )
        .arg(flag("count").conflicts_with_all(["code", "stale", "format"]).help(
            words.t("Tæl reglerne og de sager, de er prøvet på", "Count the rules and the cases they are tested on"),
        ))
        .arg(flag("stale").conflicts_with_all(["code", "format"]).help(words.t(
            "Vis de tal, der senest er holdt op mod kilderne over et år før --date",
            "List the figures that were last held against their sources over a year before --date",
        )))
        .arg(words.date("date").requires("stale").help(
            words.t(
                "Datoen for --stale (ÅÅÅÅ-MM-DD); ellers i dag",
                "The date for --stale (YYYY-MM-DD); otherwise today",
            ),
        ))
        .arg(words.file("parameters", "FIL", "FILE").help(words.t(
            "Brug satser og lofter fra denne fil i stedet for de indbyggede",
            "Use the figures of this file in place of the built-in ones",
        )))
        .arg(words.language());
    words.dressed(command, words.t("sporskifte rules [REGEL] [VALG]", "sporskifte rules [RULE] [OPTIONS]"))
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn template(words: &Words) -> Command {
    let command =
        Command::new("template")
            .about(words.t("Lav en tom skabelon", "Make a blank form"))
            .arg(
                Arg::new("kind")
                    .value_name(words.t("SKABELON", "FORM"))
                    .value_parser(["budget", "kursusoversigt", "slutregnskab"])
                    .required(true)
                    .help(words.t(
                        "Hvilken skabelon: budget, kursusoversigt eller slutregnskab",
                        "Which form: budget, kursusoversigt (course overview) or slutregnskab (final accounts)",
                    )),
            )
            .arg(words.date("date").help(words.t(
                "Den dato, hvis satser skabelonen skal regne med; ellers de nyeste regler",
                "The date whose figures the form shall use; otherwise the latest rules",
            )))
            .arg(words.file("out", "FIL", "FILE").help(words.t(
                "Hvor skabelonen skal skrives; ellers SKABELON.xlsx",
                "Where to write the form; otherwise FORM.xlsx",
            )))
            .arg(words.language());
    words.dressed(command, words.t("sporskifte template SKABELON [VALG]", "sporskifte template FORM [OPTIONS]"))
}

fn samples(words: &Words) -> Command {
    let command = Command::new("samples")
        .about(words.t(
            "Lav eksempelsagerne, eller så mange opdigtede sager, der er brug for",
            "Make the sample cases, or as many invented cases as are needed",
        ))
        .arg(
            words
                .file("out", "MAPPE", "FOLDER")
                .required(true)
                .help(words.t("Mappen, de skal skrives i", "The folder to write them to")),
        )
        .arg(
            Arg::new("cases")
                .long("cases")
                .value_name(words.t("ANTAL", "NUMBER"))
                .value_parser(value_parser!(u64).range(1..=10_000_000))
                .help(words.t(
                    "Lav så mange opdigtede sager med og uden fejl i en ny eller tom mappe; forventet.jsonl i den siger, hvad kontrollen skal finde",
                    "Make so many invented cases with and without mistakes in a new or empty folder; its forventet.jsonl says what the check must find",
                )),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name(words.t("TAL", "NUMBER"))
                .value_parser(value_parser!(u64))
                .requires("cases")
                .help(words.t(
                    "Samme tal giver samme sager, andre tal giver andre (ellers 1)",
                    "The same number gives the same cases, another gives others (otherwise 1)",
                )),
        )
        .arg(
            Arg::new("clean")
                .long("clean")
                .value_name(words.t("PROCENT", "PERCENT"))
                .value_parser(value_parser!(u32).range(0..=100))
                .requires("cases")
                .help(words.t(
                    "Hvor mange procent af sagerne der er uden fejl (ellers 60)",
                    "How many percent of the cases have no mistake (otherwise 60)",
                )),
        )
        .arg(words.language());
    words
        .dressed(command, words.t("sporskifte samples --out MAPPE [VALG]", "sporskifte samples --out FOLDER [OPTIONS]"))
}

/// Makes arguments with words of one language.
struct Words(Language);

impl Words {
    fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.0)
    }

    fn file(&self, name: &'static str, da: &'static str, en: &'static str) -> Arg {
        Arg::new(name).long(name).value_name(self.t(da, en)).value_parser(value_parser!(PathBuf))
    }

    fn date(&self, name: &'static str) -> Arg {
        Arg::new(name).long(name).value_name(self.t("DATO", "DATE"))
    }

    fn paths(&self) -> Arg {
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

    fn rules_date(&self) -> Arg {
        self.date("rules-date").help(self.t(
            "Brug reglerne fra denne dato (ÅÅÅÅ-MM-DD) i stedet for ansøgningsdatoens",
            "Use the rules of this date (YYYY-MM-DD) in place of the application date's",
        ))
    }

    fn jobs(&self) -> Arg {
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

    /// The files that stand in for the built-in figures, forms and lists, and the user's decisions.
    fn settings_files(&self) -> Vec<Arg> {
        vec![
            self.file("config", "FIL", "FILE").help(self.t(
            "Regler, der er slået fra eller vejer anderledes, og fritagelser for enkelte sager (ellers sporskifte.toml ved siden af mappen)",
            "Rules switched off or weighed otherwise, and waivers for single cases (otherwise sporskifte.toml beside the folder)",
        )),
self.file("parameters", "FIL", "FILE").help(self.t(
                "Brug satser og lofter fra denne fil i stedet for de indbyggede",
                "Use the figures of this file in place of the built-in ones",
            )),
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

    fn language(&self) -> Arg {
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
    fn dressed(&self, command: Command, usage: &'static str) -> Command {
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
