//! References from one resource to others of the Bundle.

use super::at::At;
use super::work::Work;

/// What the references of a member lead to, each with its resource. What leads nowhere is told.
pub(super) fn all_behind<'b>(work: &Work<'b>, holder: &At<'b>, member: &'static str) -> Vec<At<'b>> {
    holder.each(member).iter().filter_map(|reference| work.follow(reference, holder)).collect()
}

/// What the first reference of a member leads to.
pub(super) fn behind<'b>(work: &Work<'b>, holder: &At<'b>, member: &'static str) -> Option<At<'b>> {
    work.follow(&holder.first(member)?, holder)
}

/// The MsgId that a UUID URN or an Identifier with one names, in lower case.
pub(super) fn msg_id(text: &str) -> Option<String> {
    let id = text.trim().strip_prefix("urn:uuid:").unwrap_or(text.trim());
    let is_uuid = id.len() == 36 && uuid::Uuid::try_parse(id).is_ok();
    is_uuid.then(|| id.to_ascii_lowercase())
}
