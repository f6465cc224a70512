//! Rules on how sender and receivers are named.

pub mod r065_service_stands_in_its_organisation;
pub mod r066_other_receiver_has_a_role;
pub mod r068_com_method_is_for_letters;
pub mod r070_service_fits_the_type;
pub mod r071_sender_is_named_on_two_levels;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r065_service_stands_in_its_organisation::RULE,
    &r066_other_receiver_has_a_role::RULE,
    &r068_com_method_is_for_letters::RULE,
    &r070_service_fits_the_type::RULE,
    &r071_sender_is_named_on_two_levels::RULE,
];

/// The checks, run on every message with a MsgHead.
pub static CHECKS: &[Check] = &[
    Check::Each(r065_service_stands_in_its_organisation::check),
    Check::Each(r066_other_receiver_has_a_role::check),
    Check::Each(r068_com_method_is_for_letters::check),
    Check::One(r070_service_fits_the_type::check),
    Check::One(r071_sender_is_named_on_two_levels::check),
];
