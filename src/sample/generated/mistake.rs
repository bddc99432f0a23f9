//! The kinds of mistakes, as `samples/mistakes.toml` lists them, and how one is planted in a case.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::super::SampleError;
use super::super::resolve::CaseFilling;
use super::super::scenario::{Scenario, Target};
use super::application::{Application, PlannedPackage};
use super::expected::Expected;
use super::package::{PackageNeed, PartKind};
use super::relative;
use crate::form::{FormKind, Layout};
use crate::template::{Place, keys};

/// What a mistake needs of the case that it is planted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CaseNeed {
    /// A course overview.
    Overview,
    /// No course overview.
    NoOverview,
    /// Final accounts.
    Accounts,
    /// A grant well below the threshold for an audit.
    SmallGrant,
    /// A grant well above it.
    LargeGrant,
    /// None of the package's activities in the overview.
    NoActivities,
    /// A folder of its own.
    OwnFolder,
    /// More packages than the year allows.
    OverLimit,
}

/// A kind of mistake.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistake {
    /// Its name in the list of what is expected.
    pub(super) kind: String,
    /// What is wrong, in a few words.
    pub(super) what: String,
    /// How often it is made beside the others.
    pub(super) weight: u32,
    /// The first and the last year in which it is one.
    years: Option<(i16, i16)>,
    /// How many packages it needs.
    #[serde(default = "one")]
    pub(super) packages: usize,
    /// What it needs of its package.
    #[serde(default, rename = "package")]
    pub(super) package_needs: Vec<PackageNeed>,
    #[serde(default, rename = "case")]
    case_needs: Vec<CaseNeed>,
    /// Whether it is never made together with another.
    #[serde(default)]
    pub(super) alone: bool,
    /// The codes that it gives.
    #[serde(default)]
    expect: BTreeMap<Target, Vec<String>>,
    /// The codes that are given once less because of it.
    #[serde(default)]
    hides: BTreeMap<Target, Vec<String>>,
    /// The codes that are no longer given because of it.
    #[serde(default)]
    hides_all: BTreeMap<Target, Vec<String>>,
    /// The change of the case: a scenario with places to fill in.
    #[serde(default)]
    change: Table,
}

/// A way in which a file is broken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Breakage {
    /// Which way; its name in the list of what is expected.
    pub(super) kind: BreakageKind,
    /// What is wrong, in a few words.
    pub(super) what: String,
    /// How often it happens beside the others.
    pub(super) weight: u32,
    /// The codes that it gives.
    pub(super) expect: Vec<String>,
}

/// The ways in which a file is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum BreakageKind {
    Truncated,
    WebPage,
    Encrypted,
    Empty,
    OtherWorkbook,
}

impl BreakageKind {
    /// The name in the list of what is expected.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::WebPage => "web-page",
            Self::Encrypted => "encrypted",
            Self::Empty => "empty",
            Self::OtherWorkbook => "other-workbook",
        }
    }
}

/// All mistakes and breakages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistakes {
    pub(super) mistake: Vec<Mistake>,
    pub(super) oddity: Vec<Mistake>,
    pub(super) broken: Vec<Breakage>,
}

impl Mistakes {
    /// Those that come with the program.
    pub(super) fn embedded() -> Result<Self, SampleError> {
        toml::from_str(include_str!("../../../samples/mistakes.toml")).map_err(|error| SampleError::Syntax {
            scenario: "samples/mistakes.toml".to_owned(),
            error: Box::new(error),
        })
    }
}

fn one() -> usize {
    1
}

impl Mistake {
    /// Whether it is a mistake in the year.
    pub(super) fn is_of(&self, year: i16) -> bool {
        self.years.is_none_or(|(first, last)| (first..=last).contains(&year))
    }

    /// Whether it needs this of its case.
    pub(super) fn needs(&self, need: CaseNeed) -> bool {
        self.case_needs.contains(&need)
    }

    /// Whether it is planted in a package, so that another package can have another mistake.
    fn is_in_package(&self) -> bool {
        self.change.iter().any(|(key, value)| names_place(key, value))
    }

    /// Whether both can be made in one case, each to be seen by itself.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        let conflict = |need, against| self.needs(need) && other.needs(against);
        let is_split = |need, against| conflict(need, against) || other.needs(need) && self.needs(against);
        let years = |mistake: &Self| mistake.years.unwrap_or((i16::MIN, i16::MAX));
        let ((own_first, own_last), (first, last)) = (years(self), years(other));
        !self.alone
            && !other.alone
            && self.kind != other.kind
            && self.is_in_package()
            && other.is_in_package()
            && own_first.max(first) <= own_last.min(last)
            && !is_split(CaseNeed::Overview, CaseNeed::NoOverview)
            // What budget and accounts say is compared: a slip in one would show in the other.
            && self.needs(CaseNeed::Accounts) == other.needs(CaseNeed::Accounts)
    }

    /// Plants the mistake in the package of a victim; gives the cells that it changed.
    pub(super) fn plant(
        &self,
        case: &mut CaseFilling,
        application: &Application<'_>,
        victim: usize,
        layouts: &[Layout],
    ) -> Result<Vec<(FormKind, String)>, SampleError> {
        let rows = Rows::of(application, victim);
        let mut change = rows.fill_in(Value::Table(self.change.clone()));
        relative::resolve(&mut change, case, layouts);
        let Value::Table(mut change) = change else { return Ok(Vec::new()) };
        change.insert("what".to_owned(), self.kind.clone().into());
        let scenario = Scenario::from_table(change)?;
        *case = scenario.applied_to(std::mem::take(case), layouts)?;
        Ok(scenario.changed_cells(case, layouts))
    }

    /// Adds what the mistake gives to what the case has without it.
    pub(super) fn add_to(&self, expected: &mut Expected, forms: &[FormKind]) {
        for &kind in forms {
            for code in of_form(&self.hides, kind) {
                expected.drop_one(kind, code);
            }
            for code in of_form(&self.hides_all, kind) {
                expected.drop_all(kind, code);
            }
            for code in of_form(&self.expect, kind) {
                expected.add(kind, code);
            }
        }
    }
}

