//! The log is asked at a size: whatever it answers is what somebody finds who looks at every row. The same messages as in the
//! measurement (`benches/log_at_size`), but few of them.

#[path = "../benches/log_at_size/world.rs"]
mod world;
#[path = "../benches/log_at_size/fill.rs"]
mod fill;
#[path = "../benches/log_at_size/scan.rs"]
mod scan;
#[path = "log_at_size/every_row.rs"]
mod every_row;
#[path = "support/postgres.rs"]
#[expect(dead_code, reason = "shared with tests that use more of it")]
mod postgres;

use bindeledd::delivery::State;
use bindeledd::domain::{Clock, MessageId, PartnerName};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{DeliveryFilter, Home, Question, Server, Store, StoreOptions, Wanted};
use every_row::{Row, filters};
use fill::{Filler, auditor, options, person};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use world::World;

const WORLD: World = World { messages: 3_000 };
/// The store is closed and opened again behind this one.
const STOPPED_BEHIND: i64 = 1_300;
/// A number that divides nothing.
const PAGE: usize = 37;

fn open(folder: &Path) -> Store {
    Store::open(&options(folder), MachineClock.now()).expect("opens")
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// A store with all messages, which were taken in by two runs.
async fn filled(folder: &Path) -> Store {
    for until in [STOPPED_BEHIND, WORLD.messages] {
        let store = open(folder);
        let (mut filler, mut next) = Filler::new(&store, WORLD).await.expect("begins");
        while next <= until {
            next = filler.batch(next).await.expect("taken in");
        }
    }
    open(folder)
}

#[tokio::test]
async fn every_answer_about_the_log_is_that_of_a_look_at_every_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(folder.path()).await;
    let rows = Row::all(&scan::rows(&data(folder.path())));
    messages_are_what_the_generator_says(&rows);
    let verified = store.verify_history(None).await.expect("read");
    assert_eq!(verified.broken, None);
    assert!(verified.sealed > 10 && verified.lines > 4 * WORLD.messages, "{verified:?}");
    reports_are_those_of_a_full_scan(&store, &data(folder.path())).await;
    searches_are_those_of_a_full_scan(&store, &rows).await;
    lists_of_deliveries_are_those_of_a_full_scan(&store, &scan::rows(&data(folder.path()))).await;
}

#[test]
fn what_moved_to_a_server_answers_as_a_look_at_every_row_before_it_moved() {
    if postgres::is_missing() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    drop(runtime.block_on(filled(folder.path())));
    let url = postgres::shared().url(&postgres::shared().fresh_database());
    let server = Arc::new(Server::parse(&url).expect("an address"));
    fill::move_to(folder.path(), &server, &mut |_| {}).expect("moved");
    let options = StoreOptions { home: Home::Postgres(server), ..options(folder.path()) };
    let store = Store::open(&options, MachineClock.now()).expect("opens");
    let data = data(folder.path());
    runtime.block_on(async {
        reports_are_those_of_a_full_scan(&store, &data).await;
        searches_are_those_of_a_full_scan(&store, &Row::all(&scan::rows(&data))).await;
        lists_of_deliveries_are_those_of_a_full_scan(&store, &scan::rows(&data)).await;
    });
}

