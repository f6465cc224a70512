//! One message as its conversation sees it: little enough to be made anew from stored bytes whenever somebody refers to it.

use crate::domain::{Address, ConversationRef, Ident, MsgId};
use crate::messages::content::{at, child, code, each, has, is_code, list};
use crate::messages::kind::MessageType;
use crate::messages::msghead::model::MsgHead;
use crate::messages::msghead::rules::r067_copy_receivers_are_full_receivers::receivers;
use crate::messages::place::PREFIXES;
use crate::rulebook::{Finding, Rule};
use crate::xml::{Node, Place};

/// What the log knows of the messages that one refers to. A gateway in the middle has not seen everything: what is `None` is
/// unknown, which is not wrong.
#[derive(Default)]
pub struct Conversation {
    /// The message in `RefToParent`.
    pub parent: Option<Turn>,
    /// The message in `RefToConversation`.
    pub first: Option<Turn>,
    /// Whether the sender's organisation has cancelled the conversation before.
    pub cancelled: bool,
}

/// One message of a conversation.
#[derive(Clone)]
pub struct Turn {
    /// `MsgInfo/MsgId`.
    pub msg_id: MsgId,
    /// `MsgInfo/ConversationRef`.
    pub reference: Option<ConversationRef>,
    /// `MsgInfo/Type/@V`.
    pub type_code: String,
    /// Local name of the root of its content.
    pub root: String,
    /// Who sent it.
    pub sender: Address,
    /// To whom, copy receivers included.
    pub receivers: Vec<Address>,
    /// The patient's identifiers.
    pub patient: Vec<Ident>,
    /// Forsendelsesstatus of a PLO message: N, M, C; empty where there is none.
    pub status: String,
    /// The local names of what stands directly in the root of its content, each once.
    pub sections: Vec<String>,
    /// What a DIALOG_FORESPORSEL asks for: code list and code.
    pub asks_for: Option<(String, String)>,
    /// How many requests a DIALOG_FORESPORSEL holds.
    pub requests: usize,
    /// Whether it answers a request and does not say which of several: a PLO message with `Foresporsel`, without its
    /// `RefDokIdForesp` (HIS 80704).
    pub answers_any_request: bool,
    /// Whether it is the answer to a message about a patient who is ready (DIALOG_NOTAT, 9155 = 1).
    pub answers_ready_patient: bool,
    place: Place,
    path: String,
}

/// `Forsendelsesstatus` of a PLO message.
pub fn status<'t>(kind: &MessageType, content: Option<Node<'t>>) -> Option<Node<'t>> {
    let content = content.filter(|_| kind.family == "plo")?;
    // In 2.0 it stands one level deeper.
    let there: &[&str] = &["InformasjonOmForsendelsen", "Forsendelsesstatus"];
    at(content, there).or_else(|| at(child(content, "FellesAdministrativeOpplysninger")?, there))
}

/// Whether messages of this type are changed by sending them again with status M (HISD 1154).
pub fn may_be_changed(type_code: &str) -> bool {
    matches!(type_code, "INNLEGGELSESRAPPORT" | "HELSEOPPL_SOKNAD" | "UTSKRIVNINGSRAPPORT")
}

impl Turn {
    /// Reads it off a message: its head, its type, its root, and the root of its content.
    pub fn of(head: &MsgHead, kind: &MessageType, root: Node<'_>, content: Option<Node<'_>>) -> Self {
        let info = &head.info;
        let at_reference: &[&str] = if info.conversation.is_some() { &["MsgInfo", "ConversationRef"] } else { &["MsgInfo"] };
        let node = at(root, at_reference).unwrap_or(root);
        let asks_for = content.and_then(|content| at(content, &["Foresporsel", "TypeForesp"]));
        let theme = content.and_then(|content| at(content, &["Notat", "TemaKodet"]));
        let requests = content.map_or(0, |content| each(content, "Foresporsel").count());
        let repeated = content.filter(|_| kind.family == "plo");
        let repeated = repeated.and_then(|content| at(content, &["InformasjonOmForsendelsen", "Foresporsel"]));
        let of_type = |wanted| info.message_type.v == wanted;
        Self {
            msg_id: info.msg_id.clone(),
            reference: info.conversation.clone(),
            type_code: info.message_type.v.clone(),
            root: content.map_or_else(String::new, |content| content.name().local.to_string()),
            sender: info.sender.organisation.party().address(),
            receivers: receivers(info).iter().map(|receiver| receiver.party.address()).collect(),
            patient: info.patient.as_ref().map_or_else(Vec::new, |patient| patient.idents.clone()),
            status: status(kind, content).map_or_else(String::new, |status| code(status).to_string()),
            sections: content.map_or_else(Vec::new, sections),
            asks_for: asks_for
                .filter(|_| of_type("DIALOG_FORESPORSEL"))
                .map(|kind| (list(kind).to_string(), code(kind).to_string())),
            requests: if of_type("DIALOG_FORESPORSEL") { requests } else { 0 },
            answers_any_request: repeated.is_some_and(|request| !has(request, "RefDokIdForesp")),
            answers_ready_patient: of_type("DIALOG_NOTAT") && theme.is_some_and(|theme| is_code(theme, "9155", "1")),
            place: node.place(),
            path: node.path(PREFIXES),
        }
    }

    /// Whether it changes or cancels an earlier message.
    pub fn changes_or_cancels(&self) -> bool {
        matches!(self.status.as_str(), "M" | "C")
    }

    /// Whether it came from this address: from the same organisation, for another service there may speak for it.
    pub fn came_from(&self, address: Address) -> bool {
        same_organisation(self.sender, address)
    }

    /// Whether it went to this address, also as a copy.
    pub fn went_to(&self, address: Address) -> bool {
        self.receivers.iter().any(|receiver| same_organisation(*receiver, address))
    }

    /// A finding that points at the reference.
    pub fn finding(&self, rule: &'static Rule) -> Finding {
        Finding::new(rule).at(self.place, self.path.clone())
    }
}

/// Where one of them names no organisation, nobody can tell, and the benefit of the doubt is theirs.
fn same_organisation(one: Address, other: Address) -> bool {
    match (one.organisation, other.organisation) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

fn sections(content: Node<'_>) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for section in content.children() {
        let name = section.name().local;
        if !sections.iter().any(|known| known == name) {
            sections.push(name.to_string());
        }
    }
    sections
}
