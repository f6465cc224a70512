//! What was looked up for a Bundle, and how its message shall be made.

use crate::domain::{HerId, Level};
use crate::routing::OwnedParty;

/// What was looked up, and the sender's settings.
#[derive(Default)]
pub struct Known {
    /// Those of the wanted messages that are stored.
    pub messages: Vec<KnownMessage>,
    /// Those of the wanted HER-ids that there are.
    pub addresses: Vec<KnownAddress>,
    /// What becomes of that which has no place in the message.
    pub unmapped: Unmapped,
    /// How times are written.
    pub times: TimeStyle,
    /// The receiver takes no DIALOG_FORESPORSEL: its questions become DIALOG_HELSEFAGLIG.
    pub questions_as_dialog: bool,
}

/// A stored message. It is content, so it cannot be formatted.
pub struct KnownMessage {
    /// Its MsgId; case does not matter.
    pub msg_id: String,
    /// The whole message, as text.
    pub xml: String,
}

/// A party in the address register. It may be a person, so it cannot be formatted.
#[derive(Clone)]
pub struct KnownAddress {
    /// Its HER-id.
    pub her_id: HerId,
    /// Its name; of a person, given names before the family name.
    pub name: String,
    /// What it is.
    pub level: Level,
    /// HER-id and name of the organisation that it is part of; its own for an organisation as a whole.
    pub organisation: (HerId, String),
}

/// What becomes of FHIR content that has no place in the message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Unmapped {
    /// It is left out, and told.
    #[default]
    Report,
    /// There is no message then.
    Refuse,
    /// It is added to the text of the message, where it has one.
    AppendText,
}

/// How a time of FHIR is written in XML.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TimeStyle {
    /// As Norwegian clocks show it, without offset: what the field does.
    #[default]
    Local,
    /// With offset.
    Offset,
}

impl KnownAddress {
    /// A party of a partner, as its file says it.
    pub fn of(party: &OwnedParty) -> Self {
        let organisation = (party.organisation, party.organisation_name.clone());
        Self {
            her_id: party.party.unwrap_or(party.organisation),
            name: party.name.clone(),
            level: party.level,
            organisation,
        }
    }
}

impl KnownMessage {
    /// A message from its decoded text. Its XML declaration is left out: the encoding that it names is not that of the text any more.
    pub fn new(msg_id: String, text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let declared = text.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>"));
        Self { msg_id, xml: declared.map_or(text, |(_, rest)| rest).to_owned() }
    }
}

impl Known {
    /// The party with this HER-id.
    pub(super) fn address(&self, her_id: HerId) -> Option<&KnownAddress> {
        self.addresses.iter().find(|known| known.her_id == her_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_came_in_another_encoding_is_read_as_the_text_that_it_is() {
        let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<a>Ørn</a>";
        assert_eq!(KnownMessage::new(String::new(), text).xml, "\n<a>Ørn</a>");
        assert_eq!(KnownMessage::new(String::new(), "<a/>").xml, "<a/>");
    }
}
