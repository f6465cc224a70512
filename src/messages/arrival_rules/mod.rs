//! Rules on every arrival, before its type matters (sections A and B of the rule book).

pub mod r003_a_receiver_is_ours;
pub mod r004_sender_can_be_determined;
pub mod r005_msgid_not_received_before;
pub mod r006_size_within_limits;
pub mod r007_type_may_be_acknowledged;
pub mod r008_no_resend_for_a_missing_apprec;
pub mod r009_well_formed;
pub mod r010_bytes_match_the_declared_encoding;
pub mod r011_no_doctype;
pub mod r012_root_is_supported;
pub mod r013_message_is_valid;
pub mod r203_bundle_is_valid_fhir;
pub mod r204_bundle_can_be_said_as_a_message;
pub mod r205_everything_in_a_bundle_has_a_place;

use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r003_a_receiver_is_ours::RULE,
    &r004_sender_can_be_determined::RULE,
    &r005_msgid_not_received_before::RULE,
    &r006_size_within_limits::RULE,
    &r007_type_may_be_acknowledged::RULE,
    &r008_no_resend_for_a_missing_apprec::RULE,
    &r009_well_formed::RULE,
    &r010_bytes_match_the_declared_encoding::RULE,
    &r011_no_doctype::RULE,
    &r012_root_is_supported::RULE,
    &r013_message_is_valid::RULE,
    &r203_bundle_is_valid_fhir::RULE,
    &r204_bundle_can_be_said_as_a_message::RULE,
    &r205_everything_in_a_bundle_has_a_place::RULE,
];
