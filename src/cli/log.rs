//! The log of a run: one JSON object a line, with the time; no personal data, since everything in it is masked already.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

/// What a log tells.
const EVENTS: [&str; 7] = ["start", "not-checked", "passed-over", "problem", "checked", "end", "failed"];

/// How long a line of a log may be.
const LONGEST_LINE: u64 = 1 << 20;

/// What every line of a log has.
#[derive(Deserialize)]
struct Line {
    time: String,
    event: String,
}

/// Whether a file begins as a log of ours does; nothing after its first line is read.
pub(super) fn is_log(path: &Path) -> std::io::Result<bool> {
    let mut first = Vec::new();
    BufReader::new(File::open(path)?.take(LONGEST_LINE)).read_until(b'\n', &mut first)?;
    let line: Option<Line> = serde_json::from_slice(&first).ok();
    Ok(line.is_some_and(|line| line.time.parse::<Timestamp>().is_ok() && EVENTS.contains(&line.event.as_str())))
}

/// Where a run tells what it does, if anywhere.
pub(super) struct Log(Option<File>);

impl Log {
    /// A log that is appended to a file.
    pub(super) fn to(path: &Path) -> std::io::Result<Self> {
        Ok(Self(Some(OpenOptions::new().append(true).create(true).open(path)?)))
    }

    /// A log that nobody asked for.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Whether anybody asked for it.
    pub(super) fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Tells an event with what is to know of it.
    pub(super) fn tell(&self, event: &str, fields: Value) {
        let Some(mut file) = self.0.as_ref() else { return };
        let mut line = json!({ "time": Timestamp::now().to_string(), "event": event });
        if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), fields) {
            line.extend(fields);
        }
        // A log that cannot be written must not stop a check; what matters stands in the receipt and the exit code.
        let _ = file.write_all(format!("{line}\n").as_bytes());
    }
}
