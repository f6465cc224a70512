//! Stores in folders: their keys, and what lies on the disk.

use super::shipped::block_on;
use super::{content_until, who};
use bindeledd::domain::{Chance, Clock, Month, PartnerName, Seeded, TrackingId};
use bindeledd::gateway::{MachineChance, MachineClock};
use bindeledd::store::{Home, Look, NewMessage, Part, Store, StoreOptions, Why};
use bindeledd::vault::KeyFile;
use bytes::Bytes;
use std::path::{Path, PathBuf};

const CONTENT: &str = "<content>about Stille Fjord, who does not exist</content>";

fn options(folder: &Path) -> StoreOptions {
    StoreOptions { folder: folder.join("data"), home: Home::Embedded, max_bytes: None, keys: keys(folder) }
}

fn keys(folder: &Path) -> PathBuf {
    folder.join("bindeledd.keys")
}

fn open(folder: &Path) -> Result<Store, String> {
    Store::open(&options(folder), MachineClock.now()).map_err(|fault| fault.inner().to_owned())
}

fn arrival(bytes: Bytes) -> NewMessage {
    NewMessage {
        tracking: TrackingId::new(&MachineChance::default()),
        received_at: MachineClock.now(),
        partner: PartnerName::parse("somebody").expect("a name"),
        via: "test",
        bytes,
        came_as: None,
        envelope: None,
        patients: Vec::new(),
    }
}

async fn put(store: &Store) -> TrackingId {
    store.turn_away(arrival(CONTENT.into()), Why::Unreadable, Vec::new()).await.expect("stored")
}

async fn get(store: &Store, tracking: TrackingId) -> Option<String> {
    let look = Look { tracking, part: Part::Message, purpose: "a test".into(), who: who() };
    let bytes = store.look_at_content(look, MachineClock.now()).await.expect("reads");
    bytes.map(|bytes| String::from_utf8(bytes.expose().clone()).expect("UTF-8"))
}

/// Lets go of a store, and folds its write-ahead log into the database, as happens by itself before long.
fn close(store: Store, folder: &Path) {
    drop(store);
    let database = rusqlite::Connection::open(folder.join("data/bindeledd.db")).expect("opens");
    let busy = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
    for _ in 0..1000 {
        if database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], busy).is_ok_and(|busy| busy == 0) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the write-ahead log is not folded");
}

/// True when some bytes are in a file of the data folder.
fn is_on_disk(folder: &Path, wanted: &[u8]) -> bool {
    let files = std::fs::read_dir(folder.join("data")).expect("a folder");
    files.flatten().any(|file| {
        let bytes = std::fs::read(file.path()).expect("reads");
        bytes.windows(wanted.len()).any(|part| part == wanted)
    })
}

#[tokio::test]
async fn what_is_stored_is_on_the_disk_and_cannot_be_read_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).expect("opens, and makes its keys");
    let tracking = put(&store).await;
    assert_eq!(get(&store, tracking).await.as_deref(), Some(CONTENT));
    assert!(is_on_disk(folder.path(), tracking.as_stored().as_bytes()), "the row is there");
    assert!(!is_on_disk(folder.path(), b"Stille Fjord"));
}

#[tokio::test]
async fn a_store_without_its_keys_does_not_open_and_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let tracking = put(&open(folder.path()).expect("opens")).await;
    let kept = folder.path().join("in the safe");
    std::fs::rename(keys(folder.path()), &kept).expect("moved");
    let refused = open(folder.path()).err().expect("no keys");
    assert!(refused.contains("is not there") && refused.contains("safe"), "{refused}");
    KeyFile::create(&keys(folder.path())).expect("another key file");
    let refused = open(folder.path()).err().expect("other keys");
    assert!(refused.contains("does not hold the key"), "{refused}");
    std::fs::rename(kept, keys(folder.path())).expect("put back");
    let store = open(folder.path()).expect("opens again");
    assert_eq!(get(&store, tracking).await.as_deref(), Some(CONTENT));
}

