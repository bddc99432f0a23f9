//! What a run checks by.

use std::sync::Arc;

use jiff::civil::Date;

use super::Shard;
use crate::configuration::Configuration;
use crate::form::{Layout, LayoutError};
use crate::intake::FileHash;
use crate::language::Language;
use crate::parameters::{Industries, IndustriesError, Parameters, ParametersError};
use crate::report::ReceiptRules;
use crate::rules;
use crate::workbook::Limits;

/// What a run checks by.
#[derive(Debug, Clone)]
pub struct Settings {
    /// All figures.
    pub parameters: Parameters,
    /// The layouts of the forms that are recognised.
    pub layouts: Vec<Arc<Layout>>,
    /// The list of eligible industries.
    pub industries: Industries,
    /// Bounds on one file.
    pub limits: Limits,
    /// The date whose rules are used in place of the application date's.
    pub rules_date: Option<Date>,
    /// The language of notes and of the sheet Kontrol.
    pub language: Language,
    /// What the user decided.
    pub configuration: Configuration,
    /// How many bytes of workbooks a thread holds between reading files that lie together and deciding their cases.
    /// Files beyond are read again, so that a run of any length needs no more memory than this for each thread.
    pub held_bytes: u64,
    /// What the settings were read from.
    pub hashes: SettingsHashes,
    /// Whether all that the forms say is kept, to be exported.
    pub keeps_content: bool,
    /// Which part of the cases is decided, where others decide the rest.
    pub shard: Option<Shard>,
}

/// The hashes of the texts that settings were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsHashes {
    /// The figures.
    pub parameters: FileHash,
    /// The layouts of the forms, in their order.
    pub layouts: Vec<FileHash>,
    /// The list of industries.
    pub industries: FileHash,
    /// The configuration, where there is one.
    pub configuration: Option<FileHash>,
}

impl SettingsHashes {
    fn embedded() -> Self {
        let of = |text: &str| FileHash::of(text.as_bytes());
        Self {
            parameters: of(Parameters::EMBEDDED),
            layouts: Layout::EMBEDDED.into_iter().map(of).collect(),
            industries: of(Industries::EMBEDDED),
            configuration: None,
        }
    }
}

/// The version of what is kept of a case: another one is not comparable.
const RECORD_VERSION: &str = "2";

impl Settings {
    /// The parameters, layouts and industries that come with the program, in Danish.
    pub fn embedded() -> Result<Self, EmbeddedDataError> {
        Ok(Self {
            parameters: Parameters::embedded()?,
            layouts: Layout::embedded()?.into_iter().map(Arc::new).collect(),
            industries: Industries::embedded()?,
            limits: Limits::default(),
            rules_date: None,
            language: Language::Danish,
            configuration: Configuration::default(),
            held_bytes: 32 << 20,
            hashes: SettingsHashes::embedded(),
            keeps_content: false,
            shard: None,
        })
    }

    /// What a run is made with, as its receipt tells it.
    pub fn receipt_rules(&self) -> ReceiptRules {
        let SettingsHashes { parameters, layouts, industries, configuration } = &self.hashes;
        ReceiptRules {
            all: self.rules_hash().to_string(),
            catalogue: rules::catalogue_hash().to_string(),
            parameters: parameters.to_string(),
            layouts: layouts.iter().map(ToString::to_string).collect(),
            industries: industries.to_string(),
            configuration: configuration.map(|hash| hash.to_string()),
            rules_date: self.rules_date.map(|date| date.to_string()),
            shard: self.shard.map(|shard| shard.to_string()),
        }
    }

    /// What the result of checking a file depends on besides the file: program, rules, figures, forms, limits. Not what
    /// the user decided: that is applied to the result.
    pub fn rules_hash(&self) -> FileHash {
        let hashes = [&self.hashes.parameters, &self.hashes.industries].into_iter().chain(&self.hashes.layouts);
        let hashes: Vec<String> = hashes.map(ToString::to_string).collect();
        let Self { rules_date, limits, keeps_content, .. } = self;
        let figures = format!("{:?} {rules_date:?} {limits:?} {keeps_content}", self.configuration.figures);
        let catalogue = rules::catalogue_hash().to_string();
        let program = [env!("CARGO_PKG_VERSION"), RECORD_VERSION, &catalogue, &figures];
        FileHash::of_pieces(program.into_iter().chain(hashes.iter().map(String::as_str)).map(str::as_bytes))
    }
}

/// Why the data that comes with the program cannot be used; a test keeps this from ever happening.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedDataError {
    /// The parameters.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A layout.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The list of industries.
    #[error(transparent)]
    Industries(#[from] IndustriesError),
}
