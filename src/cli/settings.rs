//! What a check goes by: the built-in figures, forms and industries, or files in their place; and what is wrong with those.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use jiff::civil::Date;

use super::failure::Failure;
use crate::batch::Settings;
use crate::configuration::{Configuration, ConfigurationError};
use crate::form::{Layout, LayoutError};
use crate::intake::FileHash;
use crate::io_reason::io_reason;
use crate::language::{Language, OwnedText};
use crate::parameters::{Industries, IndustriesError, ParameterKey, Parameters, ParametersError};

/// The settings that the options ask for.
pub(super) fn settings(matches: &ArgMatches, language: Language) -> Result<Settings, Failure> {
    settings_for(matches, language, date(matches, "rules-date")?)
}

/// The settings that the options ask for, with the rules of a date.
pub(super) fn settings_for(
    matches: &ArgMatches,
    language: Language,
    rules_date: Option<Date>,
) -> Result<Settings, Failure> {
    let embedded = Settings::embedded().map_err(|error| Failure::Internal(error.to_string()))?;
    let mut settings = Settings { rules_date, language, ..embedded };
    if let Some(path) = matches.get_one::<PathBuf>("parameters") {
        (settings.parameters, settings.hashes.parameters) = from_file(path, Parameters::from_toml)?;
    }
    if let Some(path) = matches.get_one::<PathBuf>("industries") {
        (settings.industries, settings.hashes.industries) = from_file(path, Industries::from_csv)?;
    }
    for path in matches.get_many::<PathBuf>("layout").into_iter().flatten() {
        let (layout, hash) = from_file(path, Layout::from_toml)?;
        settings.layouts.push(Arc::new(layout));
        settings.hashes.layouts.push(hash);
    }
    if let Some(path) = config_path(matches)? {
        let (configuration, hash) = from_file(&path, Configuration::from_toml)?;
        (settings.configuration, settings.hashes.configuration) = (configuration, Some(hash));
        settings.limits = settings.configuration.limits;
        for (&key, &figure) in &settings.configuration.figures {
            settings.parameters.set_working_figure(key, figure);
        }
    }
    if let Some(text) = matches.try_get_one::<String>("shard").ok().flatten() {
        settings.shard = Some(text.parse().map_err(|_| Failure::NotAShard(text.clone()))?);
    }
    match settings.rules_date {
        Some(date) if settings.parameters.resolve(date).is_none() => Err(Failure::NoRules(language.date(date))),
        _ => Ok(settings),
    }
}

/// The figures of the file that the options name, or the built-in ones.
pub(super) fn parameters(matches: &ArgMatches) -> Result<Parameters, Failure> {
    match matches.get_one::<PathBuf>("parameters") {
        Some(path) => from_file(path, Parameters::from_toml).map(|(parameters, _)| parameters),
        None => Parameters::embedded().map_err(|error| Failure::Internal(error.to_string())),
    }
}

/// The name of the configuration that is found beside the input.
const CONFIG_NAME: &str = "sporskifte.toml";

/// The configuration that is named, else the one that lies beside a folder that is checked; never one inside, which
/// whoever sent the folder could have put there. Two of them would leave open which counts.
fn config_path(matches: &ArgMatches) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = matches.get_one::<PathBuf>("config") {
        return Ok(Some(path.clone()));
    }
    let paths = matches.get_many::<PathBuf>("paths").into_iter().flatten();
    let beside = |path: &PathBuf| {
        let folder = path.canonicalize().ok().filter(|path| path.is_dir())?;
        Some(folder.parent()?.join(CONFIG_NAME)).filter(|config| config.is_file())
    };
    let mut found: Vec<PathBuf> = paths.filter_map(beside).collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        [first, second, ..] => Err(Failure::TwoConfigurations(first.clone(), second.clone())),
    }
}

/// The date given to an option, as year-month-day.
pub(super) fn date(matches: &ArgMatches, option: &'static str) -> Result<Option<Date>, Failure> {
    let Some(text) = matches.get_one::<String>(option) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Failure::NotADate(option, text.clone()))
}

/// What a file of settings says, and the hash of its text.
fn from_file<T, E: Explained>(path: &Path, read: impl Fn(&str) -> Result<T, E>) -> Result<(T, FileHash), Failure> {
    let broken = |reason: OwnedText| Failure::Settings(path.to_owned(), reason);
    let text = std::fs::read_to_string(path).map_err(|error| {
        let reason = io_reason(&error);
        broken(words(reason.da, reason.en))
    })?;
    let settings = read(&text).map_err(|error| broken(error.explained(&text)))?;
    Ok((settings, FileHash::of(text.as_bytes())))
}

