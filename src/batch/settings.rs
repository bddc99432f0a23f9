//! What a run checks by.

use std::sync::Arc;

use jiff::civil::Date;

use crate::configuration::Configuration;
use crate::form::{Layout, LayoutError};
use crate::language::Language;
use crate::parameters::{Industries, IndustriesError, Parameters, ParametersError};
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
    /// How many files stay in memory between being read and being checked with their case. Files beyond are read
    /// again, so that a run of any length needs no more memory than this many forms.
    pub kept_in_memory: usize,
}

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
            kept_in_memory: 512,
        })
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
