//! One generated case: what is drawn, what is planted, and what the check shall find.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::super::resolve::CaseFilling;
use super::super::{SampleError, drafts, written};
use super::accounts::Accounts;
use super::application::{Application, ApplicationWishes};
use super::broken::broken;
use super::expected::Expected;
use super::fate::Fate;
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
    /// Where; empty where the form is missing or the case as a whole is wrong.
    pub places: Vec<PlantedPlace>,
}

/// Where a mistake was planted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedPlace {
    /// The path of the file.
    pub file: String,
    /// The sheet and the cell: `Budget!U6`; `None` for the whole file.
    pub cell: Option<String>,
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

/// A case before it is written.
struct DrawnCase<'g> {
    application: Application<'g>,
    filling: CaseFilling,
    expected: Expected,
    fate: Fate<'g>,
    /// What was planted, with the cells that were changed.
    planted: Vec<(&'g Mistake, Vec<(FormKind, String)>)>,
    /// The broken file and why, where one is.
    broken: Option<(FormKind, &'g Breakage)>,
}

impl CaseGenerator {
    /// The share of clean cases where nobody asks for another, in percent.
    pub const CLEAN_PERCENT: u32 = 60;

    /// Makes cases of a seed, so many percent of them clean.
    pub fn new(seed: u64, clean: u32) -> Result<Self, SampleError> {
        let (layouts, parameters) = (Layout::embedded()?, Parameters::embedded()?);
        let mixture = Mixture::embedded()?;
        Ok(Self {
            seed,
            clean,
            press: Press::new(&layouts, &parameters, mixture.dates())?,
            mixture,
            mistakes: Mistakes::embedded()?,
            keys: FormKeys::of(&layouts),
            layouts,
            parameters,
        })
    }

    /// The case of a number: the same in a run of any length.
    pub fn case(&self, number: u64) -> Result<GeneratedCase, SampleError> {
        let drawn = self.draw(number)?;
        let may_share = drawn.may_share_folder();
        let mut names = Names::draw(self.seed, number, &drawn.application, &self.mixture, may_share);
        let forms = drawn.filling.forms.keys();
        let paths: BTreeMap<FormKind, String> = forms.map(|&kind| (kind, names.path(kind, &self.mixture))).collect();
        let path = |kind: FormKind| paths.get(&kind).cloned().unwrap_or_default();
        let mut files = Vec::new();
        for (kind, mut bytes) in self.workbooks(&drawn.filling)? {
            if let Some((_, breakage)) = drawn.broken.filter(|(of, _)| *of == kind) {
                bytes = broken(breakage.kind, bytes)?;
            }
            files.push(GeneratedFile {
                file: path(kind),
                kind: kind.name(),
                codes: drawn.expected.of_form(kind),
                sha256: FileHash::of(&bytes).to_string(),
                bytes,
            });
        }
        let company = &drawn.application.company;
        Ok(GeneratedCase {
            case: number,
            folder: names.folder,
            company: company.name.clone(),
            cvr: company.cvr.clone(),
            application_date: drawn.application.applied,
            packages: drawn.application.packages.len(),
            oddity: drawn.fate.oddity.map(|oddity| oddity.kind.clone()),
            mistakes: drawn.listed(&path),
            files,
        })
    }

    /// The kinds of what is planted in the case of a number, without making its workbooks.
    pub fn planted_kinds(&self, number: u64) -> Result<Vec<String>, SampleError> {
        let drawn = self.draw(number)?;
        Ok(drawn.listed(&|_| String::new()).into_iter().map(|planted| planted.kind).collect())
    }

    fn draw(&self, number: u64) -> Result<DrawnCase<'_>, SampleError> {
        let random = &mut Random::of(self.seed, Topic::Case, number);
        let fate = Fate::draw(random, &self.mistakes, &self.mixture.shares, self.clean);
        let wishes = ApplicationWishes { seed: self.seed, case: number, mistakes: &fate.mistakes };
        let application = Application::draw(random, &self.mixture, &self.parameters, &wishes)?;
        let accounts = application
            .has(FormKind::Accounts)
            .then(|| Accounts::draw(random, &application, self.mixture.shares.not_completed));
        let mut filling = fill(&application, accounts.as_ref(), &self.keys);
        let mut expected = Expected::of(&application, accounts.as_ref());
        let mut planted = Vec::new();
        for (mistake, index) in fate.mistakes.iter().copied().chain(fate.oddity).zip(0..) {
            let victim = application.victim(index);
            planted.push((mistake, mistake.plant(&mut filling, &application, victim, &self.layouts)?));
        }
        let forms: Vec<FormKind> = filling.forms.keys().copied().collect();
        for (mistake, _) in &planted {
            mistake.add_to(&mut expected, &forms);
        }
        for _ in 0..days_off(&filling) {
            expected.add(FormKind::Overview, "K513");
        }
        let broken = random.one_of(&forms).copied().zip(fate.breakage);
        if let Some((kind, breakage)) = broken {
            expected.break_form(kind, &breakage.expect);
        }
        Ok(DrawnCase { application, filling, expected, fate, planted, broken })
    }

    fn workbooks(&self, filling: &CaseFilling) -> Result<Vec<(FormKind, Vec<u8>)>, SampleError> {
        let mut workbooks = Vec::new();
        for (kind, draft) in drafts(filling, &self.layouts, &self.parameters, NAME)? {
            let printed = self.press.print(kind, &draft)?;
            workbooks.push((kind, printed.map_or_else(|| written(&draft, NAME), Ok)?));
        }
        Ok(workbooks)
    }
}

