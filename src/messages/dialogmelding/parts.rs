//! The parts of a dialog message that its rules look at, and which profile uses which.

use crate::messages::content::{child, each, says_something};
use crate::messages::msghead::HeadView;
use crate::xml::Node;

/// Which of its two classes a dialog message uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Uses {
    /// `Foresporsel`.
    Request,
    /// `Notat`.
    Note,
}

/// The types with a profile: which version of dialogmelding they are in, and what they use. The types for dialog with
/// citizens (DIALOG_INNBYGGER_*) use either class, and the list of types grows.
static PROFILES: &[(&str, &str, Uses)] = &[
    ("DIALOG_FORESPORSEL", "1.0", Uses::Request),
    ("DIALOG_SVAR", "1.0", Uses::Note),
    ("DIALOG_NOTAT", "1.0", Uses::Note),
    ("DIALOG_AVVIK", "1.0", Uses::Note),
    ("DIALOG_HELSEFAGLIG", "1.1", Uses::Note),
    ("DIALOG_STATUS_HENVISNING", "1.1", Uses::Note),
    ("DIALOG_TIL_ARKIVERING", "1.1", Uses::Note),
];

/// Version and class of a type that has a profile.
pub fn profile(type_code: &str) -> Option<(&'static str, Uses)> {
    PROFILES.iter().find(|(code, ..)| *code == type_code).map(|(_, version, uses)| (*version, *uses))
}

/// The requests for other services: from nursing and care, from a GP, from a hospital.
pub const REQUEST_LISTS: [&str; 3] = ["9152", "9153", "9154"];

/// The first `Notat` of a message of this type.
pub fn note_of<'t>(head: &'t HeadView<'_>, type_code: &str) -> Option<Node<'t>> {
    let content = (head.type_code() == type_code).then(|| head.content())?;
    child(content?, "Notat")
}

/// The first `Foresporsel` of a message of this type.
pub fn request_of<'t>(head: &'t HeadView<'_>, type_code: &str) -> Option<Node<'t>> {
    let content = (head.type_code() == type_code).then(|| head.content())?;
    child(content?, "Foresporsel")
}

/// The roles in a note or a request.
pub fn roles<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> + use<'t> {
    each(node, "RollerRelatertNotat")
}

/// Every role, wherever in the message it stands.
pub fn all_roles<'t>(head: &'t HeadView<'_>) -> Vec<Node<'t>> {
    let Some(content) = head.content() else { return Vec::new() };
    content.descendants().filter(|node| node.name().local == "RollerRelatertNotat").collect()
}

/// Whether somebody can be called: an element with at least one `TeleCom` whose address says something.
pub fn can_be_called(node: Node<'_>) -> bool {
    let addresses = each(node, "TeleCom").filter_map(|telecom| child(telecom, "TeleAddress"));
    addresses
        .into_iter()
        .any(|address| address.attribute("V").is_some_and(|v| !v.trim().is_empty()) || says_something(address))
}
