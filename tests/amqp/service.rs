//! The real binary between two partners that know nothing but queues: a thousand messages wait, and it is killed again and again.

#[path = "../support/letters.rs"]
#[expect(dead_code, reason = "the letters serve several tests")]
mod letters;

use super::peer::{Peer, publish};
use super::process::{Serving, free_port};
use super::rabbitmq::{self, USER};
use super::soon;
use bindeledd::domain::{Chance, Seeded, new_uuid};
use lapin::BasicProperties;
use lapin::message::Delivery;
use letters::{At, GP, Letter, TILDELING, answers, id_of};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

const MESSAGES: usize = 1000;
const KILLS: usize = 5;

/// Everything that came out of a queue: by the id beside it, its bytes, and what it belongs to. What comes twice must be the same.
#[derive(Default)]
struct Got {
    by_id: HashMap<String, (Vec<u8>, Option<String>)>,
    repeated: usize,
}

impl Got {
    fn add(&mut self, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            let text = |property: &Option<lapin::types::ShortString>| property.as_ref().map(ToString::to_string);
            let id = text(delivery.properties.message_id()).expect("it has an id");
            let belongs_to = text(delivery.properties.correlation_id());
            if let Some((earlier, _)) = self.by_id.insert(id, (delivery.data.clone(), belongs_to)) {
                self.repeated += 1;
                assert!(earlier == delivery.data, "two messages have the same id");
            }
        }
    }
}

fn configure(folder: &Path, address: SocketAddr, stem: &str) {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("config/bindeledd.toml", format!("data = \"../data\"\n[http]\nlisten = \"{address}\"\n"));
    write("config/routes/owner.toml", "order = 900\n[[leg]]\nto = \"owner\"\n".into());
    write("config/password", format!("{USER}\n"));
    let url = format!("amqp://{}", rabbitmq::shared().address());
    for (name, At(organisation, party), kind) in [("gp", GP, "person"), ("tildeling", TILDELING, "service")] {
        let at = |way: &str, queue: &str| {
            format!(
                "[{way}.amqp]\nurl = \"{url}\"\nuser = \"{USER}\"\npassword_file = \"../password\"\n\
                 queue = \"{stem}.{name}.{queue}\"\ncreate = true\n"
            )
        };
        let partner = format!(
            "title = \"Fictive\"\nacknowledges = \"gateway\"\n[[organisation]]\nher_id = {organisation}\nname = \"Fictive\"\n\
             [[organisation.{kind}]]\nher_id = {party}\nname = \"Fictive\"\n{}{}\
             [receives.retry]\nfirst_wait = \"20ms\"\nlongest_wait = \"200ms\"\n",
            at("sends", "in"),
            at("receives", "out"),
        );
        write(&format!("config/partners/{name}.toml"), partner);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_messages_in_a_queue_survive_a_gateway_that_is_killed_again_and_again() {
    if rabbitmq::is_missing() {
        return;
    }
    let seed = std::env::var("BINDELEDD_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_123);
    println!("the seed is {seed}");
    let (chance, folder, stem) = (Seeded::new(seed), tempfile::tempdir().unwrap(), "thousand");
    let address = free_port(seed);
    configure(folder.path(), address, stem);
    let (config, log) = (folder.path().join("config"), folder.path().join("log"));
    let start = || {
        tokio::task::block_in_place(|| {
            let mut serving = Serving::start(&config, address, &log);
            serving.wait_until_ready();
            serving
        })
    };
    let mut serving = start();
    let peer = Peer::at(rabbitmq::shared().address()).await;
    let (into, out, back) = (format!("{stem}.gp.in"), format!("{stem}.tildeling.out"), format!("{stem}.gp.out"));
    soon("it consumes", peer.wait_for_consumer(&into)).await;

    let sent: HashSet<String> = (0..MESSAGES).map(|_| new_uuid(&chance).to_string()).collect();
    let channel = peer.channel().await;
    for (number, id) in sent.iter().enumerate() {
        let letter = Letter::new(id, GP, TILDELING).xml();
        publish(&channel, &into, "", letter.as_bytes(), BasicProperties::default()).await;
        if number % (MESSAGES / KILLS) == MESSAGES / KILLS / 2 {
            tokio::time::sleep(Duration::from_millis(chance.next_u64() % 100)).await;
            serving.kill();
            serving = start();
        }
    }
    let (mut delivered, mut acknowledged) = (Got::default(), Got::default());
    soon("all are delivered and acknowledged", async {
        while delivered.by_id.len() < MESSAGES || acknowledged.by_id.len() < MESSAGES {
            for (queue, got) in [(&out, &mut delivered), (&back, &mut acknowledged)] {
                if peer.look(queue).await.is_some() {
                    got.add(peer.take_all(queue).await);
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert_eq!(serving.stop().code(), Some(0), "after all that, a clean stop");
    delivered.add(peer.take_all(&out).await);
    acknowledged.add(peer.take_all(&back).await);

    println!("{MESSAGES} sent, {KILLS} kills, {} + {} came twice", delivered.repeated, acknowledged.repeated);
    assert_eq!(delivered.by_id.keys().cloned().collect::<HashSet<_>>(), sent);
    let answered: HashSet<String> = acknowledged
        .by_id
        .values()
        .map(|(bytes, belongs_to)| {
            let xml = String::from_utf8(bytes.clone()).unwrap();
            let original = answers(&xml).expect("an AppRec");
            assert_eq!(belongs_to.as_ref(), Some(&original), "it says beside it what it answers");
            original
        })
        .collect();
    assert_eq!((answered, acknowledged.by_id.len()), (sent, MESSAGES), "one AppRec for each");
    assert!(delivered.by_id.iter().all(|(id, (bytes, _))| id_of(&String::from_utf8_lossy(bytes)) == *id));
    for queue in [into.clone(), format!("{into}.parked")] {
        assert_eq!(peer.look(&queue).await.map(|(ready, _)| ready), Some(0), "{queue}");
    }
}
