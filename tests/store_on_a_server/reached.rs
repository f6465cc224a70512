//! How the server is reached: by TLS, by a socket, with a password.

use super::postgres::{self, Postgres, give_away};
use bindeledd::domain::{Clock, Fault};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Home, Server, Store, StoreOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const TLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http_at_the_edge/tls");

fn opens(url: &str, password_file: Option<PathBuf>, ca_file: Option<&str>) -> Result<(), Fault> {
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = ca_file.map(|name| Path::new(TLS).join(name));
    let server = Server::parse(url).expect("a good address").with_files(password_file, ca_file);
    let options = StoreOptions {
        folder: folder.path().to_path_buf(),
        home: Home::Postgres(Arc::new(server)),
        max_bytes: None,
        keys: folder.path().join("keys"),
    };
    Store::open(&options, MachineClock.now()).map(|_| ())
}

#[test]
fn by_tls_the_server_must_be_who_it_says_it_is() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&["ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key"]);
    let by_name = |name: &str, mode: &str| {
        let url = server.url(&server.fresh_database()).replace("127.0.0.1", name);
        format!("{url}?sslmode={mode}")
    };
    opens(&by_name("localhost", "require"), None, Some("ca.pem")).expect("the authority of the file vouches for it");
    opens(&by_name("localhost", "verify-full"), None, Some("ca.pem")).expect("that is the same");
    let stranger = opens(&by_name("localhost", "require"), None, None).expect_err("the machine knows no such authority");
    assert!(stranger.inner().contains("UnknownIssuer"), "{}", stranger.inner());
    let other = opens(&by_name("127.0.0.2", "require"), None, Some("ca.pem")).expect_err("the certificate has another name");
    assert!(other.inner().contains("not valid for name"), "{}", other.inner());
    let plain = Postgres::start(&[]);
    let url = plain.url(&plain.fresh_database()) + "?sslmode=require";
    let without = opens(&url, None, Some("ca.pem")).expect_err("there is no TLS, and nothing is said without it");
    assert!(without.inner().contains("does not support TLS"), "{}", without.inner());
}

#[test]
fn with_a_password_from_a_file_or_by_a_socket() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&[]);
    server.run("postgres", "CREATE ROLE careful LOGIN PASSWORD 'en hemmelighet'");
    let database = server.fresh_database();
    server.run("postgres", &format!("ALTER DATABASE {database} OWNER TO careful"));
    server.run(&database, "ALTER SCHEMA public OWNER TO careful");
    let rules = server.folder().join("data/pg_hba.conf");
    let written = std::fs::read_to_string(&rules).expect("the rules of who is let in");
    std::fs::write(&rules, format!("host all careful 127.0.0.1/32 scram-sha-256\n{written}")).expect("written");
    give_away(&rules);
    server.run("postgres", "SELECT pg_reload_conf()");
    let file = server.folder().join("password");
    let url = server.url(&database).replace("gateway@", "careful@");
    std::fs::write(&file, "en annen\n").expect("written");
    let wrong = opens(&url, Some(file.clone()), None).expect_err("that is another password");
    assert!(wrong.inner().contains("SQLSTATE 28P01") && !wrong.inner().contains("en annen"), "{}", wrong.inner());
    std::fs::write(&file, "en hemmelighet\n").expect("written");
    opens(&url, Some(file), None).expect("that is the one");
    opens(&server.url_of_socket(&server.fresh_database()), None, None).expect("by its socket");
}
