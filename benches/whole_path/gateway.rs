//! The gateway as a process of its own: started, measured through /proc, and killed.

use crate::receiver::Receiver;
use bindeledd::config;
use bindeledd::gateway::{MachineChance, MachineClock};
use bindeledd::service::Service;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The argument that makes this program the gateway.
pub const ROLE: &str = "--gateway";
/// The token of the sending partner.
pub const TOKEN: &str = "bench-token";

/// Which program is the gateway, and where its store is: at this address, or in a file.
#[derive(Clone)]
pub struct Side {
    pub program: PathBuf,
    pub url: Option<String>,
}

impl Side {
    /// This program.
    pub fn own(url: Option<String>) -> Self {
        Self { program: std::env::current_exe().expect("this program"), url }
    }
}

pub struct GatewayProcess {
    pub address: SocketAddr,
    /// It was built without links and encryption.
    pub is_bare: bool,
    /// From the start of the process until it answers.
    pub started_in: Duration,
    child: Child,
    folder: Option<TempDir>,
}

impl GatewayProcess {
    pub async fn start(receiver: &Receiver, side: Side) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"), receiver, side).await
    }

    pub async fn start_in(folder: TempDir, receiver: &Receiver, side: Side) -> Self {
        write_configuration(folder.path(), receiver, side.url);
        let started = Instant::now();
        let log = std::fs::File::create(folder.path().join("log")).expect("a log");
        let mut child = Command::new(side.program)
            .args([ROLE.as_ref(), folder.path().as_os_str()])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let (address, how) = line.trim().split_once(' ').expect("an address, and how it was built");
        let (address, is_bare) = (address.parse().expect("the address"), how == "bare");
        Self { address, is_bare, started_in: started.elapsed(), child, folder: Some(folder) }
    }

    /// Processor time so far, user and system.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("stat");
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks: f64 = [fields[11], fields[12]].iter().filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        ticks / 100.0
    }

    pub fn megabytes(&self) -> f64 {
        self.status("VmRSS:")
    }

    pub fn peak_megabytes(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, line: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("status");
        let found = status.lines().find_map(|text| text.strip_prefix(line)).expect("the line");
        found.trim().trim_end_matches(" kB").parse::<f64>().expect("kB") / 1000.0
    }

    /// Kills it and gives its folder back.
    pub fn kill(mut self) -> TempDir {
        self.child.kill().expect("kills");
        self.child.wait().expect("ends");
        self.folder.take().expect("its folder")
    }
}

impl Drop for GatewayProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write_configuration(folder: &Path, receiver: &Receiver, database: Option<String>) {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes");
        std::fs::write(path, text).expect("writes");
    };
    let partner = |her: [u32; 2], kind: &str, url: &str| {
        format!(
            "title = \"bench\"\n[[organisation]]\nher_id = {}\nname = \"Fictive\"\n[[organisation.{kind}]]\nher_id = {}\nname = \"Fictive\"\n\
             [receives.http]\nurl = \"{url}\"\n[receives.limits]\nin_flight = 16\n",
            her[0], her[1]
        )
    };
    let url = format!("http://{}/messages", receiver.address);
    let store = database.map_or(String::new(), |database| format!("[store]\nurl = \"{database}\"\n"));
    write("bindeledd.toml", format!("data = \"data\"\n{store}[http]\nlisten = \"127.0.0.1:0\"\n"));
    write("partners/gp.toml", partner([9_000_200, 9_000_201], "person", &url));
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, TOKEN.as_bytes());
    let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let sends = format!("[sends.http]\ntoken_sha256 = [\"{hex}\"]\n");
    write("partners/hospital.toml", partner([9_000_300, 9_000_302], "service", &url) + &sends);
    write("routes/owner.toml", "order = 900\n[[leg]]\nto = \"owner\"\n".into());
}

/// What the process does: the whole service, with its ordinary log, until it is killed.
pub fn serve(folder: &Path) {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    let checked = config::load(folder);
    let Some(installation) = checked.installation else {
        for complaint in &checked.complaints {
            eprintln!("{complaint}");
        }
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let service = Service::start(&installation, Arc::new(MachineClock), Arc::new(MachineChance::default()));
        let service = service.await.expect("starts");
        println!("{} {}", service.address, if cfg!(bindeledd_bare) { "bare" } else { "whole" });
        std::future::pending::<()>().await;
    });
}
