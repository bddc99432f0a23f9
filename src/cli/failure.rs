//! What can go wrong with a run, in a sentence a person can act on.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::RUN_FAILED;
use crate::batch::{RefusalReason, RefusedOutput};
use crate::import::ImportProblem;
use crate::io_reason::io_reason;
use crate::language::{Language, OwnedText, Text};
use crate::plain_text::spaced;
use crate::report::{PassedOver, shown_path};
use crate::store::StoreError;

/// Why a run failed as a whole.
#[derive(Debug)]
pub(super) enum Failure {
    /// No command was given.
    NoCommand,
    /// A given path does not exist.
    NoSuchPath(PathBuf),
    /// No workbook was found; the files in which a form may be all the same.
    NothingToCheck(Vec<PassedOver>),
    /// An option's date is not written as year-month-day.
    NotADate(&'static str, String),
    /// No rules are in force on the date asked for.
    NoRules(String),
    /// No rule has the code or name; the codes that may be meant.
    NoSuchRule(String, Vec<&'static str>),
    /// A file of settings cannot be used.
    Settings(PathBuf, OwnedText),
    /// Two configurations lie beside the inputs.
    TwoConfigurations(PathBuf, PathBuf),
    /// A file is there already, and may be somebody's work.
    AlreadyThere(PathBuf),
    /// A file or folder cannot be written.
    NotWritten(PathBuf, Text),
    /// A folder is not the output of a part of a run.
    NotAPart(PathBuf),
    /// The option for a part of a run is not like `2/8`.
    NotAShard(String),
    /// Not two dates were given to compare.
    NotTwoDates,
    /// A receipt cannot be read.
    NotAReceipt(PathBuf),
    /// The state file cannot be used.
    State(PathBuf, Text),
    /// A case to import is not JSON; the line where that shows.
    NotJson(PathBuf, Option<usize>),
    /// A case cannot be imported: everything that is wrong with it.
    NotImported(PathBuf, Vec<ImportProblem>),
    /// No other form can be made from a workbook.
    NotCarried(PathBuf, OwnedText),
    /// The inputs are in the output folder.
    OutputHoldsInputs(PathBuf),
    /// An output may not go where it should.
    Refused(RefusedOutput),
    /// An option says what to write to the output folder, and there is none.
    NeedsFolder(&'static str),
    /// The report cannot be written to where output goes.
    Output(std::io::Error),
    /// Something that should never happen.
    Internal(String),
}

impl Failure {
    /// What went wrong, in a sentence; what was given on the command line or in a file is repeated masked.
    pub(super) fn sentence(&self, language: Language) -> String {
        let words = self.words(language);
        // The problems of a case to import keep their lines, and so do files that were passed over.
        if matches!(self, Self::NotImported(..) | Self::NothingToCheck(_)) { words } else { spaced(&words) }
    }

    fn words(&self, language: Language) -> String {
        let text = |da: String, en: String| if language == Language::Danish { da } else { en };
        match self {
            Self::NoCommand => text(
                "Skriv, hvad der skal gøres, fx »sporskifte MAPPE«.".into(),
                "Say what to do, such as “sporskifte FOLDER”.".into(),
            ),
            Self::NoSuchPath(path) => text(
                format!("Der er ingen fil eller mappe med navnet {}.", shown(path)),
                format!("There is no file or folder named {}.", shown(path)),
            ),
            Self::NothingToCheck(passed_over) => nothing_to_check(passed_over, language),
            Self::NotADate(option, given) => text(
                format!("--{option}: »{given}« er ikke en dato. Skriv den som år-måned-dag, fx 2023-03-01."),
                format!("--{option}: “{given}” is not a date. Write it as year-month-day, such as 2023-03-01."),
            ),
            Self::NoRules(date) => text(
                format!("Der er ingen regler i kraft den {date}. Vælg en dato i 2018–2021, i 2023 eller senere."),
                format!("No rules are in force on {date}. Choose a date in 2018–2021, in 2023 or later."),
            ),
            Self::NoSuchRule(word, nearest) => {
                let nearest = nearest.join(", ");
                text(
                    format!(
                        "Der er ingen regel, der hedder »{word}«. Nærmest er {nearest}. »sporskifte rules« viser dem alle."
                    ),
                    format!(
                        "There is no rule called “{word}”. The nearest are {nearest}. “sporskifte rules” lists them all."
                    ),
                )
            }
            Self::Settings(path, reason) => text(
                format!("Filen {} kan ikke bruges: {}.", shown(path), reason.da),
                format!("The file {} cannot be used: {}.", shown(path), reason.en),
            ),
            Self::TwoConfigurations(first, second) => text(
                format!(
                    "Både {} og {} ligger ved siden af det, der skal kontrolleres. Vælg med --config.",
                    shown(first),
                    shown(second)
                ),
                format!(
                    "Both {} and {} lie beside what is to be checked. Choose with --config.",
                    shown(first),
                    shown(second)
                ),
            ),
            Self::AlreadyThere(path) => text(
                format!("{} findes allerede og er ikke overskrevet. Vælg et andet navn med --out.", shown(path)),
                format!("{} exists already and was not overwritten. Choose another name with --out.", shown(path)),
            ),
            Self::NotWritten(path, reason) => text(
                format!("{} kan ikke skrives: {}.", shown(path), reason.da),
                format!("{} cannot be written: {}.", shown(path), reason.en),
            ),
            Self::NotAPart(path) => text(
                format!("{} er ikke resultatet af en del af en kørsel (--shard).", shown(path)),
                format!("{} is not the result of a part of a run (--shard).", shown(path)),
            ),
            Self::NotAShard(given) => text(
                format!("--shard: »{given}« er ikke en del. Skriv den som DEL/DELE, fx 2/8."),
                format!("--shard: “{given}” is not a part. Write it as PART/PARTS, such as 2/8."),
            ),
            Self::NotTwoDates => text(
                "Angiv --rules-date to gange: de to datoer, hvis regler skal sammenlignes.".into(),
                "Give --rules-date twice: the two dates whose rules are to be compared.".into(),
            ),
            Self::NotAReceipt(path) => text(
                format!("{} er ikke en kvittering fra sporskifte.", shown(path)),
                format!("{} is not a receipt of sporskifte.", shown(path)),
            ),
            Self::State(path, reason) => text(
                format!("Tilstandsfilen {} kan ikke bruges: {}.", shown(path), reason.da),
                format!("The state file {} cannot be used: {}.", shown(path), reason.en),
            ),
            Self::NotJson(path, line) => not_json(path, *line, language),
            Self::NotImported(path, problems) => not_imported(path, problems, language),
            Self::NotCarried(path, reason) => not_carried(path, reason, language),
            Self::OutputHoldsInputs(path) => text(
                format!("Regnearkene ligger selv i {}. Vælg en anden mappe til --out.", shown(path)),
                format!("The workbooks themselves are in {}. Choose another folder for --out.", shown(path)),
            ),
            Self::Refused(refused) => refused_output(refused, language),
            Self::NeedsFolder(option) => text(
                format!("--{option} gælder det, der skrives i en mappe: angiv mappen med --out."),
                format!("--{option} is about what is written to a folder: name the folder with --out."),
            ),
            Self::Output(error) => {
                let reason = io_reason(error);
                text(
                    format!("Resultatet kan ikke skrives: {}.", reason.da),
                    format!("The result cannot be written: {}.", reason.en),
                )
            }
            Self::Internal(reason) => {
                text(format!("Programmet er i stykker: {reason}"), format!("The program is broken: {reason}"))
            }
        }
    }
}

fn nothing_to_check(passed_over: &[PassedOver], language: Language) -> String {
    let first = Text::new(
        "Der er ingen regneark at kontrollere i det, der er angivet.",
        "There are no workbooks to check in what was given.",
    );
    let files = passed_over.iter().map(|file| format!("  {}", file.in_words(language)));
    std::iter::once(first.get(language).to_owned()).chain(files).collect::<Vec<_>>().join("\n")
}

fn refused_output(refused: &RefusedOutput, language: Language) -> String {
    let RefusedOutput { option, path, reason } = refused;
    let reason = match reason {
        RefusalReason::OtherKind => Text::new(
            "er ikke en fil, som sporskifte har skrevet til det, og er ikke rørt",
            "is no file that sporskifte wrote for this, and was not touched",
        ),
        RefusalReason::Input => Text::new(
            "hører til det, der skal kontrolleres, og er ikke rørt",
            "belongs to what is to be checked, and was not touched",
        ),
        RefusalReason::OtherOutput => {
            Text::new("skal bruges til noget andet, som kørslen skriver", "is for something else that the run writes")
        }
    };
    let (path, reason) = (shown(path), reason.get(language));
    match language {
        Language::Danish => format!("Intet er skrevet: {path} {reason}. Vælg et andet sted med --{option}."),
        Language::English => format!("Nothing was written: {path} {reason}. Choose another place with --{option}."),
    }
}

fn not_carried(path: &Path, reason: &OwnedText, language: Language) -> String {
    match language {
        Language::Danish => format!("Intet er skrevet: {} kan ikke føres videre. {}", shown(path), reason.da),
        Language::English => format!("Nothing was written: {} cannot be carried on. {}", shown(path), reason.en),
    }
}

fn not_json(path: &Path, line: Option<usize>, language: Language) -> String {
    let path = shown(path);
    match (line, language) {
        (Some(line), Language::Danish) => format!("{path} er ikke JSON: se linje {line}."),
        (Some(line), Language::English) => format!("{path} is not JSON: see line {line}."),
        (None, Language::Danish) => format!("{path} kan ikke læses som JSON."),
        (None, Language::English) => format!("{path} cannot be read as JSON."),
    }
}

fn not_imported(path: &Path, problems: &[ImportProblem], language: Language) -> String {
    let path = shown(path);
    let first = match language {
        Language::Danish => format!("Intet er skrevet: {path} kan ikke bruges."),
        Language::English => format!("Nothing was written: {path} cannot be used."),
    };
    let problems = problems.iter().map(|problem| format!("  {}", spaced(&problem.in_words(language))));
    std::iter::once(spaced(&first)).chain(problems).collect::<Vec<_>>().join("\n")
}

/// Why a state file cannot be used, in words.
pub(super) fn store_reason(error: &StoreError) -> Text {
    match error {
        StoreError::Missing => Text::new("den findes ikke", "it does not exist"),
        StoreError::NotAState => Text::new(
            "den er beskadiget eller er et andet programs; vælg en anden",
            "it is damaged or another program's; choose another",
        ),
        StoreError::OtherVersion => Text::new(
            "den er lavet af en anden version af sporskifte; vælg en ny fil",
            "another version of sporskifte made it; choose a new file",
        ),
        StoreError::InUse => Text::new("en anden kørsel bruger den", "another run uses it"),
        StoreError::Full => Text::new("der er ikke plads", "no space is left"),
        StoreError::Database(_) | StoreError::Record(_) | StoreError::History(_) => {
            Text::new("den kan ikke læses eller skrives", "it cannot be read or written")
        }
        StoreError::Case(error) | StoreError::List(error) => io_reason(error),
    }
}

fn shown(path: &Path) -> String {
    shown_path(&path.to_string_lossy(), None)
}

/// Says what went wrong.
pub(super) fn report(failure: &Failure, language: Language) -> ExitCode {
    // Nobody is left to tell where even this cannot be written.
    let _ = writeln!(std::io::stderr(), "{}", failure.sentence(language));
    ExitCode::from(RUN_FAILED)
}
