//! A simulated world: the real gateway on a database in memory, with a clock that is told, partners that misbehave by the seed,
//! and a process that may die before or after any write.

use super::disk::Disk;
use super::letters::{At, GP, HJEMMETJENESTE, HOSPITAL, TILDELING, id_of};
use bindeledd::delivery::{Cause, DeliveryFailure, Evidence, RetryPolicy};
use bindeledd::domain::{Chance, Clock, HerId, Level, PartnerName, Seeded, Timestamp};
use bindeledd::gateway::{Connection, Gateway, Setup};
use bindeledd::routing::Form;
use bindeledd::routing::{Acknowledges, Criteria, Destination, Directory, LegSpec, OwnedParty, Partner, Route, RouteTable};
use bindeledd::rulebook::Direction;
use bindeledd::store::{Crash, CrashPlan, Store};
use bindeledd::translation::forms::{is_bundle, xml_in};
use bindeledd::transports::{BoxFuture, Counters, Outbound, Shipment};
use bindeledd::vault::KeyFile;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The partners: name, parties, and whether the gateway acknowledges for them.
pub const PARTNERS: [(&str, At, Acknowledges); 4] = [
    ("gp", GP, Acknowledges::Receiver),
    ("tildeling", TILDELING, Acknowledges::Receiver),
    ("hjemmetjeneste", HJEMMETJENESTE, Acknowledges::Gateway),
    ("hospital", HOSPITAL, Acknowledges::Receiver),
];

pub fn name(text: &str) -> PartnerName {
    PartnerName::parse(text).expect("a good name")
}

pub fn owner_of(at: At) -> Option<&'static str> {
    PARTNERS.iter().find(|(_, owned, _)| *owned == at).map(|(name, ..)| *name)
}

/// A clock that is told what time it is.
pub struct ToldClock(pub AtomicI64);

impl Clock for ToldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl ToldClock {
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(i64::try_from(span.as_millis()).expect("short"), Ordering::SeqCst);
    }
}

/// Dice from the seed.
pub struct Dice(pub Seeded);

impl Dice {
    /// True once in `of` times.
    pub fn once_in(&self, of: u64) -> bool {
        self.0.next_u64().is_multiple_of(of)
    }

    pub fn below(&self, limit: usize) -> usize {
        (self.0.next_u64() % limit as u64) as usize
    }
}

/// Dies after so many writes, before or after the commit.
pub struct DiesAt {
    writes_left: AtomicU64,
    after_commit: bool,
    dead: std::sync::atomic::AtomicBool,
}

impl DiesAt {
    pub fn new(writes: u64, after_commit: bool) -> Arc<Self> {
        Arc::new(Self { writes_left: AtomicU64::new(writes), after_commit, dead: false.into() })
    }

    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::SeqCst)
    }
}

impl CrashPlan for DiesAt {
    fn next(&self) -> Crash {
        if self.is_dead() {
            return Crash::BeforeCommit;
        }
        if self.writes_left.fetch_sub(1, Ordering::SeqCst) > 1 {
            return Crash::No;
        }
        self.dead.store(true, Ordering::SeqCst);
        if self.after_commit { Crash::AfterCommit } else { Crash::BeforeCommit }
    }
}

/// How well partners behave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manners {
    /// By the dice.
    Bad,
    /// They take everything.
    Good,
}

/// One partner gets Bundles.
fn form(partner: &str) -> Form {
    if partner == "hjemmetjeneste" { Form::FhirMessage { with_original: false } } else { Form::Xml }
}

