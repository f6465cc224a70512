//! Where a message stands as a whole. What becomes of it at each receiver is the state of its deliveries.

/// The state of a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MessageState {
    /// Stored, not judged yet.
    Received,
    /// Judged and sent on to at least one receiver; an AppRec: matched and sent back.
    Accepted,
    /// Refused; the sender has been told, by a negative AppRec or at the door.
    Refused,
    /// Neither sent on nor refused: a person must look.
    Held,
    /// Another message with the same MsgId was here before; ignored, without an AppRec.
    Duplicate,
}

impl MessageState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Received, Self::Accepted, Self::Refused, Self::Held, Self::Duplicate];

    /// The word in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Held => "held",
            Self::Duplicate => "duplicate",
        }
    }

    /// The state of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
