//! an attachment says what it is.

use crate::domain::Text;
use crate::messages::attachments::attachment::attachments;
use crate::messages::content::{child, code, has};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-183",
    name: "attachment_is_described",
    holds: Text {
        en: "An attachment has MsgType A, IssueDate, MimeType, Description and its content",
        nb: "Et vedlegg har MsgType A, IssueDate, MimeType, Description og innholdet",
        nn: "Eit vedlegg har MsgType A, IssueDate, MimeType, Description og innhaldet",
    },
    hint: Text {
        en: "Fill in what is missing in the RefDoc of the attachment",
        nb: "Fyll ut det som mangler i RefDoc for vedlegget",
        nn: "Fyll ut det som manglar i RefDoc for vedlegget",
    },
    source: "HIS 1036",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds the first thing that is missing in each attachment.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let find = |reference: Node<'_>| {
        let is_marked = child(reference, "MsgType").is_some_and(|kind| code(kind) == "A");
        let has_content = child(reference, "Content").is_some() || has(reference, "FileReference");
        let missing = match () {
            () if !is_marked => Detail::words("another MsgType", "en annen MsgType"),
            () if child(reference, "IssueDate").is_none() => Detail::words("no IssueDate", "ingen IssueDate"),
            () if !has(reference, "MimeType") => Detail::words("no MimeType", "ingen MimeType"),
            () if !has(reference, "Description") => Detail::words("no Description", "ingen Description"),
            () if !has_content => Detail::words("no content", "ikke noe innhold"),
            () => return None,
        };
        Some(place::finding_at(&RULE, reference).found(missing))
    };
    attachments(head).filter_map(|attachment| find(attachment.reference)).collect()
}
