//! The commands that make one form from another.

use clap::{Arg, Command, value_parser};
use rust_decimal::Decimal;

use super::words::{Words, flag};
use crate::form::parse_written_number;

pub(super) fn accounts(words: &Words) -> Command {
    let command = Command::new("accounts")
        .about(
            words
                .t("Lav slutregnskabet ud fra det bevilgede budget", "Make the final accounts from the granted budget"),
        )
        .arg(input("BUDGET").help(words.t("Det bevilgede budget", "The granted budget")))
        .arg(
            words
                .date("grant-date")
                .required(true)
                .help(words.t("Tilsagnets dato (ÅÅÅÅ-MM-DD)", "The date of the grant (YYYY-MM-DD)")),
        )
        .arg(
            Arg::new("amount")
                .long("amount")
                .value_name(words.t("BELØB", "AMOUNT"))
                .value_parser(amount)
                .required(true)
                .help(words.t("Tilsagnets beløb i kroner, fx 64389,32", "The amount of the grant in kroner: 64389,32")),
        );
    let usage = words.t(
        "sporskifte accounts BUDGET --grant-date DATO --amount BELØB [VALG]",
        "sporskifte accounts BUDGET --grant-date DATE --amount AMOUNT [OPTIONS]",
    );
    words.dressed(with_output(words, command), usage)
}

pub(super) fn overview(words: &Words) -> Command {
    let command = Command::new("overview")
        .about(words.t("Lav en kursusoversigt ud fra budgettet", "Make a course overview from the budget"))
        .arg(input("BUDGET").help(words.t("Budgettet", "The budget")));
    let usage = words.t("sporskifte overview BUDGET [VALG]", "sporskifte overview BUDGET [OPTIONS]");
    words.dressed(with_output(words, command), usage)
}

pub(super) fn upgrade(words: &Words) -> Command {
    let command =
        Command::new("upgrade")
            .about(words.t(
                "Før et udfyldt regneark over i den nyeste skabelon",
                "Carry a filled workbook into the current form",
            ))
            .arg(input(words.t("FIL", "FILE")).help(words.t("Det udfyldte regneark", "The filled workbook")));
    let usage = words.t("sporskifte upgrade FIL [VALG]", "sporskifte upgrade FILE [OPTIONS]");
    words.dressed(with_output(words, command), usage)
}

fn input(name: &'static str) -> Arg {
    Arg::new("paths").value_name(name).value_parser(value_parser!(std::path::PathBuf)).required(true)
}

fn with_output(words: &Words, command: Command) -> Command {
    let out = words.file("out", "STI", "PATH").help(words.t(
        "Filen eller mappen, der skal skrives til; ellers ved siden af regnearket",
        "The file or folder to write to; otherwise beside the workbook",
    ));
    let force = flag("force")
        .help(words.t("Overskriv, hvis filen findes i forvejen", "Overwrite the file where it exists already"));
    command.arg(out).arg(force).args(words.settings_files()).arg(words.rules_date()).arg(words.language())
}

/// An amount of zero kroner or more, as a Dane writes it.
fn amount(text: &str) -> Result<Decimal, String> {
    parse_written_number(text).filter(|amount| !amount.is_sign_negative()).ok_or_else(String::new)
}
