//! Figures in words.

use rust_decimal::Decimal;

use super::{Amount, Bracket, Figure};
use crate::language::{Language, Text};

impl Figure<'_> {
    /// What the figure is, with its unit.
    pub fn in_words(&self, language: Language) -> String {
        match self.amount {
            Amount::Known(value) if self.unit == "andel" => {
                format!("{} %", language.number(value * Decimal::ONE_HUNDRED))
            }
            Amount::Known(value) if self.unit.starts_with("kr.") && !value.is_integer() => {
                format!("{} {}", language.amount(value), unit(self.unit, language))
            }
            Amount::Known(value) => format!("{} {}", language.number(value), unit(self.unit, language)),
            Amount::NoLimit => Text::new("ingen grænse", "no limit").get(language).into(),
            Amount::Unknown => Text::new("ukendt", "unknown").get(language).into(),
            Amount::BySize(brackets) => by_size(brackets, language),
        }
    }
}

fn by_size(brackets: &[Bracket], language: Language) -> String {
    let (from, employees) = (Text::new("fra", "from"), Text::new("ansatte", "employees"));
    let one = |bracket: &Bracket| format!("{} ({} {})", bracket.packages, from.get(language), bracket.employees_from);
    let all = brackets.iter().map(one).collect::<Vec<_>>().join(", ");
    format!("{} {}", all, employees.get(language))
}

/// The units of the data file, which has them in Danish.
fn unit(unit: &str, language: Language) -> &str {
    if language == Language::Danish {
        return unit;
    }
    match unit {
        "kr./time" => "kr./hour",
        "timer" => "hours",
        "timer/uge" => "hours/week",
        "dage" => "days",
        "arbejdsdage" => "working days",
        "uger" => "weeks",
        "måneder" => "months",
        "pakker/år" => "packages/year",
        other => other,
    }
}
