//! Fills a store with the messages of a [`World`], through the store's own functions and in nothing but the memory of one batch.
//!
//! Message n becomes row n. So a run that was stopped goes on behind the last row, and whoever reads the store can say of each row what
//! it should be. Attempts that were open when a run was stopped are ended as the gateway does it, as unknown.

use super::world::{A_MOMENT, BLOCK, End, Fate, World, partners, roll};
use bindeledd::delivery::{Cause, DeliveryFailure, Evidence, NextStep, WhyGivenUp};
use bindeledd::domain::{
    Actor, Address, ConversationRef, DeliveryId, Digest, Envelope, Fault, Ident, Level, MessageState, Month, MsgId, Party,
    PersonId, Private, Receiver, Role, Seeded, Timestamp, Unit, new_uuid,
};
use bindeledd::gateway::MachineClock;
use bindeledd::pipeline::{Answered, Content, Entry, Outcome, Parcel, Purpose, What};
use bindeledd::rulebook::{Consequence, Finding, Rule};
use bindeledd::store::{
    Claimed, Ended, Home, InForce, MessageFilter, Move, NewMessage, Question, Server, Slots, Step, Store, StoreOptions,
    Stored, Wanted, Why,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Messages that are taken in at a time: as many as share a commit of the store, nearly. Receipts come later than that.
const BATCH: i64 = 7 * BLOCK;
/// The history is sealed this often, by the clock of the messages.
const SEALED_EVERY: Duration = Duration::from_secs(12 * 3600);
/// In each such batch somebody asks for a patient.
const LOOKED_UP_EVERY: i64 = 20;
/// Rules that find something, besides the rare one.
const RULES: usize = 40;

/// Fills a store.
pub struct Filler {
    store: Store,
    world: World,
    rules: Arc<Vec<&'static Rule>>,
    month: Option<Month>,
    sealed_at: Timestamp,
}

/// The rules that find something; the last one is rare.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = bindeledd::messages::all_rules();
    rules.truncate(RULES + 1);
    rules
}

/// The store in a folder of a measurement.
pub fn options(folder: &Path) -> StoreOptions {
    let (folder, keys) = (folder.join("data"), folder.join("bindeledd.keys"));
    StoreOptions { folder, home: Home::Embedded, max_bytes: None, keys }
}

/// Moves the store in a folder of a measurement to a server, or goes on doing so. Not where a runtime is polling.
pub fn move_to(folder: &Path, server: &Arc<Server>, told: &mut dyn FnMut(Step)) -> Result<(), Fault> {
    let (from, who) = (options(folder), auditor());
    let mut told = |step| {
        told(step);
        Ok(())
    };
    Move::new(&from, server, &who).run(&MachineClock, &mut told).map(|_| ())
}

/// A name that stands for whoever looks things up.
pub fn auditor() -> Actor {
    Actor::account("revisor", None)
}

impl Filler {
    /// Begins, or goes on. Answers the first message that is not there yet, too.
    pub async fn new(store: &Store, world: World) -> Result<(Self, i64), Fault> {
        let newest = store.messages(&MessageFilter { limit: 1, ..MessageFilter::default() }).await?;
        let next = newest.first().map_or(0, |row| row.message.0) + 1;
        let in_force =
            InForce { release: "made up", rules: Digest([1; 32]), files: vec![("made-up.toml".into(), Digest([2; 32]))] };
        store.work_under(&in_force, world.at(next)).await?;
        let sealed_at = world.at(next);
        let filler = Self { store: store.clone(), world, rules: Arc::new(rules()), month: None, sealed_at };
        for open in store.left_open("nobody", world.at(next)).await? {
            let now = world.at(next);
            let failure = DeliveryFailure::Unknown(Cause::new("the run was stopped"));
            store.end(open.delivery, open.attempt, Ended::Failed(failure, NextStep::Wait(now)), now).await?;
        }
        filler.deliver(world.at(next)).await?;
        Ok((filler, next))
    }

