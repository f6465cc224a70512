//! What a partner's own system does with what it gets: reads it, tells of it, and answers messages with AppRecs as a record
//! system would.

use super::cast::System;
use crate::domain::{Chance, Clock, HerId, MsgId, new_uuid};
use crate::messages::apprec::model::AppRec;
use crate::messages::apprec::rules::r099_version_follows_the_message::version;
use crate::messages::apprec::{Answer, compose, write};
use crate::messages::{Body, Parsed, reread};
use crate::routing::AppRecVersion;
use crate::xml::Limits;
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Something that happened at a partner.
pub struct News {
    /// At whose system.
    pub at: &'static System,
    /// What.
    pub what: What,
}

/// What can happen at a partner.
pub enum What {
    /// It got a message.
    Message {
        /// Its MsgId.
        msg_id: MsgId,
        /// `MsgInfo/Type`.
        type_code: String,
    },
    /// It got the answer to one of its messages.
    AppRec {
        /// The MsgId of its message.
        answers: MsgId,
        /// The answer.
        said: Said,
    },
    /// Something that the play does not have.
    Trouble(&'static str),
}

/// What an AppRec says.
#[derive(Clone)]
pub struct Said {
    /// In the name of which party.
    pub from: Option<HerId>,
    /// Which version of AppRec.
    pub version: AppRecVersion,
    /// Taken in, or refused.
    pub positive: bool,
    /// Codes of list 8221, why it was refused.
    pub errors: Vec<String>,
    /// Whether the gateway wrote it, on behalf of the party.
    pub by_gateway: bool,
}

/// The desk of one system.
#[derive(Clone)]
pub struct Desk {
    pub system: &'static System,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub news: mpsc::Sender<News>,
}

impl Desk {
    /// Opens a parcel and tells of it. What comes back are the AppRecs to send.
    pub async fn open(&self, parcel: &[u8]) -> Vec<Bytes> {
        let Some(parsed) = reread(parcel, &Limits::default()) else {
            self.tell(What::Trouble("got something that cannot be read")).await;
            return Vec::new();
        };
        match &parsed.body {
            Body::Receipt(apprec) => {
                self.tell(What::AppRec { answers: apprec.original.id.clone(), said: said(apprec) }).await;
                Vec::new()
            }
            Body::Business(_) => {
                let (msg_id, type_code) = (parsed.envelope.msg_id.clone(), parsed.envelope.type_code.clone());
                self.tell(What::Message { msg_id, type_code }).await;
                if self.system.acknowledges { self.answers(&parsed) } else { Vec::new() }
            }
        }
    }

    /// Tells what happened. Nobody listens any more when the demo ends, and then it does not matter.
    pub async fn tell(&self, what: What) {
        let _ = self.news.send(News { at: self.system, what }).await;
    }

    /// One AppRec for each of its own parties among the receivers (HIS 80415: each receiver answers for itself).
    fn answers(&self, parsed: &Parsed) -> Vec<Bytes> {
        let own = |r: &&crate::domain::Receiver| self.system.owns(r.party.address().most_exact());
        let answer = |receiver| {
            let id = MsgId::new(new_uuid(&*self.chance));
            let version = version(parsed.kind, None);
            let apprec = compose(&parsed.envelope, receiver, &Answer::Positive, version, id, self.clock.now());
            Bytes::from(write(&AppRec { software_name: Some(self.system.software.into()), ..apprec }))
        };
        parsed.envelope.receivers.iter().filter(own).map(answer).collect()
    }
}

fn said(apprec: &AppRec) -> Said {
    Said {
        from: apprec.sender.hcp.party().address().most_exact(),
        version: apprec.version,
        positive: apprec.is_positive(),
        errors: apprec.errors.iter().map(|error| error.v.clone()).collect(),
        by_gateway: apprec.software_name.as_deref() == Some("bindeledd"),
    }
}
