//! The promise: what belongs to a person stays in the message. The whole story is played through the real service: every fixture
//! comes in over HTTP or as a file and goes out; and no name, number, address or free text of any of them is in a log line, a
//! metric, a problem document, a receipt, a view, a line of the history, an extract of it, or anything that a command prints.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/live.rs"]
mod live;
#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/private_words.rs"]
mod private_words;

use bindeledd::access::bundle;
use bindeledd::commands::line::Format;
use bindeledd::commands::{Answer, Printed, Report, deliveries, explain, messages as message_commands, validate};
use bindeledd::domain::{Actor, Clock, Language, Seeded};
use bindeledd::gateway::MachineClock;
use bindeledd::messages::{self, Body};
use bindeledd::rulebook::Direction;
use bindeledd::store::{MessageFilter, MessageRow, Question, Store, Wanted};
use bindeledd::xml::Limits;
use fixtures::{Fixture, all};
use live::{Live, Log, post_as, post_bundle_as};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Nothing here takes that long; what does, hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// Home care has no token: it sends files.
const HOME_CARE: &str = "fjellvik-hjemmetjeneste";

/// Everything that was said to anybody, with who said it.
#[derive(Default)]
struct Said(Vec<(String, String)>);

impl Said {
    fn add(&mut self, who: impl Into<String>, what: impl Into<String>) {
        self.0.push((who.into(), what.into()));
    }

    fn holds_nothing_of(&self, words: &BTreeSet<String>) {
        for (who, what) in &self.0 {
            for line in what.lines() {
                let found = private_words::found_in(line, words);
                assert!(found.is_empty(), "{who} says {found:?}:\n{line}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_person_is_in_a_log_a_metric_a_problem_a_view_or_a_command() {
    let log = Log::catch();
    let words = private_words::private_words();
    let mut said = Said::default();
    let live = Live::start(quick, open).await;
    let (messages, receipts): (Vec<Fixture>, Vec<Fixture>) = all().into_iter().partition(|fixture| !is_receipt(fixture));
    for fixtures in [messages, receipts] {
        for fixture in fixtures {
            bring(&live, &fixture, &mut said).await;
        }
        comes_to_rest(&live).await;
    }
    assert!(live.messages().await.len() >= all().len(), "everything is in the store");
    bring_bundles(&live, &mut said).await;
    comes_to_rest(&live).await;
    ask_everything(&live, &mut said).await;
    read_the_log(&live, live.folder.path(), &mut said).await;
    run_commands(live.folder.path(), &live.messages().await, &mut said).await;
    assert!(live.service.stop().await, "it stops in time");
    said.add("the log", log.text());
    assert!(log.text().lines().count() > 200, "the log was caught");
    said.holds_nothing_of(&words);
}

#[test]
fn a_word_that_got_out_would_be_found() {
    let words = private_words::private_words();
    for leak in ["patient Fjord was admitted", "number=14854131010", "name: \"Tapper Måke\""] {
        assert!(!private_words::found_in(leak, &words).is_empty(), "{leak}");
    }
    for harmless in
        ["HER-id 9000100/9000101", "47f2ba60-cf24-4565-ab80-2700371c7c2a", "to fjellvik-tildeling by route owner"]
    {
        assert!(private_words::found_in(harmless, &words).is_empty(), "{harmless}");
    }
}

fn open(installation: &bindeledd::config::Installation) -> Store {
    Store::open(&installation.store(), MachineClock.now()).expect("opens")
}

fn quick(installation: &mut bindeledd::config::Installation) {
    for partner in &mut installation.partners {
        for way in &mut partner.sends {
            if let bindeledd::config::Inbound::Directory(options) = way {
                options.settle = Duration::ZERO;
            }
        }
    }
}

fn is_receipt(fixture: &Fixture) -> bool {
    let read = messages::read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default()));
    read.is_ok_and(|parsed| matches!(parsed.body, Body::Receipt(_)))
}

/// By the partner that owns the sender: home care as a file, with a person in its name; the others over HTTP.
async fn bring(live: &Live, fixture: &Fixture, said: &mut Said) {
    let directory = &live.service.gateway.setup.directory;
    let sender = messages::read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default()))
        .ok()
        .map(|parsed| parsed.envelope.sender.address());
    let owner = directory
        .partners()
        .into_iter()
        .find(|partner| sender.is_some_and(|sender| directory.may_send_as(&partner.name, sender)));
    let owner = owner.map_or_else(|| "storfjell-sykehus".to_string(), |partner| partner.name.to_string());
    if owner == HOME_CARE {
        // Written beside and moved, as a good neighbour does.
        let name = format!("Stille Fjord 14854131010 {}", fixture.path.replace('/', " "));
        let unfinished = live.drop_folder().join(format!("{name}.tmp"));
        std::fs::write(&unfinished, &fixture.bytes).expect("written");
        std::fs::rename(&unfinished, live.drop_folder().join(&name)).expect("moved");
        return;
    }
    let answer = live.exchange(&post_as(&owner, &fixture.bytes), false).await.expect("an answer");
    assert!(answer.status == 202 || (answer.status == 422 && !fixture.is_accepted()), "{}: {answer:?}", fixture.path);
    said.add(format!("the answer to {}", fixture.path), format!("{}\n{}", answer.head, answer.body));
    // The same bytes as somebody else.
    let other = if owner == "storfjell-sykehus" { "nordoy-legekontor" } else { "storfjell-sykehus" };
    let answer = live.exchange(&post_as(other, &fixture.bytes), false).await.expect("an answer");
    assert!(answer.field("type").is_string(), "{} from {other}: {answer:?}", fixture.path);
    said.add(format!("the answer to {} from another", fixture.path), format!("{}\n{}", answer.head, answer.body));
}

