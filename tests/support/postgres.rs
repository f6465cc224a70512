//! A PostgreSQL server of the tests' own, from the package that Debian has: one for each test process, and a fresh database for each
//! store. `BINDELEDD_TEST_STORE=postgres` has the tests that can do so keep their stores there.
//!
//! A small shell watches over its folder. When the pipe from this process closes, however the process ends, it stops the server by its
//! process id and removes the folder.

use bindeledd::store::{Home, Server};
use std::fs::{self, Permissions};
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Who the server trusts.
const USER: &str = "gateway";
/// How long a start or a stop may take before something is wrong with it. Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// What is committed is on the disk, as it is for a gateway; what only a machine that dies would need is left out.
const USUAL: [&str; 4] = ["fsync=on", "full_page_writes=off", "checkpoint_timeout=1h", "autovacuum=off"];
const LOOK: Duration = Duration::from_millis(10);
/// The user as whom the server runs when the tests run as root, for it refuses to.
const NOBODY: &str = "nobody";

/// Reads until the pipe closes; then stops the server whose process id is in its own file, waits for its end, and removes the folder.
const WARDEN: &str = r#"
    read -r _
    pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid" 2>/dev/null
    for _ in $(seq 200); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.05; done
    rm -rf "$1"
"#;

/// Whether the tests are to keep their stores on a server.
pub fn is_wanted() -> bool {
    std::env::var("BINDELEDD_TEST_STORE").is_ok_and(|home| home == "postgres")
}

/// Whether tests that need a server must be left out; they never are where everything must be tested.
pub fn is_missing() -> bool {
    let is_missing = program_of_postgres("postgres").is_none();
    assert!(!is_missing || std::env::var("CI").is_err(), "PostgreSQL is not installed");
    is_missing
}

/// `[store]` for a configuration file of a test, or nothing where its store is embedded.
pub fn fresh_section() -> String {
    if is_wanted() { format!("[store]\nurl = \"{}\"\n", shared().url(&shared().fresh_database())) } else { String::new() }
}

/// The database of a home on the shared server.
pub fn database_of(home: &Home) -> Option<String> {
    let Home::Postgres(server) = home else { return None };
    Some(server.database().to_owned())
}

/// The server of this process.
pub fn shared() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(|| Postgres::start(&[]))
}

/// A server.
pub struct Postgres {
    folder: PathBuf,
    address: SocketAddr,
    settings: Vec<String>,
    databases: AtomicU32,
    server: std::sync::Mutex<Option<Child>>,
    _warden: Child,
}

impl Postgres {
    /// Starts one with these settings besides its usual ones, such as `max_connections=12`.
    pub fn start(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder").keep();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("the server may look into it");
        for below in ["data", "socket"] {
            fs::create_dir(folder.join(below)).expect("a folder");
            give_away(&folder.join(below));
        }
        // Apart, so that it outlives what ends this process and all that belong to it.
        let mut warden = Command::new("sh");
        warden.args(["-c", WARDEN, "sh"]).arg(&folder).stdin(Stdio::piped()).process_group(0);
        let warden = warden.spawn();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let postgres = Self {
            address,
            settings: settings.iter().map(ToString::to_string).collect(),
            databases: AtomicU32::new(0),
            server: std::sync::Mutex::default(),
            _warden: warden.expect("a shell"),
            folder,
        };
        let mut init = postgres.command("initdb");
        init.args(["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust", "--username", USER, "--pgdata"]);
        let made = init.arg(postgres.folder.join("data")).stdin(Stdio::null()).output().expect("initdb runs");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        for (name, file) in [("server.pem", "localhost.pem"), ("server.key", "localhost.key")] {
            let copy = postgres.folder.join("data").join(name);
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http_at_the_edge/tls").join(file), &copy)
                .expect("copied");
            give_away(&copy);
        }
        drop(listener);
        postgres.start_again();
        postgres
    }

    /// Starts it, for the first time or after it was killed, and waits until it answers.
    pub fn start_again(&self) {
        let start = Instant::now();
        let mut child = self.serve();
        while !self.answers() {
            assert!(start.elapsed() < PATIENCE, "the server does not get ready:\n{}", self.log());
            if child.try_wait().expect("its state").is_some() {
                // Processes of the one that was killed may still hold its memory.
                std::thread::sleep(LOOK);
                child = self.serve();
            }
            std::thread::sleep(LOOK);
        }
        *self.server.lock().expect("lock") = Some(child);
    }

