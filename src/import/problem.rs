//! What is wrong with data that is to be imported, and where.

use std::fmt;

use crate::language::Language;
use crate::plain_text::quotable;

/// A place in a JSON document: `$.files[0].form.fields["company.cvr"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct JsonPath(String);

impl JsonPath {
    /// The whole document.
    pub fn root() -> Self {
        Self("$".to_owned())
    }

    /// A member of the object here.
    #[must_use]
    pub fn member(&self, key: &str) -> Self {
        let is_plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let key = quotable(key);
        Self(if is_plain { format!("{}.{key}", self.0) } else { format!("{}[\"{key}\"]", self.0) })
    }

    /// An item of the array here.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// Something is wrong here.
    pub fn problem(&self, mistake: Mistake) -> ImportProblem {
        ImportProblem { path: self.clone(), mistake }
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that keeps data from being imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblem {
    /// Where it stands.
    pub path: JsonPath,
    /// What is wrong.
    pub mistake: Mistake,
}

/// What is wrong with a place in the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// There is no such member here.
    Unknown,
    /// A member of this name stands here more than once.
    Twice,
    /// Something must stand here and does not.
    Missing,
    /// Something of another kind must stand here.
    Expected(Expected),
    /// A masked CPR number cannot be made whole again.
    Masked,
    /// A CPR number, which must stand in no form.
    PersonalNumber,
    /// The text is longer than a cell can hold.
    TooLong,
    /// Another number of cases than one.
    NotOneCase(usize),
    /// The file was none of the forms.
    NoForm,
    /// More rows than the form has room for.
    TableFull(u32),
    /// A computed field says something else than the form's formula gives; what it gives.
    FormulaGives(String),
    /// The field would be read otherwise than it is given; how.
    ReadAs(String),
    /// The row says nothing that makes it count as used.
    RowNotUsed,
}

/// What must stand in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// An object.
    Object,
    /// An array.
    Array,
    /// Text.
    Text,
    /// `true` or `false`.
    YesNo,
    /// A decimal number as text.
    Decimal,
    /// A day.
    Date,
    /// One of these words.
    OneOf(Vec<String>),
    /// Exactly one of `value`, `written` and `masked`.
    OneOfThree,
    /// A CVR number.
    Cvr,
    /// A P-number.
    PNumber,
    /// An industry code.
    Industry,
}

impl ImportProblem {
    /// The problem in words.
    pub fn in_words(&self, language: Language) -> String {
        let text = |da: &str, en: &str| if language == Language::Danish { da.to_owned() } else { en.to_owned() };
        let mistake = match &self.mistake {
            Mistake::Unknown => text("der er ikke noget, der hedder sådan her", "there is nothing of this name here"),
            Mistake::Twice => text(
                "står her mere end én gang, og det ses ikke, hvilken der gælder",
                "stands here more than once, and nothing tells which one counts",
            ),
            Mistake::Missing => text("mangler", "is missing"),
            Mistake::Expected(expected) => expected.in_words(language),
            Mistake::Masked => text(
                "et CPR-nummer er maskeret og kan ikke gendannes; sæt noget andet ind, fx initialer",
                "a CPR number is masked and cannot be restored; put something else here, such as initials",
            ),
            Mistake::PersonalNumber => text(
                "et CPR-nummer må ikke stå i skemaet; brug initialer eller lønnummer",
                "a CPR number must not stand in the form; use initials or a payroll number",
            ),
            Mistake::TooLong => text(
                "er længere end de 32.767 tegn, som en celle kan holde",
                "is longer than the 32,767 characters that a cell can hold",
            ),
            Mistake::NotOneCase(count) => text(
                &format!(
                    "her er {count} sager, og der skal være én: eksportér sagen alene, eller tag én linje af --format jsonl"
                ),
                &format!(
                    "{count} cases are here, and there must be one: export the case alone, or take a line of --format jsonl"
                ),
            ),
            Mistake::NoForm => text(
                "filen var ingen af skemaerne og kan ikke laves",
                "the file was none of the forms and cannot be made",
            ),
            Mistake::TableFull(capacity) => text(
                &format!("skemaet har kun plads til {capacity} rækker"),
                &format!("the form has room for {capacity} rows only"),
            ),
            Mistake::FormulaGives(gives) => text(
                &format!("skemaets formel giver {gives}; udelad feltet, eller skriv \"overridden\": true"),
                &format!("the form's formula gives {gives}; leave the field out, or write \"overridden\": true"),
            ),
            Mistake::ReadAs(read) => text(
                &format!("ville blive læst anderledes i regnearket: {read}"),
                &format!("would be read otherwise in the workbook: {read}"),
            ),
            Mistake::RowNotUsed => text(
                "rækken siger ikke andet end sit nummer og ville ikke tælle med",
                "the row says nothing but its number and would not count",
            ),
        };
        format!("{}: {mistake}", self.path)
    }
}

impl Expected {
    fn in_words(&self, language: Language) -> String {
        let text = |da: &str, en: &str| if language == Language::Danish { da.to_owned() } else { en.to_owned() };
        match self {
            Self::Object => text("skal være et objekt", "must be an object"),
            Self::Array => text("skal være en liste", "must be an array"),
            Self::Text => text(
                "skal være tekst, ikke tom og uden mellemrum i enderne",
                "must be text, not empty and without spaces at its ends",
            ),
            Self::YesNo => text("skal være true eller false", "must be true or false"),
            Self::Decimal => text(
                "skal være et tal skrevet som tekst, fx \"312.50\": ikke negativt, under en milliard, højst 15 cifre",
                "must be a number written as text, such as \"312.50\": not negative, below a billion, at most 15 digits",
            ),
            Self::Date => text(
                "skal være en dato fra 1900 eller senere, fx \"2023-05-01\"",
                "must be a date from 1900 on, such as \"2023-05-01\"",
            ),
            Self::OneOf(words) => {
                let words = words.join(", ");
                text(&format!("skal være en af: {words}"), &format!("must be one of: {words}"))
            }
            Self::OneOfThree => text(
                "skal have netop én af value, written og masked",
                "must have exactly one of value, written and masked",
            ),
            Self::Cvr => text("skal være et gyldigt CVR-nummer (8 cifre)", "must be a valid CVR number (8 digits)"),
            Self::PNumber => text("skal være et P-nummer (10 cifre)", "must be a P-number (10 digits)"),
            Self::Industry => text("skal være en branchekode (6 cifre)", "must be an industry code (6 digits)"),
        }
    }
}
