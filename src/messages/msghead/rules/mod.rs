//! Rules on the MsgHead: its patient, its documents, its addresses.

pub mod r016_migversion_is_1_2;
pub mod r018_one_message_in_the_first_document;
pub mod r019_no_element_is_empty;
pub mod r023_type_is_a_known_code;
pub mod r026_msgid_is_a_uuid;
pub mod r030_exactly_one_patient;
pub mod r033_patient_is_identified;
pub mod r036_unknown_patient_is_accepted;
pub mod r039_first_document_is_the_message;
pub mod r061_level_1_has_a_her_id;
pub mod r062_level_2_has_a_her_id;
pub mod r063_service_exists;
pub mod r064_person_exists;
pub mod r067_copy_receivers_are_full_receivers;

use super::Check;
use crate::domain::Receiver;
use crate::routing::Directory;
use crate::rulebook::{Finding, Rule};

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r016_migversion_is_1_2::RULE,
    &r018_one_message_in_the_first_document::RULE,
    &r019_no_element_is_empty::RULE,
    &r023_type_is_a_known_code::RULE,
    &r026_msgid_is_a_uuid::RULE,
    &r030_exactly_one_patient::RULE,
    &r033_patient_is_identified::RULE,
    &r036_unknown_patient_is_accepted::RULE,
    &r039_first_document_is_the_message::RULE,
    &r061_level_1_has_a_her_id::RULE,
    &r062_level_2_has_a_her_id::RULE,
    &r063_service_exists::RULE,
    &r064_person_exists::RULE,
    &r067_copy_receivers_are_full_receivers::RULE,
];

/// The checks on a MsgHead by itself.
pub static CHECKS: &[Check] = &[
    Check::One(r016_migversion_is_1_2::check),
    Check::One(r018_one_message_in_the_first_document::check),
    Check::Each(r019_no_element_is_empty::check),
    Check::One(r023_type_is_a_known_code::check),
    Check::One(r026_msgid_is_a_uuid::check),
    Check::One(r030_exactly_one_patient::check),
    Check::One(r033_patient_is_identified::check),
    Check::One(r039_first_document_is_the_message::check),
];

/// A check on one receiver at its position in the envelope.
pub type ReceiverCheck = fn(&Receiver, usize, &Directory) -> Option<Finding>;

/// The checks on one receiver, given who is ours.
pub static RECEIVER_CHECKS: &[ReceiverCheck] = &[
    r061_level_1_has_a_her_id::check,
    r062_level_2_has_a_her_id::check,
    r063_service_exists::check,
    r064_person_exists::check,
];
