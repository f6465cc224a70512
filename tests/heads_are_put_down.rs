//! Each signed head of the history goes where others keep it: into a file, and by HTTP.

#[path = "support/plain_http.rs"]
#[expect(dead_code, reason = "shared with tests that use more of it")]
mod plain_http;
#[path = "support/process.rs"]
#[expect(dead_code, reason = "shared with tests that use more of it")]
mod process;

use plain_http::{Reply, receiver};
use process::{Serving, free_port};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// Only a failing test waits so long; a place that refuses is asked again after a minute, so no place here refuses.
const PATIENCE: Duration = Duration::from_secs(30);

fn run(config: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    let ran = command.arg("--config").arg(config).args(words).output().expect("it runs");
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

fn posted(heads: &Receiver<Vec<u8>>) -> String {
    String::from_utf8(heads.recv_timeout(PATIENCE).expect("a head comes")).expect("a head is text")
}

#[test]
fn every_head_is_kept_by_a_file_and_by_whoever_answers_at_an_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config");
    run(&config, &["init"]);
    let address = free_port(1);
    let (take, heads) = sync_channel(16);
    let place = receiver(move |body| {
        take.send(body).expect("the test listens");
        Reply::Status(204)
    });
    let file = config.join("bindeledd.toml");
    let written = std::fs::read_to_string(&file).expect("reads").replace("127.0.0.1:8080", &address.to_string());
    let history = format!("[history]\nheads = \"heads.txt\"\n[history.post]\nurl = \"http://{place}/heads\"\n");
    std::fs::write(&file, format!("{written}\n{history}")).expect("writes");
    run(&config, &["check"]);

    let mut gateway = Serving::start(&config, address, &folder.path().join("log"));
    gateway.wait_until_ready();
    // The start is a line, and nobody has to wait an hour for its seal.
    let said = run(&config, &["log", "seal"]);
    let first = posted(&heads);
    assert!(said.contains(first.trim_end()), "{first}\nis not in\n{said}");
    gateway.wait_until_it_says("a signed head of the history is put down");
    assert!(gateway.stop().success());
    let kept = || std::fs::read_to_string(config.join("heads.txt")).expect("the file is there");
    assert_eq!(kept(), format!("{first}\n"));

    // Started again, it knows not what was kept before: the address hears it again, and the file has it once.
    let gateway = Serving::start(&config, address, &folder.path().join("log"));
    assert_eq!(posted(&heads), first);
    run(&config, &["keys", "rotate", "--reason", "something that is a line"]);
    run(&config, &["log", "seal"]);
    let second = posted(&heads);
    assert_ne!(second, first);
    gateway.wait_until_it_says("seals=2");
    assert!(gateway.stop().success());
    assert_eq!(kept(), format!("{first}\n{second}\n"));

    // What was noted still stands, and the later one has the earlier one in it.
    for note in [first, second] {
        let noted = folder.path().join("noted");
        std::fs::write(&noted, note).expect("writes");
        run(&config, &["log", "verify", "--head", noted.to_str().expect("a name")]);
    }
}
