//! A gateway to which messages came over a year, with seals, and its end of November.

use super::accepted;
use super::fixtures::Fixture;
use super::owner;
use super::shipped::{Shipped, block_on, installation};
use bindeledd::domain::{Actor, Class, Digest, FirstKept, Month, Retention, Timestamp, TrackingId};
use bindeledd::messages::{self, Judging};
use bindeledd::routing::{Acknowledges, Directory};
use bindeledd::store::{CrashPlan, InForce, Look, Part, PlanRow, Pruned, Removing, Store};
use bindeledd::vault::KeyFile;
use bindeledd::xml::Limits;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
/// Months in which messages came.
const MONTHS: usize = 6;

pub struct Town {
    pub shipped: Shipped,
    keys: Arc<KeyFile>,
}

pub fn who() -> Actor {
    Actor::account("arkivar", None)
}

fn start() -> Timestamp {
    Timestamp::parse_xs_date_time("2026-01-03T08:00:00Z").expect("a time")
}

impl Town {
    pub fn new() -> Self {
        Self::where_it_is_said(false)
    }

    /// One whose first line says under what it works, as in life.
    pub fn that_says_what_is_in_force() -> Self {
        Self::where_it_is_said(true)
    }

    fn where_it_is_said(is_said: bool) -> Self {
        let mut setup = installation().setup().expect("connects to nobody yet");
        let mut partners: Vec<_> = setup.directory.partners().into_iter().cloned().collect();
        partners.iter_mut().for_each(|partner| partner.acknowledges = Acknowledges::Receiver);
        setup.directory = Directory::new(partners).expect("as before");
        let keys = Arc::new(KeyFile::generate());
        let town = Self { shipped: Shipped::with_keys(setup, &keys), keys };
        town.shipped.be_at(start());
        if is_said {
            town.works_under(1);
        }
        let fixtures = accepted();
        let each = fixtures.len().div_ceil(MONTHS);
        for (at, fixture) in fixtures.iter().enumerate() {
            // Some days apart, so that a month has several seals.
            let into_month = DAY * u32::try_from(at % each).expect("few");
            let month = Month::of(start()).start().plus(DAY * 31 * u32::try_from(at / each).expect("few"));
            town.shipped.be_at(month.plus(into_month).plus(DAY * 2));
            town.arrive(fixture);
            if at % 2 == 0 {
                block_on(town.store().seal(town.shipped.now())).expect("sealed");
            }
        }
        town.shipped.be_at(Timestamp::parse_xs_date_time("2026-11-30T08:00:00Z").expect("a time"));
        block_on(town.store().seal(town.shipped.now())).expect("sealed");
        town
    }

    pub fn store(&self) -> &Store {
        &self.shipped.gateway.store
    }

    /// From here on it works under other rules. Gives the line that says so.
    pub fn works_under(&self, rules: u8) -> i64 {
        let in_force = InForce { release: "test", rules: Digest([rules; 32]), files: Vec::new() };
        block_on(self.store().work_under(&in_force, self.shipped.now())).expect("written")
    }

    /// Another process on the same disk, which may die.
    pub fn beside(&self, crash: Arc<dyn CrashPlan>) -> Store {
        let (process, keys) = (self.shipped.disk.of_new_process(), Arc::clone(&self.keys));
        Store::simulated(process, keys, crash, self.shipped.now()).expect("the store opens")
    }

    /// Does what somebody does who can write to the database.
    pub fn write(&self, sql: &str) {
        owner::write(&self.shipped.disk, sql);
    }

    /// It comes, and what comes of it is handed over.
    pub fn arrive(&self, fixture: &Fixture) {
        self.shipped.arrive(fixture).1.expect("received");
        self.shipped.deliver();
    }

    pub fn first_fixture(&self) -> Fixture {
        accepted().remove(0)
    }

    /// Content since August, metadata since May, the history since April.
    pub fn retention(&self) -> Retention {
        Retention { content: Some(6), metadata: Some(7), history: Some(8) }
    }

    pub fn this_month(&self) -> Month {
        Month::of(self.shipped.now())
    }

    pub fn first_month(&self) -> Month {
        Month::of(start())
    }

    pub fn first_month_kept(&self, class: Class) -> Month {
        self.retention().first_kept(self.shipped.now()).of(class).expect("it is not kept for ever")
    }

