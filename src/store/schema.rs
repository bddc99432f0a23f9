//! The tables of a store.

use rusqlite::Connection;

use super::StoreError;

/// Marks a file of the database as ours: `spsk`.
const APPLICATION: i32 = 0x7370_736b;

/// The version of the tables and of what is packed into them.
const VERSION: i32 = 4;

/// `readings`: what grouping knows of a file's content. `cases`: decided cases, before anything across cases, and
/// apart from them the facts that are looked at across cases. `runs` and
/// `history`: what was found when; a case has a row for each run in which something changed.
const TABLES: &str = "
    CREATE TABLE readings (content BLOB NOT NULL, rules BLOB NOT NULL, facts BLOB NOT NULL,
        run INTEGER NOT NULL, PRIMARY KEY (content, rules)) WITHOUT ROWID;
    CREATE TABLE cases (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, facts BLOB NOT NULL,
        record BLOB NOT NULL, run INTEGER NOT NULL);
    CREATE TABLE runs (id INTEGER PRIMARY KEY, day TEXT NOT NULL, version TEXT NOT NULL, rules BLOB NOT NULL,
        files INTEGER NOT NULL, cases INTEGER NOT NULL, errors INTEGER NOT NULL);
    CREATE TABLE history (case_id TEXT NOT NULL, run INTEGER NOT NULL, verdict TEXT NOT NULL, findings BLOB NOT NULL,
        PRIMARY KEY (case_id, run)) WITHOUT ROWID;
";

/// How a file of `SQLite` begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// How what `SQLite` must take back begins, beside a database whose run was killed; zeros where it was not finished.
const JOURNALS: [&[u8]; 2] = [b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7", &[0; 8]];

/// Where in a database its application is named.
const APPLICATION_PLACE: usize = 68;

/// How much of a database tells whose it is.
pub(super) const HEAD: u64 = 100;

/// Whether a file that begins like this is one of ours.
pub(super) fn is_ours(head: &[u8]) -> bool {
    let application = head.get(APPLICATION_PLACE..).and_then(|rest| rest.first_chunk());
    head.starts_with(DATABASE) && application == Some(&APPLICATION.to_be_bytes())
}

/// Whether a file that begins like this is what `SQLite` keeps beside a database.
pub(super) fn is_journal(head: &[u8]) -> bool {
    JOURNALS.iter().any(|journal| head.starts_with(journal))
}

/// Makes the tables, or sees that they are the ones we know.
pub(super) fn prepare(connection: &Connection, is_lasting: bool) -> Result<(), StoreError> {
    if !is_lasting {
        connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")?;
    }
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: i32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    match (application, version, tables) {
        (APPLICATION, VERSION, _) => Ok(()),
        (APPLICATION, _, _) => Err(StoreError::OtherVersion),
        (0, 0, 0) => Ok(connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        ))?),
        _ => Err(StoreError::NotAState),
    }
}
