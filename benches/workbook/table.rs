//! The measured times as a table.

use std::fmt::Write as _;
use std::time::Duration;

use crate::Measured;
use crate::steps::{ANNOTATE, CALAMINE, CHECK, FLOOR, NAMES, Steps};

/// One line of the table.
struct Line {
    name: &'static str,
    micros: f64,
    to_floor: f64,
    to_calamine: f64,
}

/// The table for a terminal.
pub fn text(measured: &Measured, steps: &Steps) -> String {
    let mut table =
        format!("{}\n\n{:<34} {:>9} {:>9} {:>11}\n", caption(measured, steps), "step", "µs", "× floor", "× calamine");
    for line in lines(measured) {
        let _ =
            writeln!(table, "{:<34} {:>9.0} {:>9.2} {:>11.2}", line.name, line.micros, line.to_floor, line.to_calamine);
    }
    table
}

/// The table for a document.
pub fn markdown(measured: &Measured, steps: &Steps) -> String {
    let mut table =
        format!("{}\n\n| step | µs | × floor | × calamine |\n|---|---:|---:|---:|\n", caption(measured, steps));
    for line in lines(measured) {
        let _ =
            writeln!(table, "| {} | {:.0} | {:.2} | {:.2} |", line.name, line.micros, line.to_floor, line.to_calamine);
    }
    table
}

fn caption(measured: &Measured, steps: &Steps) -> String {
    let rounds = measured.times.first().map_or(0, Vec::len);
    format!(
        "The samples' median budget workbook ({} bytes), one core; the tenth percentile of {rounds} interleaved rounds.",
        steps.bytes.len()
    )
}

fn lines(measured: &Measured) -> Vec<Line> {
    let micros = |step: usize| undisturbed(measured.times.get(step).map(Vec::as_slice).unwrap_or_default());
    let (floor, calamine) = (micros(FLOOR), micros(CALAMINE));
    let line = |name: &'static str, micros: f64| Line {
        name,
        micros,
        to_floor: micros / floor,
        to_calamine: micros / calamine,
    };
    let steps = NAMES.iter().enumerate().map(|(step, name)| line(name, micros(step)));
    steps.chain([line("check and annotate, whole", micros(CHECK) + micros(ANNOTATE))]).collect()
}

/// The time, in microseconds, below which a tenth of the rounds were: what the turns of other programs on the core add, and
/// add to long steps more often than to short ones, does not count.
fn undisturbed(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 10).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
}
