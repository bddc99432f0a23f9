//! One value of a table, before any format writes it.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::finding::{Argument, Severity, Verdict};
use crate::language::Language;
use crate::report::model::Claim;

/// What stands in a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) enum Value<'r> {
    /// Nothing.
    Blank,
    /// Text, from a submission too.
    Text(Cow<'r, str>),
    /// Text that stands out.
    Strong(Cow<'r, str>),
    /// How many there are.
    Count(usize),
    /// A number with the decimals it has.
    Number(Decimal),
    /// Kroner.
    Amount(Decimal),
    /// Kroner that are zero where all is well.
    Difference(Decimal),
    /// Kroner that are below zero where something is wrong.
    Left(Decimal),
    /// An amount that is not known.
    Unknown,
    /// A day.
    Date(Date),
    /// A severity.
    Severity(Severity),
    /// A verdict.
    Verdict(Verdict),
}

impl<'r> Value<'r> {
    /// Text that may be missing.
    pub(in crate::report) fn optional(text: Option<impl Into<Cow<'r, str>>>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.into()))
    }

    /// The text of a submission or a rule, which may take several lines.
    pub(in crate::report) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Strong(text) => Some(text),
            _ => None,
        }
    }

    /// The same value, apart from where its text was taken from.
    pub(in crate::report) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Blank => Value::Blank,
            Self::Text(text) => Value::Text(text.into_owned().into()),
            Self::Strong(text) => Value::Strong(text.into_owned().into()),
            Self::Count(count) => Value::Count(count),
            Self::Number(number) => Value::Number(number),
            Self::Amount(amount) => Value::Amount(amount),
            Self::Difference(difference) => Value::Difference(difference),
            Self::Left(left) => Value::Left(left),
            Self::Unknown => Value::Unknown,
            Self::Date(date) => Value::Date(date),
            Self::Severity(severity) => Value::Severity(severity),
            Self::Verdict(verdict) => Value::Verdict(verdict),
        }
    }

    /// A value that a finding names: numbers and days stay what they are.
    pub(in crate::report) fn of_argument(argument: &Argument, language: Language) -> Self {
        match argument {
            Argument::Nothing => Self::Blank,
            Argument::Amount(amount) => Self::Amount(*amount),
            Argument::Number(number) => Self::Number(*number),
            Argument::Date(date) => Self::Date(*date),
            words => Self::Text(words.show(language).into()),
        }
    }

    /// Claimed, recalculated and the difference; blank where nothing is claimed and nothing can be recalculated.
    pub(in crate::report) fn of_claim(claim: Claim) -> [Self; 3] {
        if claim == Claim::default() {
            return [Self::Blank, Self::Blank, Self::Blank];
        }
        let known = |amount: Option<Decimal>| amount.map_or(Self::Unknown, Self::Amount);
        let difference = claim.difference().map_or(Self::Unknown, Self::Difference);
        [known(claim.claimed), known(claim.recalculated), difference]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_without_anything_is_blank_and_half_a_claim_is_unknown() {
        let amount = Decimal::from(7);
        assert_eq!(Value::of_claim(Claim::default()), [Value::Blank, Value::Blank, Value::Blank]);
        let half = Claim { claimed: Some(amount), recalculated: None };
        assert_eq!(Value::of_claim(half), [Value::Amount(amount), Value::Unknown, Value::Unknown]);
    }
}
