//! The real binary as a process of its own.

use super::plain_http::get;
use bindeledd::domain::{Chance, Seeded};
use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long a start or a stop may take before something is wrong with it. Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(30);
/// The pause between two looks at a process.
const LOOK: Duration = Duration::from_millis(5);

/// A port that nobody uses. Not one of those that the system gives to connections on their way out, or it may be taken while
/// the gateway is down.
pub fn free_port(seed: u64) -> SocketAddr {
    let chance = Seeded::new(seed ^ u64::from(std::process::id()));
    let port = || 15_000 + (chance.next_u64() % 16_000) as u16;
    let ports = std::iter::repeat_with(port).take(1000).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    ports.into_iter().find(|address| TcpListener::bind(address).is_ok()).expect("there is a free port")
}

/// `bindeledd serve`.
pub struct Serving {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Serving {
    /// Starts it; its log is added to a file.
    pub fn start(config: &Path, address: SocketAddr, log: &Path) -> Self {
        let stderr = File::options().create(true).append(true).open(log).expect("a log file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
        command.arg("--config").arg(config).arg("serve").env_remove("RUST_LOG").env_remove("BINDELEDD_LOG");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn().expect("it starts");
        Self { child, address, log: log.to_path_buf() }
    }

    /// Waits until `/readyz` says that it is.
    pub fn wait_until_ready(&mut self) {
        let start = Instant::now();
        loop {
            if let Ok(answer) = get(self.address, "/readyz", "")
                && answer.status == 200
            {
                assert_eq!(answer.body, "ready\n");
                return;
            }
            if let Some(status) = self.child.try_wait().expect("its state") {
                panic!("it ended with {status} instead of getting ready:\n{}", self.log());
            }
            assert!(start.elapsed() < PATIENCE, "it did not get ready:\n{}", self.log());
            std::thread::sleep(LOOK);
        }
    }

    /// Kills it with SIGKILL: it has no chance to do anything.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it has ended");
    }

    /// Tells it to stop, as whatever runs services does, and waits for its end.
    pub fn stop(self) -> ExitStatus {
        self.signal("TERM").expect("it can be told");
        self.wait_for_end()
    }

    /// Waits for its end.
    pub fn wait_for_end(mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it did not stop:\n{}", self.log());
            std::thread::sleep(LOOK);
        }
    }

    /// Waits until some words are in its log.
    pub fn wait_until_it_says(&self, words: &str) {
        let start = Instant::now();
        while !self.log().contains(words) {
            assert!(start.elapsed() < PATIENCE, "it does not say `{words}`:\n{}", self.log());
            std::thread::sleep(LOOK);
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) -> io::Result<()> {
        let kill = format!("kill -{name} {}", self.child.id());
        Command::new("sh").args(["-c", &kill]).status().map(|status| assert!(status.success()))
    }

    /// The last lines that it has logged.
    pub fn log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
