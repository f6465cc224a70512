//! The way out, and everything that can be wrong with a broker.

use super::peer::{Peer, fresh, options};
use super::proxy::{Proxy, Wire};
use super::rabbitmq::{self, RabbitMq, USER};
use super::soon;
use bindeledd::delivery::DeliveryFailure;
use bindeledd::domain::{DeliveryId, MsgId, Seeded, TrackingId, new_uuid};
use bindeledd::transports::amqp::{Broker, OutOptions, Outbound, To};
use bindeledd::transports::{Outbound as _, Shipment};
use bytes::Bytes;
use lapin::ExchangeKind;
use lapin::options::{ExchangeDeclareOptions, QueueBindOptions};
use lapin::types::FieldTable;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

const MSG_ID: &str = "b088a160-0698-11e8-b566-0800200c9a66";

fn shipment(number: i64, msg_id: &str, bytes: impl Into<Bytes>) -> Shipment {
    Shipment {
        delivery: DeliveryId(number),
        tracking: TrackingId::new(&Seeded::new(1)),
        msg_id: MsgId::new(msg_id),
        message_type: "LOG_INNLAGT".into(),
        receiver: None,
        belongs_to: Some(MsgId::new("c088a160-0698-11e8-b566-0800200c9a66")),
        bytes: bytes.into(),
        attempt: 1,
    }
}

fn to(broker: Broker, to: To, create: bool) -> Outbound {
    Outbound::new(OutOptions { create, ..OutOptions::new(broker, to) }).unwrap()
}

fn at_home() -> Broker {
    options(rabbitmq::shared().address(), USER, USER)
}

async fn failure(outbound: &Outbound) -> DeliveryFailure {
    outbound.hand_over(&shipment(1, MSG_ID, "<a/>")).await.unwrap_err()
}

#[tokio::test]
async fn what_is_delivered_is_persistent_and_says_beside_it_what_it_is() {
    if rabbitmq::is_missing() {
        return;
    }
    let queue = fresh("properties");
    let outbound = to(at_home(), To::Queue(queue.clone()), true);
    let evidence = outbound.hand_over(&shipment(1, MSG_ID, "<a/>")).await.unwrap();
    assert!(evidence.proof.to_string().starts_with("confirmed by 127.0.0.1:"), "{evidence:?}");
    let got = Peer::at(rabbitmq::shared().address()).await.take(&queue).await;
    let properties = &got.properties;
    let shown = |property: &Option<lapin::types::ShortString>| property.as_ref().unwrap().to_string();
    assert_eq!(*properties.delivery_mode(), Some(2));
    assert_eq!(shown(properties.message_id()), MSG_ID);
    assert_eq!(shown(properties.correlation_id()), "c088a160-0698-11e8-b566-0800200c9a66");
    assert_eq!(shown(properties.kind()), "LOG_INNLAGT");
    assert_eq!(shown(properties.content_type()), "application/xml");
    assert!(properties.headers().as_ref().unwrap().inner().contains_key("bindeledd-tracking-id"));
}

