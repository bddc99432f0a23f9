//! What may be typed into a cell: drop-downs, limits, and the messages beside them.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, XlsxError};

use super::formula::CellRange;
use crate::form::FieldType;

/// A rule for the input of some cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRule {
    /// The cells.
    pub range: CellRange,
    /// What may be typed.
    pub allowed: Allowed,
    /// The title of the message shown beside the cell.
    pub title: String,
    /// The message; empty for none.
    pub message: String,
}

/// What may be typed into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// Anything; the rule only shows its message.
    Anything,
    /// One of a few choices.
    OneOf(Vec<String>),
    /// One of the choices that stand in these cells.
    OneOfCells(CellRange),
    /// A whole number, zero or more.
    Whole,
    /// A number, zero or more.
    Number,
    /// A day from 2017 to 2050.
    Date,
    /// Text of this many characters.
    TextLength(u32, u32),
}

/// The longest text Excel takes as the title of a message.
const TITLE_LENGTH: usize = 32;
/// The longest text Excel takes as a message or a list of choices.
const MESSAGE_LENGTH: usize = 255;

impl Allowed {
    /// What a field of a type takes. Choices are listed here only where Excel can hold them in the rule itself.
    pub(super) fn in_field(field_type: FieldType, choices: &[String]) -> Self {
        match field_type {
            FieldType::YesNo => Self::OneOf(vec!["Ja".to_owned(), "Nej".to_owned()]),
            FieldType::Choice => Self::OneOf(choices.to_vec()),
            FieldType::Whole => Self::Whole,
            FieldType::Number | FieldType::Hours | FieldType::Amount => Self::Number,
            FieldType::Date => Self::Date,
            FieldType::Cvr => Self::TextLength(8, 11),
            FieldType::PNumber => Self::TextLength(10, 13),
            FieldType::Industry => Self::TextLength(6, 8),
            FieldType::Text | FieldType::Email => Self::Anything,
        }
    }

    /// Whether Excel can hold these choices in the rule itself: it separates them with commas.
    pub(super) fn fit_in_rule(choices: &[String]) -> bool {
        let length: usize = choices.iter().map(|choice| choice.chars().count() + 1).sum();
        length <= MESSAGE_LENGTH && choices.iter().all(|choice| !choice.contains(','))
    }

    fn error_message(&self) -> &'static str {
        match self {
            Self::Anything => "",
            Self::OneOf(_) | Self::OneOfCells(_) => "Vælg en af mulighederne på listen.",
            Self::Whole => "Skriv et helt tal, der ikke er negativt, fx 12.",
            Self::Number => "Skriv et tal uden enhed, der ikke er negativt, fx 1234,50.",
            Self::Date => "Skriv en dato mellem 2017 og 2050 som dag-måned-år, fx 01-03-2024.",
            Self::TextLength(8, _) => "Et CVR-nummer har 8 cifre.",
            Self::TextLength(10, _) => "Et P-nummer har 10 cifre.",
            Self::TextLength(..) => "En branchekode har 6 cifre.",
        }
    }
}

impl InputRule {
    /// The rule as the workbook library writes it, with a list's cells under the given sheet name.
    pub(super) fn data_validation(&self, list_sheet: Option<&str>) -> Result<DataValidation, XlsxError> {
        let validation = allow(&self.allowed, list_sheet)?;
        let validation =
            validation.set_error_title("Ret indtastningen")?.set_error_message(self.allowed.error_message())?;
        if self.message.is_empty() {
            return Ok(validation);
        }
        validation
            .set_input_title(shortened(&self.title, TITLE_LENGTH))?
            .set_input_message(shortened(&self.message, MESSAGE_LENGTH))
    }
}

fn allow(allowed: &Allowed, list_sheet: Option<&str>) -> Result<DataValidation, XlsxError> {
    let validation = DataValidation::new();
    Ok(match allowed {
        Allowed::Anything => validation.allow_any_value(),
        Allowed::OneOf(choices) => validation.allow_list_strings(choices)?,
        Allowed::OneOfCells(range) => {
            let list = list_sheet.map_or_else(|| range.absolute(), |sheet| format!("{sheet}!{}", range.absolute()));
            validation.allow_list_formula(Formula::new(list))
        }
        Allowed::Whole => validation.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
        Allowed::Number => validation.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        Allowed::Date => validation.allow_date(DataValidationRule::Between(
            ExcelDateTime::from_ymd(2017, 1, 1)?,
            ExcelDateTime::from_ymd(2050, 12, 31)?,
        )),
        Allowed::TextLength(least, most) => validation.allow_text_length(DataValidationRule::Between(*least, *most)),
    })
}

/// A text cut to what Excel can hold, at the end of a word.
fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length - 1).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_for_a_message_is_cut_at_a_word() {
        assert_eq!(shortened("Efteruddannelse: deltagerbetaling (kr.)", 32), "Efteruddannelse:…");
        assert_eq!(shortened("Timeløn (kr.)", 32), "Timeløn (kr.)");
    }

    #[test]
    fn choices_with_commas_cannot_stand_in_the_rule_itself() {
        assert!(Allowed::fit_in_rule(&["Ja".to_owned(), "Nej".to_owned()]));
        assert!(!Allowed::fit_in_rule(&["Løntilskud, førtidspensionist".to_owned()]));
        assert!(!Allowed::fit_in_rule(&vec!["Voksenlærlingetilskud".to_owned(); 12]));
    }
}
