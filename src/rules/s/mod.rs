//! The file and the form.

mod beyond_limits;
mod s001_unreadable_file;
mod s002_unknown_template;
mod s003_missing_sheet;
mod s004_missing_field;
mod s005_other_template_version;
mod s006_unclear_label;
mod s007_formula_replaced;
mod s008_error_value;
mod s009_formula_without_value;
mod s010_hidden_content;
mod s011_macros_or_links;
mod s012_text_outside_form;
mod s013_no_rules_for_date;
mod s014_table_full;
mod s015_figures_not_reviewed;
mod s016_rows_of_nothing;

use super::Rule;

/// The rules of the group, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &s001_unreadable_file::RULE,
    &s002_unknown_template::RULE,
    &s003_missing_sheet::RULE,
    &s004_missing_field::RULE,
    &s005_other_template_version::RULE,
    &s006_unclear_label::RULE,
    &s007_formula_replaced::RULE,
    &s008_error_value::RULE,
    &s009_formula_without_value::RULE,
    &s010_hidden_content::RULE,
    &s011_macros_or_links::RULE,
    &s012_text_outside_form::RULE,
    &s013_no_rules_for_date::RULE,
    &s014_table_full::RULE,
    &s015_figures_not_reviewed::RULE,
    &s016_rows_of_nothing::RULE,
];
