//! How long each step takes on the samples' median budget workbook, on one core, and how that compares.
//!
//! Two yardsticks stand in the same table: the *floor* (the parts that hold cells, inflated and tokenised once, nothing
//! made of them) and *calamine* (its own streaming read of values with formulas, without limits or checks). All steps are
//! timed in turn in every round, so that their ratios hold where the machine's speed drifts.
//!
//! `cargo bench --bench workbook` prints the table; `-- --markdown` prints it as Markdown, `-- --rounds N` sets the rounds.

#![allow(clippy::expect_used)] // a bench that cannot prepare its input has nothing to measure

mod steps;
mod table;
mod yardsticks;

use std::time::{Duration, Instant};

use steps::Steps;

/// As in the program.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Enough rounds for ratios that hold to a few per cent.
const ROUNDS: usize = 400;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let rounds = arguments.iter().skip_while(|argument| *argument != "--rounds").nth(1);
    let rounds = rounds.map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"));
    let steps = Steps::prepare();
    // One thread does everything: what a run would hand to other threads is done on the spot.
    let one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let measured = one_core.install(|| {
        let _warm_up = run(&steps, rounds / 10 + 1);
        run(&steps, rounds)
    });
    if arguments.iter().any(|argument| argument == "--markdown") {
        print!("{}", table::markdown(&measured, &steps));
    } else {
        print!("{}", table::text(&measured, &steps));
    }
}

/// The times of each step, round by round.
pub struct Measured {
    /// For each step, in the order of [`steps::NAMES`], the time of each round.
    pub times: Vec<Vec<Duration>>,
}

fn run(steps: &Steps, rounds: usize) -> Measured {
    let count = steps::NAMES.len();
    let mut times = vec![Vec::with_capacity(rounds); count];
    for round in 0..rounds {
        // Each round begins with another step: none always follows the same one.
        for turn in 0..count {
            let step = (round + turn) % count;
            if let Some(times) = times.get_mut(step) {
                times.push(timed(steps, step));
            }
        }
    }
    Measured { times }
}

fn timed(steps: &Steps, step: usize) -> Duration {
    let work = steps.ready(step);
    let start = Instant::now();
    let result = work();
    let time = start.elapsed();
    drop(result);
    time
}
