//! Other support.

mod a801_support_not_deducted;
mod a802_support_declared_not_listed;
mod a803_schemes_exclude;
mod a804_not_for_employees;
mod a805_support_rate;
mod a806_veu_over_week;
mod lines;

pub(super) use a806_veu_over_week::veu_hours_allowed;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &a801_support_not_deducted::RULE,
    &a802_support_declared_not_listed::RULE,
    &a803_schemes_exclude::RULE,
    &a804_not_for_employees::RULE,
    &a805_support_rate::RULE,
    &a806_veu_over_week::RULE,
];
