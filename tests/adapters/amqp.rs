//! The AMQP transport in the conformance suite: a broker of the tests' own, and a wire to it that can be cut.

#[path = "../support/peer.rs"]
#[expect(dead_code, reason = "other tests ask it more")]
pub mod peer;
#[path = "../support/proxy.rs"]
pub mod proxy;
#[path = "../support/rabbitmq.rs"]
#[expect(dead_code, reason = "other tests do more to it")]
pub mod rabbitmq;

use super::book::Book;
use super::{Failing, PATIENCE, Running, Saw, WayIn, WayOut};
use bindeledd::domain::PartnerName;
use bindeledd::transports::amqp::{Broker, InOptions, Inbound, OutOptions, Outbound, To};
use bindeledd::transports::{BoxFuture, Counters, Stopper};
use bytes::Bytes;
use lapin::BasicProperties;
use lapin::message::Delivery;
use peer::{Peer, REPLY_TO, fresh, listen, options, publish};
use proxy::{Proxy, Wire};
use std::sync::{Arc, Mutex};
use std::time::Duration;

struct In {
    queue: String,
    peer: Peer,
    book: Arc<Book>,
    running: Running,
}

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    Box::pin(async move {
        let address = rabbitmq::shared().address();
        let queue = fresh("in");
        let broker = options(address, rabbitmq::USER, rabbitmq::USER);
        let options = InOptions { create: true, max_message_bytes: limit, ..InOptions::new(broker, &queue) };
        let inbound = Inbound::new(PartnerName::parse("gp").unwrap(), options, Arc::new(Counters::default())).unwrap();
        let (stopper, stop) = Stopper::new();
        let inbox = book.clone();
        let task = tokio::spawn(async move { inbound.run(inbox, stop).await.unwrap() });
        let peer = Peer::at(address).await;
        tokio::time::timeout(PATIENCE, peer.wait_for_consumer(&queue)).await.expect("it consumes in time");
        Arc::new(In { queue, peer, book, running: Running::new(stopper, task) }) as Arc<dyn WayIn>
    })
}

fn saw(answer: &Delivery) -> Saw {
    let told = String::from_utf8(answer.data.clone()).unwrap();
    match answer.properties.kind().as_ref().unwrap().as_str() {
        "receipt" => {
            let receipt: serde_json::Value = serde_json::from_str(&told).unwrap();
            let tracking = receipt["tracking"].as_str().unwrap().into();
            Saw::Receipt { tracking, repeated: receipt["repeated"].as_bool() }
        }
        "message-too-large" => Saw::TooLarge { told },
        _ => Saw::TurnedAway { told },
    }
}

impl WayIn for In {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw> {
        Box::pin(async move {
            let channel = self.peer.channel().await;
            let mut answers = listen(&channel).await;
            let (faulted, ended) = (self.book.faulted(), self.running.has_ended());
            let properties = BasicProperties::default().with_reply_to(REPLY_TO.into());
            publish(&channel, &self.queue, "", &bytes, properties).await;
            if ended {
                let (ready, consumers) = self.peer.look(&self.queue).await.unwrap();
                assert_eq!((ready, consumers), (1, 0), "it stays in the queue");
                return Saw::NotYet;
            }
            let not_yet = async {
                // Tried twice and still not answered: it is still theirs.
                while self.book.faulted() < faulted + 2 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let seen = async {
                tokio::select! {
                    answer = peer::answer(&mut answers) => saw(&answer),
                    () = not_yet => Saw::NotYet,
                }
            };
            tokio::time::timeout(PATIENCE, seen).await.expect("something becomes of it in time")
        })
    }

    fn running(&self) -> &Running {
        &self.running
    }
}

struct Out {
    queue: String,
    wire: Proxy,
    outbound: Outbound,
    seen: Mutex<Vec<Bytes>>,
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async {
        let wire = Proxy::to(rabbitmq::shared().address()).await;
        let queue = fresh("out");
        // The suite mends the wire and tries at once.
        let broker = Broker { first_wait: Duration::ZERO, ..options(wire.address, rabbitmq::USER, rabbitmq::USER) };
        let options = OutOptions { create: true, ..OutOptions::new(broker, To::Queue(queue.clone())) };
        let outbound = Outbound::new(options).unwrap();
        Arc::new(Out { queue, wire, outbound, seen: Mutex::default() }) as Arc<dyn WayOut>
    })
}

impl WayOut for Out {
    fn outbound(&self) -> &dyn bindeledd::transports::Outbound {
        &self.outbound
    }

    fn got(&self) -> Vec<Bytes> {
        let look = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { Peer::at(rabbitmq::shared().address()).await.take_all(&self.queue).await })
        };
        // The test is inside of a runtime already.
        let new = std::thread::scope(|scope| scope.spawn(look).join()).unwrap();
        let mut seen = self.seen.lock().unwrap();
        seen.extend(new.into_iter().map(|delivery| Bytes::from(delivery.data)));
        seen.clone()
    }

    fn fail(&self, how: Failing) -> bool {
        match how {
            Failing::Temporary => self.wire.set(Wire::Cut),
            Failing::Unknown => self.wire.set(Wire::CutBehind(b"secret")),
            // Only a broker that takes no messages of this size does this.
            Failing::Permanent => return false,
        }
        true
    }

    fn mend(&self) {
        self.wire.set(Wire::Whole);
    }
}
