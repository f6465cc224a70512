//! The promise: to a partner that a person has paused nothing is handed over, and nothing of it is given up; all others go on; and who
//! paused whom, and why, is in the history.

#[path = "support/fixtures.rs"]
mod fixtures;
#[expect(dead_code, reason = "some of it serves other tests")]
#[path = "support/shipped.rs"]
mod shipped;

use bindeledd::delivery::{Cause, DeliveryFailure};
use bindeledd::domain::{Actor, PartnerName, Timestamp};
use bindeledd::store::{ToPause, Waiting};
use fixtures::{Fixture, all};
use serde_json::Value;
use shipped::{Shipped, block_on};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn who() -> Actor {
    Actor::account("drift", None)
}

/// Some messages have come, and nothing was handed over. Gives to whom something goes.
fn busy() -> (Shipped, Vec<PartnerName>) {
    let shipped = Shipped::where_receivers_answer();
    for fixture in all().into_iter().filter(Fixture::is_accepted) {
        shipped.arrive(&fixture).1.expect("received");
    }
    let waiting = block_on(shipped.gateway.store.waiting()).expect("counted");
    let partners: Vec<_> = waiting.iter().map(|(name, _)| PartnerName::parse(name).expect("a name")).collect();
    assert!(partners.len() >= 2, "{waiting:?}");
    (shipped, partners)
}

fn pause(shipped: &Shipped, partner: &PartnerName, from: Timestamp, until: Option<Timestamp>) -> i64 {
    let what = ToPause { partner: partner.clone(), since: from, until };
    block_on(shipped.gateway.store.pause(what, "their system is upgraded".into(), who(), shipped.now())).expect("paused")
}

fn resume(shipped: &Shipped, partner: &PartnerName, also_planned: bool) -> usize {
    let resumed = shipped.gateway.store.resume(partner.clone(), also_planned, "they are back".into(), who(), shipped.now());
    block_on(resumed).expect("resumed")
}

/// To whom something is handed over now.
fn served(shipped: &Shipped) -> BTreeSet<PartnerName> {
    shipped.deliver().into_iter().map(|(partner, _)| partner).collect()
}

fn waits(shipped: &Shipped, partner: &PartnerName) -> Waiting {
    let waiting = block_on(shipped.gateway.store.waiting()).expect("counted");
    waiting.into_iter().find(|(name, _)| name == partner.as_str()).map(|(_, waiting)| waiting).unwrap_or_default()
}

#[test]
fn what_comes_for_a_partner_that_is_paused_waits_and_all_others_get_theirs() {
    let (shipped, partners) = busy();
    let [paused, others @ ..] = &partners[..] else { panic!("partners") };
    let waited = waits(&shipped, paused);
    assert!(waited.not_out > 0 && waited.dead == 0);
    pause(&shipped, paused, shipped.now(), None);
    assert_eq!(served(&shipped), others.iter().cloned().collect());
    assert_eq!(waits(&shipped, paused), waited, "nothing is gone, and nothing was given up");
    let numbers = block_on(shipped.gateway.store.numbers(shipped.now())).expect("counted");
    assert_eq!((numbers.paused, numbers.oldest_queued_at), (1, None), "what is to wait is not late");
    assert_eq!(numbers.queue_depth(), waited.not_out);
    shipped.be_at(shipped.now().plus(40 * HOUR));
    assert_eq!(served(&shipped), BTreeSet::new(), "for as long as it takes");

    assert_eq!(resume(&shipped, paused, false), 1);
    assert_eq!(served(&shipped), BTreeSet::from([paused.clone()]));
    assert_eq!(waits(&shipped, paused), Waiting::default());
    assert_eq!(resume(&shipped, paused, true), 0, "it is not paused any more");
}

#[test]
fn the_time_of_a_pause_is_not_taken_from_the_patience_with_a_partner() {
    let (shipped, partners) = busy();
    let (now, paused) = (shipped.now(), &partners[0]);
    pause(&shipped, paused, now.plus(HOUR), None);
    // A pause that was taken back before it began is none.
    shipped.be_at(now.plus(80 * HOUR));
    assert_eq!(resume(&shipped, paused, true), 1);
    pause(&shipped, paused, now.plus(90 * HOUR), None);
    assert_eq!(resume(&shipped, paused, true), 1);
    let claimed = shipped.claim();
    let (theirs, others): (Vec<_>, Vec<_>) = claimed.iter().partition(|claimed| claimed.partner == *paused);
    assert!(!theirs.is_empty() && theirs.iter().all(|claimed| claimed.queued_at == now.plus(80 * HOUR)));
    assert!(!others.is_empty() && others.iter().all(|claimed| claimed.queued_at == now));
    for claimed in theirs {
        let failure = Err(DeliveryFailure::Temporary(Cause::new("not up yet")));
        block_on(shipped.gateway.conclude(claimed, &failure)).expect("concludes");
    }
    assert!(waits(&shipped, paused).not_out > 0, "72 hours are over, and it is tried again");
    assert_eq!(waits(&shipped, paused).dead, 0);
}

#[test]
fn a_pause_that_lies_ahead_begins_and_ends_by_itself() {
    let (shipped, partners) = busy();
    let (now, paused) = (shipped.now(), &partners[0]);
    pause(&shipped, paused, now.plus(HOUR), Some(now.plus(3 * HOUR)));
    assert_eq!(block_on(shipped.gateway.store.numbers(now)).expect("counted").paused, 0);
    shipped.be_at(now.plus(HOUR));
    assert!(!served(&shipped).contains(paused), "it has begun");
    shipped.be_at(now.plus(3 * HOUR - Duration::from_millis(1)));
    assert!(served(&shipped).is_empty());
    assert_eq!(block_on(shipped.gateway.store.pauses(shipped.now())).expect("read").len(), 1);
    shipped.be_at(now.plus(3 * HOUR));
    assert_eq!(served(&shipped), BTreeSet::from([paused.clone()]), "it is over");
    assert_eq!(block_on(shipped.gateway.store.pauses(shipped.now())).expect("read"), []);
}

