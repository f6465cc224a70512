//! Messages per second through the whole path: HTTP in, durable, judged, routed, handed over by HTTP; beside the raw rate at
//! which the same store commits on the same disk in the same run. And memory with a long queue, and the time to start.
//!
//! `cargo bench --bench whole_path` runs it in about two minutes; `-- 28000` measures that size only, and `-- both 28000` with the store
//! on a PostgreSQL server too, which is started for it. `-- beside PROGRAM 5000` measures by turns this program and another one of it
//! that was built without the chain's links and without encryption, which is what proof costs:
//!
//! ```text
//! RUSTFLAGS="--cfg bindeledd_bare" cargo bench --bench whole_path --no-run --target-dir target/bare
//! cargo bench --bench whole_path -- beside target/bare/release/deps/whole_path-... 5000 28000
//! ```
//!
//! `-- statements` counts the statements that one message takes on a PostgreSQL server, by their texts.
//!
//! The gateway is a process of its own, so that its processor time and memory are its own; the load generator and the receiver share
//! the machine with it, as they would in a small clinic.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is there to be read")]

mod gateway;
mod load;
mod raw;
mod receiver;
mod statements;
#[path = "../../tests/support/postgres.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod postgres;
#[path = "../../tests/support/letters.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod letters;

use gateway::{GatewayProcess, Side};
use load::Load;
use receiver::Receiver;
use std::path::Path;
use std::time::{Duration, Instant};

/// Sizes of message, in bytes; 28 kB is what the published figures of other gateways were measured with.
const SIZES: [usize; 4] = [5_000, 20_000, 28_000, 100_000];
/// Connections that send at a time.
const CONNECTIONS: [usize; 2] = [4, 16];
/// How long each measurement sends.
const SENDING: Duration = Duration::from_secs(6);
/// How often each of two programs is measured.
const TURNS: usize = 5;
/// Messages of which the statements are counted.
const COUNTED: usize = 500;
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
        if arguments.iter().any(|argument| argument == "statements") {
            return count_statements().await;
        }
        let wanted: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
        let sizes = if wanted.is_empty() { &SIZES[..] } else { &wanted };
        let bare = arguments.iter().skip_while(|argument| *argument != "beside").nth(1).map(Path::new);
        let home = async |fresh: &dyn Fn() -> Option<String>| match bare {
            Some(bare) => beside(bare, sizes, fresh).await,
            None => throughput(sizes, fresh).await,
        };
        println!("SQLite\n");
        home(&|| None).await;
        if arguments.iter().any(|argument| argument == "both") {
            println!("\nPostgreSQL\n");
            home(&|| Some(postgres::shared().url(&postgres::shared().fresh_database()))).await;
        }
        if wanted.is_empty() && bare.is_none() {
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
            let Measured { rate, cpu, peak, p50, p99, .. } = measure(size, connections, Side::own(fresh())).await;
            println!("| {size} | {connections} | {rate:.0} | {cpu:.2} | {peak:.0} | {p50:.2} | {p99:.2} | {raw:.0} |");
        }
    }
}

/// One connection sends: so no two messages share a commit, and each takes as many statements as it can.
async fn count_statements() {
    let server = postgres::Postgres::start(&statements::SETTINGS);
    let receiver = Receiver::start(true).await;
    let gateway = GatewayProcess::start(&receiver, Side::own(Some(server.url(&server.fresh_database())))).await;
    Load::new(&gateway, 5_000, 1).send_count(COUNTED).await;
    receiver.wait_for(COUNTED as u64).await;
    drop(gateway);
    statements::print(&server.log());
}

/// What one measurement came to.
struct Measured {
    /// Messages in a second, from the first that was sent to the last that was handed over.
    rate: f64,
    /// Processor time of the gateway in seconds, for 1,000 messages.
    cpu: f64,
    /// Its largest memory, in MB.
    peak: f64,
    /// From request to answer, in milliseconds: half of them took at most so long.
    p50: f64,
    /// And 99 of 100.
    p99: f64,
    is_bare: bool,
}

async fn measure(size: usize, connections: usize, side: Side) -> Measured {
    let receiver = Receiver::start(true).await;
    let gateway = GatewayProcess::start(&receiver, side).await;
    // A little, so that files, pools and caches are there; not counted.
    Load::new(&gateway, size, connections).send_for(Duration::from_millis(500)).await;
    receiver.wait_until_quiet().await;
    let (before, cpu, started) = (receiver.count(), gateway.cpu_seconds(), Instant::now());
    let latencies = Load::new(&gateway, size, connections).send_for(SENDING).await;
    receiver.wait_for(before + latencies.len() as u64).await;
    let (seconds, delivered) = (started.elapsed().as_secs_f64(), (receiver.count() - before) as f64);
    Measured {
        rate: delivered / seconds,
        cpu: (gateway.cpu_seconds() - cpu) / delivered * 1000.0,
        peak: gateway.peak_megabytes(),
        p50: percentile(&latencies, 50),
        p99: percentile(&latencies, 99),
        is_bare: gateway.is_bare,
    }
}

/// What links and encryption cost: this program and one that was built without them, by turns.
async fn beside(bare: &Path, sizes: &[usize], fresh: &dyn Fn() -> Option<String>) {
    println!("| size, B | connections | messages/s, whole | bare | less, % | CPU-s per 1,000, whole | bare | more, % |");
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for &size in sizes {
        for connections in CONNECTIONS {
            let (mut whole, mut without) = (Vec::new(), Vec::new());
            for _ in 0..TURNS {
                whole.push(measure(size, connections, Side::own(fresh())).await);
                without.push(measure(size, connections, Side { program: bare.into(), url: fresh() }).await);
            }
            assert!(whole.iter().all(|one| !one.is_bare) && without.iter().all(|one| one.is_bare), "two different programs");
            let (rate, rate_bare) = (median(&whole, |one| one.rate), median(&without, |one| one.rate));
            let (cpu, cpu_bare) = (median(&whole, |one| one.cpu), median(&without, |one| one.cpu));
            let (less, more) = (100.0 * (1.0 - rate / rate_bare), 100.0 * (cpu / cpu_bare - 1.0));
            println!(
                "| {size} | {connections} | {rate:.0} | {rate_bare:.0} | {less:.0} | {cpu:.2} | {cpu_bare:.2} | {more:.0} |"
            );
        }
    }
}

fn median(of: &[Measured], what: impl Fn(&Measured) -> f64) -> f64 {
    let mut all: Vec<f64> = of.iter().map(what).collect();
    all.sort_unstable_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The receiver refuses everything, so that the queue grows.
async fn long_queue() {
    let receiver = Receiver::start(false).await;
    let gateway = GatewayProcess::start(&receiver, Side::own(None)).await;
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
    let again = GatewayProcess::start_in(folder, &receiver, Side::own(None)).await;
    println!("start on that store after kill -9: {:.0} ms", again.started_in.as_secs_f64() * 1000.0);
}

fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).map_or(0.0, Duration::as_secs_f64) * 1000.0
}
