//! The gateway with the configuration that is shipped, on a database in memory, with a clock that is told and dice of a seed.

#[path = "disk.rs"]
pub mod disk;

use super::fixtures::{Fixture, all};
use bindeledd::config::{Installation, load};
use bindeledd::delivery::{Cause, Evidence};
use bindeledd::domain::{Clock, Fault, MsgId, PartnerName, Seeded, Timestamp};
use bindeledd::gateway::{Gateway, Setup};
use bindeledd::messages::{self, Body};
use bindeledd::routing::{Acknowledges, Directory, Partner};
use bindeledd::store::{Claimed, Crash, CrashPlan, Store};
use bindeledd::transports::{Arrival, Counters, Inbox, Reception};
use bindeledd::vault::{KeyFile, digest_of};
use bindeledd::xml::Limits;
use disk::Disk;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How long after it was generated a message arrives.
const ON_THE_WAY: Duration = Duration::from_secs(30);
/// When a message arrives of which nobody can say when it was generated: 2026-08-10T07:00:00Z.
const SOME_DAY_MILLIS: i64 = 1_786_345_200_000;
/// Who brings what names no sender.
const SOMEBODY: &str = "storfjell-sykehus";

/// A gateway in the fictive world.
pub struct Shipped {
    pub gateway: Gateway,
    pub disk: Disk,
    clock: Arc<Told>,
}

struct Told(AtomicI64);

impl Clock for Told {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

struct NeverDies;

impl CrashPlan for NeverDies {
    fn next(&self) -> Crash {
        Crash::No
    }
}

impl Shipped {
    /// As it is shipped.
    pub fn new() -> Self {
        Self::with(installation().setup().expect("connects to nobody yet"))
    }

    /// As it is shipped, but every receiver's system sends its own AppRecs.
    pub fn where_receivers_answer() -> Self {
        Self::where_partners(|partner| partner.acknowledges = Acknowledges::Receiver)
    }

    /// As it is shipped, but for what is changed in every partner.
    pub fn where_partners(change: impl FnMut(&mut Partner)) -> Self {
        let mut setup = installation().setup().expect("connects to nobody yet");
        let mut partners: Vec<_> = setup.directory.partners().into_iter().cloned().collect();
        partners.iter_mut().for_each(change);
        setup.directory = Directory::new(partners).expect("as before");
        Self::with(setup)
    }

    /// With a setup of one's own.
    pub fn with(setup: Setup) -> Self {
        Self::with_keys(setup, &Arc::new(KeyFile::generate()))
    }

    /// With keys that another process on the same disk has too.
    pub fn with_keys(setup: Setup, keys: &Arc<KeyFile>) -> Self {
        let disk = Disk::new();
        let clock = Arc::new(Told(AtomicI64::new(SOME_DAY_MILLIS)));
        let (process, crash) = (disk.of_new_process(), Arc::new(NeverDies));
        let store = Store::simulated(process, Arc::clone(keys), crash, clock.now()).expect("the store opens");
        let gateway = Gateway::new(store, setup, clock.clone(), Arc::new(Seeded::new(1)), Arc::new(Counters::default()));
        Self { gateway, disk, clock }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The fixture arrives soon after it was generated, brought by the partner that owns its sender. An AppRec comes after the
    /// message that it answers, and a message after those that it refers to.
    pub fn bring(&self, fixture: &Fixture) -> (PartnerName, Result<Reception, Fault>) {
        for earlier in referred_to_by(fixture) {
            if !self.has(&earlier) {
                self.bring(&earlier).1.expect("the earlier message is received");
                self.deliver();
            }
        }
        if let Some(original) = original_of(fixture) {
            self.bring(&original).1.expect("the original is received");
            self.deliver();
        }
        let read = messages::read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default())).ok();
        let generated = read.as_ref().and_then(|parsed| parsed.envelope.generated_at);
        self.be_at(generated.map_or(Timestamp::from_millis(SOME_DAY_MILLIS), |at| at.plus(ON_THE_WAY)));
        self.arrive(fixture)
    }