    /// Takes in the messages from `next` on, at most a batch of them, and hands over what they bring. Answers the next one.
    pub async fn batch(&mut self, next: i64) -> Result<i64, Fault> {
        let end = (next - 1) / BATCH * BATCH + BATCH;
        let last = end.min(self.world.messages);
        let mut together = JoinSet::new();
        for n in next..=last {
            let month = Some(Month::of(self.world.at(n)));
            if month == self.month {
                together.spawn(self.job(n).await?);
            } else {
                // The first of a month makes its key, and nobody overtakes it.
                all(&mut together).await?;
                self.job(n).await?.await?;
                self.month = month;
            }
        }
        all(&mut together).await?;
        let now = self.world.at(last).plus(A_MOMENT);
        self.deliver(now).await?;
        if last / BATCH % LOOKED_UP_EVERY == 0 {
            self.look_up(last, now).await?;
        }
        if now.since(self.sealed_at) >= SEALED_EVERY {
            self.store.seal(now).await?;
            self.sealed_at = now;
        }
        Ok(last + 1)
    }

    /// What takes message n in. It is a write, and the store's writer does these in the order in which they are begun.
    async fn job(&self, n: i64) -> Result<impl Future<Output = Result<(), Fault>> + Send + 'static, Fault> {
        let (store, world, rules) = (self.store.clone(), self.world, Arc::clone(&self.rules));
        let fate = world.fate(n);
        let delivery = match fate {
            Fate::Receipt { of, .. } => self.first_delivery(of).await?,
            _ => None,
        };
        Ok(async move {
            let why = match fate {
                Fate::Unreadable => Some(Why::Unreadable),
                Fate::Foreign => Some(Why::ForeignSender),
                Fate::NotFit => Some(Why::NotFitToSend),
                _ => None,
            };
            let found = findings(&world, n, &rules);
            if let Some(why) = why {
                store.turn_away(arrival(&world, n), why, found).await?;
                return Ok(());
            }
            let outcome = || outcome(&world, n, findings(&world, n, &rules), delivery);
            let stored = store.receive(arrival(&world, n), outcome()).await?;
            let is_right = match &stored {
                Stored::New { message, tracking, .. } => message.0 == n && *tracking == world.tracking(n),
                Stored::Reused { .. } => matches!(fate, Fate::Reuses(_)),
                Stored::Same { .. } | Stored::FactsChanged => false,
            };
            if !is_right {
                return Err(Fault::lasting(format!("message {n} became {stored:?}")));
            }
            // Now and then the same bytes come again.
            if roll(n, 20).is_multiple_of(500) && !matches!(fate, Fate::Reuses(_)) {
                store.receive(arrival(&world, n), outcome()).await?;
            }
            Ok(())
        })
    }

    async fn first_delivery(&self, of: i64) -> Result<Option<DeliveryId>, Fault> {
        let detail = self.store.message(self.world.tracking(of)).await?;
        Ok(detail.and_then(|detail| detail.deliveries.first().map(|row| row.delivery)))
    }

    /// Hands over what is due, until nothing is.
    async fn deliver(&self, now: Timestamp) -> Result<(), Fault> {
        let slots: Slots = partners().into_iter().map(|partner| (partner, BATCH as usize)).collect();
        loop {
            let (claimed, _) = self.store.claim(slots.clone(), "made up".into(), now, now.plus(A_MOMENT)).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            let mut together = JoinSet::new();
            for claimed in claimed {
                let (store, ended) = (self.store.clone(), ended(&self.world, &claimed, now));
                let gives_up = matches!(ended, Ended::Failed(_, NextStep::GiveUp(_)));
                together.spawn(async move {
                    store.end(claimed.delivery, claimed.attempt, ended, now).await?;
                    if gives_up && claimed.message.0 % 4 == 0 {
                        let reason = "the partner says that it works again".to_owned();
                        store.retry(vec![claimed.delivery], reason, auditor(), now).await?;
                    }
                    Ok(())
                });
            }
            all(&mut together).await?;
        }
    }

    async fn look_up(&self, n: i64, now: Timestamp) -> Result<(), Fault> {
        let Some(patient) = self.world.about(n - BLOCK + 1).first().copied() else { return Ok(()) };
        let wanted = Wanted::Patient(person(patient));
        let question =
            Question { wanted, since: None, until: None, purpose: "request of the patient".into(), who: auditor() };
        self.store.look_up(question, now).await.map(|_| ())
    }
}

