//! Where a PostgreSQL server is and how it is reached: what `[store]` says of it, and a connection made of that.

use super::session::{Driver, Session};
use super::trouble::fault;
use crate::domain::Fault;
use crate::trust;
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, Error, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// A connection on which nothing happens is probed after this time.
const IDLE: Duration = Duration::from_secs(30);
/// What was sent and is not confirmed by the server's machine after this time is lost, and the connection with it.
const CONFIRMED: Duration = Duration::from_secs(20);

/// A database on a PostgreSQL server, and who we are there.
#[derive(Clone, Debug)]
pub struct Server {
    config: Config,
    is_encrypted: bool,
    /// It is read at every connection.
    password_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
}

/// Why an address cannot be used, and what to write.
#[derive(Debug)]
pub struct UrlTrouble {
    /// What is wrong; nothing of the address is in it, for somebody may have written a password there.
    pub message: String,
    /// What to write.
    pub suggestion: &'static str,
}

const SHAPE: &str = "write \"postgres://user@host:5432/database\"";

fn trouble<T>(message: impl Into<String>, suggestion: &'static str) -> Result<T, UrlTrouble> {
    Err(UrlTrouble { message: message.into(), suggestion })
}

impl Server {
    /// Reads `postgres://user@host:port/database?sslmode=…`. A folder with a Unix socket is written `%2Frun%2Fpostgresql` as the host,
    /// or behind it, `?host=/run/postgresql`.
    pub fn parse(url: &str) -> Result<Self, UrlTrouble> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return trouble("`url` is not the address of a PostgreSQL database", SHAPE);
        }
        let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut host) = (None, None);
        for (key, value) in parameters.split('&').filter_map(|pair| pair.split_once('=')) {
            match key {
                "sslmode" => mode = Some(value),
                "host" => host = Some(value),
                _ => return trouble("`url` has a parameter that is not known", "leave out all but `sslmode` and `host`"),
            }
        }
        let address = host.map_or_else(|| address.to_string(), |host| format!("{address}?host={host}"));
        let Ok(config) = address.parse::<Config>() else {
            return trouble("`url` cannot be understood", SHAPE);
        };
        if config.get_password().is_some() {
            let suggestion = "write it into a file that only the gateway may read, and name that in `password_file`";
            return trouble("a password stands in `url`", suggestion);
        }
        if config.get_user().is_none_or(str::is_empty) || config.get_dbname().is_none_or(str::is_empty) {
            return trouble("`url` does not name both a user and a database", SHAPE);
        }
        let [host] = config.get_hosts() else { return trouble("`url` must name one server", SHAPE) };
        let is_encrypted = encryption(host, mode)?;
        Ok(Self { config, is_encrypted, password_file: None, ca_file: None })
    }

    /// With a file that holds our password and nothing else, and one with the only authorities that are trusted to vouch for the server,
    /// as PEM; without it, those of the machine are.
    #[must_use]
    pub fn with_files(self, password_file: Option<PathBuf>, ca_file: Option<PathBuf>) -> Self {
        Self { password_file, ca_file, ..self }
    }

    /// A fresh database of a test's own; `None` where there is no server.
    #[cfg(test)]
    pub fn of_test() -> Option<std::sync::Arc<Self>> {
        use super::test_server::{is_missing, shared};
        if is_missing() {
            return None;
        }
        let server = Self::parse(&shared().url(&shared().fresh_database()));
        Some(std::sync::Arc::new(server.expect("a good address")))
    }

    /// The name of the database.
    pub fn database(&self) -> &str {
        self.config.get_dbname().unwrap_or_default()
    }

    /// True when the server is asked by TLS.
    pub fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// Connects. It must not be called where a runtime is polling: a session waits on one of its own.
    pub(super) fn connect(&self) -> Result<Session, Fault> {
        let mut config = self.config.clone();
        config.application_name("bindeledd").connect_timeout(CONNECT).keepalives_idle(IDLE).tcp_user_timeout(CONFIRMED);
        if let Some(file) = &self.password_file {
            let unreadable = |error| Fault::lasting(format!("cannot read {}: {error}", file.display()));
            let password = std::fs::read_to_string(file).map_err(unreadable)?;
            config.password(password.trim_end_matches(['\r', '\n']));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Fault::lasting)?;
        let connected = if self.is_encrypted {
            let tls = MakeRustlsConnect::new(trust::authorities(self.ca_file.as_deref())?);
            runtime.block_on(driven(config.ssl_mode(SslMode::Require).connect(tls)))
        } else {
            runtime.block_on(driven(config.ssl_mode(SslMode::Disable).connect(NoTls)))
        };
        let (client, driver) = connected.map_err(|error| fault(&error).within(format!("cannot connect to {self}")))?;
        Ok(Session::of(client, driver, runtime))
    }
}

