//! The list of all kinds of mutants.

use super::given::{Given, Made};
use super::{attributes, harmless, structure, values};

/// One way of changing a document.
pub struct Kind {
    pub name: &'static str,
    pub make: fn(&Given<'_>) -> Option<Made>,
    /// Means nothing to a schema: what was valid stays so.
    pub is_harmless: bool,
}

macro_rules! kinds {
    ($($module:ident ($harmless:literal): $($name:ident)+;)+) => {
        pub const KINDS: &[Kind] =
            &[$($(Kind { name: stringify!($name), make: $module::$name, is_harmless: $harmless },)+)+];
    };
}

kinds! {
    structure(false):
        drop_element drop_two_neighbours swap_neighbours move_element duplicate_element element_from_elsewhere nest_in_itself
        replace_by_sibling unknown_element foreign_element element_in_simple_content rename_typo rename_case rename_to_known
        wrong_namespace other_version wrong_root empty_element unwrap wrap stray_text text_in_empty_element many_copies;
    attributes(false):
        unknown_attribute foreign_attribute instance_attribute missing_attribute misspelled_attribute qualified_attribute
        emptied_attribute attributes_swapped nil_true nil_false nil_garbage type_unknown type_built_in type_named type_of_a_code
        duplicate_id odd_id;
    values(false):
        odd_date odd_date_time odd_boolean odd_number odd_oid odd_code nearly_the_same value_from_elsewhere long_value
        broken_base64 emptied_leaf;
    harmless(true):
        comment comment_in_text instruction instruction_in_text cdata reference_in_text reference_in_attribute
        white_space_in_structure white_space_in_tags other_prefix other_form_of_empty other_quotes order_of_attributes
        unused_namespace line_ends;
}
