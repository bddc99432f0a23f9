//! Where a run keeps its decided cases: in a file of the system's own for a single run, or in a state file that the next
//! run goes on from. A run of any length needs no more memory than the cases it is working on.

mod error;
mod history;
mod record;
mod schema;
mod written_files;

pub use error::StoreError;
pub use record::CaseRecord;
pub use written_files::{Written, WrittenFiles};

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::case::Facts;
use crate::intake::FileHash;

/// After so many kept cases what was kept is made safe, so that a run that is killed has not worked in vain.
const CASES_PER_COMMIT: usize = 500;

/// What so many runs have not needed is forgotten.
const RUNS_REMEMBERED: i64 = 30;

/// How long to wait for another run that uses the same state file.
const PATIENCE: Duration = Duration::from_secs(5);

/// A case's place in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordId(i64);

/// The facts of the files of a case that are forms, each with its place among the case's files.
pub type CaseFacts = Vec<(usize, Facts)>;

/// A decided case as bytes.
#[derive(Debug)]
struct PackedCase {
    facts: Vec<u8>,
    record: Vec<u8>,
}

/// The decided cases of a run.
#[derive(Debug)]
pub struct Store {
    open: Mutex<OpenStore>,
    /// Whether it holds what earlier runs read, or the next run will find what this one reads.
    remembers: bool,
}

#[derive(Debug)]
struct OpenStore {
    connection: Connection,
    uncommitted: usize,
    /// The number of this run in the state file.
    run: i64,
    /// How many cases this run has kept.
    kept: usize,
    /// Cases that hold personal data are never written anywhere; their places are negative.
    unwritten: Vec<PackedCase>,
    unwritten_places: BTreeMap<FileHash, usize>,
}

/// Whether a file is a state file, of whatever version; nothing but its beginning is read.
pub fn is_state(path: &Path) -> io::Result<bool> {
    Ok(schema::is_ours(&head(path)?))
}

/// Whether a file is what is kept beside a state file while it is written.
pub fn is_state_journal(path: &Path) -> io::Result<bool> {
    Ok(schema::is_journal(&head(path)?))
}

/// The file that is kept beside a state file while it is written.
pub fn state_journal(state: &Path) -> PathBuf {
    let mut journal = state.as_os_str().to_owned();
    journal.push("-journal");
    journal.into()
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(schema::HEAD).read_to_end(&mut head)?;
    Ok(head)
}

impl Store {
    /// A store for a single run, which leaves nothing behind.
    pub fn temporary() -> Result<Self, StoreError> {
        // The empty name is SQLite's for a temporary file of its own, removed when it is closed.
        Self::ready(Connection::open("")?, false)
    }

    /// A store for a single run that begins with what others decided.
    pub fn adopting(states: &[PathBuf]) -> Result<Self, StoreError> {
        let store = Self { remembers: !states.is_empty(), ..Self::temporary()? };
        for state in states {
            // Opened on its own first: it must be a state file of ours.
            drop(Self::existing(state)?);
            store.lock().adopt(state)?;
        }
        Ok(store)
    }

    /// The state file at a path, made where there is none or an empty file.
    pub fn lasting(path: &Path) -> Result<Self, StoreError> {
        let is_filled = path.metadata().is_ok_and(|metadata| metadata.len() > 0);
        // Even opening another program's database can change it.
        if is_filled && !is_state(path).unwrap_or(false) {
            return Err(StoreError::NotAState);
        }
        Self::ready(Connection::open(path)?, true)
    }

    /// The state file at a path, which must be there.
    pub fn existing(path: &Path) -> Result<Self, StoreError> {
        match path.metadata() {
            Ok(metadata) if metadata.is_file() && metadata.len() > 0 => Self::lasting(path),
            Ok(metadata) if metadata.is_file() => Err(StoreError::NotAState),
            _ => Err(StoreError::Missing),
        }
    }

