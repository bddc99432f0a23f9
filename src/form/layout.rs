//! The layout of a form, as data: which sheets, labels, types and units its fields have.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::label::{Label, NormalLabel};
use super::locate::Wanted;
use crate::parameters::ParameterKey;

/// Which of the three forms a workbook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FormKind {
    /// The budget.
    Budget,
    /// The course overview.
    #[serde(rename = "kursusoversigt")]
    Overview,
    /// The final accounts.
    #[serde(rename = "slutregnskab")]
    Accounts,
}

impl FormKind {
    /// The three forms, in the order a case meets them.
    pub const ALL: [Self; 3] = [Self::Budget, Self::Overview, Self::Accounts];

    /// The form's name, as in a template's marker and in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Overview => "kursusoversigt",
            Self::Accounts => "slutregnskab",
        }
    }
}

impl fmt::Display for FormKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// Any text.
    Text,
    /// A whole number.
    Whole,
    /// A number, zero or more.
    Number,
    /// A number of hours.
    Hours,
    /// An amount in kroner.
    Amount,
    /// A day.
    Date,
    /// Ja or Nej.
    YesNo,
    /// One of the field's choices.
    Choice,
    /// A CVR number.
    Cvr,
    /// A P-number.
    PNumber,
    /// A DB07 industry code.
    Industry,
    /// An e-mail address.
    Email,
}

impl FieldType {
    /// Whether the field holds a number.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::Number | Self::Hours | Self::Amount)
    }
}

/// What a field is read as.
#[derive(Debug, Clone, Copy)]
pub struct FieldKind<'l> {
    /// The type of the field.
    pub field_type: FieldType,
    /// The choices, where it holds one of several.
    pub choices: &'l [String],
    /// Whether the form computes it: then any number is a value, also one below zero.
    pub is_computed: bool,
}

/// The layout of one form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Which form it is.
    pub kind: FormKind,
    /// The name in the form's marker, cell A2 of its first sheet: `Skabelon: sporskifte-budget 1`.
    pub template: String,
    /// The edition in the form's marker.
    pub version: u32,
    /// The first application date the edition is meant for; `None` for any.
    pub valid_from: Option<jiff::civil::Date>,
    /// The last application date the edition is meant for; `None` for any.
    pub valid_to: Option<jiff::civil::Date>,
    /// The title on the first sheet.
    pub title: String,
    /// One sentence on how to fill in the form.
    pub intro: String,
    /// Sheets that the template brings along for its own use, beside those that are filled in.
    #[serde(default)]
    pub helper_sheets: Vec<String>,
    /// Its sheets in the order of their tabs.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetLayout>,
    /// The form's own texts besides its labels, as they are compared; made when they are first asked for.
    #[serde(skip)]
    own_words: OnceLock<BTreeSet<NormalLabel>>,
}

/// One sheet of a form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLayout {
    /// The name on the tab.
    pub name: String,
    /// Whether the form cannot be checked without it.
    pub required: bool,
    /// The title in A1, where it is not the form's own.
    pub title: Option<String>,
    /// Fields with their label in a cell and their value in the next cell to the right.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    /// The table on the sheet, where it has one.
    pub table: Option<TableLayout>,
    /// The columns of the table.
    #[serde(default, rename = "column")]
    pub columns: Vec<Column>,
    /// Fields below the table's totals row.
    #[serde(default, rename = "summary")]
    pub summary: Vec<SummaryField>,
    /// Parameters shown on the sheet for the formulas.
    #[serde(default, rename = "rate")]
    pub rates: Vec<RateLine>,
    /// The places of the columns by their keys; made when they are first asked for.
    #[serde(skip)]
    places: OnceLock<Arc<BTreeMap<String, usize>>>,
}

/// A field with its label in a cell of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The field's name in the model.
    pub key: String,
    /// The label, as people know it.
    pub label: Label,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
    /// It must be filled in where one of these columns holds anything but zero.
    #[serde(default)]
    pub required_with: Vec<String>,
    /// A sentence for the person who fills it in.
    pub help: Option<String>,
    /// Other spellings of the label that are taken as right.
    #[serde(default)]
    pub also: Vec<Label>,
    /// The choices, where it holds one of several.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The defined name that formulas know its cell by.
    pub name: Option<String>,
}

/// The table of a sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableLayout {
    /// The table's name in the model.
    pub key: String,
    /// The 1-based row of the column labels in the template.
    pub header_row: u32,
    /// How many rows the form has room for; `None` for any number.
    pub capacity: Option<u32>,
    /// How many empty rows the blank template has where there is no capacity.
    pub blank_rows: Option<u32>,
    /// Whether the form says nothing while no row is in use.
    #[serde(default)]
    pub needs_rows: bool,
    /// The words that mark the totals row.
    pub totals_label: Option<String>,
    /// The column in which those words stand.
    pub totals_in: Option<String>,
}

