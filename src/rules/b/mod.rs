//! Across the cases of one run.

mod b701_employee_in_several_cases;
mod b702_company_over_limit;
mod b703_case_twice;
mod b704_year_budget_used_up;
mod b705_company_data_differs;
mod in_order;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &b701_employee_in_several_cases::RULE,
    &b702_company_over_limit::RULE,
    &b703_case_twice::RULE,
    &b704_year_budget_used_up::RULE,
    &b705_company_data_differs::RULE,
];