/// Waits for all. They began in order, and no more than a batch.
async fn all(together: &mut JoinSet<Result<(), Fault>>) -> Result<(), Fault> {
    while let Some(ended) = together.join_next().await {
        ended.map_err(Fault::lasting)??;
    }
    Ok(())
}

/// A patient as the store is told of them.
pub fn person(patient: u64) -> PersonId {
    PersonId::new(super::world::number_of(patient), "FNR")
}

fn arrival(world: &World, n: i64) -> NewMessage {
    NewMessage {
        tracking: world.tracking(n),
        received_at: world.at(n),
        partner: world.sender(n).partner(),
        via: if n % 3 == 0 { "folder" } else { "http" },
        bytes: world.content(n).into_bytes().into(),
        came_as: None,
        envelope: (world.fate(n) != Fate::Unreadable).then(|| (envelope(world, n), world.kind(n).1)),
        patients: world.about(n).into_iter().map(person).collect(),
    }
}

fn envelope(world: &World, n: i64) -> Envelope {
    let reference = |(parent, first)| ConversationRef { parent: world.msg_id(parent), conversation: world.msg_id(first) };
    let receiver = |end: End, role| Receiver { party: party(end), role };
    let mut receivers = vec![receiver(world.receiver(n), Role::Primary)];
    if world.fate(n) == (Fate::Accepted { copy: true }) {
        receivers.push(receiver(world.copy_receiver(n), Role::Copy));
    }
    Envelope {
        msg_id: world.msg_id(n),
        type_code: world.kind(n).0,
        type_name: "made up".into(),
        gen_date: world.at(n).to_string(),
        generated_at: Some(world.at(n)),
        conversation: world.earlier(n).map(reference),
        sender: party(world.sender(n)),
        receivers,
    }
}

fn party(end: End) -> Party {
    let unit = |her_id: Option<bindeledd::domain::HerId>| Unit {
        name: "made up".into(),
        idents: her_id.map(ident).into_iter().collect(),
    };
    Party { organisation: unit(end.organisation()), service: end.party().map(|party| unit(Some(party))), professional: None }
}

fn ident(her_id: bindeledd::domain::HerId) -> Ident {
    let id = Private::new(her_id.to_string());
    Ident { id, type_code: "HER".into(), type_system: "2.16.578.1.12.4.1.1.9051".into(), type_name: "HER-id".into() }
}