/// A column of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The column's name in the model.
    pub key: String,
    /// The label in the header row.
    pub label: Label,
    /// What its cells hold.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Whether it must be filled in, in every row that is in use.
    #[serde(default)]
    pub required: bool,
    /// It must be filled in where one of these columns of the row holds anything but zero.
    #[serde(default)]
    pub required_with: Vec<String>,
    /// A sentence for the person who fills it in.
    pub help: Option<String>,
    /// Other spellings of the label that are taken as right.
    #[serde(default)]
    pub also: Vec<Label>,
    /// The choices, where it holds one of several.
    #[serde(default)]
    pub choices: Vec<String>,
    /// How the form computes it, where it does.
    pub formula: Option<String>,
    /// Whether the totals row adds it.
    #[serde(default)]
    pub sum: bool,
    /// Its width in the template, in characters.
    pub width: Option<u16>,
}

/// A field below the totals row.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryField {
    /// The field's name in the model.
    pub key: String,
    /// The label, as people know it.
    pub label: Label,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// How the form computes it, where it does.
    pub formula: Option<String>,
    /// A sentence for the person who fills it in.
    pub help: Option<String>,
    /// Other spellings of the label that are taken as right.
    #[serde(default)]
    pub also: Vec<Label>,
}

/// A parameter shown on a sheet of the form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLine {
    /// The parameter.
    pub parameter: ParameterKey,
    /// The label beside it.
    pub label: String,
    /// The defined name that formulas know it by.
    pub name: Option<String>,
}

/// Why a layout file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// Not TOML, or not of this shape.
    #[error("not a layout file: {0}")]
    Syntax(#[from] toml::de::Error),
    /// Two fields of a sheet have one key.
    #[error("the key `{key}` stands twice on the sheet `{sheet}`")]
    Twice {
        /// The sheet's name.
        sheet: String,
        /// The key.
        key: String,
    },
    /// `required_with`, `totals_in` or the like names a field that the form does not have.
    #[error("`{0}` names a field that the form does not have")]
    UnknownKey(String),
}

impl Layout {
    /// The texts of the layouts that come with the program.
    pub const EMBEDDED: [&str; 3] = [
        include_str!("../../templates/budget.toml"),
        include_str!("../../templates/kursusoversigt.toml"),
        include_str!("../../templates/slutregnskab.toml"),
    ];

    /// The layouts that come with the program, one for each form.
    pub fn embedded() -> Result<Vec<Self>, LayoutError> {
        Self::EMBEDDED.into_iter().map(Self::from_toml).collect()
    }

    /// Reads a layout from the text of a layout file.
    pub fn from_toml(text: &str) -> Result<Self, LayoutError> {
        let layout: Self = toml::from_str(text)?;
        for sheet in &layout.sheets {
            sheet.check_keys()?;
        }
        let columns = |key: &String| layout.column(key).is_none();
        let fields = layout.sheets.iter().flat_map(|sheet| &sheet.fields);
        match fields.flat_map(|field| &field.required_with).find(|key| columns(key)) {
            Some(key) => Err(LayoutError::UnknownKey(key.clone())),
            None => Ok(layout),
        }
    }

    /// The text by which a workbook says which form it is: `Skabelon: sporskifte-budget 1`.
    pub fn marker(&self) -> String {
        format!("Skabelon: {} {}", self.template, self.version)
    }

    /// The sheet that holds the table of this key.
    pub fn table_sheet(&self, key: &str) -> Option<&SheetLayout> {
        self.sheets.iter().find(|sheet| sheet.table.as_ref().is_some_and(|table| table.key == key))
    }

    /// All fields with a label of their own at the top of a sheet.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sheets.iter().flat_map(|sheet| &sheet.fields)
    }

    /// The choices of the field with this label; none where it has no list.
    pub fn choices(&self, label: &str) -> &[String] {
        let fields = self.fields().map(|field| (&field.label, &field.choices));
        let columns =
            self.sheets.iter().flat_map(|sheet| &sheet.columns).map(|column| (&column.label, &column.choices));
        fields.chain(columns).find(|(name, _)| &***name == label).map_or(&[], |(_, choices)| choices)
    }

    /// Whether a text is one of the form's own besides its labels: a title or help.
    pub(super) fn is_own_text(&self, text: &str) -> bool {
        self.own_words
            .get_or_init(|| self.own_texts().map(NormalLabel::new).collect())
            .contains(&NormalLabel::new(text))
    }

    fn own_texts(&self) -> impl Iterator<Item = &str> {
        let sheets = self.sheets.iter();
        let titles = sheets.clone().filter_map(|sheet| sheet.title.as_deref());
        let help = self.fields().filter_map(|field| field.help.as_deref());
        let of_tables = sheets.flat_map(|sheet| {
            let columns = sheet.columns.iter().filter_map(|column| column.help.as_deref());
            columns.chain(sheet.summary.iter().filter_map(|field| field.help.as_deref()))
        });
        [self.title.as_str(), self.intro.as_str()].into_iter().chain(titles).chain(help).chain(of_tables)
    }

    /// Whether a sheet of this name is one that the template brings along for its own use.
    pub fn is_helper(&self, name: &str) -> bool {
        self.helper_sheets.iter().any(|helper| helper == name)
    }

    /// What the field of this key is read as, beside a label or below a table.
    pub fn field_kind(&self, key: &str) -> Option<FieldKind<'_>> {
        let beside = self.fields().find(|field| field.key == key).map(Field::kind);
        let mut below = self.sheets.iter().flat_map(|sheet| &sheet.summary);
        beside.or_else(|| below.find(|field| field.key == key).map(SummaryField::kind))
    }

    /// The column of this key, on whichever sheet.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.sheets.iter().flat_map(|sheet| &sheet.columns).find(|column| column.key == key)
    }
}

