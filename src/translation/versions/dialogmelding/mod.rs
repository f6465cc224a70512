//! Dialogmelding 1.0 and 1.1: what differs in the schemas, one rule each; and what differs between the types, which belong to one
//! version each, for whom supports other types than the one that came.

mod plain;
mod roles;
mod order;
mod told;
mod doctor;
pub mod d01_names_are_of_another_year;
pub mod d02_topic_of_a_question_has_no_place_in_1_0;
pub mod d03_question_is_plain_text_in_1_0;
pub mod d05_further_kinds_of_records_have_no_place_in_1_0;
pub mod d06_coded_information_has_no_place_in_1_0;
pub mod d07_role_without_a_person_has_no_place_in_1_0;
pub mod d08_unit_beside_a_person_has_no_place_in_1_0;
mod thread;
mod contact;
pub mod d09_request_is_a_note_in_a_clinical_dialog;
pub mod d10_answer_is_a_note_in_a_clinical_dialog;
pub mod d11_clinical_dialog_is_a_request_an_answer_or_a_note;
pub mod d12_deviation_stays_in_1_0;
pub mod d13_status_of_a_referral_is_a_note_in_1_0;
pub mod d14_attachment_is_of_a_type_that_is_taken;
mod change;

pub use change::{change, types_instead_of};
pub(in crate::translation) use plain::plain;

use super::label::Mark;
use super::rule::Rule;

/// Before what has no element in 1.0.
const MARK: Mark = Mark("[v1.1]");

/// What follows the question of a request.
const BEHIND_QUESTION: &[&str] = order::REQUEST.split_at(3).1;

/// All rules, by number.
pub static RULES: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d03_question_is_plain_text_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d09_request_is_a_note_in_a_clinical_dialog::RULE,
    &d10_answer_is_a_note_in_a_clinical_dialog::RULE,
    &d11_clinical_dialog_is_a_request_an_answer_or_a_note::RULE,
    &d12_deviation_stays_in_1_0::RULE,
    &d13_status_of_a_referral_is_a_note_in_1_0::RULE,
    &d14_attachment_is_of_a_type_that_is_taken::RULE,
];

/// From 1.1 to 1.0: a question is plain before labels are put into it, the topic comes before all of them, and a unit is taken from
/// beside a person while the roles still have their numbers.
pub static DOWN: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d03_question_is_plain_text_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
];

/// From 1.0 to 1.1: the other way round.
pub static UP: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
];
