//! Messages per second through the whole path: HTTP in, durable, judged, routed, handed over by HTTP; beside the raw rate at
//! which the same store commits on the same disk in the same run. And memory with a long queue, and the time to start.
//!
//! `cargo bench --bench whole_path` runs it in about two minutes; `-- 28000` measures that size only, and `-- both 28000` with the store
//! on a PostgreSQL server too, which is started for it. The gateway is a process of its own, so that its processor
//! time and memory are its own; the load generator and the receiver share the machine with it, as they would in a small clinic.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is there to be read")]

mod gateway;
mod load;
mod raw;
mod receiver;
#[path = "../../tests/support/postgres.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod postgres;
#[path = "../../tests/support/letters.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod letters;

use gateway::GatewayProcess;
use load::Load;
use receiver::Receiver;
use std::time::{Duration, Instant};

/// Sizes of message, in bytes; 28 kB is what the published figures of other gateways were measured with.
const SIZES: [usize; 4] = [5_000, 20_000, 28_000, 100_000];
/// Connections that send at a time.
const CONNECTIONS: [usize; 2] = [4, 16];
/// How long each measurement sends.
const SENDING: Duration = Duration::from_secs(6);
/// Messages in the long queue.
const QUEUED: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, role, folder] = &arguments[..]
        && role == gateway::ROLE
    {
        gateway::serve(std::path::Path::new(folder));
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let wanted: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
        let sizes = if wanted.is_empty() { &SIZES[..] } else { &wanted };
        println!("SQLite\n");
        throughput(sizes, &|| None).await;
        if arguments.iter().any(|argument| argument == "both") {
            println!("\nPostgreSQL\n");
            throughput(sizes, &|| Some(postgres::shared().url(&postgres::shared().fresh_database()))).await;
        }
        if wanted.is_empty() {
            long_queue().await;
        }
    });
}

/// `fresh` gives the address of an empty database, or none where the store is to be in a file.
async fn throughput(sizes: &[usize], fresh: &dyn Fn() -> Option<String>) {
    println!(
        "| size, B | connections | messages/s | CPU-s per 1,000 | gateway peak, MB | p50, ms | p99, ms | raw commits/s of the store |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for &size in sizes {
        for connections in CONNECTIONS {
            let raw = raw::messages_per_second(size, connections, fresh()).await;
            let receiver = Receiver::start(true).await;
            let gateway = GatewayProcess::start(&receiver, fresh()).await;
            // A little, so that files, pools and caches are there; not counted.
            Load::new(&gateway, size, connections).send_for(Duration::from_millis(500)).await;
            receiver.wait_until_quiet().await;
            let (before, cpu, started) = (receiver.count(), gateway.cpu_seconds(), Instant::now());
            let latencies = Load::new(&gateway, size, connections).send_for(SENDING).await;
            receiver.wait_for(before + latencies.len() as u64).await;
            let (seconds, delivered) = (started.elapsed().as_secs_f64(), (receiver.count() - before) as f64);
            let cpu = (gateway.cpu_seconds() - cpu) / delivered * 1000.0;
            let (p50, p99) = (percentile(&latencies, 50), percentile(&latencies, 99));
            let (rate, peak) = (delivered / seconds, gateway.peak_megabytes());
            println!("| {size} | {connections} | {rate:.0} | {cpu:.2} | {peak:.0} | {p50:.2} | {p99:.2} | {raw:.0} |");
        }
    }
}

/// The receiver refuses everything, so that the queue grows.
async fn long_queue() {
    let receiver = Receiver::start(false).await;
    let gateway = GatewayProcess::start(&receiver, None).await;
    println!(
        "\nstart on an empty store: {:.0} ms; memory: {:.0} MB",
        gateway.started_in.as_secs_f64() * 1000.0,
        gateway.megabytes()
    );
    Load::new(&gateway, 5_000, 16).send_count(QUEUED).await;
    println!(
        "memory with {QUEUED} queued messages of 5 kB: {:.0} MB (peak {:.0} MB)",
        gateway.megabytes(),
        gateway.peak_megabytes()
    );
    let folder = gateway.kill();
    let again = GatewayProcess::start_in(folder, &receiver, None).await;
    println!("start on that store after kill -9: {:.0} ms", again.started_in.as_secs_f64() * 1000.0);
}

fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).map_or(0.0, Duration::as_secs_f64) * 1000.0
}
