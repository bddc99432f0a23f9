//! The reports: one model behind all formats, one file a format.

mod alike;
mod control;
mod decisions;
mod json;
mod letter;
mod model;
mod notes;
mod overview;
mod rules_in_force;
mod text;

pub use control::{ControlContext, control_sheet};
pub use decisions::{WaiverUse, decisions_in_words, use_of};
pub use json::{write_json, write_jsonl};
pub use letter::letter;
pub use model::{
    AmountLine, CaseReport, CheckedFile, Claim, Counts, FileReport, PackageLine, Problem, RunReport, SumLine,
    shown_path,
};
pub use notes::marks;
pub use overview::overview_workbook;
pub use rules_in_force::{FigureLine, RulesInForce};
pub use text::{TextStyle, write_text};
