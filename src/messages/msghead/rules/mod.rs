//! Rules on the MsgHead: its patient, its documents, its addresses.

pub mod r016_migversion_is_1_2;
pub mod r018_one_message_in_the_first_document;
pub mod r019_no_element_is_empty;
pub mod r020_organisation_has_content;
pub mod r021_no_attribute_ends_with_a_blank;
pub mod r022_schema_locations_are_ignored;
pub mod r023_type_is_a_known_code;
pub mod r024_type_has_its_text;
pub mod r025_gendate_is_of_our_time;
pub mod r026_msgid_is_a_uuid;
pub mod r027_msgid_is_never_used_again;
pub mod r028_message_is_for_production;
pub mod r029_ack_is_left_out;
pub mod r030_exactly_one_patient;
pub mod r031_patient_reports_go_to_registers_only;
pub mod r032_patient_has_a_full_name;
pub mod r033_patient_is_identified;
pub mod r034_patient_has_a_number;
pub mod r036_unknown_patient_is_accepted;
pub mod r038_nationality_is_for_foreigners;
pub mod r039_first_document_is_the_message;
pub mod r040_one_main_document;
pub mod r041_document_has_its_issue_date;
pub mod r042_reference_names_the_document_inside;
pub mod r043_consent_is_not_refused;
pub mod r044_referenced_file_travels_along;
pub mod r046_address_has_content;
pub mod r047_signature_in_the_message_verifies;
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
    &r020_organisation_has_content::RULE,
    &r021_no_attribute_ends_with_a_blank::RULE,
    &r022_schema_locations_are_ignored::RULE,
    &r023_type_is_a_known_code::RULE,
    &r024_type_has_its_text::RULE,
    &r025_gendate_is_of_our_time::RULE,
    &r026_msgid_is_a_uuid::RULE,
    &r027_msgid_is_never_used_again::RULE,
    &r028_message_is_for_production::RULE,
    &r029_ack_is_left_out::RULE,
    &r030_exactly_one_patient::RULE,
    &r031_patient_reports_go_to_registers_only::RULE,
    &r032_patient_has_a_full_name::RULE,
    &r033_patient_is_identified::RULE,
    &r034_patient_has_a_number::RULE,
    &r036_unknown_patient_is_accepted::RULE,
    &r038_nationality_is_for_foreigners::RULE,
    &r039_first_document_is_the_message::RULE,
    &r040_one_main_document::RULE,
    &r041_document_has_its_issue_date::RULE,
    &r042_reference_names_the_document_inside::RULE,
    &r043_consent_is_not_refused::RULE,
    &r044_referenced_file_travels_along::RULE,
    &r046_address_has_content::RULE,
    &r047_signature_in_the_message_verifies::RULE,
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
    Check::Each(r020_organisation_has_content::check),
    Check::Each(r021_no_attribute_ends_with_a_blank::check),
    Check::One(r023_type_is_a_known_code::check),
    Check::One(r024_type_has_its_text::check),
    Check::One(r026_msgid_is_a_uuid::check),
    Check::One(r028_message_is_for_production::check),
    Check::One(r029_ack_is_left_out::check),
    Check::One(r030_exactly_one_patient::check),
    Check::One(r031_patient_reports_go_to_registers_only::check),
    Check::One(r032_patient_has_a_full_name::check),
    Check::One(r033_patient_is_identified::check),
    Check::One(r034_patient_has_a_number::check),
    Check::Each(r038_nationality_is_for_foreigners::check),
    Check::One(r039_first_document_is_the_message::check),
    Check::One(r040_one_main_document::check),
    Check::Each(r041_document_has_its_issue_date::check),
    Check::Each(r042_reference_names_the_document_inside::check),
    Check::Each(r043_consent_is_not_refused::check),
    Check::Each(r044_referenced_file_travels_along::check),
    Check::Each(r046_address_has_content::check),
    Check::One(r047_signature_in_the_message_verifies::check),
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
