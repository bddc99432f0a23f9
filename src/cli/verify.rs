//! `sporskifte verify`: holds a receipt against the files it names, and checks them again if asked to.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::check::{unless_broken_pipe, use_threads};
use super::failure::Failure;
use super::progress::Bar;
use super::settings::settings;
use super::{NOTHING_FOUND, SOMETHING_FOUND};
use crate::batch::{
    Difference, DifferenceKind, Discovered, Settings, check, differences_of_files, differences_of_results, discover,
};
use crate::language::{Language, Text};
use crate::report::{RECEIPT_FORMAT, Receipt, ReceiptInput};
use crate::store::Store;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let path = matches.get_one::<PathBuf>("receipt").cloned().unwrap_or_default();
    let receipt = read(&path)?;
    let mut settings = settings(matches, language)?;
    settings.rules_date =
        settings.rules_date.or(receipt.rules.rules_date.as_deref().and_then(|date| date.parse().ok()));
    settings.shard = receipt.rules.shard.as_deref().and_then(|shard| shard.parse().ok());
    use_threads(matches)?;
    let given: Vec<PathBuf> = matches.get_many("paths").into_iter().flatten().cloned().collect();
    let paths = if given.is_empty() { receipt.paths.iter().map(PathBuf::from).collect() } else { given };
    let discovered = discover(&paths, &settings.limits);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut differences = differences_of_files(&receipt, &discovered.files, folder, &settings);
    if receipt.rules.shard.is_some() {
        // A part names its own cases only.
        differences.retain(|difference| difference.kind != DifferenceKind::InputNew);
    }
    if matches.get_flag("replay") {
        differences.extend(replayed(&receipt, discovered, &settings)?);
    }
    let other_rules = receipt.rules != settings.receipt_rules() || receipt.version != env!("CARGO_PKG_VERSION");
    unless_broken_pipe(tell(&receipt, &differences, other_rules, matches.get_flag("replay"), language))?;
    Ok(if differences.is_empty() { NOTHING_FOUND } else { SOMETHING_FOUND })
}

fn read(path: &Path) -> Result<Receipt, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Failure::NoSuchPath(path.to_owned())),
        Err(_) => return Err(Failure::NotAReceipt(path.to_owned())),
    };
    let receipt: Option<Receipt> = serde_json::from_str(&text).ok();
    receipt.filter(|receipt| receipt.format == RECEIPT_FORMAT).ok_or_else(|| Failure::NotAReceipt(path.to_owned()))
}

fn replayed(receipt: &Receipt, discovered: Discovered, settings: &Settings) -> Result<Vec<Difference>, Failure> {
    let internal = |error: &dyn ToString| Failure::Internal(error.to_string());
    let store = Store::temporary().map_err(|error| internal(&error))?;
    let report = check(discovered, settings, None, Arc::new(store), &Bar::new()).map_err(|error| internal(&error))?;
    differences_of_results(receipt, &report).map_err(|error| internal(&error))
}

fn tell(
    receipt: &Receipt,
    differences: &[Difference],
    other_rules: bool,
    is_replay: bool,
    language: Language,
) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let t = |da, en| Text::new(da, en).get(language);
    for difference in differences {
        writeln!(out, "{}: {}", difference.path, in_words(&difference.kind, language))?;
    }
    if other_rules {
        let words = t(
            "Kvitteringen er lavet med en anden version eller andre regler, tal eller valg end dem, der bruges nu.",
            "The receipt was made with another version, or other rules, figures or decisions than those used now.",
        );
        writeln!(out, "{words}")?;
    }
    let (inputs, outputs) = (receipt.inputs.len(), receipt.outputs.len());
    let counted = match language {
        Language::Danish => format!("{inputs} kontrollerede filer og {outputs} skrevne filer"),
        Language::English => format!("{inputs} checked files and {outputs} written files"),
    };
    let result = match (differences.len(), is_replay) {
        (0, false) => t("er, som kvitteringen siger.", "are as the receipt says.").to_owned(),
        (0, true) => t(
            "er, som kvitteringen siger, og resultaterne er de samme.",
            "are as the receipt says, and the verdicts are the same.",
        )
        .to_owned(),
        (count, _) => format!(
            "{}: {count}.",
            t("er holdt op mod kvitteringen. Afvigelser", "were held against the receipt. Differences")
        ),
    };
    writeln!(out, "{counted} {result}")
}

fn in_words(kind: &DifferenceKind, language: Language) -> String {
    let t = |da: &'static str, en: &'static str| Text::new(da, en).get(language).to_owned();
    match kind {
        DifferenceKind::InputMissing => t("blev kontrolleret, men er der ikke", "was checked, but is not there"),
        DifferenceKind::InputChanged => {
            t("er ikke, som den var, da den blev kontrolleret", "is not as it was when it was checked")
        }
        DifferenceKind::InputNew => t("er ikke i kvitteringen", "is not in the receipt"),
        DifferenceKind::OutputMissing => t("blev skrevet, men er der ikke", "was written, but is not there"),
        DifferenceKind::OutputChanged => t("er ikke, som den blev skrevet", "is not as it was written"),
        DifferenceKind::OtherResult(before, now) => format!(
            "{} {} {} {}",
            t("var", "was"),
            result(before, language),
            t("men er nu", "but is now"),
            result(now, language)
        ),
    }
}

fn result(input: &ReceiptInput, language: Language) -> String {
    let ReceiptInput { verdict, errors, warnings, reviews, .. } = input;
    format!("»{}« ({errors}/{warnings}/{reviews})", verdict.word().get(language))
}
