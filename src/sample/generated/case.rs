//! One generated case: what is drawn, what is planted, and what the check shall find.

use jiff::civil::Date;
use serde::Serialize;

use super::super::resolve::CaseFilling;
use super::super::{SampleError, drafts, written};
use super::accounts::Accounts;
use super::application::{Application, ApplicationWishes};
use super::broken::broken;
use super::expected::Expected;
use super::filling::{FormKeys, fill};
use super::mistake::{Breakage, CaseNeed, Mistake, Mistakes};
use super::mixture::Mixture;
use super::names::Names;
use super::press::Press;
use super::random::{Random, Topic};
use crate::calendar::is_working_day;
use crate::form::{FormKind, Layout};
use crate::intake::FileHash;
use crate::parameters::Parameters;
use crate::template::Entry;

/// The share of clean cases where nobody asks for another, in percent.
pub(crate) const CLEAN_PERCENT: u32 = 60;

/// What errors call a generated case.
const NAME: &str = "a generated case";

/// Makes cases; each depends on nothing but the seed, the share of clean cases and its own number.
#[derive(Debug)]
pub struct CaseGenerator {
    seed: u64,
    clean: u32,
    mixture: Mixture,
    mistakes: Mistakes,
    layouts: Vec<Layout>,
    keys: FormKeys,
    parameters: Parameters,
    press: Press,
}

/// A generated case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GeneratedCase {
    /// Its number, from 0.
    pub case: u64,
    /// The folder of its files, below that of all cases; others' files may lie there too.
    pub folder: String,
    /// The invented company.
    pub company: String,
    /// Its CVR number, before any mistake.
    pub cvr: String,
    /// The day of the application, before any mistake.
    pub application_date: Date,
    /// How many packages are applied for.
    pub packages: usize,
    /// What is odd about it without being a mistake.
    pub oddity: Option<String>,
    /// What was planted.
    pub mistakes: Vec<Planted>,
    /// Its files.
    pub files: Vec<GeneratedFile>,
}

/// A planted mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planted {
    /// Its kind, as `samples/mistakes.toml` names it.
    pub kind: String,
    /// What is wrong.
    pub what: String,
    /// The cells that were changed, each with its file; empty where it is the file or its form.
    pub cells: Vec<PlantedCell>,
}

/// A cell that was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedCell {
    /// The path of the file.
    pub file: String,
    /// The sheet and the cell: `Budget!U6`.
    pub cell: String,
}

/// A file of a generated case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GeneratedFile {
    /// Its path below the folder of all cases, with `/`.
    pub file: String,
    /// Which form it is; of a broken file, which it was.
    pub kind: &'static str,
    /// The codes that the check shall find in it, sorted, each as often as it is found; rules across cases left out.
    pub codes: Vec<String>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What becomes of a case.
