//! The way in: what is in the queue stays there until we have it, and what cannot be taken is put aside with its explanation.

use super::peer::{Peer, REPLY_TO, answer, fresh, listen, options, publish};
use super::rabbitmq::{self, RabbitMq, USER};
use super::soon;
use bindeledd::domain::{Fault, MessageState, PartnerName, Seeded, TrackingId};
use bindeledd::transports::amqp::{Broker, InOptions, Inbound};
use bindeledd::transports::{
    Answer, Arrival, BoxFuture, Counters, Inbox, Receipt, Reception, Stopper, TurnedAway, WhyTurnedAway,
};
use lapin::BasicProperties;
use lapin::message::Delivery;
use lapin::options::BasicPublishOptions;
use lapin::types::AMQPValue;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Takes everything but what says otherwise, and remembers the order.
#[derive(Default)]
struct Desk {
    taken: Mutex<Vec<String>>,
    is_out_of_order: Mutex<bool>,
}

impl Desk {
    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    fn say(&self, text: String) -> Result<Reception, Fault> {
        let tracking = TrackingId::new(&Seeded::new(1));
        if *self.is_out_of_order.lock().unwrap() {
            return Err(Fault::passing("the store is away"));
        }
        match text.as_str() {
            "lasting" => Err(Fault::lasting("only this one")),
            "unreadable" => {
                Ok(Reception::TurnedAway(TurnedAway { tracking, why: WhyTurnedAway::Unreadable, findings: Vec::new() }))
            }
            _ => {
                let mut taken = self.taken.lock().unwrap();
                let repeated = taken.contains(&text);
                if !repeated {
                    taken.push(text);
                }
                let receipt = Receipt { tracking, state: MessageState::Accepted, repeated, notes: Vec::new() };
                Ok(Reception::Receipt(receipt))
            }
        }
    }
}

impl Inbox for Desk {
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        let text = String::from_utf8_lossy(&arrival.bytes).into_owned();
        Box::pin(async move { self.say(text) })
    }
}

struct Case {
    queue: String,
    peer: Peer,
    desk: Arc<Desk>,
    counters: Arc<Counters>,
    stopper: Stopper,
    task: JoinHandle<()>,
}

impl Case {
    async fn at(broker: Broker, address: std::net::SocketAddr, queue: String) -> Self {
        let options = InOptions { create: true, max_message_bytes: 100, ..InOptions::new(broker, &queue) };
        let (desk, counters) = (Arc::new(Desk::default()), Arc::new(Counters::default()));
        let inbound = Inbound::new(PartnerName::parse("gp").unwrap(), options, counters.clone()).unwrap();
        let (stopper, stop) = Stopper::new();
        let inbox = desk.clone();
        let task = tokio::spawn(async move { inbound.run(inbox, stop).await.unwrap() });
        let peer = Peer::at(address).await;
        soon("it consumes", peer.wait_for_consumer(&queue)).await;
        Self { queue, peer, desk, counters, stopper, task }
    }

    async fn new() -> Self {
        let address = rabbitmq::shared().address();
        Self::at(options(address, USER, USER), address, fresh("in")).await
    }

    async fn put(&self, text: &str, properties: BasicProperties) {
        publish(&self.peer.channel().await, &self.queue, "", text.as_bytes(), properties).await;
    }

