//! The measured times as a table: medians, and the medians of each round's ratios.

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
        "The samples' median budget workbook ({} bytes), one core, medians of {rounds} interleaved rounds.",
        steps.bytes.len()
    )
}

fn lines(measured: &Measured) -> Vec<Line> {
    let seconds = |step: usize| -> Vec<f64> {
        measured.times.get(step).into_iter().flatten().map(Duration::as_secs_f64).collect()
    };
    let (floor, calamine) = (seconds(FLOOR), seconds(CALAMINE));
    let line = |name: &'static str, times: Vec<f64>| Line {
        name,
        to_floor: median_ratio(&times, &floor),
        to_calamine: median_ratio(&times, &calamine),
        micros: median(times) * 1e6,
    };
    let both = seconds(CHECK).iter().zip(seconds(ANNOTATE)).map(|(check, annotate)| check + annotate).collect();
    let steps = NAMES.iter().enumerate().map(|(step, name)| line(name, seconds(step)));
    steps.chain([line("check and annotate, whole", both)]).collect()
}

fn median_ratio(times: &[f64], yardstick: &[f64]) -> f64 {
    median(times.iter().zip(yardstick).map(|(time, unit)| time / unit).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
