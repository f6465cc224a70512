//! The catalogue of types and rules, and how a message is told from the others: namespace, root and type code, never a prefix,
//! a file name or a schema location.

use super::conversation::rules::ConversationCheck;
use super::kind::MessageType;
use super::msghead::Check;
use super::msghead::model::MsgHead;
use super::{
    addressing, apprec, arrival_rules, attachments, conversation, dialogmelding, epj, identifiers, msghead, opaque, plo,
    schemas, values,
};
use crate::rulebook::Rule;

/// Every type that is recognised; content of no type here is carried unopened.
pub fn all_types() -> impl Iterator<Item = &'static MessageType> {
    [plo::TYPES, dialogmelding::TYPES, apprec::TYPES].into_iter().flatten()
}

/// Every rule of the book, by number.
pub fn all_rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = [
        arrival_rules::RULES,
        msghead::rules::RULES,
        identifiers::rules::RULES,
        addressing::rules::RULES,
        apprec::rules::RULES,
        schemas::rules::RULES,
        opaque::rules::RULES,
        plo::rules::RULES,
        dialogmelding::rules::RULES,
        attachments::rules::RULES,
        conversation::rules::RULES,
        values::rules::RULES,
        epj::rules::RULES,
    ]
    .concat();
    rules.sort_by_key(|rule| rule.id);
    rules
}

/// The type of a message with a MsgHead, by the root of its first content and the type code.
pub(super) fn type_of(head: &MsgHead) -> &'static MessageType {
    let first = head.documents.first().and_then(|document| document.reference.content_roots.first());
    let Some((namespace, root)) = first else { return &opaque::OPAQUE };
    let code = head.info.message_type.v.as_str();
    let fits = |kind: &&MessageType| {
        kind.namespace == namespace && kind.root == root && (kind.code.is_empty() || kind.code == code)
    };
    [plo::TYPES, dialogmelding::TYPES].into_iter().flatten().find(fits).unwrap_or(&opaque::OPAQUE)
}

/// The checks for a type of message with a MsgHead: those on every head, then those of its family.
pub(super) fn checks_of(kind: &MessageType) -> impl Iterator<Item = &'static Check> {
    let family: &[Check] = match kind.family {
        "plo" => plo::rules::CHECKS,
        "dialogmelding" => dialogmelding::rules::CHECKS,
        _ => &[],
    };
    let all = [
        msghead::rules::CHECKS,
        identifiers::rules::CHECKS,
        addressing::rules::CHECKS,
        attachments::rules::CHECKS,
        conversation::rules::CHECKS,
        epj::rules::CHECKS,
        opaque::rules::CHECKS,
        family,
    ];
    all.into_iter().flatten()
}

/// The checks of a message against what it refers to.
pub(super) fn conversation_checks() -> impl Iterator<Item = &'static ConversationCheck> {
    let checks = [
        conversation::rules::CONVERSATION_CHECKS,
        plo::rules::CONVERSATION_CHECKS,
        dialogmelding::rules::CONVERSATION_CHECKS,
    ];
    checks.into_iter().flatten()
}
