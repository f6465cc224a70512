//! Rules that the schemas see to.

pub mod r014_content_is_valid;
pub mod r015_content_is_of_a_known_type;
pub mod r045_professional_has_an_ident;
pub mod r156_fk1_party_has_an_ident;
pub mod r188_epj_component_names_its_type;
mod choose;

pub(super) use choose::rule_of;

use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r014_content_is_valid::RULE,
    &r015_content_is_of_a_known_type::RULE,
    &r045_professional_has_an_ident::RULE,
    &r156_fk1_party_has_an_ident::RULE,
    &r188_epj_component_names_its_type::RULE,
];
