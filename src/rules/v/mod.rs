//! The company and the case.

mod beginnings;
mod package_limit;
mod v201_industry_not_eligible;
mod v202_industry_unknown;
mod v203_too_many_packages;
mod v204_package_limit_unclear;
mod v205_more_packages_than_employees;
mod v206_not_agreed;
mod v207_period_reversed;
mod v208_period_before_application;
mod v209_period_before_answer;
mod v210_audit_needed;
mod v211_audit_not_eligible;
mod v212_case_data_differs;

pub(super) use package_limit::packages_for_size;
pub(super) use v211_audit_not_eligible::ineligible_audit;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &v201_industry_not_eligible::RULE,
    &v202_industry_unknown::RULE,
    &v203_too_many_packages::RULE,
    &v204_package_limit_unclear::RULE,
    &v205_more_packages_than_employees::RULE,
    &v206_not_agreed::RULE,
    &v207_period_reversed::RULE,
    &v208_period_before_application::RULE,
    &v209_period_before_answer::RULE,
    &v210_audit_needed::RULE,
    &v211_audit_not_eligible::RULE,
    &v212_case_data_differs::RULE,
];
