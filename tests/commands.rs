//! The promises of the command line: the binary run as its users run it. Nothing that it prints holds a name, a number or the
//! content of a message: every run in this file is checked for that.

#[path = "support/auditor.rs"]
mod auditor;
#[expect(dead_code, reason = "they serve several tests")]
#[path = "support/fixtures.rs"]
mod fixtures;
#[expect(dead_code, reason = "the letters serve several tests")]
#[path = "support/letters.rs"]
mod letters;
#[expect(dead_code, reason = "receivers behave worse in another test")]
#[path = "support/plain_http.rs"]
mod plain_http;
#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/private_words.rs"]
mod private_words;
#[expect(dead_code, reason = "it is killed in another test")]
#[path = "support/process.rs"]
mod process;

use bindeledd::domain::{Seeded, new_uuid};
use fixtures::all;
use letters::{HOSPITAL, Letter, NOBODY, TILDELING};
use plain_http::{Reply, get, post, receiver};
use private_words::{found_in, private_words};
use process::{Serving, free_port};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a command came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// Runs the binary in the project's folder.
fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, b"")
}

fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    command.args(arguments).current_dir(ROOT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // It may end without reading; then there is nobody to write to.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
    let ran = Ran { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) };
    for shown in [&ran.out, &ran.err] {
        let private = found_in(shown, &PRIVATE);
        assert!(private.is_empty(), "{arguments:?} shows {private:?}");
    }
    ran
}

/// What the fixtures hold of persons and content.
static PRIVATE: LazyLock<BTreeSet<String>> = LazyLock::new(private_words);

fn fixtures() -> Vec<PathBuf> {
    all().into_iter().map(|fixture| Path::new("fixtures").join(fixture.path)).collect()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn the_help_page_is_a_good_page_by_itself() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    insta::assert_snapshot!(help.out);
}

#[test]
fn wrong_use_exits_with_2_and_says_what_would_be_right() {
    let told = |arguments: &[&str], hint: &str| {
        let ran = run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(hint), "{arguments:?} says: {}", ran.err);
        assert_eq!(ran.out, "", "data and trouble do not mix");
    };
    told(&[], "Usage: bindeledd");
    told(&["valdiate", "letter.xml"], "validate");
    told(&["validate"], "FILE");
    told(&["validate", "no/such/file.xml"], "no/such/file.xml: cannot be read");
    told(&["messages", "show", "K7QP2-MFX9"], "ten letters and digits");
    told(&["messages", "list", "--state", "lost"], "possible values: received, accepted, refused, held, duplicate");
    told(&["messages", "list", "--limit", "0"], "1 to 10000");
    told(&["deliveries", "retry", "7"], "--reason");
    told(&["explain", "fixtures/plo/accepted/log-innlagt-1.6.xml", "--from", "nobody-we-know"], "nobody-we-know");
    told(&["--config", "no/such/folder", "messages", "list"], "no/such/folder");
    told(&["--config", "no/such/folder", "serve"], "no/such/folder");
}