/// What platforms post, good and broken, each as two partners: some are told that it is not theirs.
async fn bring_bundles(live: &Live, said: &mut Said) {
    let mut statuses = BTreeSet::new();
    for file in bundles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/native")) {
        let text = std::fs::read_to_string(&file).expect("reads");
        // As if it were written now: what is old may not be sent.
        let bytes = text.replace("2026-05-20T10:15:00+02:00", &MachineClock.now().to_string()).into_bytes();
        for partner in ["fjellvik-samhandling", "fjellvik-tildeling"] {
            let answer = live.exchange(&post_bundle_as(partner, &bytes), false).await.expect("an answer");
            assert_eq!(answer.field("resourceType"), "OperationOutcome", "{}: {answer:?}", file.display());
            statuses.insert(answer.status);
            said.add(format!("the answer to {}", file.display()), format!("{}\n{}", answer.head, answer.body));
        }
    }
    assert!([202, 403, 422].iter().all(|status| statuses.contains(status)), "{statuses:?}");
}

fn bundles(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let of = |path: PathBuf| if path.is_dir() { bundles(&path) } else { vec![path] };
    entries.flat_map(of).filter(|path| path.extension().is_some_and(|end| end == "json")).collect()
}

/// No file waits, and nothing that can be handed over does.
async fn comes_to_rest(live: &Live) {
    let started = Instant::now();
    let files = || {
        std::fs::read_dir(live.drop_folder())
            .expect("reads")
            .filter(|e| e.as_ref().is_ok_and(|e| e.path().is_file()))
            .count()
    };
    let waiting = async || live.service.gateway.store.numbers(MachineClock.now()).await.expect("counts").queue_depth();
    while files() > 0 || waiting().await > 0 {
        assert!(started.elapsed() < PATIENCE, "{} files and {} deliveries wait", files(), waiting().await);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn ask_everything(live: &Live, said: &mut Said) {
    let partners = ["storfjell-sykehus", "nordoy-legekontor", "fjellvik-tildeling", "fjellvik-samhandling"];
    for message in live.messages().await {
        for partner in partners {
            let path = format!("/messages/{}", message.tracking);
            said.add(format!("{path} to {partner}"), live.get(&path, partner).await.body);
        }
    }
    for path in
        ["/metrics", "/healthz", "/readyz", "/messages/14854131010", "/Stille%20Fjord", "/problems/message-unreadable"]
    {
        let answer = live.get(path, partners[0]).await;
        assert!(!answer.body.is_empty(), "{path}");
        said.add(path, answer.body);
    }
}

/// Every line of the history with all that it says, the same as AuditEvents, and the files of an extract.
async fn read_the_log(live: &Live, folder: &Path, said: &mut Said) {
    let store = &live.service.gateway.store;
    let (who, purpose) = (Actor::account("revisor", None), "a test of what the log says".to_owned());
    let question = Question { wanted: Wanted::All, since: None, until: None, purpose, who };
    let found = store.look_up(question.clone(), MachineClock.now()).await.expect("answered");
    assert!(found.lines.len() > 1000, "{} lines", found.lines.len());
    for line in &found.lines {
        said.add(format!("line {}", line.number), format!("{} {} {:?} {:?}", line.what, line.why, line.who, line.facts));
    }
    said.add("AuditEvents", serde_json::to_string_pretty(&bundle(&found.lines, None)).expect("JSON"));
    let extract = folder.join("extract");
    store.export(question, &extract, None, MachineClock.now()).await.expect("written");
    for file in std::fs::read_dir(&extract).expect("a folder").flatten() {
        said.add(
            file.path().display().to_string(),
            String::from_utf8_lossy(&std::fs::read(file.path()).expect("reads")).into_owned(),
        );
    }
}

async fn run_commands(folder: &Path, messages: &[MessageRow], said: &mut Said) {
    let config = folder.join("config");
    let which = message_commands::Which { filter: MessageFilter { limit: 1000, ..MessageFilter::default() }, before: None };
    let mut add = |who: &str, report: Report| {
        assert!(report.answer != Answer::Fault && report.text.len() > 20, "{who}: {report:?}");
        said.add(who, report.text);
        said.add(format!("{who} as JSON"), report.json.to_string());
    };
    add("messages list", message_commands::list(&config, which).await);
    for message in messages {
        for language in [Language::En, Language::Nb, Language::Nn] {
            add("messages show", message_commands::show(&config, message.tracking, language).await);
        }
    }
    add(
        "deliveries list",
        deliveries::list(&config, deliveries::Which { state: None, partner: None, before: None, limit: 1000 }).await,
    );
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for fixture in all() {
        let path = fixtures.join(&fixture.path);
        // For people it shows lines of the file that it was given; for programs only in the mends that it offers.
        let files = std::slice::from_ref(&path);
        let question = validate::Question {
            files,
            direction: Direction::Incoming,
            schemas: None,
            format: Format::Json,
            language: Language::Nb,
        };
        let Printed { out, .. } = validate::validate(&question);
        let mut json: serde_json::Value = out.parse().expect("one JSON object");
        for finding in json["findings"].as_array_mut().expect("a list") {
            finding.as_object_mut().expect("an object").remove("fix");
        }
        add("validate", Report { answer: Answer::Good, text: json.to_string(), json });
        let question = explain::Question { folder: &config, file: &path, from: None, language: Language::En };
        add("explain", explain::explain(question, &MachineClock, &Seeded::new(1)).await);
    }
}
