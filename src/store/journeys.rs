//! How often a message has the writer wait for a server: what limits a store elsewhere, however busy the machine is.

use super::db::{Db, Home, Server};
use super::{Ended, NewMessage, Store, StoreOptions, Stored};
use crate::delivery::{Cause, Evidence};
use crate::domain::{
    Address, Fault, Level, MessageState, MsgId, PartnerName, PersonId, Role, Seeded, Timestamp, TrackingId,
};
use crate::pipeline::{Content, Entry, Outcome, Parcel, Purpose, What};
use std::time::Duration;

const NOW: Timestamp = Timestamp::from_millis(1_772_442_900_000);

fn partner() -> PartnerName {
    PartnerName::parse("gp").expect("a name")
}

fn new(seed: u64) -> NewMessage {
    NewMessage {
        tracking: TrackingId::new(&Seeded::new(seed)),
        received_at: NOW,
        partner: PartnerName::parse("hospital").expect("a name"),
        via: "test",
        bytes: "a message".into(),
        came_as: None,
        envelope: None,
        patients: Vec::<PersonId>::new(),
    }
}

fn outcome(seed: u64) -> Outcome {
    let parcel = |number: u64| Parcel {
        purpose: Purpose::Message,
        to: partner(),
        receiver: Address { organisation: None, party: None, level: Level::Organisation },
        role: Role::Primary,
        msg_id: MsgId::new(format!("{seed} {number}")),
        type_code: "TYPE".into(),
        content: Content::AsReceived,
        conversation: format!("{seed} {number}"),
        apprec_due: None,
        route: "owner".into(),
    };
    let line = |at| Entry { what: What::Routed, why: "owner".into(), parcel: Some(at) };
    let (parcels, history) = (vec![parcel(1), parcel(2)], vec![line(0), line(1)]);
    Outcome { state: MessageState::Accepted, findings: Vec::new(), parcels, answers: None, history }
}

/// How often it is waited for the server while something is written, with its beginning and its end.
async fn journeys<T>(store: &Store, written: impl Future<Output = Result<T, Fault>>) -> (T, u64) {
    let so_far = || store.writer.write(|db: &Db<'_>| Ok(db.journeys()));
    let (before, value) = (so_far().await.expect("the writer lives"), written.await.expect("written"));
    // The end of the first question, and the beginning of the second, are not of what lies between.
    (value, so_far().await.expect("the writer lives") - before - 2)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_has_the_writer_wait_for_the_server_nine_times_however_many_statements_it_takes() {
    let Some(server) = Server::of_test() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let options = StoreOptions {
        folder: folder.path().join("data"),
        home: Home::Postgres(server),
        max_bytes: None,
        keys: folder.path().join("keys"),
    };
    let store = Store::open(&options, NOW).expect("opens");
    let mut seen = Vec::new();
    // The first prepares statements.
    for seed in 1..=3 {
        let (stored, received) = journeys(&store, store.receive(new(seed), Some(outcome(seed)))).await;
        assert!(matches!(stored, Stored::New { state: MessageState::Accepted, .. }), "{stored:?}");
        let lease = NOW.plus(Duration::from_secs(60));
        let claim = store.claim(vec![(partner(), 16)], "test".into(), NOW, lease);
        let ((claimed, due), claiming) = journeys(&store, claim).await;
        assert_eq!((claimed.len(), due.len()), (2, 0));
        let mut ending = 0;
        for claimed in &claimed {
            let ended = Ended::HandedOver(Evidence::new(Cause::new("200")), None);
            let (is_open, journeys) = journeys(&store, store.end(claimed.delivery, claimed.attempt, ended, NOW)).await;
            assert!(is_open);
            ending = journeys;
        }
        seen = vec![received, claiming, ending];
    }
    assert_eq!(seen, [3, 3, 3]);
    let history = store.verify_history(None).await.expect("it is read");
    assert!(history.broken.is_none() && history.lines > 18, "{history:?}");
}
