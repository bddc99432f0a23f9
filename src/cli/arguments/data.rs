//! The commands that hand cases over as data, and take them.

use clap::{Arg, Command};

use super::check::with_settings;
use super::words::{Words, flag};
use crate::cli::export::HAS_PARQUET;

pub(super) fn export(words: &Words) -> Command {
    let command = Command::new("export")
        .about(words.t(
            "Giv sagerne videre som data: alle felter, beløb og fund",
            "Hand the cases over as data: all fields, amounts and findings",
        ))
        .arg(words.paths().required(false).required_unless_present("schema"))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["json", "jsonl", "csv", "parquet"])
                .default_value("json")
                .help(if HAS_PARQUET {
                    words.t(
                        "json, jsonl (en sag pr. linje), csv eller parquet (en fil pr. tabel, med --out); ellers json",
                        "json, jsonl (a case a line), csv or parquet (a file for each table, with --out); otherwise json",
                    )
                } else {
                    words.t(
                        "json, jsonl (en sag pr. linje) eller csv (en fil pr. tabel, med --out); ellers json. Denne udgave er bygget uden parquet",
                        "json, jsonl (a case a line) or csv (a file for each table, with --out); otherwise json. This build is one without parquet",
                    )
                }),
        )
        .arg(
            words
                .file("out", "MAPPE", "FOLDER")
                .help(words.t("Skriv i mappen i stedet for på skærmen", "Write to the folder instead of the screen")),
        )
        .arg(flag("excel-csv").help(words.t(
            "Skriv csv, som et dansk Excel venter den: semikolon, decimalkomma og BOM",
            "Write csv as a Danish Excel expects it: semicolons, decimal commas and a BOM",
        )))
        .arg(flag("schema").conflicts_with_all(["paths", "format", "out"]).help(
            words.t(
                "Vis det JSON Schema, som json og jsonl opfylder",
                "Show the JSON Schema that json and jsonl satisfy",
            ),
        ));
    let command = with_settings(command, words).arg(words.language());
    words.dressed(command, words.t("sporskifte export STI… [VALG]", "sporskifte export PATH… [OPTIONS]"))
}

pub(super) fn import(words: &Words) -> Command {
    let command = Command::new("import")
        .about(words.t("Udfyld skabelonerne med en sag fra JSON", "Fill in the blank forms from a case as JSON"))
        .arg(
            Arg::new("case")
                .value_name(words.t("SAG.json", "CASE.json"))
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .required(true)
                .help(words.t(
                    "Sagen, som »sporskifte export« skriver den; docs/export.schema.json beskriver den",
                    "The case, as “sporskifte export” writes it; docs/export.schema.json describes it",
                )),
        )
        .arg(
            words
                .file("out", "MAPPE", "FOLDER")
                .required(true)
                .help(words.t("Mappen, som regnearkene skrives i", "The folder that the workbooks are written to")),
        )
        .arg(words.parameters())
        .arg(words.language());
    words
        .dressed(command, words.t("sporskifte import SAG.json --out MAPPE", "sporskifte import CASE.json --out FOLDER"))
}