async fn lists_of_deliveries_are_those_of_a_full_scan(store: &Store, rows: &rusqlite::Connection) {
    let mut all: Vec<(i64, String, String)> = Vec::new();
    scan::every(rows, "SELECT id, state, partner FROM delivery ORDER BY id DESC", |row| {
        all.push((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(())
    });
    let partners = [1, 2, 40, WORLD.rare()[0]].map(|n| Some(WORLD.receiver(n).partner()));
    let filters = State::ALL.map(|state| (Some(state), None)).into_iter().chain(partners.map(|partner| (None, partner)));
    for (state, partner) in filters.chain([(None, None), (Some(State::Rejected), partner_of_the_newest(&all))]) {
        let is_met = |(_, of, to): &&(i64, String, String)| {
            state.is_none_or(|state| of == state.as_str()) && partner.as_ref().is_none_or(|partner| to == partner.as_str())
        };
        let expected: Vec<i64> = all.iter().filter(is_met).map(|(id, ..)| *id).collect();
        let mut filter = DeliveryFilter { state, partner: partner.clone(), before: None, limit: PAGE };
        let mut found = Vec::new();
        loop {
            let page = store.deliveries(&filter).await.expect("reads");
            let Some(last) = page.last() else { break };
            filter.before = Some(last.delivery);
            found.extend(page.iter().map(|row| row.delivery.0));
        }
        assert_eq!(found, expected, "{filter:?}");
    }
}

/// The partner of the newest delivery.
fn partner_of_the_newest(all: &[(i64, String, String)]) -> Option<PartnerName> {
    all.first().and_then(|(_, _, partner)| PartnerName::parse(partner))
}

async fn searches_are_those_of_a_full_scan(store: &Store, rows: &BTreeMap<i64, Row>) {
    let (mut some, mut none) = (0, 0);
    for mut filter in filters(&WORLD, rows) {
        let expected: Vec<MessageId> = rows.values().rev().filter(|row| row.is_met_by(&filter)).map(|row| row.id).collect();
        filter.limit = PAGE;
        let mut found = Vec::new();
        loop {
            let page = store.messages(&filter).await.expect("reads");
            assert!(page.len() <= PAGE, "{filter:?}");
            let Some(last) = page.last() else { break };
            filter.before = Some(last.message);
            found.extend(page.iter().map(|row| row.message));
        }
        assert_eq!(found, expected, "{filter:?}");
        *(if found.is_empty() { &mut none } else { &mut some }) += 1;
    }
    assert!(some > 100 && none > 5, "{some} searches find something, {none} find nothing");
}

fn messages_are_what_the_generator_says(rows: &BTreeMap<i64, Row>) {
    assert_eq!(rows.len() as i64, WORLD.messages);
    let states: BTreeSet<&str> = rows.values().map(|row| row.state.as_str()).collect();
    assert_eq!(states.len(), 5, "all states are there: {states:?}");
    for (n, row) in rows {
        assert_eq!(row.tracking, WORLD.tracking(*n).as_stored(), "message {n}");
        assert_eq!(row.received_at, WORLD.at(*n).as_millis(), "message {n}");
    }
}

/// For the patient with the most messages, for some with a few, and for one who is in none.
async fn reports_are_those_of_a_full_scan(store: &Store, folder: &Path) {
    let mut times: BTreeMap<u64, usize> = BTreeMap::new();
    (1..=WORLD.messages).flat_map(|n| WORLD.about(n)).for_each(|patient| *times.entry(patient).or_default() += 1);
    let with =
        |some: usize| times.iter().find(|(patient, times)| **patient > 0 && **times == some).map(|(patient, _)| *patient);
    let nobody = WORLD.patients() + 1;
    let patients = [Some(0), with(1), with(2), with(3), with(5), with(7), Some(nobody)].map(|patient| patient.expect("one"));
    let mut wanted = Vec::new();
    let mut reports = Vec::new();
    for patient in &patients {
        // Twice, so that the first question is in the second answer.
        for _ in 0..2 {
            let about = Wanted::Patient(person(*patient));
            let question = Question { wanted: about, since: None, until: None, purpose: "case 17".into(), who: auditor() };
            let found = store.look_up(question, MachineClock.now()).await.expect("answered");
            let pseudonym = found.patient.expect("a pseudonym").to_string();
            reports.push(found.lines.iter().map(|line| line.number).collect::<BTreeSet<i64>>());
            wanted.push(scan::Wanted { number: world::number_of(*patient), pseudonym });
        }
    }
    let (scanned, last) = scan::lines_about(store, folder, &wanted).await.expect("read");
    for (patient, at) in patients.iter().zip((1..).step_by(2)) {
        // After a move, the rows that are scanned are those from before it.
        let lines: BTreeSet<i64> = reports[at].range(..=last).copied().collect();
        assert_eq!(lines, scanned[at], "patient {patient}");
        assert!(reports[at].len() >= 2 + 2 * times.get(patient).copied().unwrap_or_default(), "patient {patient}");
    }
}
