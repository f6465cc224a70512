//! What must be looked up before a Bundle can be made a message.

use super::at::Used;
use super::conversation::{parent_by_extension, referred};
use super::entries::Entries;
use super::party::written;
use crate::domain::HerId;
use crate::fhir::Json;

/// What must be looked up; each once, in the order of the Bundle.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// MsgIds of the messages that it refers to, in lower case: UUIDs, but for what a receipt may name.
    pub messages: Vec<String>,
    /// The HER-ids of sender and receivers.
    pub addresses: Vec<HerId>,
}

/// What a Bundle needs to have looked up. It may be any JSON: then there is nothing.
pub fn wanted(bundle: &Json<'_>) -> Wanted {
    let used = Used::default();
    let entries = Entries::of(bundle, &used);
    let mut wanted = Wanted::default();
    let Some(header) = entries.header() else { return wanted };
    let parties = header.get("sender").into_iter().map(|sender| (sender, header.clone()));
    let receivers = header.each("destination").into_iter().filter_map(|to| Some((to.get("receiver")?, to)));
    for (reference, holder) in parties.chain(receivers) {
        let her_id = written(&entries, &reference, &holder).and_then(|found| found.her_id());
        wanted.addresses.extend(her_id.filter(|her_id| !wanted.addresses.contains(her_id)));
    }
    // A receipt may be for a message whose MsgId is no UUID.
    let response =
        header.get("response").and_then(|response| Some(response.peek_of("identifier")?.trim().to_ascii_lowercase()));
    let roots = ["Communication", "CommunicationRequest", "Composition", "CarePlan"].into_iter();
    let referred = roots.flat_map(|kind| entries.all(kind)).flat_map(|root| referred(&entries, &root)).map(|one| one.msg_id);
    let messages: Vec<String> = response.into_iter().chain(parent_by_extension(header)).chain(referred).collect();
    for message in messages {
        if !wanted.messages.contains(&message) {
            wanted.messages.push(message);
        }
    }
    wanted
}
