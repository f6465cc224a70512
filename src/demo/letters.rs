//! The messages of the play: the fixtures, written anew as if it happened today.

use super::bundles::Opened;
use crate::domain::{Chance, Clock, ConversationRef, Fault, HerId, MsgId, new_uuid};
use crate::messages::msghead;
use crate::translation::forms::is_bundle;
use crate::xml::{Limits, Tree};
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;

/// A message ready to be sent.
pub struct Letter {
    /// Its MsgId.
    pub msg_id: MsgId,
    /// `MsgInfo/Type`.
    pub type_code: String,
    /// The party that sends it.
    pub from: Option<HerId>,
    /// The party that it is addressed to.
    pub to: Option<HerId>,
    /// The message itself.
    pub bytes: Bytes,
}

/// Writes letters, and remembers which new id stands for which old one, so that what referred to a message still does.
pub struct Letters {
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    ids: HashMap<String, MsgId>,
}

impl Letters {
    /// None written yet.
    pub fn new(clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { clock, chance, ids: HashMap::new() }
    }

    /// The fixture with a MsgId of its own, written now.
    pub fn write(&mut self, fixture: &str) -> Result<Letter, Fault> {
        if is_bundle(fixture.as_bytes()) { self.write_bundle(fixture) } else { self.write_xml(fixture) }
    }

    /// What it refers to was written before it, so its new id is known.
    fn write_bundle(&mut self, fixture: &str) -> Result<Letter, Fault> {
        let broken = || Fault::lasting("a Bundle of the demo cannot be read");
        let bundle = Opened::read(fixture.as_bytes()).ok_or_else(broken)?;
        let (old, written) = (bundle.id().ok_or_else(broken)?, bundle.timestamp().ok_or_else(broken)?);
        let msg_id = self.new_id(&old);
        let renewed = self.ids.iter().fold(fixture.to_string(), |text, (old, new)| text.replace(old, &new.key()));
        Ok(Letter {
            msg_id,
            type_code: bundle.type_code().ok_or_else(broken)?.to_string(),
            from: bundle.from(),
            to: bundle.to(),
            bytes: Bytes::from(renewed.replace(written, &self.clock.now().to_string())),
        })
    }

    fn write_xml(&mut self, fixture: &str) -> Result<Letter, Fault> {
        let broken = |what: &str| Fault::lasting(format!("a message of the demo cannot be read: {what}"));
        let (tree, trouble) = Tree::read(fixture, &Limits::default());
        let root = tree.root().filter(|_| trouble.is_none()).ok_or_else(|| broken("its XML"))?;
        let mut head = msghead::read(root).map_err(|missing| broken(&missing.join("/")))?;
        let now = self.clock.now().to_string();
        let info = &mut head.info;
        info.gen_date = now.clone();
        info.msg_id = self.new_id(&info.msg_id);
        info.conversation = info.conversation.as_ref().map(|reference| self.renewed(reference));
        for document in &mut head.documents {
            document.reference.issue_date = document.reference.issue_date.as_ref().map(|_| now.clone());
        }
        let (from, to) = (head.info.sender.organisation.party(), head.info.receiver.organisation.party());
        Ok(Letter {
            msg_id: head.info.msg_id.clone(),
            type_code: head.info.message_type.v.clone(),
            from: from.address().most_exact(),
            to: to.address().most_exact(),
            bytes: Bytes::from(msghead::write(&head, &msghead::contents(root))),
        })
    }

    fn renewed(&mut self, reference: &ConversationRef) -> ConversationRef {
        ConversationRef { parent: self.new_id(&reference.parent), conversation: self.new_id(&reference.conversation) }
    }

    fn new_id(&mut self, old: &MsgId) -> MsgId {
        let chance = &*self.chance;
        self.ids.entry(old.key()).or_insert_with(|| MsgId::new(new_uuid(chance))).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Seeded, Timestamp};
    use crate::messages::{Parsed, reread};

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> Timestamp {
            Timestamp::from_millis(1_800_000_000_000)
        }
    }

    fn written(letters: &mut Letters, fixture: &str) -> Parsed {
        reread(&letters.write(fixture).unwrap().bytes, &Limits::default()).expect("it can be read again")
    }

    #[test]
    fn a_reply_refers_to_the_new_id_of_what_it_replies_to() {
        let mut letters = Letters::new(Arc::new(Noon), Arc::new(Seeded::new(1)));
        let question = include_str!("../../fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1.xml");
        let answer = include_str!("../../fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1-svar.xml");
        let (question, answer) = (written(&mut letters, question), written(&mut letters, answer));
        assert_eq!(answer.envelope.conversation_key(), question.envelope.msg_id.key());
        assert_ne!(answer.envelope.msg_id, question.envelope.msg_id);
        assert_eq!(question.envelope.gen_date, "2027-01-15T08:00:00.000Z");
        assert!(question.findings.is_empty() && answer.findings.is_empty());
    }
}
