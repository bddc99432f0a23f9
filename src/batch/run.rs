//! One run: neighbourhoods of files are read and decided in parallel; then what lies apart, and what is across cases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::across::findings_across;
use super::case_budget::CaseBudget;
use super::checked_case::{CheckedCase, check_case};
use super::copies::Copies;
use super::decided_cases::DecidedCases;
use super::grouping::{FolderNumber, FormFacts, case_key, group};
use super::letters::settle_letter;
use super::neighbourhood::neighbourhoods;
use super::outputs::OutputNames;
use super::read_file::{ReadFile, peek};
use super::stored_cases::{StoredCases, concluded};
use super::{Discovered, InputFile, Outputs, Settings};
use crate::intake::{FileHash, IntakeError, ShortHash, read_bytes};
use crate::report::{Problem, RunReport};
use crate::store::{RecordId, Store, StoreError};

/// Is told how far a run has come.
pub trait Progress: Sync {
    /// So many steps are to do.
    fn begin(&self, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Checks everything that was discovered; writes what is asked for besides where there is a folder for it. Decided cases
/// are kept in the store, where the report finds them.
pub fn check(
    discovered: Discovered,
    settings: &Settings,
    outputs: Option<&Outputs<'_>>,
    store: Arc<Store>,
    progress: &dyn Progress,
) -> Result<RunReport, StoreError> {
    let inputs = discovered.files;
    progress.begin(inputs.len() * if outputs.is_some() { 2 } else { 1 });
    let rules = settings.rules_hash();
    let copies = outputs.map(|outputs| Copies { inputs: &inputs, outputs, settings, rules });
    let run = Run { inputs: &inputs, settings, rules, store: &store, copies: copies.as_ref(), progress };
    let (seen, cases) = run.decide()?;
    store.commit()?;
    let mut problems = discovered.problems;
    let across = match settings.shard {
        // What is found across cases needs them all.
        Some(_) => BTreeMap::new(),
        None => findings_across(&store, &cases, &seen, settings)?.unwrap_or_else(|| {
            problems.push(Problem::NotCheckedAcross);
            BTreeMap::new()
        }),
    };
    let cases = StoredCases { store, cases, across, configuration: settings.configuration.clone() };
    if let Some(copies) = &copies {
        let names = OutputNames::of(&inputs, |index| seen.get(index)?.form.p_number());
        problems.extend(settle_outputs(&cases, copies, &names, progress)?);
    }
    problems.sort();
    let mut report = RunReport::new(Box::new(cases), settings.configuration.clone()).map_err(StoreError::Case)?;
    (report.passed_over, report.problems, report.rules_date) = (discovered.passed_over, problems, settings.rules_date);
    report.may_hold_forms = discovered.may_hold_forms;
    report.shard = settings.shard.map(|shard| shard.to_string());
    Ok(report)
}

/// Brings copies and letters to their places; gives what went wrong.
fn settle_outputs(
    cases: &StoredCases,
    copies: &Copies<'_>,
    names: &OutputNames,
    progress: &dyn Progress,
) -> Result<Vec<Problem>, StoreError> {
    let outputs = copies.outputs;
    let settle = |index: usize| {
        let (decided, case, formats) = cases.decided(index).map_err(StoreError::Case)?;
        let mut problems = copies.settle((&case, decided.members), &formats, names);
        let letter = decided.members.first().filter(|_| outputs.letters).and_then(|&first| names.letter(first));
        let language = copies.settings.language;
        problems.extend(letter.and_then(|name| settle_letter(&case, &name, outputs.folder, language).err()));
        decided.members.iter().for_each(|_| progress.step());
        Ok(problems)
    };
    let settled: Result<Vec<Vec<Problem>>, StoreError> = (0..cases.cases.len()).into_par_iter().map(settle).collect();
    Ok(settled?.into_iter().flatten().collect())
}

/// What a run keeps in memory of each of its files.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SeenFile {
    /// The hash of its content; `None` where it could not be read, or not in time.
    pub(super) sha256: Option<FileHash>,
    form: FormFacts,
}

/// What is the same for all files of a run.
struct Run<'r> {
    inputs: &'r [InputFile],
    settings: &'r Settings,
    rules: FileHash,
    store: &'r Store,
    copies: Option<&'r Copies<'r>>,
    progress: &'r dyn Progress,
}

