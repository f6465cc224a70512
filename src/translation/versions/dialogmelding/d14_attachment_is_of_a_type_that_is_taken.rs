//! D-14: an attachment that the receiver does not take goes nowhere without being told, and is never left out.

use super::super::rule::Rule;
use crate::domain::Text;
use crate::messages::attachments::rules::r184_attachment_type_fits_the_profile::allowed_in;
use crate::messages::attachments::{Attachment, attachments_of};
use crate::routing::LossClass;
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-14",
    name: "attachment_is_of_a_type_that_is_taken",
    what: Text {
        en: "An attachment of a type that the receiver (attachments), or the type that the message becomes, does not take is never left out; the message is refused",
        nb: "Et vedlegg av en type som mottakeren (attachments), eller typen som meldingen blir til, ikke tar imot, utelates aldri; meldingen avvises",
        nn: "Eit vedlegg av ein type som mottakaren (attachments), eller typen som meldinga blir til, ikkje tek imot, blir aldri utelate; meldinga blir avvist",
    },
    before: "Document/RefDoc/MimeType",
    after: "nowhere",
    class: LossClass::Refuse,
    source: "HIS 1036; HIS 1077; HIS 1206",
    down: None,
    up: None,
};

/// The attachments that are not taken: by the types that the receiver names, if any, and by the profile of the type that the message
/// becomes. One without a type may be anything, and so is not of those that the receiver names.
pub fn not_taken<'t>(documents: impl Iterator<Item = Node<'t>>, taken: &[String], into_type: Option<&str>) -> Vec<Node<'t>> {
    let profile = into_type.and_then(allowed_in);
    let is_taken = |attachment: &Attachment<'_>| {
        let declared = attachment.mime_type().map(|(_, declared)| declared);
        let by_receiver = taken.is_empty() || declared.as_ref().is_some_and(|declared| taken.contains(declared));
        let by_profile = profile.is_none_or(|allowed| declared.is_none_or(|declared| allowed.contains(&&*declared)));
        by_receiver && by_profile
    };
    attachments_of(documents).filter(|attachment| !is_taken(attachment)).map(|attachment| attachment.reference).collect()
}
