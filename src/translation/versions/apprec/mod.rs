//! AppRec 1.0 and 1.1: they say the same in other names, and call the roles otherwise.

pub mod a01_names_and_version_text_differ;
pub mod a02_roles_have_other_codes;
pub mod a03_message_is_named_by_the_type_that_was_sent;

use super::rule::Rule;

/// The rules.
pub static RULES: &[&Rule] = &[
    &a01_names_and_version_text_differ::RULE,
    &a02_roles_have_other_codes::RULE,
    &a03_message_is_named_by_the_type_that_was_sent::RULE,
];