impl Run<'_> {
    /// Reads all files and decides all cases, in the order of their first files.
    fn decide(&self) -> Result<(Vec<SeenFile>, DecidedCases), StoreError> {
        let folders = folder_numbers(self.inputs);
        let mut seen = vec![SeenFile::default(); self.inputs.len()];
        let together = self.decide_together(&folders, &mut seen)?;
        let grouped = group(seen.iter().map(|file| &file.form).collect(), &folders);
        let is_ours =
            |members: &&[usize]| self.settings.shard.is_none_or(|part| part.takes(&shard_key(members, &seen)));
        let groups: Vec<&[usize]> = grouped.cases().filter(is_ours).collect();
        let decide = |members: &&[usize]| match together.find(members) {
            Some(record) => Ok(record),
            None => self.decide_apart(members, &seen),
        };
        let records: Result<Vec<RecordId>, StoreError> = groups.par_iter().map(decide).collect();
        let mut cases = DecidedCases::default();
        for (record, members) in records?.into_iter().zip(groups) {
            cases.push(record, members);
        }
        Ok((seen, cases))
    }

    /// Reads all files, neighbourhood by neighbourhood, and decides the cases that lie in one.
    fn decide_together(&self, folders: &[FolderNumber], seen: &mut [SeenFile]) -> Result<DecidedCases, StoreError> {
        let mut neighbourhoods = neighbourhoods(folders);
        let mut rest = seen;
        let mut places = Vec::with_capacity(neighbourhoods.len());
        for range in &neighbourhoods {
            let (own, others) = rest.split_at_mut(range.len().min(rest.len()));
            places.push(own);
            rest = others;
        }
        let decided: Result<Vec<DecidedCases>, StoreError> = neighbourhoods
            .par_drain(..)
            .zip(places)
            .with_max_len(1)
            .map(|(range, seen)| self.neighbourhood(range, folders, seen))
            .collect();
        let mut cases = DecidedCases::default();
        decided?.iter().for_each(|some| cases.append(some));
        Ok(cases)
    }

    /// Reads files that lie together and decides their cases, unless the workbooks are too much to hold.
    fn neighbourhood(
        &self,
        range: Range<usize>,
        folders: &[FolderNumber],
        seen: &mut [SeenFile],
    ) -> Result<DecidedCases, StoreError> {
        let start = range.start;
        let folders = folders.get(range.clone()).unwrap_or_default();
        let mut contents = self.read_together(range, seen)?;
        let grouped = group(seen.iter().map(|file| &file.form).collect(), folders);
        let mut cases = DecidedCases::default();
        for case in grouped.cases() {
            let hashes: Vec<_> = case.iter().filter_map(|&index| Some(seen.get(index)?.sha256)).collect();
            let held: Vec<Held> = case.iter().filter_map(|&index| contents.get_mut(index).map(Held::take)).collect();
            let members: Vec<usize> = case.iter().map(|index| start + index).collect();
            if let Some(record) = self.known(&members, &hashes)? {
                cases.push(record, &members);
            } else if !held.iter().any(|held| matches!(held, Held::Dropped)) {
                cases.push(self.decide_case(&members, &hashes, held)?, &members);
            }
        }
        Ok(cases)
    }

    /// Reads files one by one, and holds their workbooks as long as they are not too much.
    fn read_together(&self, range: Range<usize>, seen: &mut [SeenFile]) -> Result<Vec<Held>, StoreError> {
        let mut contents = Vec::with_capacity(range.len());
        let mut bytes = 0;
        for (input, place) in self.inputs.get(range).unwrap_or_default().iter().zip(seen) {
            let (file, held) = self.see(input)?;
            bytes += held.bytes();
            // Of a part's files it is not known yet whose cases they are.
            let is_too_much = bytes > self.settings.held_bytes || self.settings.shard.is_some();
            *place = file;
            contents.push(if is_too_much { Held::Dropped } else { held });
            self.progress.step();
        }
        Ok(contents)
    }

    /// Reads one file; not what stands in it where that is known from an earlier run.
    fn see(&self, input: &InputFile) -> Result<(SeenFile, Held), StoreError> {
        let path = input.path();
        let shown = path.to_string_lossy();
        let bytes = match read_bytes(&path, &self.settings.limits) {
            Ok(bytes) => bytes,
            Err(error) => {
                let held = Held::Read(ReadFile::failed(&shown, None, &error));
                return Ok((SeenFile { sha256: None, form: FormFacts::default() }, held));
            }
        };
        let sha256 = FileHash::of(&bytes);
        if let Some(form) = self.store.reading(&sha256, &self.rules)? {
            return Ok((SeenFile { sha256: Some(sha256), form }, Held::NotRead));
        }
        if self.settings.shard.is_some()
            && let Some(form) = peek(&bytes, self.settings)
        {
            // Most files are another part's: what tells whose they are is enough.
            self.store.keep_reading(&sha256, &self.rules, &form)?;
            return Ok((SeenFile { sha256: Some(sha256), form }, Held::Dropped));
        }
        let read = ReadFile::of_bytes(&shown, &bytes, self.settings);
        let form = read.facts;
        if !read.is_repeatable {
            return Ok((SeenFile { sha256: None, form }, Held::Read(read)));
        }
        self.store.keep_reading(&sha256, &self.rules, &form)?;
        Ok((SeenFile { sha256: Some(sha256), form }, Held::Read(read)))
    }

    /// Decides a case whose files do not lie together.
    fn decide_apart(&self, members: &[usize], seen: &[SeenFile]) -> Result<RecordId, StoreError> {
        let hashes: Vec<Option<FileHash>> =
            members.iter().filter_map(|&index| seen.get(index)).map(|file| file.sha256).collect();
        if let Some(record) = self.known(members, &hashes)? {
            return Ok(record);
        }
        let held = members.iter().map(|_| Held::NotRead).collect();
        self.decide_case(members, &hashes, held)
    }

    /// The case of these files where it was decided already.
    fn known(&self, members: &[usize], hashes: &[Option<FileHash>]) -> Result<Option<RecordId>, StoreError> {
        match self.key(members, hashes) {
            Some(key) => self.store.find(&key),
            None => Ok(None),
        }
    }

    /// What a decided case is kept under: rules, paths and contents; `None` where a file could not be read, which may be
    /// otherwise the next time.
    fn key(&self, members: &[usize], hashes: &[Option<FileHash>]) -> Option<FileHash> {
        let mut pieces = vec![self.rules.as_bytes().to_vec()];
        for (&index, hash) in members.iter().zip(hashes) {
            pieces.push(self.inputs.get(index)?.path().to_string_lossy().into_owned().into_bytes());
            pieces.push((*hash)?.as_bytes().to_vec());
        }
        Some(FileHash::of_pieces(pieces.iter().map(Vec::as_slice)))
    }

    fn decide_case(
        &self,
        members: &[usize],
        hashes: &[Option<FileHash>],
        held: Vec<Held>,
    ) -> Result<RecordId, StoreError> {
        let mut budget = CaseBudget::new(&self.settings.limits);
        let files = members.iter().zip(hashes).zip(held).filter_map(|((&index, &hash), held)| {
            let input = self.inputs.get(index)?;
            Some(budget.next(&input.path().to_string_lossy(), hash, || match held {
                Held::Read(read) => read,
                Held::NotRead | Held::Dropped => self.read_again(input, hash),
            }))
        });
        let CheckedCase { record, facts, workbooks } = check_case(files.collect(), self.settings);
        if let Some(copies) = self.copies {
            copies.stage(&concluded(record.report.clone(), &self.settings.configuration), &workbooks);
        }
        drop(workbooks);
        self.store.keep(self.key(members, hashes).as_ref(), &record, &facts)
    }

    /// Reads a file a second time; what it is then must be what it was.
    fn read_again(&self, input: &InputFile, hash: Option<FileHash>) -> ReadFile {
        let read = ReadFile::read(input, self.settings);
        if hash.is_none() || read.sha256 == hash {
            return read;
        }
        ReadFile::failed(&input.path().to_string_lossy(), hash, &IntakeError::Changed)
    }
}

