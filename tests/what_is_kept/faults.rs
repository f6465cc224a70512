//! Processes that die before or after any write of a pruning, and a disk that is full.

use super::shipped::block_on;
use super::shipped::disk::postgres;
use super::town::{Town, removing};
use bindeledd::domain::{Chance, Class, FaultKind, FirstKept, Seeded};
use bindeledd::store::{Crash, CrashPlan, Removing};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Dies at the write that it is told.
struct DiesAt {
    left: AtomicU64,
    how: Crash,
}

impl DiesAt {
    fn new(write: u64, how: Crash) -> Arc<Self> {
        Arc::new(Self { left: AtomicU64::new(write), how })
    }
}

impl CrashPlan for DiesAt {
    fn next(&self) -> Crash {
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(1) => self.how,
            Ok(_) => Crash::No,
            // It has died: nothing that it does comes to be.
            Err(_) => Crash::BeforeCommit,
        }
    }
}

fn lives() -> Arc<DiesAt> {
    DiesAt::new(u64::MAX, Crash::No)
}

/// What is there in the end, however it came to that.
fn left(town: &Town) -> Vec<String> {
    let mut left = Vec::new();
    for sql in [
        "SELECT tracking FROM message ORDER BY tracking",
        "SELECT name FROM secret WHERE wrapped IS NOT NULL ORDER BY name",
        "SELECT CAST(last AS text) FROM emptied ORDER BY last",
        "SELECT CAST(number AS text) FROM seal ORDER BY number",
    ] {
        left.extend(town.shipped.disk.texts(sql));
    }
    left
}

fn is_whole(town: &Town, when: &str) {
    let store = town.beside(lives());
    assert_eq!(block_on(store.verify_history(None)).expect("read").broken, None, "{when}");
}

#[test]
fn a_pruning_that_dies_before_or_after_any_write_is_whole_and_is_completed_by_the_next() {
    let undisturbed = Town::new();
    undisturbed.prune(undisturbed.retention());
    let expected = left(&undisturbed);
    let first: u64 = std::env::var("BINDELEDD_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2026);
    for seed in first..first + 6 {
        println!("seed {seed}");
        let (town, chance) = (Town::new(), Seeded::new(seed));
        let first_kept = town.retention().first_kept(town.shipped.now());
        let mut deaths = 0;
        loop {
            let write = 1 + chance.next_u64() % 3;
            let how = if chance.next_u64().is_multiple_of(2) { Crash::BeforeCommit } else { Crash::AfterCommit };
            let store = town.beside(DiesAt::new(write, how));
            if block_on(store.prune(&removing(first_kept), town.shipped.now())).is_ok() {
                break;
            }
            deaths += 1;
            is_whole(&town, &format!("seed {seed}, death {deaths}"));
            assert!(deaths < 500, "it comes to no end");
        }
        assert!(deaths >= 4, "{deaths} deaths");
        is_whole(&town, "in the end");
        assert_eq!(left(&town), expected, "seed {seed}");
    }
}

#[test]
fn sealing_that_dies_at_any_write_leaves_the_log_whole() {
    let town = Town::new();
    for (write, how) in (1..=2).flat_map(|write| [(write, Crash::BeforeCommit), (write, Crash::AfterCommit)]) {
        town.arrive_today();
        let store = town.beside(DiesAt::new(write, how));
        let _ = block_on(store.seal(town.shipped.now()));
        is_whole(&town, "sealing");
        block_on(town.beside(lives()).seal(town.shipped.now())).expect("sealed");
        is_whole(&town, "sealed");
    }
}

/// Messages free the room that the line about them needs; of the other two classes the line is written first.
#[test]
fn a_full_disk_ends_a_pruning_and_it_is_completed_when_there_is_room() {
    if postgres::is_wanted() {
        return;
    }
    for class in [Class::Content, Class::History] {
        let (undisturbed, town) = (Town::new(), Town::new());
        let first_kept = FirstKept::only(class, town.first_month_kept(class));
        undisturbed.prune_first_kept(first_kept);
        // A line that says so with many words needs pages that are not there.
        let removing = Removing { reason: "kept long enough ".repeat(400), ..removing(first_kept) };
        let limit = |pages: i64| {
            let disk = town.shipped.disk.lock().expect("lock");
            disk.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0)).expect("set")
        };
        let pages = town.number("SELECT page_count FROM pragma_page_count");
        let mut was_full = 0;
        // A little more room each time, so that it ends at another place.
        for more in 0..400 {
            limit(pages + more);
            match block_on(town.store().prune(&removing, town.shipped.now())) {
                Ok(_) => break,
                Err(fault) => {
                    assert_eq!(fault.kind(), FaultKind::StorageFull, "{}", fault.inner());
                    was_full += 1;
                }
            }
            is_whole(&town, "the disk was full");
        }
        assert!(was_full >= 1, "{class:?}: the disk was full {was_full} times");
        assert_eq!(left(&town), left(&undisturbed));
        is_whole(&town, "in the end");
    }
}