/// A letter as its receiver reads it: of a Bundle, the message in it.
fn read(bytes: &[u8]) -> String {
    let text = String::from_utf8(xml_in(bytes).expect("a message")).expect("the letters are UTF-8");
    if !is_bundle(bytes) {
        return text;
    }
    // The letters are looked through for names without prefixes.
    let prefixes = ["mh", "ar", "po", "dia", "fk1", "kith"];
    prefixes
        .iter()
        .fold(text, |text, prefix| text.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</"))
}

/// What one partner's system got, in order: it outlives every crash of the gateway.
pub struct SimPartner {
    form: Form,
    pub got: Mutex<Vec<String>>,
    pub manners: Mutex<Manners>,
    dice: Dice,
}

impl Outbound for SimPartner {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        assert_eq!(is_bundle(&shipment.bytes), self.form != Form::Xml, "in the form that the partner takes");
        let text = read(&shipment.bytes);
        assert_eq!(shipment.msg_id.as_written(), id_of(&text), "the id beside the bytes is the id inside them");
        let cause = Cause::new("simulated");
        let bad = *self.manners.lock().expect("lock") == Manners::Bad;
        let (arrives, result) = match self.dice.below(if bad { 12 } else { 1 }) {
            1 | 2 => (false, Err(DeliveryFailure::Temporary(cause))),
            3 => (true, Err(DeliveryFailure::Unknown(cause))),
            4 => (false, Err(DeliveryFailure::Unknown(cause))),
            5 if self.dice.once_in(6) => (false, Err(DeliveryFailure::Permanent(cause))),
            _ => (true, Ok(Evidence::new(cause))),
        };
        if arrives {
            self.got.lock().expect("lock").push(text);
        }
        Box::pin(std::future::ready(result))
    }
}

/// What outlives the process: the disk, the partners, the time.
pub struct World {
    pub disk: Disk,
    keys: Arc<KeyFile>,
    pub partners: HashMap<&'static str, Arc<SimPartner>>,
    pub clock: Arc<ToldClock>,
    pub chance: Arc<Seeded>,
    pub dice: Dice,
}

/// 2026-03-02T09:15:00Z, when the letters were generated.
const START_MILLIS: i64 = 1_772_442_900_000;

impl World {
    pub fn new(seed: u64) -> Self {
        let partner = |form: Form, salt: u64| {
            let dice = Dice(Seeded::new(seed ^ (salt << 32)));
            Arc::new(SimPartner { got: Mutex::default(), manners: Mutex::new(Manners::Bad), form, dice })
        };
        let names = PARTNERS.iter().map(|(name, ..)| *name).zip(1..);
        Self {
            disk: Disk::new(),
            keys: Arc::new(KeyFile::generate()),
            partners: names.map(|(name, salt)| (name, partner(form(name), salt))).collect(),
            clock: Arc::new(ToldClock(AtomicI64::new(START_MILLIS))),
            chance: Arc::new(Seeded::new(seed.wrapping_mul(31))),
            dice: Dice(Seeded::new(seed)),
        }
    }

    /// A new process on the same disk.
    pub fn start(&self, crash: Arc<dyn CrashPlan>) -> Gateway {
        let keys = Arc::clone(&self.keys);
        let store = Store::simulated(self.disk.of_new_process(), keys, crash, self.clock.now()).expect("the store opens");
        Gateway::new(store, self.setup(), self.clock.clone(), self.chance.clone(), Arc::new(Counters::default()))
    }

    fn setup(&self) -> Setup {
        let connections = self.partners.iter().map(|(partner, sim)| {
            let outbound: Arc<dyn Outbound> = sim.clone();
            let retry = RetryPolicy::default();
            (name(partner), Connection { outbound, retry, in_flight: 4, attempt_timeout: Duration::from_secs(30) })
        });
        let owner = LegSpec { to: Destination::Owner, expects_apprec: true };
        let route = Route { name: "owner".into(), order: 900, criteria: Criteria::default(), legs: vec![owner] };
        Setup {
            anchors: Vec::new(),
            retention: bindeledd::domain::Retention::default(),
            directory: directory(),
            routes: RouteTable::new(vec![route]),
            connections: connections.collect(),
            schemas: bindeledd::messages::schemas::shipped(),
            limits: bindeledd::xml::Limits::default(),
        }
    }
}

/// The fictive world as a directory.
pub fn directory() -> Directory {
    let her = |number| HerId::new(number).expect("a HER-id");
    let partner = |(partner, At(organisation, party), acknowledges): (&str, At, Acknowledges)| Partner {
        name: name(partner),
        title: partner.into(),
        parties: vec![OwnedParty {
            organisation: her(organisation),
            organisation_name: "Fictive".into(),
            party: Some(her(party)),
            level: if At(organisation, party) == GP { Level::Person } else { Level::Service },
            name: partner.into(),
        }],
        acknowledges,
        apprec: None,
        understands: bindeledd::routing::Understands { form: form(partner), ..Default::default() },
        accepts: Vec::new(),
        left_over: bindeledd::routing::LeftOver::Report,
        judged_as: Direction::Incoming,
        severities: std::sync::Arc::default(),
    };
    Directory::new(PARTNERS.map(partner)).expect("nobody owns what another owns")
}
