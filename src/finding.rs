//! What a rule found: where, what stands there, what should, in either language.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::form::Origin;
use crate::language::{Language, Text, fixed};
use crate::parameters::{Amount, Figure, Resolved, Status};
use crate::plain_text::quotable;
use crate::rules::Rule;
use crate::workbook::CellAddress;

/// How much a finding weighs; the order is that of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The guidance asks for judgement: the caseworker decides.
    Review,
    /// Probably a mistake, or cannot be verified.
    Warning,
    /// A stated condition is broken, or arithmetic is wrong.
    Error,
}

impl Severity {
    /// The word for it.
    pub const fn word(self) -> Text {
        match self {
            Self::Review => Text::new("Til vurdering", "Review"),
            Self::Warning => Text::new("Advarsel", "Warning"),
            Self::Error => Text::new("Fejl", "Error"),
        }
    }
}

/// A place in a workbook that a person can go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The name of the sheet.
    pub sheet: Arc<str>,
    /// The cell; `None` for what is missing altogether.
    pub cell: Option<CellAddress>,
    /// The label a person knows the field by; empty outside the form's fields.
    pub label: Arc<str>,
}

impl Place {
    /// The name of the sheet as reports show it.
    pub fn shown_sheet(&self) -> String {
        quotable(&self.sheet)
    }
}

impl From<&Origin> for Place {
    fn from(origin: &Origin) -> Self {
        Self { sheet: Arc::clone(&origin.sheet), cell: Some(origin.cell), label: Arc::clone(&origin.label) }
    }
}

/// A value that a message names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// Nothing stands there.
    Nothing,
    /// Text from the submission: shown shortened, without control characters and with CPR numbers masked.
    Submitted(String),
    /// A number that identifies a company or an industry, as read and valid.
    Identifier(String),
    /// Kroner.
    Amount(Decimal),
    /// Hours, days, weeks, kilometres, packages.
    Number(Decimal),
    /// A number to be typed into a cell: without thousands separators, which another country's Excel reads as decimals.
    ToType(Decimal),
    /// A day.
    Date(Date),
    /// A cell of the same workbook.
    Cell(Place),
    /// Cells of one sheet, in order.
    Cells(Vec<CellAddress>),
    /// Fixed words of the rule.
    Words(Text),
    /// Fixed words of the rule around a number, which stands in place of `{}`.
    Phrase(Text, Decimal),
    /// How much there is of something, at least, and how much there may be at most: what is counted stands in the words.
    Excess(Text, Decimal, Decimal),
    /// One of two numbers; which is not known.
    Either(Decimal, Decimal),
    /// More than so much of something: what is counted stands in the words.
    More(Text, Decimal),
    /// Fixed words of the rule around another value, which stands in place of `{}`.
    Sentence(Text, Box<Argument>),
}

impl Argument {
    /// As a person reads it.
    pub fn show(&self, language: Language) -> String {
        match self {
            Self::Nothing => Text::new("(tom)", "(empty)").get(language).into(),
            Self::Submitted(text) => quotable(text),
            Self::Identifier(text) => text.clone(),
            Self::Amount(amount) => language.amount(*amount),
            Self::Number(number) => language.number(*number),
            Self::ToType(number) => language.ungrouped(*number),
            Self::Date(date) => language.date(*date),
            Self::Cell(place) => place.cell.map_or_else(|| place.shown_sheet(), |cell| cell.to_string()),
            Self::Cells(cells) => language.list(&shown_cells(cells, language)),
            Self::Words(text) => text.get(language).into(),
            Self::Phrase(text, number) => text.get(language).replace("{}", &language.number(*number)),
            Self::Excess(what, found, most) => {
                let words = Text::new(
                    "mindst {found} {what}, og der må højst være {most}",
                    "at least {found} {what}, and may have {most} at most",
                );
                let words = words.get(language).replace("{found}", &language.number(*found));
                words.replace("{most}", &language.number(*most)).replace("{what}", what.get(language))
            }
            Self::Either(one, other) => {
                let or = Text::new("eller", "or").get(language);
                format!("{} {or} {}", language.number(*one), language.number(*other))
            }
            Self::More(what, most) => {
                let more = Text::new("mere end", "more than").get(language);
                format!("{more} {} {}", language.number(*most), what.get(language))
            }
            Self::Sentence(text, value) => text.get(language).replace("{}", &value.show(language)),
        }
    }

