//! The promise: stored before receipt, delivered at least once, refused exactly once, in order within a conversation, and every
//! delivery ends in a state that somebody can see; whatever the partners do, and wherever the process dies.
//!
//! A seed decides everything. `BINDELEDD_SEEDS=5000` runs more of them, `BINDELEDD_SEED=17` replays one and tells its story.

#![expect(clippy::print_stderr, reason = "the seed of a failure must be told from whatever thread it happened on")]

mod support;

use bindeledd::delivery::State;
use bindeledd::domain::{Chance, MessageState, Seeded, TrackingId, new_uuid};
use bindeledd::gateway::Gateway;
use bindeledd::store::{Claimed, DeliveryFilter, MessageFilter, NewMessage, Slots};
use bindeledd::transports::{Arrival, Inbox, Outbound, Reception};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use support::disk::postgres;
use support::letters::{self, At, GP, HJEMMETJENESTE, HOSPITAL, Letter, NOBODY, TILDELING, UNKNOWN_SERVICE};
use support::sim::{DiesAt, Manners, PARTNERS, World, name, owner_of};
use support::totals::Totals;

/// Seeds in an ordinary run.
const SEEDS: u64 = 1500;
/// Where the store is on a server, to which each statement must travel.
const SEEDS_ON_SERVER: u64 = 40;

/// Rounds of 1,000 s in which everything must have come to its end; what has not by then never does.
const MOST_ROUNDS_TO_REST: usize = 2000;