/// What the rules found: in most messages nothing, in some up to three things, common ones mostly.
fn findings(world: &World, n: i64, rules: &[&'static Rule]) -> Vec<Finding> {
    let refused = (world.fate(n) == Fate::Refused).then_some(Consequence::Refuse(bindeledd::domain::Reason::SchemaInvalid));
    let some = if refused.is_some() { 1 } else { [0, 0, 0, 0, 0, 0, 1, 1, 2, 3][(roll(n, 30) % 10) as usize] };
    let of_rule = |at: u64| {
        let dice = (roll(n, 31 + at) >> 11) as f64 / (1u64 << 53) as f64;
        let rule = rules[(dice.powi(3) * (rules.len() - 1) as f64) as usize];
        Finding::new(rule).with(refused.unwrap_or(Consequence::Warn)).on(format!("/Made/About[{}]", at + 1))
    };
    let rare = world.found_by_the_rare_rule().contains(&n).then(|| rules.last().map(|rule| Finding::new(rule)));
    (0..some).map(of_rule).chain(rare.flatten()).collect()
}

fn outcome(world: &World, n: i64, findings: Vec<Finding>, delivery: Option<DeliveryId>) -> Option<Outcome> {
    let of = |state, parcels, answers, history| Some(Outcome { state, findings, parcels, answers, history });
    let entry = |what, why: String, parcel| Entry { what, why, parcel };
    match world.fate(n) {
        Fate::Unjudged => None,
        Fate::Held => {
            let why = "no route takes it".to_owned();
            of(MessageState::Held, Vec::new(), None, vec![entry(What::Held, why, None)])
        }
        Fate::Refused => {
            let apprec = receipt(world, n, world.sender(n), roll(n, 40));
            let refused = entry(What::Refused, "must hold: the message is valid".into(), None);
            let written =
                entry(What::AppRecWritten, format!("negative, for receiver {}", address(world.receiver(n))), Some(0));
            of(MessageState::Refused, vec![apprec], None, vec![refused, written])
        }
        Fate::Receipt { of: answered, positive } => {
            let answers = delivery.map(|delivery| Answered { delivery, positive });
            let why = delivery.map_or_else(String::new, |delivery| format!("answers delivery {delivery}: {positive}"));
            let back = Parcel {
                content: Content::AsReceived,
                msg_id: world.msg_id(n),
                ..receipt(world, n, world.sender(answered), 0)
            };
            of(MessageState::Accepted, vec![back], answers, vec![entry(What::AppRecMatched, why, None)])
        }
        Fate::Accepted { copy } => {
            let mut parcels = vec![parcel(world, n, world.receiver(n), Role::Primary)];
            parcels.extend(copy.then(|| parcel(world, n, world.copy_receiver(n), Role::Copy)));
            let routed = |(at, parcel): (usize, &Parcel)| {
                entry(What::Routed, format!("{} to {} by route {}", parcel.receiver, parcel.to, parcel.route), Some(at))
            };
            let history = parcels.iter().enumerate().map(routed).collect();
            of(MessageState::Accepted, parcels, None, history)
        }
        // Decided as any other; the store sees that the MsgId is another's.
        Fate::Reuses(_) | Fate::Unreadable | Fate::Foreign | Fate::NotFit => {
            of(MessageState::Held, Vec::new(), None, Vec::new())
        }
    }
}

fn address(end: End) -> Address {
    let level = if end.party().is_some() { Level::Service } else { Level::Organisation };
    Address { organisation: end.organisation(), party: end.party(), level }
}

fn parcel(world: &World, n: i64, to: End, role: Role) -> Parcel {
    let first = world.earlier(n).map_or(n, |(_, first)| first);
    Parcel {
        purpose: Purpose::Message,
        to: to.partner(),
        receiver: address(to),
        role,
        msg_id: world.msg_id(n),
        type_code: world.kind(n).0,
        content: Content::AsReceived,
        conversation: world.msg_id(first).key(),
        apprec_due: Some(world.at(n).plus(Duration::from_secs(7 * 24 * 3600))),
        route: "everything".into(),
    }
}

/// An AppRec that we write about message n.
fn receipt(world: &World, n: i64, to: End, dice: u64) -> Parcel {
    let msg_id = MsgId::new(new_uuid(&Seeded::new(dice)));
    Parcel {
        purpose: Purpose::AppRec,
        type_code: "APPREC".into(),
        content: Content::Own(Private::new(format!("<MadeReceipt of=\"{n}\"/>").into_bytes())),
        conversation: msg_id.key(),
        msg_id,
        apprec_due: None,
        route: "back the way the message came".into(),
        ..parcel(world, n, to, Role::Primary)
    }
}

/// How an attempt ends: nearly always well.
fn ended(world: &World, claimed: &Claimed, now: Timestamp) -> Ended {
    let n = claimed.message.0;
    let cause = |words: &str| Cause::new(words);
    match roll(claimed.delivery.0, 50) % 200 {
        0..6 if claimed.attempt == 1 => {
            let again = now.plus(Duration::from_secs(900));
            Ended::Failed(DeliveryFailure::Temporary(cause("HTTP 503")), NextStep::Wait(again))
        }
        6 if claimed.attempt == 1 => {
            Ended::Failed(DeliveryFailure::Permanent(cause("HTTP 404")), NextStep::GiveUp(WhyGivenUp::Permanent))
        }
        _ => {
            let on_behalf = claimed.expects_apprec && claimed.partner == world.receiver(n).partner();
            let on_behalf = on_behalf && world.receiver(n).is_answered_for();
            let apprec = on_behalf.then(|| receipt(world, n, world.sender(n), roll(claimed.delivery.0, 51)));
            Ended::HandedOver(Evidence::new(cause("HTTP 200")), apprec)
        }
    }
}
