//! The promise: where the store is a PostgreSQL server, nothing is lost when that server dies, has no room, or must not be written to;
//! senders are told to come again, and the gateway goes on by itself when the server does.

#[expect(dead_code, reason = "only its letters are sent here")]
#[path = "bad_input/case.rs"]
mod case;
#[expect(dead_code, reason = "another test reads its log")]
#[path = "support/live.rs"]
mod live;
#[expect(dead_code, reason = "some of it serves other tests")]
#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/trouble.rs"]
mod trouble;
#[path = "store_on_a_server/reached.rs"]
mod reached;
#[path = "store_on_a_server/upkeep.rs"]
mod upkeep;

use bindeledd::config::Installation;
use bindeledd::domain::{Chance, Clock, FaultKind, Seeded};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Store, StoreOptions};
use case::{HOSPITAL, id_of, letter, new_id};
use live::{Answer, Live, post_as};
use postgres::Postgres;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use trouble::{FEW_PLACES, Taken, take_all_places};

/// Letters that arrive before the server is killed again, and as often.
const LETTERS_BETWEEN: usize = 40;
const KILLS: usize = 4;
/// Senders at a time.
const SENDERS: usize = 4;
/// Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

fn on(server: &Postgres, database: &str) -> impl FnOnce(&mut Installation) {
    let home = server.home(database);
    |installation| installation.home = home
}

fn open(installation: &Installation) -> Store {
    Store::open(&installation.store(), MachineClock.now()).expect("opens")
}

async fn send(live: &Live, message: &str) -> Answer {
    live.exchange(&post_as(HOSPITAL, message.as_bytes()), false).await.expect("an answer")
}

