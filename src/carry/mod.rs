//! Carries what stands in one form into another: from a budget to the forms that follow it, from any edition to the
//! current one. What cannot be carried is listed, never dropped in silence.

mod accounts;
mod blanks;
mod overview;
mod transfer;
mod upgrade;

pub use accounts::{Grant, accounts};
pub use blanks::{Blank, blanks};
pub use overview::overview;
pub use upgrade::upgrade;

use std::fmt;

use crate::finding::Place;
use crate::form::Origin;
use crate::identity::{NOTHING_BUT_MASK, holds_cpr, mask_cpr};
use crate::language::{Language, Text};
use crate::plain_text::quotable;
use crate::template::Filling;

/// What goes into the new form, and what does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The values of the new form.
    pub filling: Filling,
    /// What was left behind, in the order of the old form.
    pub left: Vec<Left>,
}

/// Something in the old form that is not in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands in the old form.
    pub origin: Origin,
    /// What stands there; a CPR number is masked.
    text: MaskedText,
    /// Why it was left behind.
    pub reason: Reason,
}

/// Text without any CPR number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MaskedText(String);

/// Why something was left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is no value of the field's kind.
    Unusable,
    /// It looks like a CPR number.
    PersonalNumber,
    /// It was typed over a formula, which the new form has again.
    TypedOver,
    /// The new form has no room for the row.
    NoRoom,
    /// The new form has no field for it.
    NoField,
}

impl MaskedText {
    /// The text masked; nothing of a number that is a CPR number only with the zero it lost.
    fn new(text: &str, is_personal: bool) -> Self {
        Self(if is_personal && !holds_cpr(text) { NOTHING_BUT_MASK.to_owned() } else { mask_cpr(text) })
    }
}

impl fmt::Display for MaskedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quotable(&self.0))
    }
}

impl Reason {
    /// The reason as a person reads it.
    pub const fn words(self) -> Text {
        match self {
            Self::Unusable => Text::new("kan ikke bruges i feltet", "cannot be used in the field"),
            Self::PersonalNumber => Text::new("ligner et CPR-nummer", "looks like a CPR number"),
            Self::TypedOver => Text::new(
                "var skrevet over en formel; det nye regneark regner selv",
                "was typed over a formula; the new workbook calculates for itself",
            ),
            Self::NoRoom => Text::new("rækken er der ikke plads til i skabelonen", "the form has no room for the row"),
            Self::NoField => Text::new("skabelonen har ikke noget felt til det", "the form has no field for it"),
        }
    }
}

impl Left {
    /// `Budget!V6 »Timer«: »fem« kan ikke bruges i feltet`.
    pub fn in_words(&self, language: Language) -> String {
        let place = Place::from(&self.origin);
        let label = quotable(&self.origin.label);
        let label = if label.is_empty() { label } else { quoted(&label, language) + " " };
        let text = quoted(&self.text.to_string(), language);
        let reason = self.reason.words().get(language);
        format!("{}!{} {label}– {text}: {reason}", place.shown_sheet(), self.origin.cell)
    }
}

fn quoted(text: &str, language: Language) -> String {
    Text::new("»{}«", "“{}”").get(language).replace("{}", text)
}
