//! What is wanted of a translation, and what is known beside the message: settings of its reader, and earlier messages that it
//! follows. Rules ask for nothing; who calls has fetched it.

use crate::routing::Understands;

/// What is wanted of a translation.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    /// What the reader's system understands.
    pub understands: &'w Understands,
    /// The type that a dialog message gets; `None` when it keeps its own.
    pub into_type: Option<&'static str>,
    /// For an AppRec: the type of the message that it answers, as that was sent. `None` when it need not be told.
    pub sent_type: Option<&'w str>,
    /// What is known of earlier messages.
    pub known: &'w Known,
    /// Whether labels of an earlier translation are turned back into what they tell.
    pub with_labels: bool,
}

/// Earlier messages, as they came. They are content, so they cannot be formatted.
#[derive(Default)]
pub struct Known {
    /// The message in `RefToParent`.
    pub parent: Option<Vec<u8>>,
    /// The message in `RefToConversation`.
    pub first: Option<Vec<u8>>,
    /// A LOG_INNLAGT of the same patient and sender whose stay is not ended.
    pub admission: Option<Vec<u8>>,
}

/// Nothing is known.
pub static NOTHING_KNOWN: Known = Known { parent: None, first: None, admission: None };

impl<'w> Wanted<'w> {
    /// To be understood, with its own type, and with nothing known beside it.
    pub fn of(understands: &'w Understands) -> Self {
        Self { understands, into_type: None, sent_type: None, known: &NOTHING_KNOWN, with_labels: true }
    }
}