/// Waits until something is so.
async fn wait_until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !is_so().await {
        assert!(start.elapsed() < PATIENCE, "it is never so that {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_under_load_loses_nothing_and_the_gateway_goes_on_by_itself() {
    if postgres::is_missing() {
        return;
    }
    let server = Arc::new(Postgres::start(&[]));
    let live = Arc::new(Live::start(on(&server, &server.fresh_database()), open).await);
    let (arrived, put_off) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let enough = Arc::new(AtomicBool::new(false));
    let senders: Vec<_> = (0..SENDERS)
        .map(|_| {
            let (live, arrived, put_off, enough) = (live.clone(), arrived.clone(), put_off.clone(), enough.clone());
            tokio::spawn(async move {
                let mut ids = Vec::new();
                while !enough.load(Ordering::SeqCst) {
                    let message = letter();
                    loop {
                        let answer = send(&live, &message).await;
                        if answer.status == 202 {
                            break;
                        }
                        assert_eq!(answer.status, 503, "{answer:?}");
                        assert!(answer.head.contains("retry-after: "), "{}", answer.head);
                        put_off.fetch_add(1, Ordering::SeqCst);
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    ids.push(id_of(&message).to_string());
                    arrived.fetch_add(1, Ordering::SeqCst);
                }
                ids
            })
        })
        .collect();
    for kill in 1..=KILLS {
        wait_until("letters arrive", async || arrived.load(Ordering::SeqCst) >= kill * LETTERS_BETWEEN).await;
        let server = Arc::clone(&server);
        let before = put_off.load(Ordering::SeqCst);
        tokio::task::spawn_blocking({
            let server = server.clone();
            move || server.kill()
        })
        .await
        .expect("killed");
        wait_until("senders are put off", async || put_off.load(Ordering::SeqCst) > before).await;
        tokio::task::spawn_blocking(move || server.start_again()).await.expect("started again");
    }
    let all = (KILLS + 1) * LETTERS_BETWEEN;
    wait_until("letters arrive after the last kill", async || arrived.load(Ordering::SeqCst) >= all).await;
    enough.store(true, Ordering::SeqCst);
    let mut ids = Vec::new();
    for sender in senders {
        ids.extend(sender.await.expect("a sender"));
    }
    wait_until("all is delivered", async || {
        live.service.gateway.store.numbers(MachineClock.now()).await.is_ok_and(|numbers| numbers.queue_depth() == 0)
    })
    .await;
    let stored: Vec<String> = live.messages().await.iter().filter_map(|row| row.msg_id.clone()).map(|id| id.key()).collect();
    assert!(ids.iter().all(|id| stored.contains(id)), "a receipt was given for what is not there");
    assert_eq!(stored.len(), ids.len(), "a message is there twice");
    let history = live.service.gateway.store.verify_history(None).await.expect("it is read");
    assert!(history.broken.is_none() && history.lines > 0, "{history:?}");
    println!("{} letters, {} times put off, {KILLS} kills", ids.len(), put_off.load(Ordering::SeqCst));
    assert!(Arc::into_inner(live).expect("nobody else").service.stop().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_room_for_a_connection_has_senders_told_to_come_again() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&[FEW_PLACES]);
    let database = server.fresh_database();
    let live = Live::start(on(&server, &database), open).await;
    assert_eq!(send(&live, &letter()).await.status, 202);
    let message = letter();
    let (mut others, mut told) = (Taken::default(), None);
    // On a busy machine a place becomes free late, and the gateway may have it before us: then it is taken from it again.
    for _ in 0..20 {
        others = take_all_places(&server, &database, others);
        let answer = send(&live, &message).await;
        if (answer.status, live.get("/readyz", HOSPITAL).await.status) == (503, 503) {
            told = Some(answer);
            break;
        }
    }
    let answer = told.expect("the gateway finds a place every time");
    assert_eq!(answer.field("type"), "/problems/fault-passing", "{answer:?}");
    assert!(answer.head.contains("retry-after: "), "{}", answer.head);
    drop(others);
    wait_until("it is taken in", async || send(&live, &message).await.status == 202).await;
    assert_eq!(live.messages().await.len(), 2);
    assert_eq!(live.get("/readyz", HOSPITAL).await.status, 200);
    assert!(live.service.stop().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_must_not_be_written_to_is_told_as_one_that_is_full() {
    if postgres::is_missing() {
        return;
    }
    let server = postgres::shared();
    let database = server.fresh_database();
    let live = Live::start(on(server, &database), open).await;
    let read_only = |on| format!("ALTER DATABASE {database} SET default_transaction_read_only = {on}");
    server.run("postgres", &read_only("on"));
    server.disconnect_all(&database);
    let message = letter();
    let answer = send(&live, &message).await;
    assert_eq!((answer.status, answer.field("type")), (503, "/problems/storage-full".into()), "{answer:?}");
    server.run("postgres", &read_only("off"));
    server.disconnect_all(&database);
    let answer = send(&live, &message).await;
    assert_eq!((answer.status, answer.field("repeated")), (202, false.into()), "{answer:?}");
    assert!(live.service.stop().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_is_made_again_before_anybody_notices() {
    if postgres::is_missing() {
        return;
    }
    let server = postgres::shared();
    let database = server.fresh_database();
    let live = Live::start(on(server, &database), open).await;
    for _ in 0..5 {
        assert_eq!(send(&live, &letter()).await.status, 202);
        server.disconnect_all(&database);
    }
    assert_eq!(live.messages().await.len(), 5);
    assert!(live.service.stop().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_gateway_on_the_same_database_does_not_start_wherever_it_is() {
    if postgres::is_missing() {
        return;
    }
    let server = postgres::shared();
    let database = server.fresh_database();
    let live = Live::start(on(server, &database), open).await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let options = StoreOptions {
        folder: elsewhere.path().to_path_buf(),
        home: server.home(&database),
        max_bytes: None,
        keys: elsewhere.path().join("keys"),
    };
    let fault = Store::open(&options, MachineClock.now()).err().expect("it is refused");
    assert_eq!(fault.kind(), FaultKind::Lasting);
    assert!(fault.inner().contains("another gateway is using the database"), "{}", fault.inner());
    assert_eq!(send(&live, &letter()).await.status, 202, "the first one is not disturbed");
    assert!(live.service.stop().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_may_be_as_long_as_its_sender_likes_on_both_homes() {
    if postgres::is_missing() {
        return;
    }
    let server = postgres::shared();
    let chance = Seeded::new(17);
    let long: String = (0..3000).map(|_| format!("{:016x}", chance.next_u64())).collect();
    let message = letter();
    let message = message.replace(id_of(&message), &long);
    let mut answers = Vec::new();
    for home in [server.home(&server.fresh_database()), bindeledd::store::Home::Embedded] {
        let live = Live::start(|installation| installation.home = home, open).await;
        let first = send(&live, &message).await;
        let again = send(&live, &message).await;
        answers.push((first.status, first.field("state"), again.field("repeated")));
        assert!(live.service.stop().await);
    }
    assert!(answers[0].0 == 202 && answers[0] == answers[1], "{answers:?}");
    assert_ne!(new_id(), new_id());
}

#[test]
fn a_line_of_the_history_is_refused_to_be_changed_removed_or_emptied() {
    if postgres::is_missing() {
        return;
    }
    let server = postgres::shared();
    let database = server.fresh_database();
    let folder = tempfile::tempdir().expect("a folder");
    let (home, keys) = (server.home(&database), folder.path().join("keys"));
    let options = StoreOptions { folder: folder.path().to_path_buf(), home, max_bytes: None, keys };
    drop(Store::open(&options, MachineClock.now()).expect("opens"));
    let mut client = server.connect(&database);
    let lines: i64 = client.query_one("SELECT count(*) FROM history", &[]).expect("reads").get(0);
    assert!(lines > 0, "keys were made");
    for deed in ["UPDATE history SET why = 'another'", "DELETE FROM history", "TRUNCATE history"] {
        let error = client.batch_execute(deed).expect_err(deed);
        let told = error.as_db_error().expect("the server says so").message();
        assert!(told.starts_with("history is not "), "{deed}: {told}");
    }
}
