//! The promises that every transport keeps, as one list of cases that is run for each of them.
//!
//! A new transport gets an adapter in `tests/adapters/` and a line in its list; nothing else here changes.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "in a test, what is not there is a failure, and the last line printed says whose"
)]

mod adapters;

use adapters::book::{Book, Mood};
use adapters::{ALL, Failing, Saw, Transport, WayIn};
use bindeledd::delivery::DeliveryFailure;
use bindeledd::domain::{DeliveryId, Fault, MsgId, Seeded, TrackingId};
use bindeledd::transports::{Shipment, WhyTurnedAway};
use bytes::Bytes;
use std::sync::Arc;

const MIB: usize = 1024 * 1024;
const LIMIT: usize = 20 * MIB;

#[test]
fn no_transport_is_left_out() {
    assert_eq!(ALL.map(|transport| transport.name), bindeledd::transports::ALL);
}

/// Runs a case for each transport.
async fn for_each(case: impl AsyncFn(&Transport)) {
    for transport in &ALL {
        if (transport.is_missing)() {
            println!("{}: left out, for what it needs is not installed", transport.name);
            continue;
        }
        println!("{}:", transport.name);
        case(transport).await;
    }
}

/// Bytes that a careless transport would change.
fn delicate() -> Vec<(&'static str, Bytes)> {
    let mut large = b"<a>".to_vec();
    large.extend((0..5 * MIB).map(|i| b"0123456789\r\nabc\t"[i % 16]));
    large.extend(b"</a>");
    vec![
        ("one byte", Bytes::from_static(b"x")),
        ("UTF-8", Bytes::from("<?xml version='1.0' encoding='UTF-8'?><a>Stille Fjord, Ørn</a>")),
        ("ISO-8859-1", Bytes::from_static(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xd8rn</a>")),
        ("a byte order mark", Bytes::from_static(b"\xef\xbb\xbf<a/>")),
        ("CR LF and blank lines at the end", Bytes::from_static(b"<a>\r\n\t</a>\r\n\r\n")),
        ("every byte there is", (0..=255u8).collect()),
        ("five megabytes", large.into()),
    ]
}

fn tracking(saw: &Saw) -> &str {
    match saw {
        Saw::Receipt { tracking, .. } => tracking,
        other => panic!("no receipt but {other:?}"),
    }
}

// ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn what_comes_in_reaches_the_inbox_byte_for_byte_with_the_name_of_who_brought_it() {
    for_each(async |transport| {
        let book = Arc::new(Book::default());
        let way = (transport.open_in)(book.clone(), LIMIT).await;
        for (what, bytes) in delicate() {
            let saw = way.bring(bytes.clone()).await;
            let entry = book.taken().pop().expect(what);
            assert!(entry.bytes == bytes, "{what}");
            assert_eq!((entry.partner.as_str(), entry.via), ("gp", transport.name));
            assert_eq!(tracking(&saw), entry.tracking.to_string(), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_peer_gets_no_answer_before_the_inbox_has_answered() {
    for_each(async |transport| {
        let book = Arc::new(Book::default());
        let way = (transport.open_in)(book.clone(), LIMIT).await;
        book.hold_answers();
        let waiting = bring(&way, "<a/>");
        book.asked_at_least(1).await;
        assert!(!waiting.is_finished());
        book.let_through();
        tracking(&waiting.await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_ours_leaves_the_message_with_the_peer_and_blames_nobody() {
    for_each(async |transport| {
        for fault in [|| Fault::passing("p"), || Fault::storage_full("s"), || Fault::lasting("l")] as [fn() -> Fault; 3] {
            let book = Arc::new(Book::default());
            let way = (transport.open_in)(book.clone(), LIMIT).await;
            book.set(Mood::Faults(fault));
            assert_eq!(way.bring(Bytes::from("<a/>")).await, Saw::NotYet);
            assert!(book.taken().is_empty());
            book.set(Mood::Takes);
            let saw = way.bring(Bytes::from("<a/>")).await;
            assert_eq!(tracking(&saw), book.taken()[0].tracking.to_string());
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_turned_away_is_explained_to_the_peer() {
    for_each(async |transport| {
        let earlier = TrackingId::new(&Seeded::new(77));
        for why in [
            WhyTurnedAway::Unreadable,
            WhyTurnedAway::ForeignSender,
            WhyTurnedAway::NotFitToSend,
            WhyTurnedAway::MsgIdReused { earlier },
        ] {
            let book = Arc::new(Book::default());
            let way = (transport.open_in)(book.clone(), LIMIT).await;
            book.set(Mood::TurnsAway(why));
            let Saw::TurnedAway { told } = way.bring(Bytes::from("<secret/>")).await else { panic!("{why:?}") };
            for expected in ["R-009", "4", "12", "Close every element."] {
                assert!(told.contains(expected), "{expected} is not in {told}");
            }
            assert!(!told.contains("secret"), "content is repeated: {told}");
            assert_eq!(book.asked(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_arrival_again_gets_the_same_answer() {
    for_each(async |transport| {
        let book = Arc::new(Book::default());
        let way = (transport.open_in)(book.clone(), LIMIT).await;
        let (first, second) = (way.bring(Bytes::from("<a/>")).await, way.bring(Bytes::from("<a/>")).await);
        assert_eq!(tracking(&first), tracking(&second));
        if let Saw::Receipt { repeated: Some(repeated), .. } = second {
            assert!(repeated, "a transport that can say so, does");
        }
        assert_eq!(book.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_larger_than_the_limit_never_reaches_the_inbox() {
    for_each(async |transport| {
        let book = Arc::new(Book::default());
        let way = (transport.open_in)(book.clone(), 1000).await;
        tracking(&way.bring(vec![b'x'; 1000].into()).await);
        for size in [1001, 100_000, 2 * MIB] {
            let Saw::TooLarge { told } = way.bring(vec![b'x'; size].into()).await else { panic!("{size} bytes") };
            assert!(told.contains("1000"), "the limit is told: {told}");
        }
        assert_eq!(book.asked(), 1);
    })
    .await;
}

#[tokio::test]
async fn it_stops_when_told_and_the_one_under_way_is_answered_first() {
    for_each(async |transport| {
        let book = Arc::new(Book::default());
        let way = (transport.open_in)(book.clone(), LIMIT).await;
        tracking(&way.bring(Bytes::from("<before/>")).await);
        book.hold_answers();
        let under_way = bring(&way, "<a/>");
        book.asked_at_least(2).await;
        way.running().tell_to_stop();
        book.let_through();
        tracking(&under_way.await.unwrap());
        way.running().ended().await;
        assert_eq!(way.bring(Bytes::from("<late/>")).await, Saw::NotYet);
        assert_eq!(book.taken().len(), 2);
    })
    .await;
}

fn bring(way: &Arc<dyn WayIn>, text: &'static str) -> tokio::task::JoinHandle<Saw> {
    let way = way.clone();
    tokio::spawn(async move { way.bring(Bytes::from_static(text.as_bytes())).await })
}

// ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

fn shipment(number: i64, bytes: Bytes) -> Shipment {
    Shipment {
        delivery: DeliveryId(number),
        tracking: TrackingId::new(&Seeded::new(1)),
        msg_id: MsgId::new(format!("b088a160-0698-11e8-b566-0800200c9a{number:02}")),
        message_type: "LOG_INNLAGT".into(),
        receiver: None,
        belongs_to: None,
        bytes,
        attempt: 1,
    }
}

#[tokio::test]
async fn what_is_handed_over_arrives_byte_for_byte() {
    for_each(async |transport| {
        let way = (transport.open_out)().await;
        for (number, (what, bytes)) in (1..).zip(delicate()) {
            way.outbound().hand_over(&shipment(number, bytes.clone())).await.expect(what);
            let got = way.got();
            assert_eq!(got.len(), usize::try_from(number).unwrap(), "{what}");
            assert!(got.contains(&bytes), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_failure_is_called_what_it_is_and_afterwards_the_same_parcel_arrives() {
    for_each(async |transport| {
        for failing in [Failing::Temporary, Failing::Permanent, Failing::Unknown] {
            let way = (transport.open_out)().await;
            let parcel = shipment(1, Bytes::from("<a>secret</a>"));
            if !way.fail(failing) {
                continue;
            }
            let failure = way.outbound().hand_over(&parcel).await.unwrap_err();
            let fits = match failing {
                Failing::Temporary => matches!(failure, DeliveryFailure::Temporary(_)),
                Failing::Permanent => matches!(failure, DeliveryFailure::Permanent(_)),
                Failing::Unknown => matches!(failure, DeliveryFailure::Unknown(_)),
            };
            assert!(fits, "{failing:?} was taken for {failure:?}");
            let cause = failure.cause().to_string();
            assert!(!cause.is_empty() && !cause.contains("secret") && !cause.contains("nobody reads"), "{cause}");
            way.mend();
            way.outbound().hand_over(&parcel).await.expect("it works again");
            assert!(way.got().contains(&parcel.bytes));
        }
    })
    .await;
}

#[tokio::test]
async fn handing_over_twice_does_no_harm() {
    for_each(async |transport| {
        let way = (transport.open_out)().await;
        let parcel = shipment(1, Bytes::from("<a/>"));
        for _ in 0..2 {
            way.outbound().hand_over(&parcel).await.unwrap();
        }
        assert!(way.got().iter().all(|bytes| *bytes == parcel.bytes));
    })
    .await;
}

#[tokio::test]
async fn a_msgid_that_is_no_uuid_is_no_obstacle_and_is_not_repeated() {
    for_each(async |transport| {
        let way = (transport.open_out)().await;
        let mut parcel = shipment(1, Bytes::from("<a/>"));
        parcel.msg_id = MsgId::new("../Stille Fjord\r\n01815000274");
        let evidence = way.outbound().hand_over(&parcel).await.unwrap().proof.to_string();
        assert!(!evidence.contains("Fjord"), "{evidence}");
        assert_eq!(way.got(), [parcel.bytes]);
    })
    .await;
}