impl Field {
    /// What it is read as.
    pub fn kind(&self) -> FieldKind<'_> {
        FieldKind { field_type: self.field_type, choices: &self.choices, is_computed: false }
    }
}

impl SummaryField {
    /// What it is read as.
    pub fn kind(&self) -> FieldKind<'_> {
        FieldKind { field_type: self.field_type, choices: &[], is_computed: self.formula.is_some() }
    }
}

impl Column {
    /// What its cells are read as, in the rows of the table.
    pub fn kind(&self) -> FieldKind<'_> {
        FieldKind { field_type: self.field_type, choices: &self.choices, is_computed: self.formula.is_some() }
    }

    /// What its cell in the totals row is read as.
    pub fn total_kind(&self) -> FieldKind<'_> {
        let field_type = if self.sum { FieldType::Amount } else { self.field_type };
        FieldKind { field_type, is_computed: true, ..self.kind() }
    }

    /// The columns of the same row that the form computes this one from.
    pub fn precedents(&self) -> impl Iterator<Item = &str> {
        let formula = self.formula.as_deref().unwrap_or_default();
        formula.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(key, _)| key)
    }
}

impl SheetLayout {
    /// The labels of all its fields and columns.
    pub(super) fn labels(&self) -> impl Iterator<Item = &Label> {
        let fields = self.fields.iter().map(|field| &field.label);
        let columns = self.columns.iter().map(|column| &column.label);
        fields.chain(columns).chain(self.summary.iter().map(|field| &field.label))
    }

    /// The labels of its columns, to be looked for in a row of headers.
    pub(super) fn wanted_columns(&self) -> Vec<Wanted<'_>> {
        self.columns.iter().map(|column| Wanted { label: &column.label, also: &column.also }).collect()
    }

    /// The place of each column among the columns, by its key.
    pub(super) fn column_places(&self) -> Arc<BTreeMap<String, usize>> {
        let places = || self.columns.iter().enumerate().map(|(place, column)| (column.key.clone(), place)).collect();
        Arc::clone(self.places.get_or_init(|| Arc::new(places())))
    }

    fn check_keys(&self) -> Result<(), LayoutError> {
        let keys: Vec<&String> = (self.fields.iter().map(|field| &field.key))
            .chain(self.columns.iter().map(|column| &column.key))
            .chain(self.summary.iter().map(|field| &field.key))
            .collect();
        for (index, key) in keys.iter().enumerate() {
            if keys.iter().take(index).any(|earlier| earlier == key) {
                return Err(LayoutError::Twice { sheet: self.name.clone(), key: (*key).clone() });
            }
        }
        let is_column = |key: &String| self.columns.iter().any(|column| column.key == *key);
        let needed = self.columns.iter().flat_map(|column| &column.required_with);
        let totals = self.table.iter().filter_map(|table| table.totals_in.as_ref());
        match needed.chain(totals).find(|key| !is_column(key)) {
            Some(key) => Err(LayoutError::UnknownKey(key.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_its_layout() {
        let layouts = Layout::embedded().unwrap();
        assert_eq!(layouts.iter().map(|layout| layout.kind).collect::<Vec<_>>(), FormKind::ALL);
        assert_eq!(layouts[0].marker(), "Skabelon: sporskifte-budget 1");
    }

    #[test]
    fn a_layout_that_names_an_unknown_field_is_refused() {
        let text = include_str!("../../templates/budget.toml").replace("\"driving.km\"]", "\"driving.kilometre\"]");
        assert!(matches!(Layout::from_toml(&text), Err(LayoutError::UnknownKey(key)) if key == "driving.kilometre"));
    }

    #[test]
    fn a_layout_with_a_key_twice_is_refused() {
        let text = include_str!("../../templates/budget.toml").replace("key = \"admin.rate\"", "key = \"admin.hours\"");
        assert!(matches!(Layout::from_toml(&text), Err(LayoutError::Twice { key, .. }) if key == "admin.hours"));
    }
}
