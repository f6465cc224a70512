//! Rules on the content of dialog messages (HIS 80603 and the profiles).

pub mod r119_requests_or_one_note;
pub mod r120_profile_uses_its_class;
pub mod r121_note_has_a_text;
pub mod r122_free_question_is_asked;
pub mod r123_purpose_is_left_to_the_sender;
pub mod r124_role_is_named;
pub mod r125_role_is_taken;
pub mod r126_answer_holds_the_question;
pub mod r127_deviation_has_a_known_reason;
pub mod r128_deviation_is_not_about_content;
pub mod r129_clinical_dialog_has_theme_and_text;
pub mod r130_somebody_can_be_called;
pub mod r131_contact_at_the_receiver_is_named;
pub mod r132_referral_status_has_code_and_clinician;
pub mod r133_referral_status_says_where_or_why;
pub mod r134_message_for_the_record_is_a_note;
pub mod r135_answer_to_ready_patient_refers_to_it;
pub mod r136_profile_is_in_its_version;
pub mod r137_unused_fields_are_left_out;
pub mod r138_request_is_answered_as_expected;
pub mod r195_formatted_text_is_plain_xhtml;

use crate::messages::conversation::rules::ConversationCheck;
use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r119_requests_or_one_note::RULE,
    &r120_profile_uses_its_class::RULE,
    &r121_note_has_a_text::RULE,
    &r122_free_question_is_asked::RULE,
    &r123_purpose_is_left_to_the_sender::RULE,
    &r124_role_is_named::RULE,
    &r125_role_is_taken::RULE,
    &r126_answer_holds_the_question::RULE,
    &r127_deviation_has_a_known_reason::RULE,
    &r128_deviation_is_not_about_content::RULE,
    &r129_clinical_dialog_has_theme_and_text::RULE,
    &r130_somebody_can_be_called::RULE,
    &r131_contact_at_the_receiver_is_named::RULE,
    &r132_referral_status_has_code_and_clinician::RULE,
    &r133_referral_status_says_where_or_why::RULE,
    &r134_message_for_the_record_is_a_note::RULE,
    &r135_answer_to_ready_patient_refers_to_it::RULE,
    &r136_profile_is_in_its_version::RULE,
    &r137_unused_fields_are_left_out::RULE,
    &r138_request_is_answered_as_expected::RULE,
    &r195_formatted_text_is_plain_xhtml::RULE,
];

/// The checks that the message alone can answer.
pub static CHECKS: &[Check] = &[
    Check::One(r119_requests_or_one_note::check),
    Check::One(r120_profile_uses_its_class::check),
    Check::One(r121_note_has_a_text::check),
    Check::One(r122_free_question_is_asked::check),
    Check::Each(r124_role_is_named::check),
    Check::Each(r125_role_is_taken::check),
    Check::Each(r126_answer_holds_the_question::check),
    Check::One(r127_deviation_has_a_known_reason::check),
    Check::One(r128_deviation_is_not_about_content::check),
    Check::Each(r129_clinical_dialog_has_theme_and_text::check),
    Check::One(r130_somebody_can_be_called::check),
    Check::One(r131_contact_at_the_receiver_is_named::check),
    Check::Each(r132_referral_status_has_code_and_clinician::check),
    Check::One(r133_referral_status_says_where_or_why::check),
    Check::Each(r134_message_for_the_record_is_a_note::check),
    Check::One(r135_answer_to_ready_patient_refers_to_it::check),
    Check::One(r136_profile_is_in_its_version::check),
    Check::Each(r137_unused_fields_are_left_out::check),
    Check::Each(r195_formatted_text_is_plain_xhtml::check),
];

/// The checks that need the messages it refers to.
pub static CONVERSATION_CHECKS: &[ConversationCheck] = &[
    r128_deviation_is_not_about_content::compare,
    r135_answer_to_ready_patient_refers_to_it::compare,
    r138_request_is_answered_as_expected::compare,
];
