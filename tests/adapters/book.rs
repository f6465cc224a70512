//! An inbox that writes down what it is given and says what it is told to say.

use bindeledd::domain::{Fault, MessageState, PartnerName, Reason, Seeded, Text, TrackingId};
use bindeledd::rulebook::{Consequence, Enforced, Finding, Rule};
use bindeledd::transports::{Arrival, BoxFuture, Inbox, Receipt, Reception, TurnedAway, WhyTurnedAway};
use bindeledd::xml::Place;
use bytes::Bytes;
use std::sync::Mutex;
use tokio::sync::{Semaphore, watch};

/// What the inbox says to the next arrivals.
#[derive(Clone, Copy)]
pub enum Mood {
    Takes,
    TurnsAway(WhyTurnedAway),
    Faults(fn() -> Fault),
}

/// One arrival as it came.
#[derive(Clone)]
pub struct Entry {
    pub bytes: Bytes,
    pub partner: PartnerName,
    pub via: &'static str,
    pub tracking: TrackingId,
}

pub struct Book {
    mood: Mutex<Mood>,
    taken: Mutex<Vec<Entry>>,
    chance: Seeded,
    /// One permit lets one arrival be answered; open by default.
    gate: Semaphore,
    asked: watch::Sender<usize>,
    faulted: watch::Sender<usize>,
}

pub static RULE: Rule = Rule {
    id: "R-009",
    name: "it_is_well_formed",
    holds: Text { en: "The document is well formed", nb: "Dokumentet er velformet", nn: "Dokumentet er velforma" },
    hint: Text { en: "Close every element.", nb: "Lukk hvert element.", nn: "Lukk kvart element." },
    source: "XML 1.0, 2.1",
    incoming: Consequence::Refuse(Reason::Unreadable),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

impl Default for Book {
    fn default() -> Self {
        Self {
            mood: Mutex::new(Mood::Takes),
            taken: Mutex::default(),
            chance: Seeded::new(1),
            gate: Semaphore::new(Semaphore::MAX_PERMITS / 2),
            asked: watch::Sender::new(0),
            faulted: watch::Sender::new(0),
        }
    }
}

impl Book {
    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What was taken, each once.
    pub fn taken(&self) -> Vec<Entry> {
        self.taken.lock().unwrap().clone()
    }

    /// From now on every answer waits for [`Book::let_through`].
    pub fn hold_answers(&self) {
        self.gate.forget_permits(Semaphore::MAX_PERMITS);
    }

    pub fn let_through(&self) {
        self.gate.add_permits(1);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        *self.asked.borrow()
    }

    /// Waits until it has been asked so often.
    pub async fn asked_at_least(&self, times: usize) {
        let mut waiting = self.asked.subscribe();
        let reached = tokio::time::timeout(super::PATIENCE, waiting.wait_for(|asked| *asked >= times)).await;
        reached.expect("the inbox is asked in time").expect("the book is open");
    }

    /// How often it has answered with a fault.
    pub fn faulted(&self) -> usize {
        *self.faulted.borrow()
    }

    fn answer(&self, arrival: Arrival) -> Result<Reception, Fault> {
        let mood = *self.mood.lock().unwrap();
        let Arrival { bytes, partner, via } = arrival;
        match mood {
            Mood::Faults(fault) => {
                self.faulted.send_modify(|faulted| *faulted += 1);
                Err(fault())
            }
            Mood::TurnsAway(why) => {
                let findings = vec![Finding::new(&RULE).at(Place { line: 4, column: 12 }, "/mh:MsgHead")];
                let tracking = TrackingId::new(&self.chance);
                Ok(Reception::TurnedAway(TurnedAway { tracking, why, findings }))
            }
            Mood::Takes => {
                let mut taken = self.taken.lock().unwrap();
                let earlier = taken.iter().find(|entry| entry.bytes == bytes).map(|entry| entry.tracking);
                let tracking = earlier.unwrap_or_else(|| TrackingId::new(&self.chance));
                if earlier.is_none() {
                    taken.push(Entry { bytes, partner, via, tracking });
                }
                Ok(Reception::Receipt(Receipt {
                    tracking,
                    state: MessageState::Accepted,
                    repeated: earlier.is_some(),
                    notes: Vec::new(),
                }))
            }
        }
    }
}

impl Inbox for Book {
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        Box::pin(async move {
            self.asked.send_modify(|asked| *asked += 1);
            self.gate.acquire().await.expect("the gate is never closed").forget();
            self.answer(arrival)
        })
    }
}
