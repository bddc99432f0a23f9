//! The reports: one model behind all formats, one file a format.

mod alike;
mod change;
mod comparison;
mod control;
mod decisions;
mod escape;
mod html;
mod json;
mod json_document;
mod junit;
mod letter;
mod model;
mod news;
mod notes;
mod overview;
mod passed_over;
mod receipt;
mod rules_in_force;
mod run_report;
mod sarif;
mod statistics;
mod tables;
mod text;

pub use change::{Change, HistoryEntry, KnownFinding, RunEntry, history_name, known_findings};
pub use comparison::{CaseComparison, ComparisonTotals};
pub use control::{ControlContext, control_sheet};
pub use decisions::{WaiverUse, decisions_for_case, decisions_in_words};
pub use html::write_page;
pub use json::{write_json, write_jsonl};
pub use junit::write_junit;
pub use letter::letter;
pub use model::{
    AmountLine, CaseReport, CheckedFile, Claim, Counts, FileReport, PackageLine, Problem, SumLine, shown_path,
};
pub use news::{write_history, write_news};
pub use notes::marks;
pub use overview::write_overview;
pub use passed_over::{NOT_OPENED, PassedOver, PassedOverKind};
pub use receipt::{
    OutputList, RECEIPT_FORMAT, Receipt, ReceiptContext, ReceiptInput, ReceiptOutput, ReceiptRules, write_receipt,
};
pub use rules_in_force::{FigureLine, RulesInForce};
pub use run_report::{CaseSource, RunReport, Totals};
pub use sarif::write_sarif;
pub use statistics::{
    ClaimSums, CompanyGrants, Draw, DrawBasis, DrawnDay, FiredRule, Frequency, Mistake, Statistics, YearBudget,
};
pub use text::{TextStyle, problem_in_words, write_summary, write_text};
