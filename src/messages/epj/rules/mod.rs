//! Rules on EPJ components, wherever they stand (HIS 80704, HIS 1150).

pub mod r189_component_ids_are_unique_uuids;
pub mod r190_extract_begins_with_its_table_of_contents;
pub mod r191_medication_transfer_says_why;
pub mod r192_node_category_fits_its_component;
pub mod r193_links_between_components_resolve;
pub mod r194_prescription_can_be_followed;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r189_component_ids_are_unique_uuids::RULE,
    &r190_extract_begins_with_its_table_of_contents::RULE,
    &r191_medication_transfer_says_why::RULE,
    &r192_node_category_fits_its_component::RULE,
    &r193_links_between_components_resolve::RULE,
    &r194_prescription_can_be_followed::RULE,
];

/// The checks that the message alone can answer.
pub static CHECKS: &[Check] = &[
    Check::Each(r189_component_ids_are_unique_uuids::check),
    Check::Each(r190_extract_begins_with_its_table_of_contents::check),
    Check::One(r191_medication_transfer_says_why::check),
    Check::Each(r192_node_category_fits_its_component::check),
    Check::Each(r193_links_between_components_resolve::check),
    Check::Each(r194_prescription_can_be_followed::check),
];
