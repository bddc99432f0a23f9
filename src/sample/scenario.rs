//! The shape of a scenario in TOML.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::Error as _;
use toml::{Table, Value};

use super::SampleError;
use super::insert::Insertion;
use crate::form::FormKind;

/// A case described as data: what its forms say, or which changes lie on top of another case.
///
/// All addresses are those of the unchanged form: rows and columns are inserted, and sheets renamed, last.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// What it shows; its name in error messages.
    pub what: String,
    /// The case it stands on.
    pub base: Option<String>,
    /// The date whose figures the template has; the application date where it is not given.
    pub(super) template_date: Option<Date>,
    /// Values for every form that has the field.
    #[serde(skip)]
    pub(super) fields: Table,
    /// The packages, for every form that has the column.
    #[serde(skip)]
    pub(super) packages: Vec<Table>,
    /// The activities.
    #[serde(skip)]
    pub(super) activities: Vec<Table>,
    /// The lines of other support.
    #[serde(skip)]
    pub(super) support: Vec<Table>,
    /// Forms that are left out.
    pub(super) omit: Vec<Target>,
    /// Inputs that are changed.
    #[serde(skip)]
    pub(super) set: BTreeMap<Target, Table>,
    /// How many packages there are, each a copy of the first with a number and an employee of its own.
    pub(super) repeat: BTreeMap<Target, u32>,
    /// What is typed into any cell, over a formula too.
    #[serde(skip)]
    pub(super) r#type: BTreeMap<Target, Table>,
    /// Formulas that stand in place of what the form has.
    pub(super) formula: BTreeMap<Target, BTreeMap<String, OtherFormula>>,
    /// Stored values that are not what the formula gives.
    #[serde(skip)]
    pub(super) stored: BTreeMap<Target, Table>,
    /// Sheets (`Budget`) and labels (`Budget!I5`) that are called something else.
    pub(super) rename: BTreeMap<Target, BTreeMap<String, String>>,
    /// Sheets that are missing.
    pub(super) remove: BTreeMap<Target, Vec<String>>,
    /// Sheets that are hidden.
    pub(super) hide: BTreeMap<Target, Vec<String>>,
    /// Sheets that the form does not have.
    pub(super) add: BTreeMap<Target, Vec<String>>,
    /// Rows and columns that are inserted.
    pub(super) insert: BTreeMap<Target, Vec<Insertion>>,
}

/// Which forms a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Every form that has the field.
    All,
    /// The budget.
    Budget,
    /// The course overview.
    Overview,
    /// The final accounts.
    Accounts,
}

impl Target {
    /// Whether a change for the target is for this form.
    pub fn is_for(self, kind: FormKind) -> bool {
        match self {
            Self::All => true,
            Self::Budget => kind == FormKind::Budget,
            Self::Overview => kind == FormKind::Overview,
            Self::Accounts => kind == FormKind::Accounts,
        }
    }
}

/// A formula in place of the form's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherFormula {
    /// Its text, without `=`.
    pub(super) text: String,
    /// The value stored with it, from which the form goes on calculating.
    pub(super) value: Value,
}

/// Named cases that others stand on.
#[derive(Debug, Clone, Default)]
pub struct Bases {
    cases: BTreeMap<String, Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BasesFile {
    case: Vec<Table>,
}

impl Scenario {
    /// A scenario from a TOML table that holds nothing else.
    pub fn from_table(mut table: Table) -> Result<Self, SampleError> {
        let name = table.get("what").and_then(Value::as_str).unwrap_or("?").to_owned();
        // Cell values are taken out by hand: the TOML library makes texts of dates on the way through serde.
        let mut taken = |key: &str| table.remove(key);
        let fields = taken("fields").map_or(Ok(Table::new()), as_table);
        let rows = ["packages", "activities", "support"].map(|key| taken(key).map_or(Ok(Vec::new()), as_rows));
        let changes = ["set", "type", "stored"].map(|key| taken(key).map_or(Ok(BTreeMap::new()), as_changes));
        let with_values = |rest: Self| {
            let ([packages, activities, support], [set, r#type, stored]) = (rows, changes);
            Ok(Self {
                fields: fields?,
                packages: packages?,
                activities: activities?,
                support: support?,
                set: set?,
                r#type: r#type?,
                stored: stored?,
                ..rest
            })
        };
        let syntax = |error| SampleError::Syntax { scenario: name, error: Box::new(error) };
        table.try_into().and_then(with_values).map_err(syntax)
    }
}

fn as_table(value: Value) -> Result<Table, toml::de::Error> {
    match value {
        Value::Table(table) => Ok(table),
        other => Err(toml::de::Error::custom(format!("a table is needed, not {}", other.type_str()))),
    }
}

fn as_rows(value: Value) -> Result<Vec<Table>, toml::de::Error> {
    match value {
        Value::Array(rows) => rows.into_iter().map(as_table).collect(),
        other => Err(toml::de::Error::custom(format!("rows are needed, not {}", other.type_str()))),
    }
}

fn as_changes(value: Value) -> Result<BTreeMap<Target, Table>, toml::de::Error> {
    let targets = as_table(value)?.into_iter();
    targets.map(|(target, changes)| Ok((Value::String(target).try_into()?, as_table(changes)?))).collect()
}

impl Bases {
    /// The clean cases that come with the program: one for each year with rules.
    pub fn embedded() -> Result<Self, SampleError> {
        Self::from_toml(include_str!("../../samples/bases.toml"))
    }

    /// Reads named cases: `[[case]]`, each with a `name`; a case stands only on those above it.
    pub fn from_toml(text: &str) -> Result<Self, SampleError> {
        let file: BasesFile = toml::from_str(text)
            .map_err(|error| SampleError::Syntax { scenario: "bases".to_owned(), error: Box::new(error) })?;
        let mut bases = Self::default();
        for mut table in file.case {
            let name = table.remove("name").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
            let scenario = Scenario::from_table(table)?;
            if let Some(base) = scenario.base.as_ref().filter(|base| !bases.cases.contains_key(*base)) {
                return Err(SampleError::UnknownBase { scenario: name, base: base.clone() });
            }
            bases.cases.insert(name, scenario);
        }
        Ok(bases)
    }

    /// The case of this name.
    pub fn get(&self, name: &str) -> Option<&Scenario> {
        self.cases.get(name)
    }

    /// The names of all cases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.cases.keys().map(String::as_str)
    }
}
