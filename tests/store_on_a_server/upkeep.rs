//! Pruning, sealing and changing the key on a server in trouble: the log is whole, and doing it again completes it.

use super::postgres::{self, Postgres, outside};
use super::trouble::{FEW_PLACES, TROUBLES, Taken, Trouble};
use bindeledd::domain::{Actor, Class, Clock, FirstKept, Month, PartnerName, Retention, Seeded, Timestamp, TrackingId};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Look, NewMessage, Part, Removing, Store, StoreOptions, Why};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Months in which messages came, messages in each, and messages under a seal.
const MONTHS: u32 = 4;
const MESSAGES: u32 = 12;
const SEALED: u32 = 5;

/// A store of which nothing but the last month is to be kept.
struct Archive<'s> {
    server: &'s Postgres,
    database: String,
    store: Store,
    kept: TrackingId,
    _folder: tempfile::TempDir,
}

fn who() -> Actor {
    Actor::account("arkivar", None)
}

impl<'s> Archive<'s> {
    async fn new(server: &'s Postgres) -> Self {
        let (folder, database) = (tempfile::tempdir().expect("a folder"), server.fresh_database());
        let (data, keys) = (folder.path().join("data"), folder.path().join("keys"));
        let options = StoreOptions { folder: data, home: server.home(&database), max_bytes: None, keys };
        let (now, chance) = (MachineClock.now(), Seeded::new(5));
        let store = Store::open(&options, Month::of(now).back(MONTHS).start()).expect("opens");
        let mut kept = None;
        for n in 0..MONTHS * MESSAGES {
            let month = Month::of(now).back(MONTHS - n / MESSAGES);
            let at = month.start().plus(Duration::from_secs(u64::from(n % MESSAGES) * 86_400 + 60));
            kept = Some(store.turn_away(arrival(&chance, at), Why::Unreadable, Vec::new()).await.expect("stored"));
            if (n + 1).is_multiple_of(SEALED) {
                store.seal(at).await.expect("sealed");
            }
        }
        Self { server, database, store, kept: kept.expect("there are some"), _folder: folder }
    }

    async fn is_whole(&self, when: &str) {
        let verified = self.store.verify_history(None).await.unwrap_or_else(|fault| panic!("{when}: {}", fault.inner()));
        assert_eq!(verified.broken, None, "{when}");
        let look = Look { tracking: self.kept, part: Part::Message, purpose: "is it there?".into(), who: who() };
        let bytes = self.store.look_at_content(look, MachineClock.now()).await.expect("read");
        assert!(bytes.is_some(), "{when}: what was to be kept is gone");
    }

    fn first_kept(&self) -> FirstKept {
        Retention { content: Some(1), metadata: Some(1), history: Some(1) }.first_kept(MachineClock.now())
    }

    /// Prunes; the trouble begins when it is asked for the `at`th time whether to go on. Answers whether it began, and what became of it.
    async fn prune(&self, trouble: Trouble, at: u32) -> Option<Result<(), bindeledd::domain::Fault>> {
        let (asked, taken) = (AtomicU32::new(0), Mutex::new(None));
        let go_on = || {
            if asked.fetch_add(1, Ordering::SeqCst) + 1 == at {
                *taken.lock().expect("lock") = Some(outside(|| trouble.begin(self.server, &self.database)));
            }
            true
        };
        let removing =
            Removing { first_kept: self.first_kept(), who: Some(who()), reason: "kept long enough".into(), go_on: &go_on };
        let pruned = self.store.prune(&removing, MachineClock.now()).await;
        let taken: Option<Taken> = taken.into_inner().expect("lock");
        let taken = taken?;
        outside(|| trouble.end(self.server, &self.database, taken));
        Some(pruned.map(|_| ()))
    }

    async fn count(&self, class: Class) -> i64 {
        let plan = self.store.plan(self.first_kept(), MachineClock.now()).await.expect("planned");
        plan.iter().filter(|row| row.class == class).map(|row| row.goes).sum()
    }
}

fn arrival(chance: &Seeded, at: Timestamp) -> NewMessage {
    NewMessage {
        tracking: TrackingId::new(chance),
        received_at: at,
        partner: PartnerName::parse("somebody").expect("a name"),
        via: "test",
        bytes: vec![7; 300].into(),
        came_as: None,
        envelope: None,
        patients: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_dies_is_full_or_must_not_be_written_to_in_any_step_of_a_pruning_loses_nothing_that_was_to_be_kept() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&[FEW_PLACES, "recovery_init_sync_method=syncfs"]);
    for trouble in TROUBLES {
        let archive = Archive::new(&server).await;
        let mut failed = 0;
        // Further on each time: what was done before stays done.
        for at in 1.. {
            let Some(pruned) = archive.prune(trouble, at).await else { break };
            let when = format!("{trouble:?} at step {at}");
            if let Err(fault) = pruned {
                failed += 1;
                trouble.must_be_told_by(&fault, &format!("at step {at}"));
            }
            archive.is_whole(&when).await;
        }
        assert!(failed >= 3, "{trouble:?}: only {failed} prunings failed");
        for class in Class::ALL {
            assert_eq!(archive.count(class).await, 0, "{trouble:?}: {class:?} is left");
        }
        let verified = archive.store.verify_history(None).await.expect("read");
        assert!(!verified.removed.is_empty(), "lines went");
        archive.is_whole("in the end").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_changed_and_a_seal_that_is_made_on_a_server_in_trouble_are_made_when_it_is_over() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&[FEW_PLACES, "recovery_init_sync_method=syncfs"]);
    for trouble in TROUBLES {
        let archive = Archive::new(&server).await;
        let rotate = async || archive.store.rotate(who(), "every year".into(), MachineClock.now()).await;
        let taken = outside(|| trouble.begin(&server, &archive.database));
        trouble.must_be_told_by(&rotate().await.expect_err("it cannot"), "before the key is changed");
        let sealed = archive.store.seal(MachineClock.now()).await;
        trouble.must_be_told_by(&sealed.expect_err("it cannot"), "before a seal is made");
        outside(|| trouble.end(&server, &archive.database, taken));
        archive.is_whole("nothing was done").await;
        // Its connection is lost behind the second of the keys that are wrapped anew.
        let die = "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                   $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
                   CREATE TRIGGER die BEFORE UPDATE ON secret FOR EACH ROW WHEN (OLD.name LIKE 'content %') EXECUTE FUNCTION die()";
        server.run(&archive.database, die);
        trouble.must_be_told_by(&rotate().await.expect_err("it dies"), "while the key is changed");
        server.run(&archive.database, "DROP TRIGGER die ON secret");
        archive.is_whole("half of the keys were wrapped anew").await;
        let (new, wraps) = rotate().await.expect("changed");
        assert!(wraps as u32 >= MONTHS, "{wraps}");
        let keys = archive.store.keys().await.expect("read");
        assert!(keys.iter().all(|key| key.wrapped_by == Some(new)), "{trouble:?}: {keys:?}");
        archive.store.seal(MachineClock.now()).await.expect("sealed");
        archive.is_whole("in the end").await;
    }
}
