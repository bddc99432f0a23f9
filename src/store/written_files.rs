//! What was written to an output folder, kept in a temporary file of the system's own: the list is as long as the run,
//! and little of it is looked at at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::StoreError;
use crate::intake::FileHash;
use crate::report::shown_path;

/// `ledger`: what was written under each name, by earlier runs and this one, the latest last. `outputs`: what this run
/// wrote or found to be up to date.
const TABLES: &str = "
    PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;
    CREATE TABLE ledger (name BLOB NOT NULL, place INTEGER NOT NULL, content BLOB NOT NULL, made_from BLOB,
        PRIMARY KEY (name, place)) WITHOUT ROWID;
    CREATE TABLE outputs (path TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
    BEGIN;
";

/// How many outputs are listed at once.
const LISTED_TOGETHER: usize = 256;

/// What was written to a file, and from what it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The hash of the content.
    pub content: FileHash,
    /// The hash of all that it was made from, where that is told.
    pub made_from: Option<FileHash>,
}

/// What was written to an output folder.
#[derive(Debug)]
pub struct WrittenFiles {
    open: Mutex<OpenList>,
}

#[derive(Debug)]
struct OpenList {
    connection: Connection,
    /// Outputs whose paths hold what must not be written anywhere.
    unwritten: BTreeMap<String, FileHash>,
}

impl WrittenFiles {
    /// Begins with nothing.
    pub fn begin() -> Result<Self, StoreError> {
        let connection = Connection::open("")?;
        connection.execute_batch(TABLES)?;
        Ok(Self { open: Mutex::new(OpenList { connection, unwritten: BTreeMap::new() }) })
    }