/// An error in a file of settings that can be said in both languages.
trait Explained {
    /// What is wrong, and where in the file's text.
    fn explained(&self, text: &str) -> OwnedText;
}

fn words(da: impl Into<String>, en: impl Into<String>) -> OwnedText {
    OwnedText { da: da.into(), en: en.into() }
}

/// The line, and the reader's own words on it, which it has in English only.
fn syntax(error: &toml::de::Error, text: &str) -> OwnedText {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let reason = error.message();
    words(
        format!("linje {line} er ikke skrevet, som den skal være ({reason})"),
        format!("line {line} is not as it should be ({reason})"),
    )
}

/// The name of a parameter as the file writes it.
fn name(key: ParameterKey) -> String {
    serde_json::to_value(key).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Explained for ParametersError {
    fn explained(&self, text: &str) -> OwnedText {
        match self {
            Self::Syntax(error) => syntax(error, text),
            Self::Missing(key) => {
                let key = name(*key);
                words(format!("parameteren {key} mangler"), format!("the parameter {key} is missing"))
            }
            Self::Twice(key) => {
                let key = name(*key);
                words(format!("parameteren {key} står to gange"), format!("the parameter {key} stands twice"))
            }
            Self::NotOneValue(key, from) => {
                let key = name(*key);
                words(
                    format!("{key} fra {from} skal have netop én af value, none, unknown og brackets"),
                    format!("{key} from {from} must have exactly one of value, none, unknown and brackets"),
                )
            }
            Self::Unordered(what) => words(
                format!("{what} står ikke i rækkefølge efter dato"),
                format!("{what} is not in the order of its dates"),
            ),
            Self::OutOfRange(key, from) => {
                let key = name(*key);
                words(
                    format!("{key} fra {from} er ikke mellem 0 og 1.000.000.000"),
                    format!("{key} from {from} is not between 0 and 1,000,000,000"),
                )
            }
        }
    }
}

impl Explained for LayoutError {
    fn explained(&self, text: &str) -> OwnedText {
        match self {
            Self::Syntax(error) => syntax(error, text),
            Self::Twice { sheet, key } => words(
                format!("nøglen {key} står to gange på arket {sheet}"),
                format!("the key {key} stands twice on the sheet {sheet}"),
            ),
            Self::UnknownKey(key) => words(
                format!("{key} er navnet på et felt, som skabelonen ikke har"),
                format!("{key} names a field that the form does not have"),
            ),
        }
    }
}

impl Explained for ConfigurationError {
    fn explained(&self, text: &str) -> OwnedText {
        match self {
            Self::Syntax(error) => syntax(error, text),
            Self::UnknownRule(code) => {
                words(format!("der er ingen regel, der hedder {code}"), format!("there is no rule called {code}"))
            }
            Self::NotAWorkingFigure(key) => {
                let key = name(*key);
                words(
                    format!("{key} er ikke et arbejdstal og kan ikke sættes her; brug --parameters"),
                    format!("{key} is not a working figure and cannot be set here; use --parameters"),
                )
            }
            Self::OutOfRange(key) => {
                let key = name(*key);
                words(
                    format!("{key} skal være mellem 0 og 1.000.000"),
                    format!("{key} must be between 0 and 1,000,000"),
                )
            }
            Self::RaisedLimit { name, built_in } => words(
                format!("grænsen {name} kan kun sættes lavere end {built_in}, ikke højere"),
                format!("the limit {name} can only be set below {built_in}, not above"),
            ),
            Self::Unsigned { journal, code } => words(
                format!("fritagelsen for {code} i sag {journal} skal sige hvorfor (reason) og hvem (who)"),
                format!("the waiver of {code} for case {journal} must say why (reason) and who (who)"),
            ),
        }
    }
}

impl Explained for IndustriesError {
    fn explained(&self, _text: &str) -> OwnedText {
        match self {
            Self::Header => {
                words("linje 1 skal være code,title,eligible,source", "line 1 must be code,title,eligible,source")
            }
            Self::Line(line) => words(
                format!("linje {line} skal have seks cifre, et navn, ja eller nej, og en kilde"),
                format!("line {line} must hold six digits, a name, yes or no, and a source"),
            ),
            Self::Twice(line) => words(
                format!("koden i linje {line} står også længere oppe"),
                format!("the code of line {line} stands further up already"),
            ),
        }
    }
}