#[tokio::test]
async fn what_no_queue_wants_is_not_delivered_and_arrives_once_a_queue_is_bound() {
    if rabbitmq::is_missing() {
        return;
    }
    let (queue, exchange) = (fresh("bound"), fresh("exchange"));
    let peer = Peer::at(rabbitmq::shared().address()).await;
    peer.make(&queue).await;
    let outbound = to(at_home(), To::Exchange { name: exchange.clone(), routing_key: None }, false);
    let missing = failure(&outbound).await;
    assert!(matches!(&missing, DeliveryFailure::Temporary(cause) if cause.to_string().contains("404")), "{missing:?}");

    let (channel, durable) = (peer.channel().await, ExchangeDeclareOptions { durable: true, ..Default::default() });
    channel.exchange_declare(exchange.as_str().into(), ExchangeKind::Topic, durable, FieldTable::default()).await.unwrap();
    let unbound = failure(&outbound).await;
    assert!(matches!(&unbound, DeliveryFailure::Temporary(cause) if cause.to_string().contains("bound")), "{unbound:?}");

    let bind = QueueBindOptions::default();
    channel
        .queue_bind(queue.as_str().into(), exchange.as_str().into(), "LOG_*".into(), bind, FieldTable::default())
        .await
        .unwrap();
    // `LOG_*` is one word of a topic: it does not fit `LOG_INNLAGT`, and must not be taken for a delivery.
    assert!(matches!(failure(&outbound).await, DeliveryFailure::Temporary(_)));
    channel
        .queue_bind(queue.as_str().into(), exchange.as_str().into(), "LOG_INNLAGT".into(), bind, FieldTable::default())
        .await
        .unwrap();
    outbound.hand_over(&shipment(1, MSG_ID, "<a/>")).await.unwrap();
    assert_eq!(peer.take_all(&queue).await.len(), 1, "what was not delivered left nothing behind");
}

