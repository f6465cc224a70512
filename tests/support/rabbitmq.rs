//! A RabbitMQ broker of the tests' own, from the package that Debian has: one for each test process, with ports on the loopback
//! interface, a name, a cookie and folders of its own. No broker of the machine is used or disturbed.
//!
//! A small shell watches over its folder. When the pipe from this process closes, however the process ends, it kills the broker and its
//! port mapper by their process ids and removes the folder.

use bindeledd::domain::{Chance, Seeded};
use std::fs;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The scripts of the package that do not change the user; the wrappers on the path do.
const SCRIPTS: &str = "/usr/lib/rabbitmq/bin";
/// The user that a new broker has, who may come from this machine only.
pub const USER: &str = "guest";
const NODE: &str = "tests@localhost";
const COOKIE: &str = "tests-of-bindeledd";
/// How long a start or a stop may take before something is wrong with it. Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(20);
/// Before a start that failed is tried again.
const PAUSE: Duration = Duration::from_millis(300);
/// One scheduler that does not spin, and no port of the Erlang distribution open to others.
const ERLANG: &str = "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}";

/// Reads until the pipe closes; then kills what has noted its process id in the folder, and removes the folder.
const WARDEN: &str = r#"
    read -r _
    for file in "$1"/*.pid; do kill -KILL "$(cat "$file")" 2>/dev/null; done
    for _ in $(seq 100); do rm -rf "$1" 2>/dev/null && break; sleep 0.05; done
"#;

/// Whether tests that need a broker must be left out; they never are where everything must be tested.
pub fn is_missing() -> bool {
    let is_missing = !Path::new(SCRIPTS).join("rabbitmq-server").is_file();
    assert!(!is_missing || std::env::var("CI").is_err(), "RabbitMQ is not installed");
    is_missing
}

/// The broker of this process.
pub fn shared() -> &'static RabbitMq {
    static BROKER: OnceLock<RabbitMq> = OnceLock::new();
    BROKER.get_or_init(|| RabbitMq::start(""))
}

/// A broker.
pub struct RabbitMq {
    folder: PathBuf,
    address: SocketAddr,
    distribution: SocketAddr,
    mapper: SocketAddr,
    broker: Mutex<Option<Child>>,
    /// The port mapper of Erlang; the watching shell ends it.
    _mapper: Child,
    _warden: Child,
}

impl RabbitMq {
    /// Starts one with these lines in its configuration besides its usual ones.
    pub fn start(settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder").keep();
        for below in ["home", "mnesia", "log"] {
            fs::create_dir(folder.join(below)).expect("a folder");
        }
        // Apart, so that it outlives what ends this process and all that belong to it.
        let mut warden = Command::new("sh");
        warden.args(["-c", WARDEN, "sh"]).arg(&folder).stdin(Stdio::piped()).process_group(0);
        let warden = warden.spawn().expect("a shell");
        let [address, distribution, mapper] = free_ports();
        let usual = format!(
            "listeners.tcp.1 = {address}\nvm_memory_high_watermark.absolute = 400MB\ndisk_free_limit.absolute = 20MB\n\
             log.file.level = warning\nlog.console = false\n"
        );
        fs::write(folder.join("rabbitmq.conf"), usual + settings).expect("written");
        fs::write(folder.join("plugins"), "[].").expect("written");
        let mut mapping = Command::new("epmd");
        mapping.args(["-port", &mapper.port().to_string(), "-address", "127.0.0.1"]).stdin(Stdio::null());
        let mapping = mapping.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().expect("epmd, of Erlang");
        fs::write(folder.join("epmd.pid"), mapping.id().to_string()).expect("written");
        let broker =
            Self { folder, address, distribution, mapper, broker: Mutex::default(), _mapper: mapping, _warden: warden };
        broker.start_again();
        broker
    }

    /// Starts it, for the first time or after it was killed, and waits until it answers.
    pub fn start_again(&self) {
        let start = Instant::now();
        let mut child = self.serve();
        while TcpStream::connect(self.address).is_err() {
            assert!(start.elapsed() < PATIENCE, "the broker does not get ready:\n{}", self.log());
            if child.try_wait().expect("its state").is_some() {
                // The name or a port of the one that was killed may not be free yet.
                std::thread::sleep(PAUSE);
                child = self.serve();
            }
            std::thread::sleep(LOOK);
        }
        *self.broker.lock().expect("lock") = Some(child);
    }

    fn serve(&self) -> Child {
        let log = fs::File::options().create(true).append(true).open(self.folder.join("out")).expect("a log");
        let mut command = self.command("rabbitmq-server");
        let errors = log.try_clone().expect("a second handle");
        command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn().expect("the broker starts")
    }

    /// Kills it with SIGKILL: it has no chance to do anything.
    pub fn kill(&self) {
        let mut script = self.broker.lock().expect("lock").take().expect("it runs");
        let pid = fs::read_to_string(self.folder.join("broker.pid")).expect("its process id");
        let killed = Command::new("kill").args(["-KILL", pid.trim()]).status().expect("kill");
        assert!(killed.success());
        script.wait().expect("it has ended");
        let start = Instant::now();
        while TcpStream::connect(self.address).is_ok() {
            assert!(start.elapsed() < PATIENCE, "it is still there");
            std::thread::sleep(LOOK);
        }
    }

    /// A script of the package, for this broker and no other.
    fn command(&self, script: &str) -> Command {
        let mut command = Command::new(Path::new(SCRIPTS).join(script));
        let at = |name: &str| self.folder.join(name);
        command.current_dir(&self.folder).process_group(0).env("HOME", at("home"));
        command.env("ERL_EPMD_ADDRESS", "127.0.0.1").env("ERL_EPMD_PORT", self.mapper.port().to_string());
        command.env("RABBITMQ_NODENAME", NODE).env("RABBITMQ_NODE_PORT", self.address.port().to_string());
        command.env("RABBITMQ_DIST_PORT", self.distribution.port().to_string());
        command.env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", format!("{ERLANG} -setcookie {COOKIE}"));
        for (name, file) in [
            ("RABBITMQ_MNESIA_BASE", "mnesia"),
            ("RABBITMQ_LOG_BASE", "log"),
            ("RABBITMQ_PID_FILE", "broker.pid"),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", "plugins"),
            ("RABBITMQ_CONFIG_FILE", "rabbitmq.conf"),
        ] {
            command.env(name, at(file));
        }
        command
    }

    /// What an operator types: `ctl("add_user vendor secret")`. Quoted as in a shell: single quotes only.
    pub fn ctl(&self, line: &str) -> String {
        // It listens a little before it is all there.
        self.control("await_startup");
        self.control(line)
    }

    fn control(&self, line: &str) -> String {
        let mut command = self.command("rabbitmqctl");
        command.args(["--quiet", "--erlang-cookie", COOKIE]).args(words(line)).stdin(Stdio::null());
        let done = command.output().expect("rabbitmqctl runs");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "rabbitmqctl {line}: {said}{}", String::from_utf8_lossy(&done.stderr));
        said
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        let files = fs::read_dir(self.folder.join("log")).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut text = String::new();
        for path in files.chain([self.folder.join("out")]) {
            let _ = fs::File::open(path).and_then(|mut log| log.read_to_string(&mut text));
        }
        text
    }
}

/// Not of those that the system gives to connections on their way out, or one may be taken while the broker is down.
fn free_ports() -> [SocketAddr; 3] {
    static CHANCE: OnceLock<Seeded> = OnceLock::new();
    /// Those of all brokers of this process, also of one that is being started at the same time.
    static TAKEN: Mutex<Vec<u16>> = Mutex::new(Vec::new());
    let chance = CHANCE.get_or_init(|| Seeded::new(u64::from(std::process::id())));
    let mut taken = TAKEN.lock().expect("lock");
    let mut one = || loop {
        let port = 15_000 + (chance.next_u64() % 16_000) as u16;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if !taken.contains(&port) && TcpListener::bind(address).is_ok() {
            taken.push(port);
            return address;
        }
    };
    [one(), one(), one()]
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (position, part) in line.split('\'').enumerate() {
        if position % 2 == 1 {
            words.push(part.to_string());
        } else {
            words.extend(part.split_whitespace().map(ToString::to_string));
        }
    }
    words
}