    /// As a program reads it: a decimal point, no thousands separators, ISO dates.
    pub fn plain(&self, language: Language) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Amount(amount) => format!("{:.2}", crate::money::round_to_ore(*amount)),
            Self::Number(number) | Self::ToType(number) => number.normalize().to_string(),
            Self::Date(date) => date.to_string(),
            other => other.show(language),
        }
    }
}

/// So many cells are named one by one; of more, the first and how many there are besides.
const CELLS_NAMED: usize = 6;

fn shown_cells(cells: &[CellAddress], language: Language) -> Vec<String> {
    let named = if cells.len() > CELLS_NAMED { CELLS_NAMED - 1 } else { cells.len() };
    let mut shown: Vec<String> = cells.iter().take(named).map(ToString::to_string).collect();
    if cells.len() > named {
        let more = Text::new("{} andre celler", "{} other cells");
        shown.push(more.get(language).replace("{}", &language.number(Decimal::from(cells.len() - named))));
    }
    shown
}

impl Argument {
    fn mask(&mut self) {
        match self {
            Self::Submitted(text) => *text = quotable(text),
            Self::Sentence(_, value) => value.mask(),
            _ => {}
        }
    }
}

/// What one rule found in one workbook.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// The rule; stored as its code.
    #[serde(with = "stored_rule")]
    pub rule: &'static Rule,
    /// How much it weighs: as the rule says, or as the user decided.
    pub severity: Severity,
    /// The places, the one to correct first; empty where the whole file is meant.
    pub places: Vec<Place>,
    /// What stands there.
    pub found: Argument,
    /// What should stand there.
    pub expected: Argument,
    /// Further values that the rule's message names.
    #[serde(deserialize_with = "stored_arguments")]
    pub arguments: Vec<(&'static str, Argument)>,
    /// How sure the least sure of the figures is that it rests on; `None` where it rests on none.
    pub certainty: Option<Status>,
}

/// A rule, stored as its code.
mod stored_rule {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::rules::{Rule, find};

    pub(super) fn serialize<S: Serializer>(rule: &Rule, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(rule.code)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Rule, D::Error> {
        let code = String::deserialize(from)?;
        find(&code).ok_or_else(|| D::Error::custom("no rule has this code"))
    }
}

/// The values that a message names; their names are few and fixed.
fn stored_arguments<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(&'static str, Argument)>, D::Error> {
    let stored: Vec<(String, Argument)> = Vec::deserialize(from)?;
    Ok(stored.into_iter().map(|(name, value)| (fixed(name), value)).collect())
}

impl Finding {
    /// A finding on the file as a whole.
    pub fn on_file(rule: &'static Rule) -> Self {
        let nothing = Argument::Nothing;
        Self {
            rule,
            severity: rule.severity,
            places: Vec::new(),
            found: nothing.clone(),
            expected: nothing,
            arguments: Vec::new(),
            certainty: None,
        }
    }

    /// A finding at a place.
    pub fn at(rule: &'static Rule, place: impl Into<Place>) -> Self {
        Self { places: vec![place.into()], ..Self::on_file(rule) }
    }

    /// Names a further place that the finding rests on.
    #[must_use]
    pub fn and_at(mut self, place: impl Into<Place>) -> Self {
        self.places.push(place.into());
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn found(mut self, found: Argument) -> Self {
        self.found = found;
        self
    }

    /// Says what should stand there.
    #[must_use]
    pub fn expected(mut self, expected: Argument) -> Self {
        self.expected = expected;
        self
    }

    /// Gives a value that the rule's message names `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Argument) -> Self {
        self.arguments.push((name, value));
        self
    }

    /// Masks what senders wrote: from here on the finding may be kept.
    pub fn mask(&mut self) {
        let arguments = self.arguments.iter_mut().map(|(_, value)| value);
        arguments.chain([&mut self.found, &mut self.expected]).for_each(Argument::mask);
    }