enum Fate<'g> {
    Clean(Option<&'g Mistake>),
    Mistaken(Vec<&'g Mistake>),
    Broken(&'g Breakage),
}

impl CaseGenerator {
    /// Makes cases of a seed, so many percent of them clean.
    pub fn new(seed: u64, clean: u32) -> Result<Self, SampleError> {
        let (layouts, parameters) = (Layout::embedded()?, Parameters::embedded()?);
        Ok(Self {
            seed,
            clean,
            mixture: Mixture::embedded()?,
            mistakes: Mistakes::embedded()?,
            keys: FormKeys::of(&layouts),
            press: Press::new(&layouts, &parameters)?,
            layouts,
            parameters,
        })
    }

    /// The case of a number: the same in a run of any length.
    pub fn case(&self, number: u64) -> Result<GeneratedCase, SampleError> {
        let random = &mut Random::of(self.seed, Topic::Case, number);
        let fate = self.fate(random);
        let (mistakes, oddity, breakage): (Vec<&Mistake>, _, _) = match fate {
            Fate::Clean(oddity) => (Vec::new(), oddity, None),
            Fate::Mistaken(mistakes) => (mistakes, None, None),
            Fate::Broken(breakage) => (Vec::new(), None, Some(breakage)),
        };
        let wishes = ApplicationWishes { case: (number, self.seed), mistakes: &mistakes };
        let application = Application::draw(random, &self.mixture, &self.parameters, &wishes)?;
        let accounts = application
            .has(FormKind::Accounts)
            .then(|| Accounts::draw(random, &application, self.mixture.shares.not_completed));
        let mut filling = fill(&application, accounts.as_ref(), &self.keys);
        let mut expected = Expected::of(&application, accounts.as_ref());
        let mut planted = Vec::new();
        let victims = application.victims.iter().copied().chain([0]);
        for (mistake, victim) in mistakes.iter().copied().chain(oddity).zip(victims) {
            let cells = mistake.plant(&mut filling, &application, victim, &self.layouts)?;
            planted.push((mistake, cells));
        }
        let forms: Vec<FormKind> = filling.forms.keys().copied().collect();
        planted.iter().for_each(|(mistake, _)| mistake.add_to(&mut expected, &forms));
        for _ in 0..days_off(&filling) {
            expected.add(FormKind::Overview, "K513");
        }
        let may_share = breakage.is_none() && !planted.iter().any(|(mistake, _)| mistake.needs(CaseNeed::OwnFolder));
        let may_share = may_share && application.journal.is_some();
        let mut names = Names::draw(self.seed, number, &application, &self.mixture, may_share);
        let paths: Vec<(FormKind, String)> =
            forms.iter().map(|&kind| (kind, names.path(kind, &self.mixture))).collect();
        let path_of =
            |kind: FormKind| paths.iter().find(|(of, _)| *of == kind).map(|(_, path)| path.clone()).unwrap_or_default();
        let mut mistakes_listed: Vec<Planted> = Vec::new();
        for (mistake, cells) in planted.iter().filter(|_| oddity.is_none()) {
            let cells = cells.iter().map(|(kind, cell)| PlantedCell { file: path_of(*kind), cell: cell.clone() });
            mistakes_listed.push(Planted {
                kind: mistake.kind.clone(),
                what: mistake.what.clone(),
                cells: cells.collect(),
            });
        }
        let mut workbooks = self.workbooks(&filling)?;
        if let Some(breakage) = breakage {
            let index = usize::try_from(random.below(u32::try_from(workbooks.len()).unwrap_or(1))).unwrap_or_default();
            if let Some((kind, bytes)) = workbooks.get_mut(index) {
                *bytes = broken(breakage.kind, std::mem::take(bytes))?;
                expected.break_form(*kind, &breakage.expect);
                mistakes_listed.push(Planted {
                    kind: breakage.kind.name().to_owned(),
                    what: breakage.what.clone(),
                    cells: Vec::new(),
                });
            }
        }
        let files = workbooks.into_iter().map(|(kind, bytes)| GeneratedFile {
            file: path_of(kind),
            kind: kind.name(),
            codes: expected.of_form(kind),
            sha256: FileHash::of(&bytes).as_str().to_owned(),
            bytes,
        });
        Ok(GeneratedCase {
            case: number,
            folder: names.folder.clone(),
            company: application.company.name.clone(),
            cvr: application.company.cvr.clone(),
            application_date: application.applied,
            packages: application.packages.len(),
            oddity: oddity.map(|oddity| oddity.kind.clone()),
            mistakes: mistakes_listed,
            files: files.collect(),
        })
    }

    fn workbooks(&self, filling: &CaseFilling) -> Result<Vec<(FormKind, Vec<u8>)>, SampleError> {
        let mut workbooks = Vec::new();
        for (kind, draft) in drafts(filling, &self.layouts, &self.parameters, NAME)? {
            let printed = self.press.print(kind, &draft)?;
            workbooks.push((kind, printed.map_or_else(|| written(&draft, NAME), Ok)?));
        }
        Ok(workbooks)
    }

    fn fate(&self, random: &mut Random) -> Fate<'_> {
        let shares = &self.mixture.shares;
        let weight = |mistake: &Mistake| mistake.weight;
        if random.chance(self.clean) {
            let is_odd = random.chance(shares.oddity);
            return Fate::Clean(random.weighted(&self.mistakes.oddity, weight).filter(|_| is_odd));
        }
        let (sort, first) = (random.below(100), random.weighted(&self.mistakes.mistake, weight));
        let (one, two) = (shares.mistake, shares.mistake + shares.two_mistakes);
        match first {
            Some(first) if sort < one => Fate::Mistaken(vec![first]),
            Some(_) if sort < two => Fate::Mistaken(self.pair(random)),
            _ => random
                .weighted(&self.mistakes.broken, |breakage| breakage.weight)
                .map_or(Fate::Clean(None), Fate::Broken),
        }
    }

    /// Two mistakes that go together.
    fn pair(&self, random: &mut Random) -> Vec<&Mistake> {
        let all = &self.mistakes.mistake;
        let weight = |mistake: &&Mistake| mistake.weight;
        let with = |first: &Mistake| all.iter().filter(|second| first.goes_with(second)).collect::<Vec<_>>();
        let first: Vec<&Mistake> = all.iter().filter(|mistake| !with(mistake).is_empty()).collect();
        let Some(&first) = random.weighted(&first, weight) else { return Vec::new() };
        let second = random.weighted(&with(first), weight).copied();
        std::iter::once(first).chain(second).collect()
    }
}

/// How many activities start or end on a day off.
fn days_off(case: &CaseFilling) -> usize {
    let Some(overview) = case.forms.get(&FormKind::Overview) else { return 0 };
    let is_off = |row: &crate::template::Row, key: &str| match row.get(key) {
        Some(Entry::Date(date)) => !is_working_day(*date),
        _ => false,
    };
    overview.filling.rows("activities").iter().filter(|row| is_off(row, "start") || is_off(row, "end")).count()
}
