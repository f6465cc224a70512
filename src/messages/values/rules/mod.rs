//! Rules on codes, points in time and telephone numbers. They look at every element of a kind, in every family.

mod many;
pub mod r072_code_has_its_text;
pub mod r073_coded_value_names_its_list;
pub mod r074_code_is_of_the_list_of_its_element;
pub mod r075_new_code_of_a_growing_list_is_accepted;
pub mod r076_texts_of_codes_are_not_compared;
pub mod r077_point_in_time_has_a_known_form;
pub mod r078_time_without_a_zone_is_norwegian;
pub mod r079_tele_address_has_a_scheme;
pub mod r083_list_is_named_by_its_oid;

use crate::messages::survey::Survey;
use crate::rulebook::{Finding, Rule};
use many::many;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r072_code_has_its_text::RULE,
    &r073_coded_value_names_its_list::RULE,
    &r074_code_is_of_the_list_of_its_element::RULE,
    &r075_new_code_of_a_growing_list_is_accepted::RULE,
    &r076_texts_of_codes_are_not_compared::RULE,
    &r077_point_in_time_has_a_known_form::RULE,
    &r078_time_without_a_zone_is_norwegian::RULE,
    &r079_tele_address_has_a_scheme::RULE,
    &r083_list_is_named_by_its_oid::RULE,
];

/// The checks, on every message and on every receipt.
pub static CHECKS: &[fn(&Survey<'_>) -> Vec<Finding>] = &[
    r072_code_has_its_text::check,
    r073_coded_value_names_its_list::check,
    r074_code_is_of_the_list_of_its_element::check,
    r075_new_code_of_a_growing_list_is_accepted::check,
    r077_point_in_time_has_a_known_form::check,
    r079_tele_address_has_a_scheme::check,
    r083_list_is_named_by_its_oid::check,
];