#[test]
fn nothing_is_lost_whatever_the_partners_do_and_wherever_the_process_dies() {
    let number = |variable: &str| std::env::var(variable).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("BINDELEDD_SEED") {
        Some(one) => one..one + 1,
        None => 0..number("BINDELEDD_SEEDS").unwrap_or(if postgres::is_wanted() { SEEDS_ON_SERVER } else { SEEDS }),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let totals = std::thread::scope(|scope| {
        let share = |first: u64| seeds.clone().skip(first as usize).step_by(threads as usize);
        let runs: Vec<_> = (0..threads).map(|first| scope.spawn(move || run_all(share(first)))).collect();
        let mut totals = Totals::default();
        for of_one in runs {
            totals.add(&of_one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        totals
    });
    eprintln!("{totals:?}");
    totals.show_that_everything_happened();
}

fn run_all(seeds: impl Iterator<Item = u64>) -> Totals {
    let mut totals = Totals::default();
    for seed in seeds {
        match std::panic::catch_unwind(|| run(seed)) {
            Ok(of_one) => totals.add(&of_one),
            Err(panic) => {
                eprintln!("seed {seed} failed; replay it with BINDELEDD_SEED={seed} cargo test --test nothing_is_lost");
                std::panic::resume_unwind(panic);
            }
        }
    }
    totals
}

/// One letter and what its sender has been told.
struct Sent {
    from: &'static str,
    letter: Option<Letter>,
    bytes: String,
    told: Option<Told>,
    /// Told more than once, by impatience: the answers must be the same.
    tellings: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Told {
    Receipt(TrackingId),
    TurnedAway,
}

/// One simulated run.
struct Sim {
    world: World,
    gateway: Gateway,
    death: Arc<DiesAt>,
    sent: Vec<Sent>,
    under_way: Vec<Claimed>,
    answered: HashSet<(String, String)>,
    totals: Totals,
}

fn run(seed: u64) -> Totals {
    let world = World::new(seed);
    let death = death(&world);
    let gateway = world.start(death.clone());
    let sent = letters_to_send(&world);
    let mut sim =
        Sim { world, gateway, death, sent, under_way: Vec::new(), answered: HashSet::new(), totals: Totals::default() };
    for _ in 0..120 {
        sim.step();
    }
    sim.come_to_rest();
    sim.check();
    sim.totals
}

fn death(world: &World) -> Arc<DiesAt> {
    DiesAt::new(1 + world.dice.0.next_u64() % 25, world.dice.once_in(2))
}

fn letters_to_send(world: &World) -> Vec<Sent> {
    let mut letters: Vec<Sent> = Vec::new();
    let mut conversations: Vec<(String, At, At)> = Vec::new();
    for _ in 0..4 + world.dice.below(10) {
        let msg_id = new_uuid(&*world.chance);
        let sides = [GP, TILDELING, HJEMMETJENESTE, HOSPITAL];
        let from = sides[world.dice.below(4)];
        let to = [GP, TILDELING, HJEMMETJENESTE, HOSPITAL, NOBODY, UNKNOWN_SERVICE][world.dice.below(6)];
        let mut letter = Letter::new(&msg_id, from, to);
        if !conversations.is_empty() && world.dice.once_in(2) {
            let (first, from, to) = conversations[world.dice.below(conversations.len())].clone();
            letter = Letter { conversation: Some(first), from, to, ..letter };
        } else if owner_of(to).is_some() {
            conversations.push((msg_id, from, to));
        }
        letter.copy = world.dice.once_in(4).then(|| [GP, TILDELING, UNKNOWN_SERVICE][world.dice.below(3)]);
        letter.patient = !world.dice.once_in(8);
        let from = owner_of(letter.from).expect("somebody's");
        letters.push(Sent { from, bytes: letter.xml(), letter: Some(letter), told: None, tellings: 0 });
    }
    letters
}

impl Sim {
    fn step(&mut self) {
        if self.death.is_dead() {
            self.restart();
        }
        match self.world.dice.below(8) {
            0 | 1 => self.send_something(),
            2 | 3 => self.claim(),
            4 | 5 => self.conclude_something(),
            6 => self.answer_something(),
            _ => self.world.clock.advance(Duration::from_secs(1 + self.world.dice.0.next_u64() % 1200)),
        }
    }

    /// All that was in memory is gone; the new process begins as every process does.
    fn restart(&mut self) {
        self.totals.crashes += 1;
        self.under_way.clear();
        self.death = death(&self.world);
        self.gateway = self.world.start(self.death.clone());
        let began = block_on(async {
            self.gateway.take_back().await?;
            self.gateway.judge_stored().await
        });
        // It may have died again while it began.
        assert!(began.is_ok() || self.death.is_dead());
    }

    fn send_something(&mut self) {
        let at = self.world.dice.below(self.sent.len());
        self.send(at);
    }

    /// A sender sends until it is told something, and now and then once more.
    fn send(&mut self, at: usize) {
        let sent = &self.sent[at];
        if sent.told.is_some() && !self.world.dice.once_in(10) {
            return;
        }
        if sent.letter.is_some() && sent.told.is_none() && self.world.dice.once_in(10) {
            self.store_without_judging(at);
            return;
        }
        let arrival = Arrival { bytes: sent.bytes.clone().into(), partner: name(sent.from), via: "simulated" };
        let told = match block_on(self.gateway.receive(arrival)) {
            Ok(Reception::Receipt(receipt)) => Told::Receipt(receipt.tracking),
            Ok(Reception::TurnedAway(_)) => Told::TurnedAway,
            Err(_) => {
                assert!(self.death.is_dead(), "a fault without a reason");
                return;
            }
        };
        if let Told::Receipt(tracking) = &told {
            let stored = block_on(self.gateway.store.message(*tracking)).expect("reads");
            assert!(stored.is_some(), "a receipt for what is not stored");
        }
        let sent = &mut self.sent[at];
        if let Some(before) = &sent.told {
            assert_eq!(*before, told, "the same message got another answer");
        }
        sent.told = Some(told);
        sent.tellings += 1;
    }

    /// As if the facts could not be had at the door: the judge must find it.
    fn store_without_judging(&mut self, at: usize) {
        let sent = &self.sent[at];
        let Ok(parsed) = bindeledd::messages::read(
            sent.bytes.as_bytes(),
            &bindeledd::messages::Judging::incoming(bindeledd::xml::Limits::default()),
        ) else {
            return;
        };
        let new = NewMessage {
            tracking: TrackingId::new(&*self.world.chance),
            received_at: bindeledd::domain::Clock::now(&*self.world.clock),
            partner: name(sent.from),
            via: "simulated",
            bytes: sent.bytes.clone().into(),
            came_as: None,
            envelope: Some((parsed.envelope, parsed.kind.label())),
            patients: Vec::new(),
        };
        if block_on(self.gateway.store.receive(new, None)).is_ok() && block_on(self.gateway.judge_stored()).is_ok() {
            self.totals.judged_later += 1;
        }
    }

    fn claim(&mut self) {
        let slots: Slots = PARTNERS.iter().map(|(partner, ..)| (name(partner), 1 + self.world.dice.below(3))).collect();
        let now = bindeledd::domain::Clock::now(&*self.world.clock);
        let lease_until = now.plus(Duration::from_secs(1_000_000_000));
        if let Ok((claimed, _)) = block_on(self.gateway.store.claim(slots, self.gateway.owner.clone(), now, lease_until)) {
            self.under_way.extend(claimed);
        }
    }

    /// Attempts end in any order.
    fn conclude_something(&mut self) {
        if self.under_way.is_empty() {
            return;
        }
        let claimed = self.under_way.swap_remove(self.world.dice.below(self.under_way.len()));
        let partner = &self.world.partners[claimed.partner.as_str()];
        let shipment = Gateway::shipment(&claimed).expect("its bytes are at hand");
        let result = block_on(partner.hand_over(&shipment));
        let concluded = block_on(self.gateway.conclude(&claimed, &result));
        assert!(concluded.is_ok() || self.death.is_dead());
    }

    /// A receiver answers a message that it got: once for each of its addresses, and now and then once too often.
    fn answer_something(&mut self) {
        let (partner, at, acknowledges) = PARTNERS[self.world.dice.below(PARTNERS.len())];
        let got = self.world.partners[partner].got.lock().expect("lock").clone();
        let messages: Vec<_> = got.iter().filter(|text| text.contains("<MsgHead")).collect();
        if messages.is_empty() || acknowledges == bindeledd::routing::Acknowledges::Gateway {
            return;
        }
        let original = messages[self.world.dice.below(messages.len())];
        let original_id = letters::id_of(original);
        if !self.answered.insert((partner.to_string(), original_id.clone())) && !self.world.dice.once_in(5) {
            return;
        }
        let Some(letter) = self.sent.iter().filter_map(|s| s.letter.as_ref()).find(|l| l.msg_id == original_id).cloned()
        else {
            return;
        };
        for (role, to) in [(false, Some(letter.to)), (true, letter.copy)] {
            if to == Some(at) {
                let positive = !self.world.dice.once_in(4);
                let id = new_uuid(&*self.world.chance);
                let bytes = letters::apprec(&id, &original_id, at, letter.from, role, positive);
                self.sent.push(Sent { from: partner, letter: None, bytes, told: None, tellings: 0 });
                self.send(self.sent.len() - 1);
            }
        }
    }

    /// No more trouble: everybody is told, and everything that can arrive arrives.
    fn come_to_rest(&mut self) {
        for partner in self.world.partners.values() {
            *partner.manners.lock().expect("lock") = Manners::Good;
        }
        self.death = DiesAt::new(u64::MAX, false);
        self.under_way.clear();
        self.gateway = self.world.start(self.death.clone());
        block_on(self.gateway.take_back()).expect("takes back");
        block_on(self.gateway.judge_stored()).expect("judges");
        for at in 0..self.sent.len() {
            while self.sent[at].told.is_none() {
                self.send(at);
            }
        }
        let now = bindeledd::domain::Clock::now(&*self.world.clock);
        for _ in 0..MOST_ROUNDS_TO_REST {
            if block_on(self.gateway.store.numbers(now)).expect("counts").queue_depth() == 0 {
                break;
            }
            self.world.clock.advance(Duration::from_secs(1000));
            self.claim();
            while !self.under_way.is_empty() {
                self.conclude_something();
            }
        }
    }
}

/// The checkers.
impl Sim {
    fn check(&mut self) {
        let all = DeliveryFilter { limit: 100_000, ..DeliveryFilter::default() };
        let deliveries = block_on(self.gateway.store.deliveries(&all)).expect("reads");
        for delivery in &deliveries {
            let ended = !matches!(delivery.state, State::Behind | State::Queued | State::Sending);
            assert!(ended, "delivery {} is {:?} when all is at rest", delivery.delivery, delivery.state);
        }
        let count = |state| deliveries.iter().filter(|d| d.state == state).count() as u64;
        self.totals.dead = count(State::Dead);
        self.totals.acknowledged = count(State::Acknowledged);
        self.totals.rejected = count(State::Rejected);
        self.totals.delivered = deliveries.len() as u64 - self.totals.dead;
        self.every_receipt_is_kept();
        self.every_letter_has_its_end();
        self.a_repetition_can_be_known();
        self.conversations_are_in_order();
        self.every_answer_comes_back_once();
        self.nothing_illegal_happened();
        let history = block_on(self.gateway.store.verify_history(None)).expect("reads");
        assert!(history.broken.is_none() && history.lines > 0, "{history:?}");
    }

    fn every_receipt_is_kept(&self) {
        for sent in &self.sent {
            if let Some(Told::Receipt(tracking)) = sent.told {
                let stored = block_on(self.gateway.store.message(tracking)).expect("reads");
                assert!(
                    stored.is_some_and(|m| m.row.state != MessageState::Received),
                    "{tracking} is not there or not judged"
                );
            }
        }
    }

    /// Sent = delivered + refused + held, for each receiver on its own.
    fn every_letter_has_its_end(&mut self) {
        for sent in &self.sent {
            let (Some(letter), Some(Told::Receipt(tracking))) = (&sent.letter, &sent.told) else { continue };
            let detail = block_on(self.gateway.store.message(*tracking)).expect("reads").expect("is there");
            let receivers = [Some((letter.to, false)), letter.copy.map(|copy| (copy, true))];
            for (to, _) in receivers.into_iter().flatten() {
                match (owner_of(to), letter.patient) {
                    (Some(owner), true) => {
                        let dead = detail.deliveries.iter().any(|d| d.partner == name(owner) && d.state == State::Dead);
                        let got = self.times_got(owner, &letter.msg_id);
                        assert!(got > 0 || dead, "{} never reached {owner} and is not dead", letter.msg_id);
                        self.totals.repeated += u64::from(got > 1);
                    }
                    (Some(owner), false) => assert_eq!(self.times_got(owner, &letter.msg_id), 0, "refused, and delivered"),
                    (None, _) => {}
                }
            }
            self.totals.refused += u64::from(detail.row.state == MessageState::Refused);
            self.totals.held += u64::from(detail.row.state == MessageState::Held);
            self.refused_exactly_once(sent.from, letter);
        }
    }

    /// The sender gets one negative AppRec of ours for each receiver of ours that is refused, and none for the others.
    fn refused_exactly_once(&self, from: &str, letter: &Letter) {
        let receivers = [Some(letter.to), letter.copy].into_iter().flatten();
        let of_ours = |at: &At| *at != NOBODY;
        let refused = receivers.filter(|at| of_ours(at) && (!letter.patient || owner_of(*at).is_none())).count();
        let got = self.world.partners[from].got.lock().expect("lock").clone();
        let ours: HashSet<_> = got
            .iter()
            .filter(|text| text.contains("<SoftwareName>bindeledd") && text.contains("<Status V=\"2\""))
            .filter(|text| letters::answers(text).as_deref() == Some(&letter.msg_id))
            .map(|text| letters::id_of(text))
            .collect();
        let dead = self.dead_apprecs_to(from, letter);
        assert_eq!(ours.len() + dead, refused, "{letter:?} got {} refusals", ours.len());
    }

    /// An AppRec may itself end as a dead letter, where a person sees it; if its arrival was unknown it may have been got too.
    fn dead_apprecs_to(&self, from: &str, letter: &Letter) -> usize {
        let all = MessageFilter { limit: 100_000, ..MessageFilter::default() };
        let messages = block_on(self.gateway.store.messages(&all)).expect("reads");
        let row =
            messages.iter().find(|m| m.msg_id.as_ref().is_some_and(|id| id.as_written() == letter.msg_id)).expect("stored");
        let detail = block_on(self.gateway.store.message(row.tracking)).expect("reads").expect("is there");
        let dead = |d: &&bindeledd::store::DeliveryRow| {
            d.purpose == "apprec" && d.route.starts_with("R-") && d.state == State::Dead && d.partner == name(from)
        };
        detail.deliveries.iter().filter(dead).filter(|d| !self.arrived_though_dead(d)).count()
    }

    fn arrived_though_dead(&self, delivery: &bindeledd::store::DeliveryRow) -> bool {
        let sql = format!("SELECT msg_id FROM delivery WHERE id = {}", delivery.delivery.0);
        let id = self.world.disk.texts(&sql).remove(0);
        self.times_got(delivery.partner.as_str(), &id) > 0
    }

    fn times_got(&self, partner: &str, id: &str) -> usize {
        self.world.partners[partner].got.lock().expect("lock").iter().filter(|text| letters::id_of(text) == id).count()
    }

    /// The same id always means the same bytes: that is how a receiver knows a repetition.
    fn a_repetition_can_be_known(&self) {
        for partner in self.world.partners.values() {
            let mut seen: HashMap<String, String> = HashMap::new();
            for text in partner.got.lock().expect("lock").iter() {
                let first = seen.entry(letters::id_of(text)).or_insert_with(|| text.clone());
                assert!(first == text, "one id, two contents");
            }
        }
    }

    /// First arrivals of a conversation come in the order in which the gateway took the messages in.
    fn conversations_are_in_order(&self) {
        let all = MessageFilter { limit: 100_000, ..MessageFilter::default() };
        let order: HashMap<String, i64> = block_on(self.gateway.store.messages(&all))
            .expect("reads")
            .iter()
            .filter_map(|m| Some((m.msg_id.as_ref()?.as_written().to_string(), m.message.0)))
            .collect();
        for (name, partner) in &self.world.partners {
            let mut last: HashMap<String, i64> = HashMap::new();
            let mut seen = HashSet::new();
            for text in partner.got.lock().expect("lock").iter().filter(|text| text.contains("<MsgHead")) {
                let id = letters::id_of(text);
                if seen.insert(id.clone()) {
                    let conversation = letters::text_of(text, "RefToConversation").unwrap_or(&id).to_string();
                    let place = order[&id];
                    let before = last.insert(conversation, place).unwrap_or(0);
                    assert!(before < place, "{name} got {id} before one that came earlier");
                }
            }
        }
    }

    /// Each receiver's answer reaches the sender, under one AppRec id only.
    fn every_answer_comes_back_once(&self) {
        let all = DeliveryFilter { limit: 100_000, ..DeliveryFilter::default() };
        let deliveries = block_on(self.gateway.store.deliveries(&all)).expect("reads");
        for sent in &self.sent {
            let (Some(letter), Some(Told::Receipt(tracking))) = (&sent.letter, &sent.told) else { continue };
            let of_this = deliveries.iter().filter(|d| d.tracking == *tracking && d.purpose == "message");
            let answered = of_this.filter(|d| matches!(d.state, State::Acknowledged | State::Rejected)).count();
            let got = self.world.partners[sent.from].got.lock().expect("lock");
            let receipts: HashSet<_> = got
                .iter()
                .filter(|text| letters::answers(text).as_deref() == Some(&letter.msg_id))
                .filter(|text| !(text.contains("bindeledd") && text.contains("<Status V=\"2\"")))
                .map(|text| letters::id_of(text))
                .collect();
            assert!(receipts.len() <= answered, "{} answers for {answered} deliveries of {tracking}", receipts.len());
        }
    }

    fn nothing_illegal_happened(&self) {
        assert_eq!(self.world.disk.texts("SELECT why FROM history WHERE what = 'illegal'"), [""; 0]);
    }
}

/// In the simulation nothing ever waits: every future is ready at once.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("something waited in the simulation"),
    }
}

#[test]
fn a_seed_gives_the_same_run_twice() {
    let seed = Seeded::new(42).next_u64();
    assert_eq!(format!("{:?}", run(seed)), format!("{:?}", run(seed)));
}