    async fn taken_are(&self, expected: &[&str]) {
        soon("taken", async {
            while self.desk.taken() != expected {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        })
        .await;
    }

    async fn parked(&self) -> Delivery {
        soon("parked", self.peer.take(&format!("{}.parked", self.queue))).await
    }

    async fn stop(self) -> Peer {
        self.stopper.stop();
        soon("stopped", self.task).await.unwrap();
        self.peer
    }
}

fn header(delivery: &Delivery, name: &str) -> String {
    match &delivery.properties.headers().as_ref().unwrap().inner()[name] {
        AMQPValue::LongString(text) => text.to_string(),
        other => panic!("{name} is {other:?}"),
    }
}

#[tokio::test]
async fn what_cannot_be_taken_in_at_all_is_parked_with_its_explanation_and_the_next_one_is_taken() {
    if rabbitmq::is_missing() {
        return;
    }
    let case = Case::new().await;
    let large = "x".repeat(101);
    let encoded = BasicProperties::default().with_content_encoding("gzip".into());
    for (text, properties, problem) in [
        (large.as_str(), BasicProperties::default(), "message-too-large"),
        ("", BasicProperties::default(), "message-empty"),
        ("<zipped/>", encoded, "content-encoded"),
        ("unreadable", BasicProperties::default(), "message-unreadable"),
    ] {
        case.put(text, properties.with_message_id("theirs".into()).with_expiration("60000".into())).await;
        let parked = case.parked().await;
        assert_eq!(parked.data, text.as_bytes(), "{problem}");
        assert_eq!(header(&parked, "bindeledd-problem"), problem);
        let (en, no) = (header(&parked, "bindeledd-explanation"), header(&parked, "bindeledd-forklaring"));
        assert!(en.len() > 20 && no.len() > 20 && en != no, "{problem}: {en} / {no}");
        assert_eq!(parked.properties.message_id().as_ref().unwrap().as_str(), "theirs");
        assert!(parked.properties.expiration().is_none(), "what is parked stays");
        assert_eq!(*parked.properties.delivery_mode(), Some(2));
    }
    case.put("<good/>", BasicProperties::default()).await;
    case.taken_are(&["<good/>"]).await;
    assert_eq!(case.counters.amqp.count(Answer::RefusedAtTheDoor), 3);
    assert_eq!(case.counters.amqp.count(Answer::TurnedAway), 1);
    let queue = case.queue.clone();
    assert_eq!(case.stop().await.look(&queue).await, Some((0, 0)), "all are acknowledged");
}

#[tokio::test]
async fn who_names_a_queue_for_the_answer_gets_one_and_nobody_can_name_a_queue_of_others() {
    if rabbitmq::is_missing() {
        return;
    }
    let case = Case::new().await;
    let others = fresh("others");
    let own = format!("{}.replies", case.queue);
    case.peer.make(&others).await;
    case.peer.make(&own).await;
    let asking =
        |reply_to: &str, id: &str| BasicProperties::default().with_reply_to(reply_to.into()).with_message_id(id.into());
    case.put("<a/>", asking(&others, "one")).await;
    case.put("<b/>", asking(&own, "two")).await;
    case.put("unreadable", asking(&own, "three").with_correlation_id("theirs".into())).await;
    let first = soon("answered", case.peer.take(&own)).await;
    assert_eq!(first.properties.correlation_id().as_ref().unwrap().as_str(), "two");
    assert_eq!(first.properties.kind().as_ref().unwrap().as_str(), "receipt");
    let second = soon("answered", case.peer.take(&own)).await;
    assert_eq!(second.properties.correlation_id().as_ref().unwrap().as_str(), "theirs");
    assert_eq!(second.properties.kind().as_ref().unwrap().as_str(), "message-unreadable");
    let told = String::from_utf8(second.data).unwrap();
    assert!(told.contains(r#""type":"/problems/message-unreadable""#), "{told}");
    // Nobody listens there any more: the message is taken all the same.
    case.put("<c/>", asking(&format!("{}.gone", case.queue), "four")).await;
    case.taken_are(&["<a/>", "<b/>", "<c/>"]).await;
    assert_eq!(case.stop().await.look(&others).await, Some((0, 0)), "nothing was put into the queue of others");
}

#[tokio::test]
async fn while_the_store_is_away_messages_wait_in_their_order_and_are_asked_for_with_pauses() {
    if rabbitmq::is_missing() {
        return;
    }
    let case = Case::new().await;
    *case.desk.is_out_of_order.lock().unwrap() = true;
    for text in ["<1/>", "<2/>", "<3/>"] {
        case.put(text, BasicProperties::default()).await;
    }
    soon("asked", async {
        while case.counters.amqp.count(Answer::Fault) < 4 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
    assert!(case.desk.taken().is_empty());
    *case.desk.is_out_of_order.lock().unwrap() = false;
    case.taken_are(&["<1/>", "<2/>", "<3/>"]).await;
}

#[tokio::test]
async fn one_message_with_a_lasting_fault_stays_and_does_not_keep_the_others_waiting() {
    if rabbitmq::is_missing() {
        return;
    }
    let case = Case::new().await;
    for text in ["lasting", "<1/>", "<2/>"] {
        case.put(text, BasicProperties::default()).await;
    }
    case.taken_are(&["<1/>", "<2/>"]).await;
    let queue = case.queue.clone();
    let peer = case.stop().await;
    soon("it is there again", async { while peer.look(&queue).await != Some((1, 0)) {} }).await;
}

#[tokio::test]
async fn a_queue_that_is_deleted_under_way_is_read_again_when_it_is_there_again() {
    if rabbitmq::is_missing() {
        return;
    }
    let case = Case::new().await;
    case.put("<1/>", BasicProperties::default()).await;
    case.taken_are(&["<1/>"]).await;
    case.peer.delete(&case.queue).await;
    soon("it is made again", case.peer.wait_for_consumer(&case.queue)).await;
    case.put("<2/>", BasicProperties::default()).await;
    case.taken_are(&["<1/>", "<2/>"]).await;
}

#[tokio::test]
async fn where_there_is_no_place_to_park_nothing_is_taken_until_there_is() {
    if rabbitmq::is_missing() {
        return;
    }
    let address = rabbitmq::shared().address();
    let (queue, peer, desk) = (fresh("bare"), Peer::at(address).await, Arc::new(Desk::default()));
    peer.make(&queue).await;
    publish(&peer.channel().await, "", &queue, b"<1/>", BasicProperties::default()).await;
    let inbound = Inbound::new(
        PartnerName::parse("gp").unwrap(),
        InOptions::new(options(address, USER, USER), &queue),
        Arc::new(Counters::default()),
    );
    let (stopper, stop) = Stopper::new();
    let (inbound, inbox) = (inbound.unwrap(), desk.clone());
    let task = tokio::spawn(async move { inbound.run(inbox, stop).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!((desk.taken().len(), peer.look(&queue).await), (0, Some((1, 0))));
    peer.make(&format!("{queue}.parked")).await;
    soon("taken", async {
        while desk.taken().is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
    stopper.stop();
    soon("stopped", task).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_and_started_again_is_read_on_and_every_message_is_taken_once() {
    if rabbitmq::is_missing() {
        return;
    }
    let broker = RabbitMq::start("");
    // Of the classic kind: a quorum queue of RabbitMQ 3.10 that is alone does not always get over a kill under load.
    let queue = fresh("killed");
    Peer::at(broker.address()).await.make_classic(&queue).await;
    let case = Case::at(options(broker.address(), USER, USER), broker.address(), queue).await;
    let channel = case.peer.channel().await;
    let texts: Vec<String> = (0..300).map(|number| format!("<m>{number}</m>")).collect();
    for text in &texts {
        publish(&channel, &case.queue, "", text.as_bytes(), BasicProperties::default()).await;
    }
    tokio::task::block_in_place(|| {
        broker.kill();
        broker.start_again();
    });
    let expected: Vec<&str> = texts.iter().map(String::as_str).collect();
    case.taken_are(&expected).await;
    println!("{} repeated", case.counters.amqp.count(Answer::Repeated));
    // Each of them is known when it comes again; an answer over a new connection shows that the way is whole.
    let told = soon("answered", asked_until_answered(&broker, &case.queue, &texts[0])).await;
    assert!(told.contains(r#""repeated":true"#), "{told}");
}

/// A broker that has just been started may swallow what it is given, or say no to it: then it is given again.
async fn asked_until_answered(broker: &RabbitMq, exchange: &str, text: &str) -> String {
    const LIMIT: Duration = Duration::from_secs(2);
    loop {
        let peer = Peer::at(broker.address()).await;
        let channel = peer.channel().await;
        let mut answers = listen(&channel).await;
        let asking = async {
            let properties = BasicProperties::default().with_reply_to(REPLY_TO.into());
            let options = BasicPublishOptions::default();
            channel.basic_publish(exchange.into(), "".into(), options, text.as_bytes(), properties).await.ok();
            answer(&mut answers).await
        };
        if let Ok(answer) = tokio::time::timeout(LIMIT, asking).await {
            return String::from_utf8(answer.data).unwrap();
        }
    }
}