/// The codes listed for a form.
fn of_form(listed: &BTreeMap<Target, Vec<String>>, kind: FormKind) -> impl Iterator<Item = &String> {
    listed.iter().filter(move |(target, _)| target.is_for(kind)).flat_map(|(_, codes)| codes)
}

/// Whether a change has a place to fill in.
fn names_place(key: &str, value: &Value) -> bool {
    key.contains('{')
        || match value {
            Value::String(text) => text.contains('{'),
            Value::Table(table) => table.iter().any(|(key, value)| names_place(key, value)),
            _ => false,
        }
}

/// The rows that the places of a mistake stand for, counted from 1.
struct Rows(Vec<(&'static str, String)>);

impl Rows {
    /// `{p}` the package, `{q}` another, `{n}` how many there are; the rows of the package's activities: `{a}` the first,
    /// `{b}` the second, `{z}` the last, `{c}` the first course, `{g}` the guidance, `{i}` the internship, `{o}` the first
    /// activity of another package; `{s}` its first line of other support, `{t}` the first free one; `{sat}` days from its
    /// end to the Saturday after; `{course_wage}`, `{costs}`, `{grant}` its amounts, `{first_grant}` the first package's.
    fn of(application: &Application<'_>, victim: usize) -> Self {
        let packages = &application.packages;
        let other = usize::from(victim == 0);
        let parts = |index: usize| packages.get(index).map_or(&[][..], |planned| planned.package.parts.as_slice());
        let first_activity = |of: usize| (0..of).map(|index| parts(index).len()).sum::<usize>() + 1;
        let support = |index: usize| packages.get(index).map_or(0, |planned| planned.package.support.len());
        let kind = |kind: PartKind| parts(victim).iter().position(|part| part.kind == kind).unwrap_or_default();
        let start = first_activity(victim);
        let rows = [
            ("{p}", victim + 1),
            ("{q}", other + 1),
            ("{n}", packages.len()),
            ("{a}", start),
            ("{b}", start + 1),
            ("{z}", start + parts(victim).len() - 1),
            ("{c}", start + kind(PartKind::Course)),
            ("{g}", start + kind(PartKind::Guidance)),
            ("{i}", start + kind(PartKind::Internship)),
            ("{o}", first_activity(other)),
            ("{s}", (0..victim).map(support).sum::<usize>() + 1),
            ("{t}", (0..packages.len()).map(support).sum::<usize>() + 1),
        ];
        let mut places: Vec<(&'static str, String)> =
            rows.into_iter().map(|(place, row)| (place, row.to_string())).collect();
        if let Some(PlannedPackage { amounts, slots, .. }) = packages.get(victim) {
            let first = packages.first().map_or(amounts.grant, |planned| planned.amounts.grant);
            let named = [
                ("{course_wage}", amounts.course_wage),
                ("{costs}", amounts.costs),
                ("{grant}", amounts.grant),
                ("{first_grant}", first),
            ];
            places.extend(named.map(|(place, amount)| (place, amount.to_string())));
            let end = slots.last().map_or(1, |slot| slot.end.weekday().to_monday_one_offset());
            places.push(("{sat}", (6 - end).to_string()));
        }
        Self(places)
    }

    fn fill_in(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.written(&text)),
            Value::Table(table) => {
                Value::Table(table.into_iter().map(|(key, value)| (self.written(&key), self.fill_in(value))).collect())
            }
            Value::Array(items) => Value::Array(items.into_iter().map(|item| self.fill_in(item)).collect()),
            other => other,
        }
    }

    fn written(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (place, row)| text.replace(place, row))
    }
}

/// What stands in a place of one of the forms.
pub(super) fn entry_at<'c>(case: &'c CaseFilling, layouts: &[Layout], key: &str) -> Option<&'c crate::template::Entry> {
    layouts.iter().find_map(|layout| {
        let filling = &case.forms.get(&layout.kind)?.filling;
        match keys::place_of(layout, key)? {
            Place::Field(key) => filling.fields.get(&key),
            Place::Cell { table, row, key } => filling.rows(&table).get(usize::try_from(row).ok()?)?.get(&key),
            Place::Total { .. } => None,
        }
    })
}
