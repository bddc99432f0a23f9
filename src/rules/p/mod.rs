//! The package.

mod declared_rates;
mod overview_hours;
mod p301_wage_over_cap;
mod p302_wage_does_not_match_annual;
mod p303_guidance_too_long;
mod p304_package_too_long;
mod p305_course_too_long;
mod p306_internship_weeks;
mod p307_internship_week_hours;
mod p308_internship_over_half;
mod p309_admin_hours;
mod p310_admin_rate;
mod p311_package_over_cap;
mod p312_no_course;
mod p313_course_not_primary;
mod p314_veu_over_hours;
mod p315_earlier_package;
mod p316_employee_twice;
mod p317_not_ordinary_employment;
mod p318_sick_over_half;
mod p319_sick_hours_over_total;
mod p320_new_job_missing_or_same;
mod p321_overhead_share;
mod p322_materials;
mod p323_driving;
mod p324_rate_differs;
mod p325_rate_unverified;
mod p326_numbers_not_consecutive;
mod p327_duration;
mod within_limits;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &p301_wage_over_cap::RULE,
    &p302_wage_does_not_match_annual::RULE,
    &p303_guidance_too_long::RULE,
    &p304_package_too_long::RULE,
    &p305_course_too_long::RULE,
    &p306_internship_weeks::RULE,
    &p307_internship_week_hours::RULE,
    &p308_internship_over_half::RULE,
    &p309_admin_hours::RULE,
    &p310_admin_rate::RULE,
    &p311_package_over_cap::RULE,
    &p312_no_course::RULE,
    &p313_course_not_primary::RULE,
    &p314_veu_over_hours::RULE,
    &p315_earlier_package::RULE,
    &p316_employee_twice::RULE,
    &p317_not_ordinary_employment::RULE,
    &p318_sick_over_half::RULE,
    &p319_sick_hours_over_total::RULE,
    &p320_new_job_missing_or_same::RULE,
    &p321_overhead_share::RULE,
    &p322_materials::RULE,
    &p323_driving::RULE,
    &p324_rate_differs::RULE,
    &p325_rate_unverified::RULE,
    &p326_numbers_not_consecutive::RULE,
    &p327_duration::RULE,
];
