//! The commands about the rules and the forms, and the one that makes cases.

use clap::{Arg, Command, value_parser};

use super::words::{Words, flag};

pub(super) fn rules(words: &Words) -> Command {
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
        .arg(words.parameters())
        .arg(words.language());
    words.dressed(command, words.t("sporskifte rules [REGEL] [VALG]", "sporskifte rules [RULE] [OPTIONS]"))
}

pub(super) fn template(words: &Words) -> Command {
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

pub(super) fn samples(words: &Words) -> Command {
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
