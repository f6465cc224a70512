//! Rules on the AppRec: those we get, and those we write.

pub mod r099_version_follows_the_message;
pub mod r100_one_apprec_per_receiver;
pub mod r101_late_apprec_is_tolerated;
pub mod r102_status_is_1_or_2;
pub mod r103_errors_belong_to_a_refusal;
pub mod r104_error_is_a_code_of_8221;
pub mod r105_x99_has_a_text;
pub mod r106_text_of_an_error_is_shown;
pub mod r107_original_is_named_exactly;
pub mod r108_original_is_known;
pub mod r109_addresses_are_mirrored;
pub mod r110_roles_are_given;
pub mod r111_signer_is_not_mirrored;
pub mod r112_no_refusal_for_codes_or_content;
pub mod r113_id_is_a_new_uuid;
pub mod r114_a_refusal_reaches_the_sender;
pub mod r115_a_duplicate_gets_no_apprec;
pub mod r116_a_refused_message_is_not_delivered;
pub mod r117_an_apprec_is_never_answered;
pub mod r118_errors_found_later_are_sent_as_deviation;

use super::AppRecView;
use crate::rulebook::{Finding, Rule};

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r099_version_follows_the_message::RULE,
    &r100_one_apprec_per_receiver::RULE,
    &r101_late_apprec_is_tolerated::RULE,
    &r102_status_is_1_or_2::RULE,
    &r103_errors_belong_to_a_refusal::RULE,
    &r104_error_is_a_code_of_8221::RULE,
    &r105_x99_has_a_text::RULE,
    &r106_text_of_an_error_is_shown::RULE,
    &r107_original_is_named_exactly::RULE,
    &r108_original_is_known::RULE,
    &r109_addresses_are_mirrored::RULE,
    &r110_roles_are_given::RULE,
    &r111_signer_is_not_mirrored::RULE,
    &r112_no_refusal_for_codes_or_content::RULE,
    &r113_id_is_a_new_uuid::RULE,
    &r114_a_refusal_reaches_the_sender::RULE,
    &r115_a_duplicate_gets_no_apprec::RULE,
    &r116_a_refused_message_is_not_delivered::RULE,
    &r117_an_apprec_is_never_answered::RULE,
    &r118_errors_found_later_are_sent_as_deviation::RULE,
];

/// The checks on an AppRec by itself.
pub static CHECKS: &[fn(&AppRecView<'_>) -> Option<Finding>] = &[
    r102_status_is_1_or_2::check,
    r103_errors_belong_to_a_refusal::check,
    r104_error_is_a_code_of_8221::check,
    r105_x99_has_a_text::check,
    r110_roles_are_given::check,
    r113_id_is_a_new_uuid::check,
];
