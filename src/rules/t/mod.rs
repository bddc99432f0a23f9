//! Totals: the recalculation.

pub(super) mod comparison;
mod computed;
mod explanation;
mod t401_amount_differs;
mod t402_row_total_differs;
mod t403_column_total_differs;
mod t404_grand_total_differs;
mod t405_rounding;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &t401_amount_differs::RULE,
    &t402_row_total_differs::RULE,
    &t403_column_total_differs::RULE,
    &t404_grand_total_differs::RULE,
    &t405_rounding::RULE,
];
