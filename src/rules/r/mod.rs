//! Final accounts, and the accounts against the budget.

mod budgeted;
mod r601_submitted_late;
mod r602_submitted_early;
mod r603_audit_missing;
mod r604_status_report_missing;
mod r605_package_not_granted;
mod r606_granted_differs;
mod r607_payout_over_grant;
mod r608_not_completed;
mod r609_audit_cost_not_budgeted;
mod r610_cost_not_budgeted;
mod r611_no_budget;
mod r612_started_before_grant;
mod r613_underspent;

pub(super) use r607_payout_over_grant::over_grant;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &r601_submitted_late::RULE,
    &r602_submitted_early::RULE,
    &r603_audit_missing::RULE,
    &r604_status_report_missing::RULE,
    &r605_package_not_granted::RULE,
    &r606_granted_differs::RULE,
    &r607_payout_over_grant::RULE,
    &r608_not_completed::RULE,
    &r609_audit_cost_not_budgeted::RULE,
    &r610_cost_not_budgeted::RULE,
    &r611_no_budget::RULE,
    &r612_started_before_grant::RULE,
    &r613_underspent::RULE,
];
