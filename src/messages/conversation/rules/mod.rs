//! Rules on references between messages.

pub mod r084_first_message_refers_to_nothing;
pub mod r085_answer_refers_to_its_question;
pub mod r086_change_refers_to_what_it_changes;
pub mod r087_conversation_is_that_of_the_parent;
pub mod r088_references_are_known;
pub mod r089_patient_is_the_same;
pub mod r090_status_is_new_change_or_cancellation;
pub mod r091_only_some_types_are_changed;
pub mod r092_change_is_complete;
pub mod r093_nothing_follows_a_cancellation;
pub mod r094_change_has_its_own_msgid;
pub mod r095_change_may_come_before_what_it_changes;
pub mod r096_change_is_of_the_same_type;
pub mod r097_change_comes_from_the_same_sender;
pub mod r098_notice_is_new_and_update_is_a_change;

use super::{Conversation, Turn};
use crate::messages::msghead::Check;
use crate::rulebook::{Finding, Rule};

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r084_first_message_refers_to_nothing::RULE,
    &r085_answer_refers_to_its_question::RULE,
    &r086_change_refers_to_what_it_changes::RULE,
    &r087_conversation_is_that_of_the_parent::RULE,
    &r088_references_are_known::RULE,
    &r089_patient_is_the_same::RULE,
    &r090_status_is_new_change_or_cancellation::RULE,
    &r091_only_some_types_are_changed::RULE,
    &r092_change_is_complete::RULE,
    &r093_nothing_follows_a_cancellation::RULE,
    &r094_change_has_its_own_msgid::RULE,
    &r095_change_may_come_before_what_it_changes::RULE,
    &r096_change_is_of_the_same_type::RULE,
    &r097_change_comes_from_the_same_sender::RULE,
    &r098_notice_is_new_and_update_is_a_change::RULE,
];

/// The checks that the message alone can answer.
pub static CHECKS: &[Check] = &[
    Check::One(r084_first_message_refers_to_nothing::check),
    Check::One(r085_answer_refers_to_its_question::check),
    Check::One(r086_change_refers_to_what_it_changes::check),
    Check::One(r088_references_are_known::check),
    Check::One(r090_status_is_new_change_or_cancellation::check),
    Check::One(r091_only_some_types_are_changed::check),
    Check::One(r094_change_has_its_own_msgid::check),
    Check::One(r098_notice_is_new_and_update_is_a_change::check),
];

/// A check on a message that refers to others, given what the log knows of them.
pub type ConversationCheck = fn(&Turn, &Conversation) -> Option<Finding>;

/// The checks that need the messages it refers to.
pub static CONVERSATION_CHECKS: &[ConversationCheck] = &[
    r084_first_message_refers_to_nothing::compare,
    r087_conversation_is_that_of_the_parent::compare,
    r088_references_are_known::compare,
    r089_patient_is_the_same::compare,
    r092_change_is_complete::compare,
    r093_nothing_follows_a_cancellation::compare,
    r096_change_is_of_the_same_type::compare,
    r097_change_comes_from_the_same_sender::compare,
];