#[test]
fn what_runs_is_ended_and_what_is_planned_stays_unless_that_is_meant_too() {
    let (shipped, partners) = busy();
    let (now, paused) = (shipped.now(), &partners[0]);
    let numbers = [
        pause(&shipped, paused, now, None),
        pause(&shipped, paused, now, Some(now.plus(HOUR))),
        pause(&shipped, paused, now.plus(HOUR), None),
        pause(&shipped, &partners[1], now, None),
    ];
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(block_on(shipped.gateway.store.numbers(now)).expect("counted").paused, 2, "partners, not pauses");
    assert_eq!(resume(&shipped, paused, false), 2);
    let left = |shipped: &Shipped| -> Vec<i64> {
        block_on(shipped.gateway.store.pauses(shipped.now())).expect("read").iter().map(|pause| pause.number).collect()
    };
    assert_eq!(left(&shipped), [4, 3], "in the order in which they begin");
    assert_eq!(resume(&shipped, paused, true), 1);
    assert_eq!(left(&shipped), [4]);
    let told = shipped
        .disk
        .texts("SELECT what || ' ' || why || ' ' || facts FROM history WHERE what IN ('paused', 'resumed') ORDER BY id");
    assert_eq!(told.len(), 4 + 3);
    let first =
        format!("paused their system is upgraded {{\"partner\":\"{paused}\",\"pause\":1,\"from\":{}", now.as_millis());
    assert!(told[0].starts_with(&first), "{}", told[0]);
    assert!(told[4].starts_with("resumed they are back"), "{}", told[4]);
    assert_eq!(block_on(shipped.gateway.store.verify_history(None)).expect("read").broken, None);
}

#[test]
fn an_attempt_that_is_under_way_when_its_partner_is_paused_comes_to_its_end() {
    let (shipped, partners) = busy();
    let claimed = shipped.claim();
    pause(&shipped, &partners[0], shipped.now(), None);
    shipped.conclude(&claimed);
    let under_way = claimed.iter().filter(|claimed| claimed.partner == partners[0]).count();
    assert!(under_way > 0);
    let delivered = "SELECT partner FROM delivery WHERE state = 'delivered' ORDER BY id";
    let delivered = shipped.disk.texts(delivered).iter().filter(|partner| *partner == partners[0].as_str()).count();
    assert_eq!(delivered, under_way);
}

#[test]
fn a_person_pauses_and_resumes_by_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
        let ran = command.args(["--config", "config", "--format", "json"]).args(words).current_dir(folder.path());
        let ran = ran.output().expect("it runs");
        let said = [ran.stdout, ran.stderr].concat();
        let value: Value = serde_json::from_slice(&said).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&said)));
        (ran.status.code(), value)
    };
    let demo = Command::new(env!("CARGO_BIN_EXE_bindeledd"))
        .args(["demo", "--once", "--fast", "--keep", "."])
        .current_dir(folder.path())
        .output();
    assert!(demo.expect("it runs").status.success());
    let listed = |partner: &str| {
        let (code, said) = run(&["partners", "list"]);
        assert_eq!(code, Some(0), "{said}");
        said["partners"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|listed| listed["partner"] == partner)
            .expect("it is there")
            .clone()
    };
    let files = std::fs::read_dir(folder.path().join("config/partners")).expect("reads").flatten();
    let mut names: Vec<String> = files.filter_map(|file| stem(&file.path())).collect();
    names.sort();
    let partner = names[0].as_str();
    assert_eq!((&listed(partner)["paused"], &listed(partner)["waiting"]), (&Value::Bool(false), &Value::from(0)));
    let reason = ["--reason", "their server is upgraded"];
    let pause = |words: &[&str]| run(&[&["partners", "pause"], words, &reason[..]].concat());
    assert_eq!(pause(&["nobody-we-know"]).0, Some(1));
    assert_eq!(pause(&[partner, "--until", "2020-01-01"]).0, Some(2), "it is over");
    assert_eq!(pause(&[partner, "--from", "2099-01-02", "--until", "2099-01-01"]).0, Some(2), "it ends before it begins");
    assert_eq!(run(&["partners", "pause", partner, "--reason", "14854131010"]).0, Some(2), "a number of a person");
    assert_eq!(pause(&[partner, "--from", "2099-01-01T22:00:00", "--until", "2099-01-02T06:00:00"]).0, Some(0));
    assert_eq!(listed(partner)["paused"], Value::Bool(false), "it lies ahead");
    assert_eq!(listed(partner)["pauses"][0]["since"], "2099-01-01T21:00:00.000Z");
    assert_eq!(pause(&[partner]).1["pause"], 2);
    let paused = listed(partner);
    assert_eq!((&paused["paused"], &paused["pauses"][0]["reason"]), (&Value::Bool(true), &Value::from(reason[1])));
    let resume = |words: &[&str]| run(&[&["partners", "resume", partner, "--reason", "they are back"], words].concat());
    assert_eq!(resume(&[]).1["ended"], 1);
    assert_eq!(listed(partner)["pauses"].as_array().map(Vec::len), Some(1));
    assert_eq!(resume(&[]).0, Some(1), "it is not paused now");
    assert_eq!(resume(&["--also-planned"]).1["ended"], 1);
    assert_eq!(run(&["log", "verify"]).0, Some(0));
}

fn stem(file: &Path) -> Option<String> {
    file.file_stem()?.to_str().map(str::to_owned)
}
