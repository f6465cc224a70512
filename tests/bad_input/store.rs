//! A store that cannot take anything: the sender keeps the message and is told so, and nothing is half there.

use super::case::{HOSPITAL, letter};
use super::live::{Live, installation, post_as};
use super::postgres;
use bindeledd::config::Installation;
use bindeledd::domain::{Chance, Clock, FaultKind, Seeded};
use bindeledd::gateway::MachineClock;
use bindeledd::service::Service;
use bindeledd::store::{Crash, CrashPlan, Home, Store, StoreOptions};
use bindeledd::vault::KeyFile;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// How many kinds are tried here.
pub const KINDS: usize = 5;

pub fn open(installation: &Installation, max_bytes: Option<u64>) -> Store {
    let options = StoreOptions { max_bytes, ..installation.store() };
    Store::open(&options, MachineClock.now()).expect("opens")
}

/// The disk fills up: what was stored stays, the rest is told to come again.
pub async fn full() {
    let live = Live::start(
        |installation| installation.home = Home::Embedded,
        |installation| open(installation, Some(2 * 1024 * 1024)),
    )
    .await;
    // What can be foretold is small when it is stored.
    let chance = Seeded::new(1);
    let filler: String = (0..12 * 1024).map(|_| format!("{:016x}", chance.next_u64())).collect();
    let filled = format!("{}\n<!-- {filler} -->", letter());
    let mut received = 0;
    let refusal = loop {
        let message = filled.replace(super::case::id_of(&filled), &super::case::new_id());
        let answer = live.exchange(&post_as(HOSPITAL, message.as_bytes()), false).await.expect("an answer");
        if answer.status != 202 {
            break answer;
        }
        received += 1;
        assert!(received < 40, "the store does not get full");
    };
    assert_eq!((refusal.status, refusal.field("type")), (503, "/problems/storage-full".into()), "{refusal:?}");
    assert!(refusal.head.contains("retry-after: "), "{}", refusal.head);
    // Many at once share a transaction: what undoes it must not leave half of them.
    let small: Vec<Vec<u8>> = (0..40).map(|_| post_as(HOSPITAL, letter().as_bytes())).collect();
    let many: Vec<&[u8]> = small.iter().map(Vec::as_slice).collect();
    let answers = all_at_once(&live, &many).await;
    received += answers.iter().filter(|status| **status == 202).count();
    assert!(answers.iter().all(|status| matches!(status, 202 | 503)), "{answers:?}");
    assert_eq!(live.messages().await.len(), received, "one message for each receipt");
    let history = live.service.gateway.store.verify_history(None).await.expect("it is read");
    assert!(history.broken.is_none() && history.lines > 0, "what was undone left no gap: {history:?}");
    assert!(live.service.stop().await);
}

/// Sends all at the same time; gives the status of each answer.
async fn all_at_once(live: &Live, requests: &[&[u8]]) -> Vec<u16> {
    let mut waiting: Vec<_> = requests.iter().map(|request| Box::pin(live.exchange(request, false))).collect();
    let mut answers = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|exchange| match exchange.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer.map_or(0, |answer| answer.status));
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers
}

/// Writing fails once, and works again after.
pub async fn not_writable_for_a_while() {
    let failing = Arc::new(Failing(AtomicBool::new(false)));
    let plan = failing.clone();
    let in_memory = |_: &Installation| {
        let disk = Arc::new(Mutex::new(rusqlite::Connection::open_in_memory().expect("memory")));
        Store::simulated(disk, Arc::new(KeyFile::generate()), plan, MachineClock.now()).expect("opens")
    };
    let live = Live::start(|_| {}, in_memory).await;
    let message = letter();
    failing.0.store(true, Ordering::SeqCst);
    let answer = live.exchange(&post_as(HOSPITAL, message.as_bytes()), false).await.expect("an answer");
    assert_eq!((answer.status, answer.field("type")), (503, "/problems/fault-passing".into()), "{answer:?}");
    assert_eq!(live.get("/readyz", HOSPITAL).await.status, 503);
    assert_eq!(live.messages().await.len(), 0);
    failing.0.store(false, Ordering::SeqCst);
    let answer = live.exchange(&post_as(HOSPITAL, message.as_bytes()), false).await.expect("an answer");
    assert_eq!((answer.status, answer.field("repeated")), (202, false.into()), "{answer:?}");
    assert_eq!(live.get("/readyz", HOSPITAL).await.status, 200);
    live.service.stop().await;
}

struct Failing(AtomicBool);

impl CrashPlan for Failing {
    fn next(&self) -> Crash {
        if self.0.load(Ordering::SeqCst) { Crash::BeforeCommit } else { Crash::No }
    }
}

/// Three ways in which the gateway must not start at all.
pub async fn does_not_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let installation = installation(folder.path());
    let start = || Service::start(&installation, Arc::new(MachineClock), Arc::new(Seeded::new(1)));
    let refuses = async |why: &str| {
        let fault = start().await.err().unwrap_or_else(|| panic!("it starts: {why}"));
        assert_eq!(fault.kind(), FaultKind::Lasting, "{why}");
        assert!(fault.inner().contains(why), "no '{why}' in: {}", fault.inner());
    };

    // A file where the folder should be.
    std::fs::write(&installation.data, "in the way").expect("written");
    refuses("cannot be made").await;
    std::fs::remove_file(&installation.data).expect("removed");

    // Another gateway on the same data.
    let other = open(&installation, None);
    refuses("another gateway is using this data folder").await;
    drop(other);

    // Data of a release that is to come.
    {
        let path = installation.data.join("bindeledd.db");
        let newer = "INSERT INTO migration VALUES (99, 'of a later release', 0, 99)";
        match postgres::database_of(&installation.home) {
            None => rusqlite::Connection::open(path).expect("opens").execute_batch(newer).expect("written"),
            Some(database) => postgres::shared().run(&database, newer),
        }
    }
    refuses("written by a newer release").await;
}
