//! Budget and course overview together.

mod k501_package_without_activities;
mod k502_activities_without_package;
mod k503_hours_differ;
mod k504_fee_differs;
mod k505_veu_differs;
mod k506_outside_period;
mod k507_ends_before_start;
mod k508_days_over_dates;
mod k509_hours_per_day;
mod k510_overlap;
mod k511_host_missing;
mod k512_host_is_own_unit;
mod k513_weekend_or_holiday;
mod k514_no_budget;
mod k515_no_overview;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &k501_package_without_activities::RULE,
    &k502_activities_without_package::RULE,
    &k503_hours_differ::RULE,
    &k504_fee_differs::RULE,
    &k505_veu_differs::RULE,
    &k506_outside_period::RULE,
    &k507_ends_before_start::RULE,
    &k508_days_over_dates::RULE,
    &k509_hours_per_day::RULE,
    &k510_overlap::RULE,
    &k511_host_missing::RULE,
    &k512_host_is_own_unit::RULE,
    &k513_weekend_or_holiday::RULE,
    &k514_no_budget::RULE,
    &k515_no_overview::RULE,
];