/// What a pruning, and a sealing, do to the tables, in this order.
const DEEDS: [(&str, &str); 14] = [
    ("UPDATE", "secret"),
    ("INSERT", "history"),
    ("DELETE", "content_202601"),
    ("DELETE", "parcel_202601"),
    ("DELETE", "attempt"),
    ("DELETE", "delivery"),
    ("UPDATE", "delivery"),
    ("DELETE", "finding"),
    ("DELETE", "patient"),
    ("DELETE", "message"),
    ("INSERT", "emptied"),
    ("DELETE", "history"),
    ("DELETE", "patient_line"),
    ("INSERT", "seal"),
];

/// From here on each of these statements fails that meets a row.
fn let_fail(town: &Town, (verb, table): (&str, &str)) {
    town.write(&if postgres::is_wanted() {
        format!(
            "CREATE OR REPLACE FUNCTION fail_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$;
             CREATE TRIGGER injected BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION fail_it ()"
        )
    } else {
        format!("CREATE TRIGGER injected BEFORE {verb} ON {table} BEGIN SELECT RAISE (ABORT, 'injected'); END")
    });
}

fn let_be(town: &Town, table: &str) {
    let on = if postgres::is_wanted() { format!(" ON {table}") } else { String::new() };
    town.write(&format!("DROP TRIGGER IF EXISTS injected{on}"));
}

#[test]
fn whichever_statement_of_a_pruning_or_a_sealing_fails_the_log_is_whole_and_the_next_completes_it() {
    let undisturbed = Town::new();
    undisturbed.prune(undisturbed.retention());
    let mut failed = Vec::new();
    for deed in DEEDS {
        let town = Town::new();
        let now = town.shipped.now();
        town.arrive_today();
        let_fail(&town, deed);
        let pruned = block_on(town.store().prune(&removing(town.retention().first_kept(now)), now));
        let sealed = block_on(town.store().seal(now));
        let_be(&town, deed.1);
        if pruned.is_err() || sealed.is_err() {
            failed.push(deed);
        }
        is_whole(&town, &format!("{deed:?}"));
        town.prune(town.retention());
        block_on(town.store().seal(now)).expect("sealed");
        is_whole(&town, &format!("{deed:?}, and once more"));
        let of_today = ["message", "seal"].map(|table| town.counts()[table] - undisturbed.counts()[table]);
        assert!(of_today[0] == 1 && of_today[1] >= 1, "{deed:?}: {of_today:?}");
        let emptied = "SELECT CAST(last AS text) FROM emptied ORDER BY last";
        assert_eq!(town.shipped.disk.texts(emptied), undisturbed.shipped.disk.texts(emptied), "{deed:?}");
    }
    // A server drops the tables of a month at once.
    assert!(failed.len() >= if postgres::is_wanted() { 9 } else { 11 }, "only these failed: {failed:?}");
}