    /// The fixture arrives now, by itself, brought by the partner that owns its sender.
    pub fn arrive(&self, fixture: &Fixture) -> (PartnerName, Result<Reception, Fault>) {
        let read = messages::read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default())).ok();
        let owner = |parsed: &messages::Parsed| {
            let directory = &self.gateway.setup.directory;
            let sender = parsed.envelope.sender.address();
            directory.partners().into_iter().find(|p| directory.may_send_as(&p.name, sender)).map(|p| p.name.clone())
        };
        let somebody = || PartnerName::parse(SOMEBODY).expect("a good name");
        let partner = read.as_ref().and_then(owner).unwrap_or_else(somebody);
        (partner.clone(), self.bring_as(&partner, &fixture.bytes))
    }

    fn has(&self, fixture: &Fixture) -> bool {
        let digest = digest_of(&fixture.bytes);
        let digest = self.disk.literal(&digest.0);
        !self.disk.texts(&format!("SELECT tracking FROM message WHERE digest = {digest}")).is_empty()
    }

    /// The rules that were found broken by the message that came last, and the state that it came to.
    pub fn verdict(&self) -> (Vec<String>, String) {
        let last = "(SELECT max(id) FROM message)";
        let rules = self.disk.texts(&format!("SELECT rule FROM finding WHERE message_id = {last} ORDER BY position"));
        let state = self.disk.texts(&format!("SELECT state FROM message WHERE id = {last}")).remove(0);
        (rules, state)
    }

    /// Bytes arrive now from a partner.
    pub fn bring_as(&self, partner: &PartnerName, bytes: &[u8]) -> Result<Reception, Fault> {
        let arrival = Arrival { bytes: bytes.to_vec().into(), partner: partner.clone(), via: "test" };
        block_on(self.gateway.receive(arrival))
    }

    /// It becomes another time.
    pub fn be_at(&self, time: Timestamp) {
        self.clock.0.store(time.as_millis(), Ordering::SeqCst);
    }

    /// Takes everything that is due under way.
    pub fn claim(&self) -> Vec<Claimed> {
        let slots = self.gateway.setup.connections.keys().map(|partner| (partner.clone(), 100)).collect();
        let (now, owner) = (self.now(), self.gateway.owner.clone());
        let claim = self.gateway.store.claim(slots, owner, now, now.plus(Duration::from_secs(60)));
        let (mut claimed, _) = block_on(claim).expect("claims");
        claimed.sort_by_key(|claimed| claimed.delivery);
        claimed
    }

    /// What is under way arrives.
    pub fn conclude(&self, claimed: &[Claimed]) {
        for claimed in claimed {
            let evidence = Evidence::new(Cause::new("taken"));
            block_on(self.gateway.conclude(claimed, &Ok(evidence))).expect("concludes");
        }
    }

    /// Everything that is due is handed over, and what comes out of that too. Gives the bytes with who got them.
    pub fn deliver(&self) -> Vec<(PartnerName, String)> {
        let mut got = Vec::new();
        loop {
            let claimed = self.claim();
            if claimed.is_empty() {
                return got;
            }
            self.conclude(&claimed);
            let bytes = |claimed: Claimed| {
                let bytes = claimed.bytes.expect("at hand");
                (claimed.partner, String::from_utf8_lossy(&bytes).into_owned())
            };
            got.extend(claimed.into_iter().map(bytes));
        }
    }
}

/// The configuration that is shipped.
pub fn installation() -> Installation {
    let checked = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config"));
    checked.installation.expect("the shipped configuration is good")
}

/// The accepted message that an AppRec answers, if there is one.
fn original_of(fixture: &Fixture) -> Option<Fixture> {
    let Ok(messages::Parsed { body: Body::Receipt(apprec), .. }) =
        messages::read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default()))
    else {
        return None;
    };
    let has_the_id = |message: &Fixture| {
        let read = messages::read(&message.bytes, &bindeledd::messages::Judging::incoming(Limits::default()));
        read.is_ok_and(|parsed| matches!(parsed.body, Body::Business(_)) && parsed.envelope.msg_id == apprec.original.id)
    };
    all().into_iter().filter(Fixture::is_accepted).find(has_the_id)
}

/// The accepted messages that a message refers to, the first of the conversation first.
fn referred_to_by(fixture: &Fixture) -> Vec<Fixture> {
    let Some(parsed) = messages::reread(&fixture.bytes, &Limits::default()) else { return Vec::new() };
    let Some(reference) = parsed.envelope.conversation else { return Vec::new() };
    let find = |id: MsgId| {
        let names_it = |f: &Fixture| String::from_utf8_lossy(&f.bytes).to_ascii_lowercase().contains(&id.key());
        let is_it =
            |f: &Fixture| messages::reread(&f.bytes, &Limits::default()).is_some_and(|parsed| parsed.envelope.msg_id == id);
        all().into_iter().filter(Fixture::is_accepted).find(|f| f.path != fixture.path && names_it(f) && is_it(f))
    };
    [reference.conversation, reference.parent].into_iter().filter_map(find).collect()
}

/// Here nothing ever waits: every future is ready at once.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("something waited"),
    }
}
