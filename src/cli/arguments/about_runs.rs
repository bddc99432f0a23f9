//! The commands about runs: proving one, what was found night by night, and what other rules would say.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::check::with_settings;
use super::words::{Words, flag};

pub(super) fn verify(words: &Words) -> Command {
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

pub(super) fn history(words: &Words) -> Command {
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

pub(super) fn compare(words: &Words) -> Command {
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