#[tokio::test]
async fn a_queue_that_is_deleted_under_way_costs_nothing_but_time() {
    if rabbitmq::is_missing() {
        return;
    }
    let queue = fresh("deleted");
    let peer = Peer::at(rabbitmq::shared().address()).await;
    let outbound = to(at_home(), To::Queue(queue.clone()), true);
    outbound.hand_over(&shipment(1, MSG_ID, "<a/>")).await.unwrap();
    peer.delete(&queue).await;
    assert!(matches!(failure(&outbound).await, DeliveryFailure::Temporary(_)));
    peer.make(&queue).await;
    outbound.hand_over(&shipment(1, MSG_ID, "<a/>")).await.unwrap();
    assert_eq!(peer.take_all(&queue).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_password_and_a_host_that_is_not_there_are_told_and_cost_no_message() {
    if rabbitmq::is_missing() {
        return;
    }
    let queue = To::Queue(fresh("password"));
    let address = rabbitmq::shared().address();
    let wrong = failure(&to(options(address, USER, "hemmelig"), queue.clone(), false)).await;
    let told = wrong.cause().to_string();
    assert!(matches!(wrong, DeliveryFailure::Temporary(_)), "{wrong:?}");
    assert!(told.contains("refuses the user") && !told.contains("hemmelig"), "{told}");

    let mut elsewhere = options(address, USER, USER);
    elsewhere.address.virtual_host = "not-there".into();
    let told = failure(&to(elsewhere, queue.clone(), false)).await.cause().to_string();
    assert!(told.contains("virtual host"), "{told}");

    let mut nobody = options(address, USER, USER);
    nobody.address.port = 1;
    let told = failure(&to(nobody, queue, false)).await.cause().to_string();
    assert!(told.contains("refused"), "{told}");
}

#[tokio::test]
async fn a_broker_that_could_not_be_reached_is_left_alone_for_a_while() {
    if rabbitmq::is_missing() {
        return;
    }
    let wire = Proxy::to(rabbitmq::shared().address()).await;
    let hour = Duration::from_secs(3600);
    let broker = Broker { first_wait: hour, longest_wait: hour, ..options(wire.address, USER, USER) };
    let outbound = to(broker, To::Queue(fresh("alone")), true);
    wire.set(Wire::Cut);
    let first = failure(&outbound).await;
    wire.set(Wire::Whole);
    assert_eq!(failure(&outbound).await, first, "it is not asked again, and the cause is the one that there was");
}

#[tokio::test]
async fn what_the_broker_will_never_take_is_a_permanent_failure_and_the_next_message_passes() {
    if rabbitmq::is_missing() {
        return;
    }
    let broker = RabbitMq::start("max_message_size = 1000\n");
    let queue = fresh("size");
    let outbound = to(options(broker.address(), USER, USER), To::Queue(queue), true);
    let large = outbound.hand_over(&shipment(1, MSG_ID, vec![b'x'; 1001])).await.unwrap_err();
    assert!(
        matches!(&large, DeliveryFailure::Permanent(cause) if cause.to_string().contains("max_message_size")),
        "{large:?}"
    );
    outbound.hand_over(&shipment(2, MSG_ID, vec![b'x'; 1000])).await.unwrap();
}

#[tokio::test]
async fn when_the_broker_closes_the_connection_the_next_message_makes_another() {
    if rabbitmq::is_missing() {
        return;
    }
    let broker = RabbitMq::start("");
    let queue = fresh("closed");
    let outbound = to(options(broker.address(), USER, USER), To::Queue(queue.clone()), true);
    for number in 0..3 {
        soon(
            "delivered after a close",
            until_delivered(&outbound, &shipment(number, &new_uuid(&Seeded::new(9)).to_string(), "<a/>")),
        )
        .await;
        broker.ctl("close_all_connections closed-by-the-test");
    }
    assert_eq!(Peer::at(broker.address()).await.take_all(&queue).await.len(), 3);
}

/// With a limit on each try, as the gateway has one: a broker that has just been started may swallow what it is given.
async fn until_delivered(outbound: &Outbound, shipment: &Shipment) -> u32 {
    const LIMIT: Duration = Duration::from_secs(2);
    let mut tries = 1;
    while !matches!(tokio::time::timeout(LIMIT, outbound.hand_over(shipment)).await, Ok(Ok(_))) {
        tries += 1;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tries
}

/// What is confirmed is there after the kill; what was not is sent again, and known by its id.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_between_publishing_and_confirming_loses_nothing_that_it_confirmed() {
    if rabbitmq::is_missing() {
        return;
    }
    const MESSAGES: i64 = 1000;
    const AT_ONCE: i64 = 16;
    let broker = Arc::new(RabbitMq::start(""));
    // Of the classic kind: a quorum queue of RabbitMQ 3.10 that is alone does not always get over a kill under load.
    let queue = fresh("killed");
    Peer::at(broker.address()).await.make_classic(&queue).await;
    let outbound = Arc::new(to(options(broker.address(), USER, USER), To::Queue(queue.clone()), true));
    let confirmed = Arc::new(AtomicI64::new(0));
    let senders: Vec<_> = (0..AT_ONCE)
        .map(|sender| {
            let (outbound, confirmed) = (Arc::clone(&outbound), Arc::clone(&confirmed));
            tokio::spawn(async move {
                let chance = Seeded::new(sender.unsigned_abs());
                let (mut ids, mut tries) = (Vec::new(), 0);
                for number in 0..MESSAGES / AT_ONCE {
                    let id = new_uuid(&chance).to_string();
                    tries +=
                        until_delivered(&outbound, &shipment(sender * MESSAGES + number, &id, format!("<a>{id}</a>"))).await;
                    confirmed.fetch_add(1, Ordering::SeqCst);
                    ids.push(id);
                }
                (ids, tries)
            })
        })
        .collect();
    for kill in 0..2 {
        let reached = async {
            while confirmed.load(Ordering::SeqCst) < MESSAGES / 4 * (kill + 1) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        soon("under load", reached).await;
        let broker = Arc::clone(&broker);
        tokio::task::spawn_blocking(move || {
            broker.kill();
            broker.start_again();
        })
        .await
        .unwrap();
    }
    let (mut sent, mut tries) = (HashSet::new(), 0);
    for sender in senders {
        let (ids, tried) = soon("all are delivered", sender).await.unwrap();
        sent.extend(ids);
        tries += tried;
    }
    let got = Peer::at(broker.address()).await.take_all(&queue).await;
    let distinct: HashSet<String> =
        got.iter().map(|delivery| delivery.properties.message_id().as_ref().unwrap().to_string()).collect();
    println!("{MESSAGES} messages, {tries} tries, {} in the queue, {} distinct", got.len(), distinct.len());
    assert_eq!(distinct, sent);
    assert!(i64::from(tries) > MESSAGES, "nothing failed: the kills came too early or too late");
}