    pub fn oldest_kept(&self, class: Class) -> i64 {
        self.first_month_kept(class).start().as_millis()
    }

    pub fn plan(&self, retention: Retention) -> Vec<PlanRow> {
        let now = self.shipped.now();
        block_on(self.store().plan(retention.first_kept(now), now)).expect("planned")
    }

    pub fn prune(&self, retention: Retention) -> Vec<Pruned> {
        self.prune_first_kept(retention.first_kept(self.shipped.now()))
    }

    pub fn prune_first_kept(&self, first_kept: FirstKept) -> Vec<Pruned> {
        block_on(self.store().prune(&removing(first_kept), self.shipped.now())).expect("pruned")
    }

    pub fn number(&self, sql: &str) -> i64 {
        let text = format!("SELECT CAST(({sql}) AS text)");
        self.shipped.disk.texts(&text)[0].parse().expect("a number")
    }

    /// How many rows there are in each table.
    pub fn counts(&self) -> BTreeMap<&'static str, i64> {
        let tables = ["message", "delivery", "attempt", "finding", "patient", "history", "seal"];
        tables.map(|table| (table, self.number(&format!("SELECT count(*) FROM {table}")))).into()
    }

    pub fn has(&self, tracking: TrackingId) -> bool {
        block_on(self.store().message(tracking)).expect("read").is_some()
    }

    pub fn has_content(&self, tracking: TrackingId) -> bool {
        let look = Look { tracking, part: Part::Message, purpose: "is it there?".into(), who: who() };
        block_on(self.store().look_at_content(look, self.shipped.now())).expect("read").is_some()
    }

    /// The oldest message about a person, and that person's number.
    pub fn oldest_with_a_patient(&self) -> (TrackingId, String) {
        let sql = "SELECT tracking FROM message WHERE id IN (SELECT message_id FROM patient) ORDER BY received_at, id";
        for tracking in self.shipped.disk.texts(sql) {
            let tracking = TrackingId::parse(&tracking).expect("a tracking id");
            let look = Look { tracking, part: Part::Message, purpose: "whom is it about?".into(), who: who() };
            let bytes = block_on(self.store().look_at_content(look, self.shipped.now())).expect("read").expect("kept");
            let Ok(parsed) = messages::read(bytes.expose(), &Judging::incoming(Limits::default())) else { continue };
            let number = parsed.patient().iter().map(|ident| ident.id.expose().replace(' ', "")).find(|id| id.len() == 11);
            if let Some(number) = number {
                return (tracking, number);
            }
        }
        panic!("nobody is written about")
    }

    /// A message of the first month is sent on a second time, and nobody has taken it yet. Gives that message.
    pub fn leave_one_under_way(&self) -> TrackingId {
        let sql = "SELECT m.tracking FROM message m JOIN delivery d ON d.message_id = m.id AND d.own_month IS NULL
                     AND d.purpose = 'message' ORDER BY m.received_at LIMIT 1";
        let tracking = TrackingId::parse(&self.shipped.disk.texts(sql)[0]).expect("a tracking id");
        let now = self.shipped.now().as_millis();
        let sql = format!(
            "UPDATE delivery SET state = 'queued', due_at = {now} WHERE id = (SELECT min(d.id) FROM delivery d JOIN message m
               ON m.id = d.message_id WHERE m.tracking = '{}')",
            tracking.as_stored()
        );
        self.write(&sql);
        tracking
    }

    pub fn days_later(&self, days: u32) {
        self.shipped.be_at(self.shipped.now().plus(DAY * days));
    }

    /// Something comes that is of this month.
    pub fn arrive_today(&self) {
        let partner = bindeledd::domain::PartnerName::parse("storfjell-sykehus").expect("a good name");
        self.shipped.bring_as(&partner, b"<no message").expect("recorded");
    }

    /// Nothing is missing that the rest needs: what comes now goes its way.
    pub fn is_deliverable(&self) {
        let fixture = self.first_fixture();
        self.shipped.arrive(&fixture).1.expect("received");
        assert!(!self.shipped.deliver().is_empty(), "it goes on as before");
    }
}

pub fn removing(first_kept: FirstKept) -> Removing<'static> {
    Removing { first_kept, who: Some(who()), reason: "kept long enough".into(), go_on: &|| true }
}
