//! The reports: one model behind all formats, one file a format.

mod alike;
mod change;
mod comparison;
mod control;
mod decisions;
mod json;
mod json_document;
mod letter;
mod model;
mod news;
mod notes;
mod overview;
mod receipt;
mod rules_in_force;
mod run_report;
mod text;

pub use change::{Change, HistoryEntry, KnownFinding, RunEntry, history_name, known_findings};
pub use comparison::{CaseComparison, ComparisonTotals};
pub use control::{ControlContext, control_sheet};
pub use decisions::{WaiverUse, decisions_for_case, decisions_in_words};
pub use json::{write_json, write_jsonl};
pub use letter::letter;
pub use model::{
    AmountLine, CaseReport, CheckedFile, Claim, Counts, FileReport, PackageLine, Problem, SumLine, shown_path,
};
pub use news::{write_history, write_news};
pub use notes::marks;
pub use overview::overview_workbook;
pub use receipt::{RECEIPT_FORMAT, Receipt, ReceiptContext, ReceiptInput, ReceiptOutput, ReceiptRules, write_receipt};
pub use rules_in_force::{FigureLine, RulesInForce};
pub use run_report::{CaseSource, RunReport, Totals};
pub use text::{TextStyle, problem_in_words, write_text};