/// The exit code of `translate`, and what it writes to standard output and standard error.
fn translate(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    let output = command.arg("translate").args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn translate_writes_the_message_and_tells_what_it_took_beside_it() {
    const LETTER: &str = "fixtures/plo/accepted/helseoppl-soknad-1.6.xml";
    let (code, out, err) = translate(&["--to", "plo-1.5", "--lang", "nn", LETTER]);
    assert_eq!(code, Some(0));
    assert!(out.contains("poKomponent/2009-06-30") && !out.contains("2012-04-01"));
    assert!(err.contains("text[P-08]: Opphaldet står") && err.contains(":108:21"), "{err}");
    assert!(found_in(&err, &PRIVATE).is_empty(), "a report shows nothing of a person");

    let (code, out, err) = translate(&["--to", "plo-1.5", "--max-loss", "recoded", "--loss", LETTER]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    let lines: Vec<serde_json::Value> = err.lines().map(|line| line.parse().expect("one object on each line")).collect();
    assert_eq!(lines.iter().filter(|line| line["class"] == "text").count(), 3, "{err}");

    let (code, out, err) = translate(&["--to", "plo-1.6", "fixtures/plo/accepted/helseoppl-soknad-1.5.xml"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("refuse[P-16]") && err.ends_with("(refuse > text)\n"), "{err}");

    let (code, out, err) = translate(&["--to", "apprec-1.0", LETTER]);
    assert_eq!(code, Some(0));
    assert!(out.contains("2012-04-01") && err.contains("nothing in it"), "{err}");
    assert_eq!(translate(&["--to", "plo-1.5", "no/such/file.xml"]).0, Some(2));
    assert_eq!(translate(&["--to", "plo-1.7", LETTER]).0, Some(2));
    assert_eq!(translate(&["--to", "plo-1.5", "fixtures/msghead/refused/r009_not_well_formed.xml"]).0, Some(1));
}

#[test]
fn whoever_stops_reading_the_output_makes_nobody_panic() {
    let files: Vec<_> = fixtures().iter().map(|path| path.display().to_string()).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    let mut child =
        command.arg("validate").args(files).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""));
}

#[test]
fn explain_shows_the_winner_and_why_the_others_lost() {
    let with_a_copy = run(&["explain", "fixtures/plo/accepted/log-innlagt-1.6-copy-to-gp.xml"]);
    assert_eq!(with_a_copy.code, 0);
    insta::assert_snapshot!("explain_a_message_with_a_copy", with_a_copy.out);
    let unknown = run(&["explain", "fixtures/msghead/refused/r063_unknown_service.xml"]);
    assert_eq!(unknown.code, 1);
    insta::assert_snapshot!("explain_an_unknown_service", unknown.out);
}

#[test]
fn explain_says_whether_the_one_who_brings_it_is_let_in() {
    let file = "fixtures/plo/accepted/log-innlagt-1.6.xml";
    let by = |partner| run(&["--format", "json", "explain", file, "--from", partner]);
    let (own, foreign) = (by("storfjell-sykehus"), by("nordoy-legekontor"));
    assert_eq!((own.code, &own.json()["state"]), (0, &"accepted".into()));
    assert_eq!((foreign.code, &foreign.json()["state"]), (1, &"turned-away".into()));
    assert!(run(&["explain", file, "--from", "nordoy-legekontor"]).out.contains("closed for nordoy-legekontor"));
}

#[test]
fn every_fixture_can_be_explained_in_text_and_json() {
    for file in fixtures() {
        let (told, json) = (run(&["explain", text(&file)]), run(&["--format", "json", "explain", text(&file)]));
        assert!(told.code < 2 && told.code == json.code, "{file:?}: {}{}", told.out, told.err);
        assert_eq!(json.json()["good"], json.code == 0, "{file:?}");
    }
}

#[test]
fn check_points_at_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config");
    assert_eq!(run(&["init", text(&config)]).code, 0);
    let path = config.join("bindeledd.toml");
    let written = fs::read_to_string(&path).expect("it was written");
    fs::write(&path, written.replace("listen =", "lisen =")).expect("writes");
    let ran = run(&["--config", text(&config), "check"]);
    let line = 1 + written.lines().position(|line| line.starts_with("listen =")).expect("it is there");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains(&format!("bindeledd.toml:{line}:1:")) && ran.out.contains("listen"), "{}", ran.out);
    let json = run(&["--config", text(&config), "--format", "json", "check"]).json();
    assert_eq!((json["complaints"][0]["line"].as_u64(), &json["good"]), (Some(line as u64), &false.into()));
    assert_eq!(run(&["--config", text(&config), "serve"]).code, 2, "a gateway does not start with a complaint");
}

/// What the tests of a running gateway have in common.
struct Town {
    folder: tempfile::TempDir,
    config: PathBuf,
    token: String,
    /// How the receiver at the tildelingskontor feels.
    mood: Arc<AtomicU8>,
}

/// It is not there any more: 404.
const GONE: u8 = 0;
/// It takes everything.
const WELL: u8 = 1;
/// It never answers.
const ASLEEP: u8 = 2;

impl Town {
    /// What `init` writes, with a port of its own and a receiver that answers.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("config");
        let written = run(&["--format", "json", "init", text(&config)]).json();
        let of_hospital = |token: &&Value| token["partner"] == "storfjell-sykehus";
        let token = written["tokens"].as_array().and_then(|tokens| tokens.iter().find(of_hospital)).expect("a token");
        let mood = Arc::new(AtomicU8::new(GONE));
        let of_now = Arc::clone(&mood);
        let reply = move |_| match of_now.load(Ordering::SeqCst) {
            WELL => Reply::Status(200),
            GONE => Reply::Status(404),
            _ => loop {
                std::thread::park();
            },
        };
        let address = receiver(reply);
        let town = Self { token: token["token"].as_str().expect("a text").into(), config, folder, mood };
        town.replace("partners/fjellvik-tildeling.toml", "127.0.0.1:9101", &address.to_string());
        let (file, section) = (town.config.join("bindeledd.toml"), postgres::fresh_section());
        let written = fs::read_to_string(&file).expect("it was written");
        fs::write(file, format!("{written}\n{section}")).expect("writes");
        town
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let path = self.config.join(file);
        let written = fs::read_to_string(&path).expect("it was written");
        assert!(written.contains(from), "{file} has {from}");
        fs::write(path, written.replace(from, to)).expect("writes");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(&[&["--config", text(&self.config)], arguments].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[&["--format", "json"], arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.out, ran.err);
        ran.json()
    }

