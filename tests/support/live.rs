//! The whole service as it runs: the shipped configuration in a folder of its own, real sockets, real folders, every log line
//! caught. Only the partners' systems are not there; what is for them is kept in memory or lies in their folders.

use super::postgres;
use bindeledd::config::{Inbound, Installation, Outbound, load};
use bindeledd::domain::Seeded;
use bindeledd::gateway::MachineClock;
use bindeledd::service::Service;
use bindeledd::store::{MessageFilter, MessageRow, Store};
use bindeledd::transports::loopback;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nothing here takes seconds; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running service.
pub struct Live {
    pub service: Service,
    pub folder: TempDir,
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A field of the JSON body; null when there is none.
    pub fn field(&self, name: &str) -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(&self.body).map_or(serde_json::Value::Null, |body| body[name].clone())
    }
}

impl Live {
    /// Starts on a store that `open` opens.
    pub async fn start(change: impl FnOnce(&mut Installation), open: impl FnOnce(&Installation) -> Store) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut installation = installation(folder.path());
        change(&mut installation);
        installation.make_folders().expect("folders");
        let store = open(&installation);
        let service = Service::start_on(store, &installation, Arc::new(MachineClock), Arc::new(Seeded::new(7))).await;
        Self { service: service.expect("starts"), folder }
    }

    /// The folder that home care puts its messages into.
    pub fn drop_folder(&self) -> PathBuf {
        self.folder.path().join("bindeledd-data/exchange/fjellvik-hjemmetjeneste/out")
    }

    /// All messages in the store, newest first.
    pub async fn messages(&self) -> Vec<MessageRow> {
        let all = MessageFilter { limit: 100_000, ..MessageFilter::default() };
        self.service.gateway.store.messages(&all).await.expect("reads")
    }

    /// Writes bytes to the port and reads what comes back. `None`: the connection was closed without an answer.
    pub async fn exchange(&self, request: &[u8], then_close: bool) -> Option<Answer> {
        let talk = async {
            let mut stream = TcpStream::connect(self.service.address).await.expect("connects");
            // Who is refused early may find the door closed before all is said.
            let _ = stream.write_all(request).await;
            if then_close {
                let _ = stream.shutdown().await;
            }
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            String::from_utf8_lossy(&answer).into_owned()
        };
        let answer = tokio::time::timeout(PATIENCE, talk).await.expect("an answer in time");
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_ascii_lowercase(), body: body.to_string() })
    }

    /// `GET` as a partner.
    pub async fn get(&self, path: &str, partner: &str) -> Answer {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer demo-token-{partner}\r\n\r\n"
        );
        self.exchange(head.as_bytes(), false).await.expect("an answer")
    }
}

/// `POST /messages` with these header lines.
pub fn post(lines: &[&str], body: &[u8]) -> Vec<u8> {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let head =
        format!("POST /messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A Bundle as a platform should post it.
pub fn post_bundle_as(partner: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /fhir/$process-message HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/fhir+json\r\n\
         Authorization: Bearer demo-token-{partner}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// `POST /messages` as a partner's system should do it.
pub fn post_as(partner: &str, body: &[u8]) -> Vec<u8> {
    post(&["Content-Type: application/xml", &format!("Authorization: Bearer demo-token-{partner}")], body)
}

/// The shipped configuration as a copy in a folder, with a store of its own, listening on a free port, with partners in memory.
pub fn installation(folder: &Path) -> Installation {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for below in ["", "partners", "routes"] {
        std::fs::create_dir_all(folder.join("config").join(below)).expect("a folder");
        for entry in std::fs::read_dir(shipped.join(below)).expect("the shipped configuration") {
            let from = entry.expect("an entry").path();
            if from.is_file() {
                let to = folder.join("config").join(below).join(from.file_name().expect("a name"));
                std::fs::copy(&from, to).expect("copied");
            }
        }
    }
    let file = folder.join("config/bindeledd.toml");
    let written = std::fs::read_to_string(&file).expect("the shipped configuration");
    std::fs::write(&file, format!("{written}\n{}", postgres::fresh_section())).expect("written");
    installation_in(folder)
}

/// The same from a folder that has its copy already.
pub fn installation_in(folder: &Path) -> Installation {
    let mut installation = load(&folder.join("config")).installation.expect("the shipped configuration is good");
    installation.listen = "127.0.0.1:0".parse().expect("an address");
    for partner in &mut installation.partners {
        for way in &mut partner.sends {
            if let Inbound::Directory(options) = way {
                options.interval = Duration::from_millis(20);
            }
        }
        if let Some(receives) =
            partner.receives.as_mut().filter(|receives| matches!(receives.way, Outbound::Http(_) | Outbound::Fhir(_)))
        {
            receives.way = Outbound::Loopback(loopback::Options::default());
        }
    }
    installation
}

/// Everything that is logged from now on, also the finest.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// There is one for the whole process.
    pub fn catch() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        let subscriber = lines.with_writer(move || writer.clone()).finish();
        tracing::subscriber::set_global_default(subscriber).expect("nobody else catches them");
        log
    }

    /// All of it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("lock")).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