impl DrawnCase<'_> {
    /// Whether the files can lie with those of other cases and still be told to be one case: by the journal number.
    fn may_share_folder(&self) -> bool {
        let needs_own = self.planted.iter().any(|(mistake, _)| mistake.needs(CaseNeed::OwnFolder));
        self.application.journal.is_some() && self.broken.is_none() && !needs_own
    }

    /// The mistakes as the list tells them.
    fn listed(&self, path: &dyn Fn(FormKind) -> String) -> Vec<Planted> {
        let mistakes = self.planted.iter().filter(|_| self.fate.oddity.is_none()).map(|(mistake, cells)| {
            let place =
                |(kind, cell): &(FormKind, String)| PlantedPlace { file: path(*kind), cell: Some(cell.clone()) };
            let places = cells.iter().map(place).collect();
            Planted { kind: mistake.kind.clone(), what: mistake.what.clone(), places }
        });
        let broken = self.broken.map(|(kind, breakage)| Planted {
            kind: breakage.kind.name().to_owned(),
            what: breakage.what.clone(),
            places: vec![PlantedPlace { file: path(kind), cell: None }],
        });
        mistakes.chain(broken).collect()
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::workbook::{Limits, read};

    #[test]
    fn what_is_printed_reads_the_same_as_what_is_written() {
        let generator = CaseGenerator::new(3, 50).unwrap();
        let sheets = |bytes: Vec<u8>| {
            let opened = read(Arc::from(bytes), &Limits::default()).unwrap();
            format!("{:?}", opened.workbook.sheets)
        };
        let (mut printed, mut all) = (0, 0);
        for number in 0..40 {
            let drawn = generator.draw(number).unwrap();
            for (kind, draft) in drafts(&drawn.filling, &generator.layouts, &generator.parameters, NAME).unwrap() {
                all += 1;
                let Some(bytes) = generator.press.print(kind, &draft).unwrap() else { continue };
                printed += 1;
                assert_eq!(sheets(bytes), sheets(written(&draft, NAME).unwrap()), "case {number}, {kind}");
            }
        }
        assert!(printed * 100 > all * 85, "{printed} of {all} were printed");
    }
}
