//! The commands that check: `check`, `merge` for what was checked in parts, and `drop` for who uses no commands.

use clap::{Arg, ArgAction, Command};

use super::words::{Words, flag};
use crate::language::Text;

const EXIT_CODES: Text = Text::new(
    "Afslutningskoder:\n  \
     0  intet fund på eller over --fail-on\n  \
     1  mindst ét fund på eller over --fail-on, eller et arkiv eller en mail, der ikke er åbnet\n  \
     2  selve kørslen gik galt: forkerte valg, intet at kontrollere, en mappe kunne ikke læses,\n     \
        eller en fil kunne ikke skrives",
    "Exit codes:\n  \
     0  nothing found at or above --fail-on\n  \
     1  something found at or above --fail-on, or an archive or a mail that was not opened\n  \
     2  the run itself failed: wrong options, nothing to check, a folder could not be read,\n     \
        or a file could not be written",
);

pub(super) fn check(words: &Words) -> Command {
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
                    .value_parser(["text", "json", "jsonl", "sarif", "junit", "summary"])
                    .default_value("text")
                    .help(words.t(
                        "text eller summary (kun det samlede resultat) til mennesker; json, jsonl, sarif (2.1.0) eller junit (XML) til programmer (ellers text)",
                        "text or summary (the totals alone) for people; json, jsonl, sarif (2.1.0) or junit (XML) for programs (otherwise text)",
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
pub(super) fn with_settings(command: Command, words: &Words) -> Command {
    command.arg(words.rules_date()).arg(words.jobs()).args(words.settings_files())
}

pub(super) fn merge(words: &Words) -> Command {
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

pub(super) fn drop(words: &Words) -> Command {
    let command = Command::new("drop")
        .about(words.t(
            "Kontrollér det, der trækkes hen på programmets ikon, og åbn rapporten",
            "Check what is dropped on the program's icon, and open the report",
        ))
        .after_help(words.t(DROPPING.da, DROPPING.en))
        .arg(words.paths())
        .arg(words.language());
    words.dressed(command, words.t("sporskifte [drop] STI… [VALG]", "sporskifte [drop] PATH… [OPTIONS]"))
}

const DROPPING: Text = Text::new(
    "Resultaterne:\n  \
     De lægges i en ny mappe ved siden af: »NAVN kontrolleret«. Kan der ikke skrives dér, lægges de\n  \
     blandt dine dokumenter. Dine egne filer ændres aldrig. I Windows venter programmet på Enter,\n  \
     så vinduet kan læses. Afslutningskoderne er som for check.\n\n\
     Miljøvariabel:\n  \
     SPORSKIFTE_OPENER  programmet, der åbner rapporten; tom: rapporten åbnes ikke",
    "Results:\n  \
     They are put into a new folder beside: “NAME kontrolleret”. Where nothing can be written there,\n  \
     they are put among your documents. Your own files are never changed. On Windows the program\n  \
     waits for Enter, so that the window can be read. The exit codes are those of check.\n\n\
     Environment variable:\n  \
     SPORSKIFTE_OPENER  the program that opens the report; empty: the report is not opened",
);
