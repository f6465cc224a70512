//! The envelope: who, to whom, what kind, which id, which conversation, when. The same for every message type.

use super::{ConversationRef, MsgId, Party, Receiver, Timestamp};

/// What the path needs to know of a message; complete by construction. Without these parts there is nothing to answer to.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `MsgInfo/MsgId` or `AppRec/Id`.
    pub msg_id: MsgId,
    /// `MsgInfo/Type/@V` (code list 8279), or `APPREC`.
    pub type_code: String,
    /// `MsgInfo/Type/@DN`.
    pub type_name: String,
    /// `GenDate` as written: it is echoed in the AppRec unchanged.
    pub gen_date: String,
    /// `GenDate` as a point in time, when it is a proper `xs:dateTime`.
    pub generated_at: Option<Timestamp>,
    /// Which conversation it belongs to; absent in the first message.
    pub conversation: Option<ConversationRef>,
    /// Who sends.
    pub sender: Party,
    /// The receiver, then the copy receivers, in the order of the message. Never empty.
    pub receivers: Vec<Receiver>,
}

impl Envelope {
    /// The key of the conversation: the MsgId of its first message.
    pub fn conversation_key(&self) -> String {
        match &self.conversation {
            Some(reference) => reference.conversation.key(),
            None => self.msg_id.key(),
        }
    }
}