/// A connection with what drives it, whether by TLS or not.
async fn driven<D>(connecting: impl Future<Output = Result<(Client, D), Error>>) -> Result<(Client, Driver), Error>
where
    D: Future<Output = Result<(), Error>> + Send + 'static,
{
    connecting.await.map(|(client, driver)| (client, Box::pin(driver) as Driver))
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database {} ", self.database())?;
        match self.config.get_hosts().first() {
            Some(Host::Tcp(host)) => write!(f, "on {host}"),
            Some(Host::Unix(folder)) => write!(f, "by {}", folder.display()),
            None => Ok(()),
        }
    }
}

/// Whether to ask by TLS. What leaves this machine must be encrypted, and then the server's certificate is always verified.
fn encryption(host: &Host, mode: Option<&str>) -> Result<bool, UrlTrouble> {
    let (is_here, is_socket) = match host {
        Host::Tcp(name) => (name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()), false),
        Host::Unix(_) => (true, true),
    };
    match mode {
        Some("require" | "verify-full") if is_socket => {
            trouble("there is no TLS over a Unix socket", "leave out `sslmode`: a socket does not leave this machine")
        }
        Some("require" | "verify-full") => Ok(true),
        Some("disable") if !is_here => trouble(
            "`sslmode=disable` would send messages and persons over the network in the clear",
            "leave out `sslmode`, or write `sslmode=require`",
        ),
        Some("disable") => Ok(false),
        None => Ok(!is_here),
        Some(_) => trouble(
            "`sslmode` is not one of `disable`, `require` and `verify-full`",
            "write `sslmode=require`: the server's certificate is verified, with its name",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_machine_is_encrypted_and_what_stays_need_not_be() {
        for (url, is_encrypted) in [
            ("postgres://gateway@db.example.org/bindeledd", true),
            ("postgresql://gateway@db.example.org:6432/bindeledd?sslmode=verify-full", true),
            ("postgres://gateway@10.0.0.7/bindeledd", true),
            ("postgres://gateway@localhost/bindeledd", false),
            ("postgres://gateway@127.0.0.1/bindeledd?sslmode=require", true),
            ("postgres://gateway@127.0.0.1/bindeledd?sslmode=disable", false),
            ("postgres://gateway@%2Frun%2Fpostgresql/bindeledd", false),
            ("postgres://gateway@/bindeledd?host=/run/postgresql", false),
        ] {
            assert_eq!(Server::parse(url).expect("a good address").is_encrypted, is_encrypted, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said_without_repeating_it() {
        for (url, words) in [
            ("mysql://gateway@db/bindeledd", "not the address of a PostgreSQL"),
            ("postgres://gateway:hemmelig@db/bindeledd", "a password"),
            ("postgres://gateway@db/bindeledd?password=hemmelig", "a parameter"),
            ("postgres://db/bindeledd", "both a user and a database"),
            ("postgres://gateway@db", "both a user and a database"),
            ("postgres://gateway@one,two/bindeledd", "one server"),
            ("postgres://gateway@db:port/bindeledd", "cannot be understood"),
            ("postgres://gateway@db/bindeledd?sslmode=disable", "in the clear"),
            ("postgres://gateway@db/bindeledd?sslmode=prefer", "`sslmode` is not one of"),
            ("postgres://gateway@db/bindeledd?sslmode=verify-ca", "`sslmode` is not one of"),
            ("postgres://gateway@/bindeledd?host=/run/postgresql&sslmode=require", "over a Unix socket"),
        ] {
            let trouble = Server::parse(url).expect_err(url);
            assert!(trouble.message.contains(words), "{url}: {}", trouble.message);
            assert!(!trouble.message.contains("hemmelig") && !trouble.suggestion.contains("hemmelig"));
        }
    }
}
