//! Which earlier message a new one belongs to, and the conversation of both.

use super::at::{At, ours};
use super::catalogue::{EARLIER, EARLIER_PARTY, EARLIER_WANTED, SEVERAL_EARLIER};
use super::earlier::Earlier;
use super::element::{Element, MH};
use super::entries::Entries;
use super::references::msg_id;
use super::work::Work;
use crate::domain::HerId;
use crate::fhir::Path;
use crate::translation::mapping::BASE;

/// A message that a resource refers to.
pub(super) struct Referred {
    /// Its MsgId, in lower case.
    pub msg_id: String,
    /// Where.
    pub path: Path,
}

/// The members that may refer to a message.
const MEMBERS: [&str; 5] = ["inResponseTo", "basedOn", "about", "replaces", "relatesTo"];

/// The messages that a resource refers to: by Identifier, by an address that is a MsgId, or by a resource that bears one.
pub(super) fn referred<'b>(entries: &Entries<'b>, root: &At<'b>) -> Vec<Referred> {
    let mut found = Vec::new();
    let members = MEMBERS.into_iter().flat_map(|member| root.each(member));
    let by_extension = root.extension(&ours("in-response-to")).and_then(|one| one.value());
    for reference in members.chain(by_extension) {
        let target = ["targetIdentifier", "targetReference"].into_iter().find_map(|kind| {
            let kinds = ("target", if kind == "targetIdentifier" { "Identifier" } else { "Reference" });
            reference.choice(kind, kinds.0, kinds.1)
        });
        let is_identifier = target.as_ref().is_some_and(|_| reference.json.get("targetIdentifier").is_some());
        let reference = target.unwrap_or(reference);
        let identifier = if is_identifier { Some(reference.clone()) } else { reference.get("identifier") };
        found.extend(of_reference(entries, &reference, identifier, root));
    }
    found
}

fn of_reference<'b>(
    entries: &Entries<'b>,
    reference: &At<'b>,
    identifier: Option<At<'b>>,
    root: &At<'b>,
) -> Option<Referred> {
    if let Some(value) = identifier.and_then(|identifier| identifier.get("value")) {
        return Some(Referred { msg_id: msg_id(value.peek()?)?, path: value.path });
    }
    let to = reference.get("reference")?;
    match entries.follow(reference, root) {
        // It may be in the Bundle for itself, and be no message's.
        Some(resource) => thread(&resource).map(|msg_id| Referred { msg_id, path: to.path }),
        None => Some(Referred { msg_id: msg_id(to.peek()?)?, path: to.path }),
    }
}

/// The thread that a resource says it is in.
fn thread(resource: &At<'_>) -> Option<String> {
    let system = format!("{BASE}/CodeSystem/gw-id");
    let is_thread = |identifier: &At<'_>| {
        let codings = identifier.get("type").map(|kind| kind.each("coding")).unwrap_or_default();
        codings.iter().any(|coding| coding.peek_of("system") == Some(&*system) && coding.peek_of("code") == Some("thread"))
    };
    let identifier = resource.each("identifier").into_iter().find(is_thread)?;
    let id = identifier.peek_of("value").and_then(msg_id)?;
    identifier.done();
    Some(id)
}

/// What a message belongs to.
pub(super) struct Link<'b> {
    /// The message that it follows, if it is stored.
    pub earlier: Option<&'b Earlier<'b>>,
    parent: String,
    conversation: String,
    /// Where it is said.
    pub path: Path,
}

impl Link<'_> {
    pub fn element(&self) -> Element {
        let mut element = MH.element("ConversationRef");
        element.push(MH.text("RefToParent", &self.parent));
        element.push(MH.text("RefToConversation", &self.conversation));
        element
    }
}

/// The message that a root resource belongs to; `None` for the first of a conversation. What is not known is told.
pub(super) fn link<'b>(work: &Work<'b>, root: &At<'b>) -> Option<Link<'b>> {
    if let Some(link) = by_extension(work) {
        return Some(link);
    }
    let all = referred(&work.entries, root);
    all.iter().for_each(|_| read(root));
    let first = all.first()?;
    if let Some(other) = all.iter().find(|one| one.msg_id != first.msg_id) {
        work.tell(&SEVERAL_EARLIER, other.path.clone());
    }
    let known = work.earlier.iter().find(|earlier| earlier.is(&first.msg_id));
    let path = first.path.clone();
    if let Some(earlier) = known {
        let envelope = &earlier.parsed.envelope;
        let parent = envelope.msg_id.as_written().trim().to_owned();
        let begun = envelope.conversation.as_ref().map(|of| of.conversation.as_written().trim().to_owned());
        let conversation = begun.unwrap_or_else(|| parent.clone());
        return Some(Link { earlier: Some(earlier), parent, conversation, path });
    }
    if let Some(thread) = thread(root) {
        return Some(Link { earlier: None, parent: first.msg_id.clone(), conversation: thread, path });
    }
    work.tell(&EARLIER, path);
    None
}

/// The references to messages count as read.
fn read(root: &At<'_>) {
    for reference in MEMBERS.into_iter().flat_map(|member| root.each(member)) {
        let has_target = reference.json.get("targetIdentifier").or(reference.json.get("targetReference"));
        if has_target.is_some() || reference.json.get("identifier").is_some() || reference.json.get("reference").is_some() {
            reference.done();
        }
    }
    if let Some(value) = root.extension(&ours("in-response-to")).and_then(|one| one.value()) {
        value.done();
    }
    thread(root);
}

/// The sender says it itself.
fn by_extension<'b>(work: &Work<'b>) -> Option<Link<'b>> {
    let extension = work.header.extension(&ours("conversation"))?;
    let part = |name: &str| extension.extension(name).and_then(|part| part.value()).and_then(|value| value.text());
    let (parent, begun) = (part("refToParent")?, part("refToConversation"));
    let (parent, begun) = (parent.trim().to_owned(), begun.map(|begun| begun.trim().to_owned()));
    let earlier = work.earlier.iter().find(|earlier| earlier.is(&parent));
    let conversation = begun.unwrap_or_else(|| parent.clone());
    Some(Link { earlier, parent, conversation, path: extension.path })
}

/// The MsgId in the extension `conversation`, for looking it up.
pub(super) fn parent_by_extension(header: &At<'_>) -> Option<String> {
    let parent = header.extension(&ours("conversation"))?.extension("refToParent")?.value()?;
    msg_id(parent.peek()?)
}

/// The same for a message that must follow another; that it does not is told.
pub(super) fn wanted_link<'b>(work: &Work<'b>, root: &At<'b>) -> Option<Link<'b>> {
    let before = work.remarks().len();
    let link = link(work, root);
    if link.is_none() && work.remarks().len() == before {
        work.tell(&EARLIER_WANTED, root.path.clone());
    }
    link
}

/// What answers a message goes to its sender.
pub(super) fn goes_back(work: &Work<'_>, link: Option<&Link<'_>>, receiver: Option<HerId>) {
    let Some((link, earlier)) = link.and_then(|link| Some((link, link.earlier?))) else { return };
    let sender = earlier.parsed.envelope.sender.address().most_exact();
    if receiver.is_some() && sender != receiver {
        work.tell(&EARLIER_PARTY, link.path.clone());
    }
}