    fn serve(&self) -> Child {
        let log = fs::File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.folder.join("data")).arg("-k").arg(self.folder.join("socket"));
        command.args(["-h", "127.0.0.1,127.0.0.2", "-p", &self.address.port().to_string()]);
        command.args(USUAL.iter().flat_map(|setting| ["-c", setting]));
        command.args(self.settings.iter().flat_map(|setting| ["-c", setting]));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("the server starts")
    }

    /// Kills it with SIGKILL: it has no chance to do anything.
    pub fn kill(&self) {
        let mut server = self.server.lock().expect("lock").take().expect("it runs");
        server.kill().expect("it can be killed");
        server.wait().expect("it has ended");
    }

    /// A program of the package, as a user as whom it agrees to run.
    fn command(&self, program: &str) -> Command {
        let program = program_of_postgres(program).expect("PostgreSQL is installed");
        let mut command = if is_root() { Command::new("setpriv") } else { Command::new(&program) };
        if is_root() {
            let (user, group) = ids_of_nobody();
            command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".into()]).arg(program);
        }
        command.current_dir(&self.folder);
        command
    }

    fn answers(&self) -> bool {
        TcpStream::connect(self.address).is_ok() && outside(|| self.try_connect("postgres").is_ok())
    }

    /// The same, where there may be no room.
    pub fn try_connect(&self, database: &str) -> Result<postgres::Client, postgres::Error> {
        let port = self.address.port();
        postgres::Client::connect(&format!("postgres://{USER}@127.0.0.1:{port}/{database}"), postgres::NoTls)
    }

    /// A connection of the test's own, from outside of a runtime.
    pub fn connect(&self, database: &str) -> postgres::Client {
        self.try_connect(database).expect("connects")
    }

    /// Does something to a database behind the gateway's back.
    pub fn run(&self, database: &str, sql: &str) {
        let run = || self.connect(database).batch_execute(sql).expect("good SQL");
        outside(run);
    }

    /// Makes an empty database; gives its name. It stays until the folder goes: removing one has the server write everything out first.
    pub fn fresh_database(&self) -> String {
        let name = format!("store_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        self.run("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// Ends all connections to a database.
    pub fn disconnect_all(&self, database: &str) {
        let sql = format!("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'");
        self.run("postgres", &sql);
    }

    /// Where a database is.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.address.port())
    }

    /// The same by the server's socket.
    pub fn url_of_socket(&self, database: &str) -> String {
        let folder = self.folder.join("socket").display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@{folder}:{}/{database}", self.address.port())
    }

    /// As a home for a store.
    pub fn home(&self, database: &str) -> Home {
        Home::Postgres(Arc::new(Server::parse(&self.url(database)).expect("a good address")))
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        let mut text = String::new();
        let read = fs::File::open(self.folder.join("log")).and_then(|mut log| log.read_to_string(&mut text));
        read.map_or_else(|error| error.to_string(), |_| text)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.lock().ok().and_then(|mut server| server.take()) {
            let _ = Command::new("kill").args(["-INT", &server.id().to_string()]).status();
            let _ = server.wait();
        }
        // The warden does the rest when its pipe closes.
    }
}

/// The client waits on a runtime of its own, and the test may be inside of one.
pub fn outside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join()).expect("done")
}

/// A program of the package: on the path, or where Debian has it.
fn program_of_postgres(name: &str) -> Option<PathBuf> {
    let debian =
        fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    debian.chain(on_path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Who owns a new file here is who runs the tests.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}

fn ids_of_nobody() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let nobody = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == NOBODY);
    let number = |at: usize| nobody.as_ref().and_then(|fields| fields.get(at)?.parse().ok()).expect("a user nobody");
    (number(2), number(3))
}

/// Lets the server have a file or folder of its own.
pub fn give_away(path: &Path) {
    fs::set_permissions(path, Permissions::from_mode(if path.is_dir() { 0o700 } else { 0o600 })).expect("permissions");
    if is_root() {
        let (user, group) = ids_of_nobody();
        chown(path, Some(user), Some(group)).expect("another owner");
    }
}
