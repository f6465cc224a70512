//! The partners: their configuration, and receivers that take, stumble, and write down what they got.

use super::letters::{At, GP, HJEMMETJENESTE, HOSPITAL, TILDELING};
use super::plain_http::{Reply, receiver};
use super::postgres;
use bindeledd::config::load;
use bindeledd::domain::{Chance, Seeded};
use bindeledd::store::Store;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The partners that send over HTTP, and as whom. Their token is their name, twice.
pub const SENDERS: [(&str, At); 3] = [("gp", GP), ("tildeling", TILDELING), ("hospital", HOSPITAL)];
/// The partner that exchanges files; the gateway acknowledges for it.
pub const FILES: (&str, At) = ("hjemmetjeneste", HJEMMETJENESTE);

/// The partner that owns an address.
pub fn owner_of(at: At) -> Option<&'static str> {
    SENDERS.iter().chain([&FILES]).find(|(_, owned)| *owned == at).map(|(name, _)| *name)
}

/// What a partner got over HTTP, in the order in which it came.
type Got = Arc<Mutex<Vec<String>>>;

/// A gateway's surroundings, which outlive it.
pub struct Town {
    folder: tempfile::TempDir,
    pub address: SocketAddr,
    pub config: PathBuf,
    pub log: PathBuf,
    got: HashMap<&'static str, Got>,
}

impl Town {
    pub fn new(address: SocketAddr, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("config");
        let mut got = HashMap::new();
        std::fs::create_dir_all(config.join("partners")).expect("a folder");
        std::fs::create_dir_all(config.join("routes")).expect("a folder");
        let write = |name: &str, text: String| std::fs::write(config.join(name), text).expect("writes");
        let store = postgres::fresh_section();
        let gateway = format!("data = \"../data\"\n{store}[http]\nlisten = \"{address}\"\n[log]\nfilter = \"info\"\n");
        write("bindeledd.toml", gateway);
        write("routes/owner.toml", "order = 900\n[[leg]]\nto = \"owner\"\n".into());
        for (name, at) in SENDERS {
            let its = Got::default();
            let url = far_end(Arc::clone(&its), Seeded::new(seed ^ u64::from(at.1)));
            let way = format!(
                "[sends.http]\ntoken_sha256 = [\"{}\"]\n[receives.http]\nurl = \"http://{url}/messages\"\n",
                sha256_hex(&token(name))
            );
            write(&format!("partners/{name}.toml"), partner(at, "receiver", &way));
            got.insert(name, its);
        }
        let (name, at) = FILES;
        let way = "[sends.directory]\npath = \"../../files/out\"\ncreate = true\nsettle = \"0s\"\ninterval = \"50ms\"\n\
                   [receives.directory]\npath = \"../../files/in\"\ncreate = true\n";
        write(&format!("partners/{name}.toml"), partner(at, "gateway", way));
        let log = folder.path().join("log");
        Self { address, config, log, got, folder }
    }

    /// The gateway's store, looked at from beside it.
    pub fn store(&self) -> Store {
        let installation = load(&self.config).installation.expect("the configuration is good");
        Store::open_beside(&installation.store()).expect("it opens").expect("there is a store")
    }

    /// Where the partner with files puts what it sends.
    pub fn drop_folder(&self) -> PathBuf {
        self.folder.path().join("files/out")
    }

    /// What a partner got, in the order in which it came. Of files there is no order, and one for each id.
    pub fn got_by(&self, partner: &str) -> Vec<String> {
        if let Some(got) = self.got.get(partner) {
            return got.lock().expect("lock").clone();
        }
        texts_in(&self.folder.path().join("files/in"))
    }
}

/// All XML files of a folder.
pub fn texts_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "xml"));
    files.map(|path| std::fs::read_to_string(path).expect("reads")).collect()
}

/// The token of a partner.
pub fn token(name: &str) -> String {
    format!("{name}-{name}-token")
}

fn sha256_hex(text: &str) -> String {
    use aws_lc_rs::digest::{SHA256, digest};
    digest(&SHA256, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn partner(At(organisation, party): At, acknowledges: &str, way: &str) -> String {
    let kind = if At(organisation, party) == GP { "person" } else { "service" };
    format!(
        "title = \"Fictive\"\nacknowledges = \"{acknowledges}\"\n[[organisation]]\nher_id = {organisation}\nname = \"Fictive\"\n\
         [[organisation.{kind}]]\nher_id = {party}\nname = \"Fictive\"\n{way}\
         [receives.retry]\nfirst_wait = \"20ms\"\nlongest_wait = \"200ms\"\n\
         [receives.limits]\nin_flight = 4\nattempt_timeout = \"5s\"\n"
    )
}

/// A receiver over HTTP. Now and then it says that it cannot take any more, or is gone before it has answered.
fn far_end(got: Got, chance: Seeded) -> SocketAddr {
    receiver(move |bytes| {
        let dice = chance.next_u64() % 40;
        if dice == 0 {
            return Reply::Status(503);
        }
        got.lock().expect("lock").push(String::from_utf8(bytes).expect("the letters are UTF-8"));
        if dice == 1 { Reply::Nothing } else { Reply::Status(200) }
    })
}
