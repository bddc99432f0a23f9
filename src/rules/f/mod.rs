//! Single fields.

mod f101_required_missing;
mod f102_not_a_number;
mod f103_negative;
mod f104_not_a_date;
mod f105_not_a_choice;
mod f106_invalid_cvr;
mod f107_invalid_p_number;
mod f108_invalid_industry_code;
mod f109_cpr_number;
mod f110_invalid_email;
mod f111_not_whole;
mod f112_implausible_number;
mod f113_time_not_number;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &f101_required_missing::RULE,
    &f102_not_a_number::RULE,
    &f103_negative::RULE,
    &f104_not_a_date::RULE,
    &f105_not_a_choice::RULE,
    &f106_invalid_cvr::RULE,
    &f107_invalid_p_number::RULE,
    &f108_invalid_industry_code::RULE,
    &f109_cpr_number::RULE,
    &f110_invalid_email::RULE,
    &f111_not_whole::RULE,
    &f112_implausible_number::RULE,
    &f113_time_not_number::RULE,
];
