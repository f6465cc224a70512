//! the first Document holds the clinical message as XML.

use super::super::HeadView;
use crate::domain::{Reason, Text};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-039",
    name: "first_document_is_the_message",
    holds: Text {
        en: "The first Document has RefDoc/MsgType 'XML' and the clinical message in Content",
        nb: "Det første Document har RefDoc/MsgType «XML» og fagmeldingen i Content",
        nn: "Det første Document har RefDoc/MsgType «XML» og fagmeldinga i Content",
    },
    hint: Text {
        en: "Put the clinical message first and attachments after it",
        nb: "Legg fagmeldingen først og vedleggene etter den",
        nn: "Legg fagmeldinga først og vedlegga etter ho",
    },
    source: "HIS 80603; HIS 80704; acceptance test 16",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the first document of any message in a MsgHead.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let first = head.model.documents.first().or_else(|| head.model.reports.first()?.documents.first())?;
    let right = first.reference.msg_type.v == "XML" && !first.reference.content_roots.is_empty();
    let found = || Detail::code(&first.reference.msg_type.v);
    (!right).then(|| head.finding(&RULE, &["Document", "RefDoc", "MsgType"]).found(found()))
}