    fn ready(connection: Connection, is_lasting: bool) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        schema::prepare(&connection, is_lasting)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let run = connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM runs", [], |row| row.get(0))?;
        let (unwritten, unwritten_places) = (Vec::new(), BTreeMap::new());
        let open = OpenStore { connection, uncommitted: 0, run, kept: 0, unwritten, unwritten_places };
        Ok(Self { open: Mutex::new(open), remembers: is_lasting })
    }

    /// What was kept of a file's content under the same rules.
    pub fn reading<T: serde::de::DeserializeOwned>(
        &self,
        content: &FileHash,
        rules: &FileHash,
    ) -> Result<Option<T>, StoreError> {
        if !self.remembers {
            return Ok(None);
        }
        let open = self.lock();
        let mut statement = open
            .connection
            .prepare_cached("UPDATE readings SET run = ?3 WHERE content = ?1 AND rules = ?2 RETURNING facts")?;
        let known = params![content.as_bytes(), rules.as_bytes(), open.run];
        let facts: Option<Vec<u8>> = statement.query_row(known, |row| row.get(0)).optional()?;
        Ok(facts.and_then(|facts| postcard::from_bytes(&facts).ok()))
    }

    /// Keeps what was read from a file's content, for the next run.
    pub fn keep_reading<T: serde::Serialize>(
        &self,
        content: &FileHash,
        rules: &FileHash,
        facts: &T,
    ) -> Result<(), StoreError> {
        if !self.remembers {
            return Ok(());
        }
        let facts = postcard::to_allocvec(facts).map_err(StoreError::Record)?;
        let open = self.lock();
        let mut statement = open
            .connection
            .prepare_cached("INSERT OR REPLACE INTO readings (content, rules, facts, run) VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![content.as_bytes(), rules.as_bytes(), facts, open.run])?;
        Ok(())
    }

    /// The case that was kept under a key, in a store that earlier runs or the next have to do with: one run alone keeps no
    /// case twice.
    pub fn find(&self, key: &FileHash) -> Result<Option<RecordId>, StoreError> {
        if !self.remembers {
            return Ok(None);
        }
        let open = self.lock();
        if let Some(&place) = open.unwritten_places.get(key) {
            return Ok(Some(RecordId(unwritten_id(place))));
        }
        let mut statement = open.connection.prepare_cached("UPDATE cases SET run = ?2 WHERE key = ?1 RETURNING id")?;
        let known = params![key.as_bytes(), open.run];
        Ok(statement.query_row(known, |row| row.get(0)).optional()?.map(RecordId))
    }

    /// Keeps a case under a key; without one, it cannot be found again, by this run or the next.
    pub fn keep(&self, key: Option<&FileHash>, record: &CaseRecord, facts: &CaseFacts) -> Result<RecordId, StoreError> {
        let packed = PackedCase {
            facts: postcard::to_allocvec(facts).map_err(StoreError::Record)?,
            record: postcard::to_allocvec(record).map_err(StoreError::Record)?,
        };
        let mut open = self.lock();
        open.kept += 1;
        let unfindable = [b"unfindable".as_slice(), &open.run.to_le_bytes(), &open.kept.to_le_bytes()];
        let key = key.copied().unwrap_or_else(|| FileHash::of_pieces(unfindable));
        let key = &key;
        if record.holds_personal_data(facts) {
            let place = open.unwritten.len();
            open.unwritten.push(packed);
            open.unwritten_places.insert(*key, place);
            return Ok(RecordId(unwritten_id(place)));
        }
        let id = {
            let mut statement = open
                .connection
                .prepare_cached("INSERT OR REPLACE INTO cases (key, facts, record, run) VALUES (?1, ?2, ?3, ?4)")?;
            statement.insert(params![key.as_bytes(), packed.facts, packed.record, open.run])?
        };
        open.uncommitted += 1;
        if open.uncommitted >= CASES_PER_COMMIT {
            open.commit()?;
        }
        Ok(RecordId(id))
    }

    /// A case that was kept.
    pub fn get(&self, id: RecordId) -> Result<CaseRecord, StoreError> {
        let bytes = self.bytes(id, "SELECT record FROM cases WHERE id = ?1", |packed| &packed.record)?;
        postcard::from_bytes(&bytes).map_err(StoreError::Record)
    }

    /// The facts of a case that was kept.
    pub fn facts(&self, id: RecordId) -> Result<CaseFacts, StoreError> {
        let bytes = self.bytes(id, "SELECT facts FROM cases WHERE id = ?1", |packed| &packed.facts)?;
        postcard::from_bytes(&bytes).map_err(StoreError::Record)
    }

    fn bytes(
        &self,
        RecordId(id): RecordId,
        written: &str,
        unwritten: impl Fn(&PackedCase) -> &Vec<u8>,
    ) -> Result<Vec<u8>, StoreError> {
        let open = self.lock();
        if let Some(place) = unwritten_place(id) {
            return open.unwritten.get(place).map(unwritten).cloned().ok_or(StoreError::Missing);
        }
        let mut statement = open.connection.prepare_cached(written)?;
        Ok(statement.query_row(params![id], |row| row.get(0))?)
    }

    /// The number of this run in the state file.
    fn run_number(&self) -> i64 {
        self.lock().run
    }

    /// Forgets what no run has needed for long.
    pub fn forget_unused(&self) -> Result<(), StoreError> {
        let open = self.lock();
        for table in ["cases", "readings"] {
            let oldest = open.run - RUNS_REMEMBERED;
            open.connection.execute(&format!("DELETE FROM {table} WHERE run < ?1"), params![oldest])?;
        }
        Ok(())
    }

    /// Makes safe what was kept.
    pub fn commit(&self) -> Result<(), StoreError> {
        self.lock().commit()
    }

    fn lock(&self) -> MutexGuard<'_, OpenStore> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenStore {
    fn adopt(&mut self, state: &Path) -> Result<(), StoreError> {
        self.connection.execute_batch("COMMIT")?;
        self.connection.execute("ATTACH DATABASE ?1 AS other", params![state.to_string_lossy()])?;
        self.connection.execute_batch(
            "INSERT OR IGNORE INTO readings SELECT * FROM other.readings;
             INSERT OR IGNORE INTO cases (key, facts, record, run) SELECT key, facts, record, run FROM other.cases;
             DETACH DATABASE other; BEGIN IMMEDIATE",
        )?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.uncommitted = 0;
        Ok(self.connection.execute_batch("COMMIT; BEGIN IMMEDIATE")?)
    }
}

fn unwritten_id(place: usize) -> i64 {
    -1 - i64::try_from(place).unwrap_or(i64::MAX - 1)
}

fn unwritten_place(id: i64) -> Option<usize> {
    if id < 0 { usize::try_from(-1 - id).ok() } else { None }
}
