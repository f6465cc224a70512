//! What docs/operating.md gives a vendor's user and the gateway's, on a broker: enough for the work, and nothing of others.

use super::peer::{Peer, REPLY_TO, answer, listen, options, publish};
use super::rabbitmq::{self, RabbitMq};
use super::soon;
use bindeledd::domain::{DeliveryId, Fault, MessageState, MsgId, PartnerName, Seeded, TrackingId};
use bindeledd::transports::amqp::{InOptions, Inbound, OutOptions, Outbound, To};
use bindeledd::transports::{Arrival, BoxFuture, Counters, Inbox, Outbound as _, Receipt, Reception, Shipment, Stopper};
use lapin::BasicProperties;
use lapin::options::{BasicGetOptions, BasicPublishOptions};
use std::sync::Arc;

/// The lines of the page, as an operator types them.
fn lines() -> Vec<String> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating.md");
    let page = std::fs::read_to_string(page).unwrap();
    let typed = page.lines().filter_map(|line| line.trim().strip_prefix("rabbitmqctl "));
    typed.map(|line| line.split('#').next().unwrap().trim().to_string()).collect()
}

struct Yes;

impl Inbox for Yes {
    fn receive(&self, _: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        let tracking = TrackingId::new(&Seeded::new(1));
        let receipt = Receipt { tracking, state: MessageState::Accepted, repeated: false, notes: Vec::new() };
        Box::pin(async { Ok(Reception::Receipt(receipt)) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_permissions_of_the_page_a_vendor_reaches_its_own_queues_and_no_others() {
    if rabbitmq::is_missing() {
        return;
    }
    let broker = RabbitMq::start("");
    let lines = lines();
    assert!(lines.iter().any(|line| line.starts_with("set_permissions")), "{lines:?}");
    tokio::task::block_in_place(|| lines.iter().for_each(|line| drop(broker.ctl(line))));
    let mut ours = options(broker.address(), "bindeledd", "GATEWAYS-PASSWORD");
    ours.address.virtual_host = "helse".into();

    let (stopper, stop) = Stopper::new();
    let mut running = tokio::task::JoinSet::new();
    for queue in ["nordoy.in", "storfjell.in"] {
        let options = InOptions { create: true, ..InOptions::new(ours.clone(), queue) };
        let inbound = Inbound::new(PartnerName::parse("gp").unwrap(), options, Arc::new(Counters::default())).unwrap();
        let stop = stop.clone();
        running.spawn(async move { inbound.run(Arc::new(Yes), stop).await.unwrap() });
    }
    for queue in ["nordoy.out", "storfjell.out"] {
        let out = OutOptions { create: true, ..OutOptions::new(ours.clone(), To::Queue(queue.into())) };
        let shipment = Shipment {
            delivery: DeliveryId(1),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new("b088a160-0698-11e8-b566-0800200c9a66"),
            message_type: "LOG_INNLAGT".into(),
            receiver: None,
            belongs_to: None,
            bytes: "<a/>".into(),
            attempt: 1,
        };
        Outbound::new(out).unwrap().hand_over(&shipment).await.unwrap();
    }

    let vendor = Peer::come(&format!("amqp://nordoy:VENDORS-PASSWORD@{}/helse", broker.address())).await.unwrap();
    let channel = vendor.channel().await;
    let mut answers = listen(&channel).await;
    let asking = BasicProperties::default().with_reply_to(REPLY_TO.into());
    soon("its exchange is there", async {
        while vendor.look("nordoy.in").await.is_none() || vendor.look("storfjell.in").await.is_none() {}
    })
    .await;
    publish(&channel, "nordoy.in", "", b"<a/>", asking).await;
    assert_eq!(soon("answered", answer(&mut answers)).await.properties.kind().as_ref().unwrap().as_str(), "receipt");
    assert_eq!(soon("fetched", vendor.take("nordoy.out")).await.data, b"<a/>");

    for (exchange, key) in [("storfjell.in", ""), ("", "storfjell.in"), ("", "nordoy.in"), ("amq.fanout", "")] {
        let (channel, options) = (vendor.channel().await, BasicPublishOptions::default());
        let put = channel.basic_publish(exchange.into(), key.into(), options, b"<a/>", BasicProperties::default()).await;
        assert!(put.unwrap().await.is_err(), "it may publish to `{exchange}` with `{key}`");
    }
    for queue in ["storfjell.out", "storfjell.in", "nordoy.in"] {
        let got = vendor.channel().await.basic_get(queue.into(), BasicGetOptions::default()).await;
        assert!(got.is_err(), "it may read {queue}");
    }
    stopper.stop();
    while running.join_next().await.is_some() {}
}