    /// Waits until the delivery of this number is in a state.
    fn wait_for(&self, delivery: u64, state: &str) {
        let start = Instant::now();
        loop {
            let deliveries = self.json(&["deliveries", "list"]);
            let rows = deliveries["deliveries"].as_array().expect("a list");
            if rows.iter().any(|row| row["id"] == delivery && row["state"] == state) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "delivery {delivery} is not {state}: {deliveries}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_second_signal_ends_it_at_once_and_what_was_under_way_is_tried_again() {
    let town = Town::new();
    let address = free_port(2);
    town.replace("bindeledd.toml", "127.0.0.1:8080", &address.to_string());
    town.replace("bindeledd.toml", "format = \"text\"", "format = \"json\"");
    town.mood.store(ASLEEP, Ordering::SeqCst);
    let log = town.folder.path().join("log");
    let start = || {
        let mut serving = Serving::start(&town.config, address, &log);
        serving.wait_until_ready();
        serving
    };
    let serving = start();
    let letter = Letter::new(new_uuid(&Seeded::new(3)), HOSPITAL, TILDELING);
    assert_eq!(post(address, "/messages", &town.token, letter.xml().as_bytes()).expect("an answer").status, 202);
    town.wait_for(1, "sending");
    serving.signal("INT").expect("it can be told");
    serving.wait_until_it_says("stopping");
    assert_eq!(serving.stop().code(), Some(1), "not a clean stop");
    let logged = fs::read_to_string(&log).expect("the log");
    let lines: Vec<Value> = logged.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect();
    let last = lines.last().expect("it logs");
    assert!(last["message"].as_str().is_some_and(|message| message.starts_with("ended at once")), "{last}");

    town.mood.store(WELL, Ordering::SeqCst);
    let serving = start();
    town.wait_for(1, "delivered");
    assert_eq!(serving.stop().code(), Some(0));
}

#[test]
fn what_init_writes_passes_check_and_test_and_is_never_written_over() {
    let town = Town::new();
    assert_eq!(town.run(&["check"]).code, 0);
    assert_eq!(town.run(&["test"]).code, 0);
    let again = run(&["init", text(&town.config)]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("nothing was written"), "{}", again.err);
    let nothing = town.run(&["messages", "list"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("there is no store") && nothing.err.contains("serve"), "{}", nothing.err);
}

#[test]
fn a_message_is_followed_from_its_arrival_to_the_second_chance_of_its_delivery() {
    let town = Town::new();
    let address = free_port(1);
    town.replace("bindeledd.toml", "127.0.0.1:8080", &address.to_string());
    let log = town.folder.path().join("log");
    let mut serving = Serving::start(&town.config, address, &log);
    serving.wait_until_ready();

    let chance = Seeded::new(7);
    let send = |letter: Letter| post(address, "/messages", &town.token, letter.xml().as_bytes()).expect("an answer");
    let first = send(Letter::new(new_uuid(&chance), HOSPITAL, TILDELING));
    let held = send(Letter::new(new_uuid(&chance), HOSPITAL, NOBODY));
    let refused = send(Letter { patient: false, ..Letter::new(new_uuid(&chance), HOSPITAL, TILDELING) });
    assert_eq!([first.status, held.status, refused.status], [202; 3]);
    let tracking = first.field("tracking").expect("a tracking id");
    assert_eq!(get(address, &format!("/messages/{tracking}"), &town.token).expect("an answer").status, 200);

    let messages = town.json(&["messages", "list"]);
    let states: Vec<_> = messages["messages"].as_array().expect("a list").iter().map(|m| m["state"].clone()).collect();
    assert_eq!(states, ["refused", "held", "accepted"], "newest first");
    let page = town.json(&["messages", "list", "--limit", "2"]);
    let older = page["older_before"].as_str().expect("there is one more");
    assert_eq!(town.json(&["messages", "list", "--before", older])["messages"][0]["tracking"], *tracking);
    assert_eq!(town.json(&["messages", "list", "--state", "held"])["messages"].as_array().map(Vec::len), Some(1));

    // The receiver answers 404: given up at once, until a person has it tried again.
    let delivery =
        town.json(&["messages", "show", &tracking.to_lowercase()])["deliveries"][0]["id"].as_u64().expect("an id");
    town.wait_for(delivery, "dead");
    let shown = town.run(&["messages", "show", &tracking]);
    assert!(shown.out.contains("given-up") && shown.out.contains("HTTP 404"), "{}", shown.out);
    let of_refused = town.run(&["messages", "show", &refused.field("tracking").expect("a tracking id")]);
    assert!(of_refused.out.contains("R-030") && of_refused.out.contains("apprec-written"), "{}", of_refused.out);
    town.mood.store(WELL, Ordering::SeqCst);
    let (number, reason) = (delivery.to_string(), "their server is back");
    assert_eq!(town.json(&["deliveries", "retry", &number, "--reason", reason])["queued"][0], delivery);
    town.wait_for(delivery, "delivered");

    let again = town.run(&["deliveries", "retry", &number, "4711", "--reason", reason]);
    assert_eq!(again.code, 1, "what is delivered is not sent once more");
    assert!(again.out.contains("it is delivered") && again.out.contains("no such delivery"), "{}", again.out);
    assert_eq!(town.run(&["deliveries", "retry", &number, "--reason", "for 14854131010"]).code, 2);
    let shown = town.run(&["messages", "show", &tracking]);
    assert!(shown.out.contains(reason), "{}", shown.out);

    let second = Serving::start(&town.config, address, &town.folder.path().join("second-log"));
    let status = second.wait_for_end();
    assert_eq!(status.code(), Some(2), "two gateways on one store");
    assert_eq!(serving.stop().code(), Some(0), "a clean stop");
    assert_eq!(town.run(&["messages", "show", &tracking]).code, 0, "also when no gateway runs");
    assert_eq!(town.run(&["messages", "show", "00000-00000"]).code, 1, "nothing of that name");

    let logged = fs::read_to_string(log).expect("the log");
    assert!(logged.contains(&format!("ready on http://{address}")), "{logged}");
    assert!(found_in(&logged, &PRIVATE).is_empty(), "{logged}");
}

#[test]
fn a_history_that_somebody_changed_in_its_file_is_told_by_its_line() {
    let town = Town::new();
    let address = free_port(3);
    town.replace("bindeledd.toml", "127.0.0.1:8080", &address.to_string());
    let mut serving = Serving::start(&town.config, address, &town.folder.path().join("log"));
    serving.wait_until_ready();
    let letter = Letter::new(new_uuid(&Seeded::new(17)), HOSPITAL, NOBODY);
    assert_eq!(post(address, "/messages", &town.token, letter.xml().as_bytes()).expect("an answer").status, 202);
    let whole = town.json(&["log", "verify"]);
    let head = whole["head"].as_str().expect("a head");
    assert!(whole["lines"].as_i64() > Some(1), "{whole}");
    assert!(town.run(&["log", "verify", "--head", head]).out.contains("The head that you gave is in it."));
    assert_eq!(town.run(&["log", "verify", "--head", "1:00"]).code, 2, "that is no head");
    let longer = format!("4711:{}", head.split_once(':').expect("a number").1);
    let cut_off = town.run(&["log", "verify", "--head", &longer]);
    assert!(cut_off.code == 1 && cut_off.out.contains("cut off"), "{}", cut_off.out);
    assert_eq!(serving.stop().code(), Some(0));

    let file = town.config.join("data/bindeledd.db");
    // Somebody else's verifier reads the same database.
    let auditor = auditor::Auditor::new();
    let theirs = |head: &str| {
        let arguments = ["verify_database", text(&file), "--head", head].map(str::to_owned);
        auditor.as_ref().filter(|_| !postgres::is_wanted()).map(|auditor| auditor.judge([arguments.as_slice()]).remove(0))
    };
    assert!(theirs(head).is_none_or(|(code, says)| code == 0 && says.starts_with("whole")), "{:?}", theirs(head));
    assert!(
        theirs(&longer).is_none_or(|(code, says)| code == 1 && says.starts_with("broken: line 4711")),
        "{:?}",
        theirs(&longer)
    );
    let change = "UPDATE history SET why = 'as if nothing had happened' WHERE id = 2";
    let home = bindeledd::config::load(&town.config).installation.expect("it is good").home;
    match postgres::database_of(&home) {
        None => rusqlite::Connection::open(&file)
            .and_then(|disk| disk.execute_batch(&format!("DROP TRIGGER history_is_not_changed; {change}")))
            .expect("whoever has the file can open and change it"),
        Some(database) => {
            let deed = format!("DROP TRIGGER history_is_not_changed ON history; {change}");
            postgres::shared().run(&database, &deed);
        }
    }
    let changed = town.run(&["log", "verify"]);
    assert!(changed.code == 1 && changed.out.starts_with("line 2 is not what was written"), "{}", changed.out);
    assert!(theirs(head).is_none_or(|(code, says)| code == 1 && says.starts_with("broken: line 2: ")), "{:?}", theirs(head));
}

#[test]
fn translate_makes_another_type_of_a_dialog_message() {
    const REQUEST: &str = "fixtures/dialogmelding/accepted/dialog-foresporsel-1.0.xml";
    let (code, out, err) = translate(&["--to", "dialog-helsefaglig", "--contact-profession", "LE", REQUEST]);
    assert!(code == Some(0) && out.contains("V=\"DIALOG_HELSEFAGLIG\"") && err.contains("text[D-09]"), "{out} {err}");
    let (code, out, err) = translate(&["--to", "dialog-helsefaglig", REQUEST]);
    assert!(code == Some(1) && out.is_empty() && err.contains("refuse[D-09]"), "{err}");
    let answer = "fixtures/translation/d11_answer_svar.xml";
    let (code, out, err) = translate(&["--to", "dialog-svar", "--earlier", REQUEST, answer]);
    assert!(code == Some(0) && out.contains("Vekten har økt 2 kg siden mandag"), "{out} {err}");
    assert_eq!(translate(&["--to", "dialog-svar", answer]).0, Some(1), "nobody knows the question");
    assert_eq!(translate(&["--to", "dialog-avvik", REQUEST]).0, Some(2));
}

#[test]
fn a_message_becomes_a_bundle_and_the_same_message_again() {
    const LETTER: &str = "fixtures/plo/accepted/utskrivningsrapport-1.6-attachment.xml";
    let folder = tempfile::tempdir().expect("a folder");
    let (code, bundle, err) = translate(&["--to", "fhir", LETTER]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(bundle.starts_with("{\n  \"resourceType\": \"Bundle\""));
    let file = folder.path().join("bundle.json");
    std::fs::write(&file, bundle).expect("written");
    let (code, message, err) = translate(&["--to", "xml", &file.to_string_lossy()]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(message.contains("TverrfagligEpikrise"));
    let (code, out, err) = translate(&["--to", "fhir", "--reverse", "--lang", "nb", LETTER]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(err.contains("den samme meldingen etter FHIR"), "{err}");
    // What FHIR has no place for is not left out in silence.
    let odd = folder.path().join("odd.xml");
    let letter = std::fs::read_to_string(LETTER).expect("it can be read");
    std::fs::write(&odd, letter.replacen("MsgId>", "MsgId odd=\"1\">", 1)).expect("written");
    let (code, out, err) = translate(&["--to", "fhir", &odd.to_string_lossy()]);
    assert!(code == Some(1) && out.contains("@odd") && err.contains("not the same message"), "{out}{err}");
    // Neither is a message: each says what is wrong with it.
    let (code, _, err) = translate(&["--to", "xml", LETTER]);
    assert!(code == Some(1) && err.contains("line 1, column 1"), "{err}");
    let (code, _, err) = translate(&["--to", "fhir", "Cargo.toml"]);
    assert!(code == Some(1) && err.contains("bindeledd validate"), "{err}");
}

#[test]
fn a_posted_bundle_becomes_a_message_and_what_is_missing_is_told() {
    const REQUEST: &str = "fixtures/dialogmelding/accepted/dialog-foresporsel-1.0.xml";
    const ANSWER: &str = "fixtures/native/dialog-svar/without-a-patient.json";
    let translate = |arguments: &[&str]| translate(&[&["--to", "xml"], arguments].concat());
    // Addresses from the partners' files.
    let (code, message, err) = translate(&["fixtures/native/dialog-foresporsel/what-has-no-place-is-told.json"]);
    assert!(code == Some(0) && message.contains("<OrganisationName>Sykepleietjeneste</OrganisationName>"), "{message}{err}");
    assert!(err.contains("information[N-91]") && err.contains("entry[5].resource.note[0]"), "{err}");
    // Addresses, patient and question from the message that is answered.
    let (code, message, err) = translate(&["--config", "no/such/folder", "--earlier", REQUEST, ANSWER]);
    assert!(code == Some(0) && message.contains("<FamilyName>Lampe</FamilyName>"), "{message}{err}");
    let (code, message, err) = translate(&["--lang", "nb", ANSWER]);
    assert_eq!((code, message.as_str()), (Some(1), ""));
    assert!(err.contains("error[N-41]: Meldingen det vises til, er ikke kjent her."), "{err}");
    let (code, _, err) = translate(&["--earlier", "no/such/file.xml", ANSWER]);
    assert!(code == Some(2) && err.contains("no/such/file.xml"), "{err}");
}