    /// Says how sure the figures are that it rests on, as they are in force.
    pub fn weigh_figures(&mut self, in_force: &Resolved<'_>) {
        // What depends on an unknown figure is never an error.
        let counts = |figure: &Figure<'_>| match figure.amount {
            Amount::Known(_) | Amount::BySize(_) => true,
            Amount::Unknown => self.rule.severity < Severity::Error,
            Amount::NoLimit => false,
        };
        let figures = self.rule.parameters.iter().filter_map(|key| in_force.figure(*key));
        self.certainty = figures.filter(counts).map(|figure| figure.status).max();
    }

    /// The severity of the finding.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The place to go to.
    pub fn place(&self) -> Option<&Place> {
        self.places.first()
    }

    /// How far off it is, where both sides are numbers.
    pub fn difference(&self) -> Option<Argument> {
        match (&self.found, &self.expected) {
            (Argument::Amount(found), Argument::Amount(expected)) => Some(Argument::Amount((found - expected).abs())),
            (Argument::Number(found), Argument::Number(expected)) => Some(Argument::Number((found - expected).abs())),
            _ => None,
        }
    }

    /// What was found, what was expected, and by how much it differs; and what to know about the figures behind it.
    pub fn message(&self, language: Language) -> String {
        let message = self.fill(self.rule.message.get(language), language);
        match self.certainty.and_then(Status::caveat) {
            Some(caveat) => format!("{message} {}", caveat.get(language)),
            None => message,
        }
    }

    /// What to do.
    pub fn action(&self, language: Language) -> String {
        self.fill(self.rule.action.get(language), language)
    }

    /// Puts the finding's values into the places `{name}` of a text.
    fn fill(&self, template: &str, language: Language) -> String {
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, following) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&self.value(name).map_or_else(String::new, |value| value.show(language)));
            rest = following;
        }
        text.push_str(rest);
        text
    }

    /// The value that texts name so: `found`, `expected`, `difference`, `label`, `cell`, or one of the rule's own.
    fn value(&self, name: &str) -> Option<Argument> {
        match name {
            "found" => Some(self.found.clone()),
            "expected" => Some(self.expected.clone()),
            "difference" => self.difference(),
            "label" => self.place().map(|place| Argument::Submitted(place.label.to_string())),
            "cell" => self.place().map(|place| Argument::Cell(place.clone())),
            _ => self.arguments.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()),
        }
    }

    /// The names of values that the texts ask for and the finding does not give.
    pub fn missing_values(&self) -> Vec<String> {
        let rule = self.rule;
        let texts = [rule.message.da, rule.message.en, rule.action.da, rule.action.en];
        let names = texts.iter().flat_map(|text| text.split('{').skip(1)).filter_map(|part| part.split('}').next());
        names.filter(|name| self.value(name).is_none()).map(str::to_owned).collect()
    }
}

/// What a check says of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing was found.
    Ok,
    /// Something is for the caseworker to judge.
    Review,
    /// Something is probably a mistake.
    Warning,
    /// A condition is broken, or arithmetic is wrong.
    Error,
    /// It could not be checked.
    NotChecked,
}

impl Verdict {
    /// All verdicts, best first.
    pub const ALL: [Self; 5] = [Self::Ok, Self::Review, Self::Warning, Self::Error, Self::NotChecked];

    /// The verdict on a file that was checked, from its findings.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(Finding::severity).max() {
            None => Self::Ok,
            Some(Severity::Review) => Self::Review,
            Some(Severity::Warning) => Self::Warning,
            Some(Severity::Error) => Self::Error,
        }
    }

    /// The word for it.
    pub const fn word(self) -> Text {
        match self {
            Self::Ok => Text::new("I orden", "OK"),
            Self::Review => Text::new("Til vurdering", "Review"),
            Self::Warning => Text::new("Advarsel", "Warning"),
            Self::Error => Text::new("Fejl", "Error"),
            Self::NotChecked => Text::new("Ikke kontrolleret", "Not checked"),
        }
    }

    /// The word for it behind a number of files: `18 med fejl`.
    pub const fn counted(self) -> Text {
        match self {
            Self::Ok => Text::new("i orden", "OK"),
            Self::Review => Text::new("til vurdering", "to review"),
            Self::Warning => Text::new("med advarsel", "with a warning"),
            Self::Error => Text::new("med fejl", "with an error"),
            Self::NotChecked => Text::new("ikke kontrolleret", "not checked"),
        }
    }

    /// The name in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Review => "review",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::NotChecked => "not-checked",
        }
    }
}