    /// Notes what was written to the file whose name has this hash.
    pub fn note(&self, name: &FileHash, written: &Written) -> Result<(), StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached(
            "INSERT INTO ledger (name, place, content, made_from)
             VALUES (?1, (SELECT coalesce(max(place), 0) + 1 FROM ledger WHERE name = ?1), ?2, ?3)",
        )?;
        let made_from = written.made_from.as_ref().map(FileHash::as_bytes);
        statement.execute(params![name.as_bytes(), written.content.as_bytes(), made_from])?;
        Ok(())
    }

    /// What was last written under a name.
    pub fn latest(&self, name: &FileHash) -> Result<Option<Written>, StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached(
            "SELECT name, content, made_from FROM ledger WHERE name = ?1 ORDER BY place DESC LIMIT 1",
        )?;
        Ok(statement.query_row(params![name.as_bytes()], line).optional()?.map(|(_, written)| written))
    }

    /// Whether this content was ever written under a name.
    pub fn holds(&self, name: &FileHash, content: &FileHash) -> Result<bool, StoreError> {
        let open = self.lock();
        let mut statement =
            open.connection.prepare_cached("SELECT 1 FROM ledger WHERE name = ?1 AND content = ?2 LIMIT 1")?;
        Ok(statement.exists(params![name.as_bytes(), content.as_bytes()])?)
    }

    /// Tells all that was written, in the order of the names' hashes.
    pub fn each(&self, tell: impl FnMut(&FileHash, &Written) -> std::io::Result<()>) -> Result<(), StoreError> {
        self.tell("SELECT name, content, made_from FROM ledger ORDER BY name, place", tell)
    }

    /// Tells what was last written under each name, in the order of the names' hashes.
    pub fn each_latest(&self, tell: impl FnMut(&FileHash, &Written) -> std::io::Result<()>) -> Result<(), StoreError> {
        self.tell(
            "SELECT name, content, made_from FROM ledger AS line
             WHERE place = (SELECT max(place) FROM ledger WHERE name = line.name) ORDER BY name",
            tell,
        )
    }

    fn tell(
        &self,
        lines: &str,
        mut tell: impl FnMut(&FileHash, &Written) -> std::io::Result<()>,
    ) -> Result<(), StoreError> {
        let open = self.lock();
        let mut statement = open.connection.prepare_cached(lines)?;
        for told in statement.query_map([], line)? {
            let (name, written) = told?;
            tell(&name, &written).map_err(StoreError::List)?;
        }
        Ok(())
    }

    /// Notes an output of this run, by its path below the output folder.
    pub fn note_output(&self, path: &str, content: &FileHash) -> Result<(), StoreError> {
        let mut open = self.lock();
        if shown_path(path, None) != path {
            open.unwritten.insert(path.to_owned(), *content);
            return Ok(());
        }
        let mut statement =
            open.connection.prepare_cached("INSERT OR REPLACE INTO outputs (path, content) VALUES (?1, ?2)")?;
        statement.execute(params![path, content.as_bytes()])?;
        Ok(())
    }

    /// How many outputs this run has.
    pub fn count_outputs(&self) -> Result<usize, StoreError> {
        let open = self.lock();
        let on_disk: i64 = open.connection.query_row("SELECT count(*) FROM outputs", [], |row| row.get(0))?;
        Ok(usize::try_from(on_disk).unwrap_or_default() + open.unwritten.len())
    }

    /// Some outputs of this run in the order of their paths, from the first after a path on; none after the last.
    pub fn outputs_after(&self, path: &str) -> Result<Vec<(String, FileHash)>, StoreError> {
        let open = self.lock();
        let mut statement = open
            .connection
            .prepare_cached("SELECT path, content FROM outputs WHERE path > ?1 ORDER BY path LIMIT ?2")?;
        let limit = i64::try_from(LISTED_TOGETHER).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![path, limit], |row| Ok((row.get(0)?, hash(row, 1)?)))?;
        let mut outputs: Vec<(String, FileHash)> = rows.collect::<rusqlite::Result<_>>()?;
        let last = outputs.last().filter(|_| outputs.len() == LISTED_TOGETHER).map(|(path, _)| path.clone());
        let unwritten = open
            .unwritten
            .iter()
            .filter(|(own, _)| own.as_str() > path && last.as_ref().is_none_or(|last| *own < last));
        outputs.extend(unwritten.map(|(path, content)| (path.clone(), *content)));
        outputs.sort();
        Ok(outputs)
    }

    fn lock(&self) -> MutexGuard<'_, OpenList> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn line(row: &Row<'_>) -> rusqlite::Result<(FileHash, Written)> {
    let made_from: Option<[u8; 32]> = row.get(2)?;
    let written = Written { content: hash(row, 1)?, made_from: made_from.map(FileHash::from) };
    Ok((hash(row, 0)?, written))
}

fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<FileHash> {
    row.get::<_, [u8; 32]>(column).map(FileHash::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_listed_in_the_order_of_their_paths_and_a_cpr_number_stays_in_memory() {
        let files = WrittenFiles::begin().unwrap();
        let mut paths: Vec<String> = (0..3 * LISTED_TOGETHER).map(|number| format!("a/{number:04}.xlsx")).collect();
        paths.extend(["a/0101801234.xlsx", "010180-1234/b.xlsx", "z 010180-1234.xlsx"].map(str::to_owned));
        for path in paths.iter().rev() {
            files.note_output(path, &FileHash::of(path.as_bytes())).unwrap();
        }
        paths.sort();
        let mut listed = Vec::new();
        loop {
            let last = listed.last().map(|(path, _): &(String, FileHash)| path.clone()).unwrap_or_default();
            let more = files.outputs_after(&last).unwrap();
            if more.is_empty() {
                break;
            }
            listed.extend(more);
        }
        assert_eq!(listed.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), paths);
        assert!(listed.iter().all(|(path, content)| *content == FileHash::of(path.as_bytes())));
        assert_eq!(files.count_outputs().unwrap(), paths.len());
        let open = files.lock();
        let on_disk: i64 = open
            .connection
            .query_row("SELECT count(*) FROM outputs WHERE path LIKE '%1234%'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(on_disk, 0);
    }
}