#[tokio::test]
async fn keys_are_changed_while_the_gateway_runs_and_a_stop_in_between_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = open(folder.path()).expect("opens");
    let before = put(&running).await;
    // Stopped after the new key was written into the file, and before anything was wrapped by it.
    let first = KeyFile::load(&keys(folder.path())).expect("keys");
    let old = first.in_use();
    first.with_new_key().save(&keys(folder.path())).expect("written");
    drop(running);
    let running = open(folder.path()).expect("opens with both");
    let beside = Store::open_beside(&options(folder.path())).expect("opens").expect("it is there");
    let (new, wraps) = beside.rotate(who(), "every year".into(), MachineClock.now()).await.expect("changed");
    assert!(wraps >= 3, "content, pseudonyms, signatures: {wraps}");
    let left: Vec<_> = KeyFile::load(&keys(folder.path())).expect("keys").ids().collect();
    assert!(left == [new] && new != old, "the old key is out of the file");
    assert!(beside.keys().await.expect("reads").iter().all(|key| key.wrapped_by == Some(new)));
    let after = put(&running).await;
    drop((running, beside));
    let again = open(folder.path()).expect("opens with the new key");
    assert_eq!(get(&again, before).await.as_deref(), Some(CONTENT));
    assert_eq!(get(&again, after).await.as_deref(), Some(CONTENT));
    assert_eq!(again.verify_history(None).await.expect("read").broken, None);
}

#[tokio::test]
async fn a_removed_month_gives_its_space_back_and_nothing_of_its_key_stays_on_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).expect("opens");
    let month = Month::of(MachineClock.now());
    let tracking = put(&store).await;
    let chance = Seeded::new(1);
    for _ in 0..100 {
        // What can be foretold is small when it is stored.
        let bulk: Vec<u8> = (0..4096).flat_map(|_| chance.next_u64().to_be_bytes()).collect();
        store.turn_away(arrival(bulk.into()), Why::Unreadable, Vec::new()).await.expect("stored");
    }
    close(store, folder.path());
    let database = folder.path().join("data/bindeledd.db");
    let size = || std::fs::metadata(&database).expect("it is there").len();
    let full = size();
    assert!(full > 3_000_000, "{full} bytes");
    let wrapped: Vec<u8> = {
        let database = rusqlite::Connection::open(&database).expect("opens");
        let key = "SELECT wrapped FROM secret WHERE name LIKE 'content %'";
        database.query_row(key, [], |row| row.get(0)).expect("a key")
    };
    assert!(is_on_disk(folder.path(), &wrapped));
    let store = open(folder.path()).expect("opens");
    let end = month.end();
    assert_eq!(store.prune(&content_until(month), end).await.expect("removed").len(), 1);
    assert_eq!(get(&store, tracking).await, None);
    close(store, folder.path());
    let left = size();
    assert!(left < full / 5, "{left} of {full} bytes are left");
    assert!(!is_on_disk(folder.path(), &wrapped), "the key is gone, wrapped as it was");
    let store = open(folder.path()).expect("opens");
    assert!(store.keys().await.expect("reads").iter().any(|key| key.destroyed_at == Some(end)));
}

/// Release 6 of the schema, with a message in the clear.
#[tokio::test]
async fn content_of_an_earlier_release_is_sealed_at_the_start_and_none_of_it_stays_on_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("data")).expect("a folder");
    let database = folder.path().join("data/bindeledd.db");
    {
        let old = rusqlite::Connection::open(&database).expect("opens");
        let steps = ["0001_first_light", "0002_validation", "0003_conversation", "0004_bundles", "0005_stays", "0006_chain"];
        for (step, number) in steps.iter().zip(1..) {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/schema").join(format!("{step}.sql"));
            old.execute_batch(&std::fs::read_to_string(path).expect("a step")).expect("applies");
            let row = "INSERT INTO migration VALUES (?1, 'as it was', 0, ?1)";
            old.execute(row, [number]).expect("recorded");
        }
        old.execute_batch(&format!(
            "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state, turned_away)
               VALUES ('73VXRJ5MD6', 1786345200000, 'somebody', 'http', 2, 'refused', 'unreadable');
             INSERT INTO content (message_id, bytes) VALUES (1, CAST('{CONTENT}' AS BLOB));
             INSERT INTO history (message_id, at, what, why) VALUES (1, 1786345200000, 'turned-away', 'unreadable');"
        ))
        .expect("as the earlier release wrote it");
    }
    assert!(is_on_disk(folder.path(), b"Stille Fjord"));
    let store = open(folder.path()).expect("opens");
    let tracking = TrackingId::parse("73VXRJ5MD6").expect("a tracking id");
    assert_eq!(get(&store, tracking).await.as_deref(), Some(CONTENT));
    assert_eq!(store.verify_history(None).await.expect("read").broken, None);
    assert!(!is_on_disk(folder.path(), b"Stille Fjord"));
    let again =
        block_on(async { store.messages(&bindeledd::store::MessageFilter { limit: 5, ..Default::default() }).await });
    assert_eq!(again.expect("reads").len(), 1);
}