/// What is held of a file between reading it and deciding its case.
enum Held {
    /// The workbook.
    Read(ReadFile),
    /// Nothing: it was not read, since what grouping needs is known.
    NotRead,
    /// Nothing: the workbook was too much to hold.
    Dropped,
}

impl Held {
    fn bytes(&self) -> u64 {
        if let Self::Read(read) = self { read.held_bytes() } else { 0 }
    }

    fn take(&mut self) -> Self {
        std::mem::replace(self, Self::NotRead)
    }
}

fn shard_key(members: &[usize], seen: &[SeenFile]) -> ShortHash {
    let files: Vec<&SeenFile> = members.iter().filter_map(|&index| seen.get(index)).collect();
    let forms: Vec<FormFacts> = files.iter().map(|file| file.form).collect();
    case_key(&forms, files.first().and_then(|file| file.sha256))
}

/// The folders of files, numbered in the order of their first files.
fn folder_numbers(inputs: &[InputFile]) -> Vec<FolderNumber> {
    let mut numbers: BTreeMap<ShortHash, FolderNumber> = BTreeMap::new();
    let mut folders = Vec::with_capacity(inputs.len());
    for input in inputs {
        let next = numbers.len();
        folders.push(*numbers.entry(ShortHash::of_path(&input.folder())).or_insert(next));
    }
    folders
}

/// Checks workbooks that are already in memory, each with the path that reports name it by.
pub fn check_in_memory(files: Vec<(String, Arc<[u8]>)>, settings: &Settings) -> RunReport {
    let inputs: Vec<InputFile> = files.iter().map(|(path, _)| InputFile::named(path.as_ref())).collect();
    let mut read: Vec<Option<ReadFile>> =
        files.into_iter().map(|(path, bytes)| Some(ReadFile::of_bytes(&path, &bytes, settings))).collect();
    let forms: Vec<FormFacts> = read.iter().flatten().map(|file| file.facts).collect();
    let checked: Vec<(Vec<usize>, CheckedCase)> = group(forms.iter().collect(), &folder_numbers(&inputs))
        .cases()
        .map(|members| {
            let mut budget = CaseBudget::new(&settings.limits);
            let files = members.iter().filter_map(|&index| {
                let (file, path) = (read.get_mut(index)?.take()?, inputs.get(index)?.path());
                let hash = file.sha256;
                Some(budget.next(&path.to_string_lossy(), hash, || file))
            });
            (members.to_vec(), check_case(files.collect(), settings))
        })
        .collect();
    super::across::conclude_in_memory(checked, settings)
}
