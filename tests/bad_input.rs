//! The promise: whatever comes in, there is a clear answer, nothing is lost, and nothing of it is in the answer or the log.
//!
//! Every kind of bad input is a row in a table under `bad_input/`: its name, what is sent, what must be answered. It is sent to
//! the real service over a real socket, or laid into a real folder.

#[path = "bad_input/bundle.rs"]
mod bundle;
#[path = "bad_input/case.rs"]
mod case;
#[path = "bad_input/files.rs"]
mod files;
#[path = "support/fixtures.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod fixtures;
#[path = "bad_input/head.rs"]
mod head;
#[path = "bad_input/http.rs"]
mod http;
#[path = "support/live.rs"]
mod live;
#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/private_words.rs"]
mod private_words;
#[path = "bad_input/store.rs"]
mod store;
#[path = "bad_input/xml.rs"]
mod xml;

use bindeledd::config::Inbound;
use case::{Case, Expect, HOSPITAL};
use live::{Answer, Live, Log, post_as, post_bundle_as};
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_bad_input_gets_a_clear_answer_and_nothing_is_lost() {
    let log = Log::catch();
    let words = private_words::private_words();
    let kinds = over_http(&words).await + as_bundles(&words).await + as_files().await + in_a_bad_place().await;
    let text = log.text();
    assert!(text.contains("turned away") && text.contains("received again"), "the log was caught");
    let found: Vec<_> = text.lines().filter(|line| !private_words::found_in(line, &words).is_empty()).collect();
    assert!(found.is_empty(), "persons or content in the log:\n{}", found.join("\n"));
    println!("{kinds} kinds of bad input");
    assert!(kinds >= 60, "only {kinds} kinds");
}

async fn over_http(words: &BTreeSet<String>) -> usize {
    let live = Live::start(impatient, |installation| store::open(installation, None)).await;
    let first = live.exchange(&post_as(HOSPITAL, case::letter().as_bytes()), false).await.expect("an answer");
    assert_eq!(first.status, 202, "{first:?}");
    let mut book = Book { tracking: first.field("tracking").as_str().expect("a tracking id").into(), stored: 1 };
    let cases: Vec<Case> = [xml::cases(), head::cases(), http::cases()].into_iter().flatten().collect();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "every kind is there once");
    for case in &cases {
        check(&live, case, &mut book, words).await;
    }
    let last = live.exchange(&post_as(HOSPITAL, case::letter().as_bytes()), false).await.expect("an answer");
    assert_eq!((last.status, last.field("state")), (202, "accepted".into()), "all is as before: {last:?}");
    book.agrees_with_the_metrics(&live.get("/metrics", HOSPITAL).await);
    assert!(live.service.stop().await, "it stops in time");
    cases.len()
}

/// Bad Bundles at the FHIR door: each is told as an OperationOutcome, and what was looked at is recorded.
async fn as_bundles(words: &BTreeSet<String>) -> usize {
    let live = Live::start(impatient, |installation| store::open(installation, None)).await;
    let kinds = bundle::kinds();
    for (name, body, status) in &kinds {
        let before = live.messages().await.len();
        let answer = live.exchange(&post_bundle_as(HOSPITAL, body), false).await.expect("an answer");
        assert_eq!(answer.status, *status, "{name}: {answer:?}");
        assert_eq!(answer.field("resourceType"), "OperationOutcome", "{name}: {answer:?}");
        let issues = answer.field("issue");
        let issues = issues.as_array().expect("issues");
        assert!(issues.len() > usize::from(*status == 422), "{name} says nothing of its own: {answer:?}");
        let leaks = private_words::found_in(&answer.body, words);
        assert!(leaks.is_empty(), "{name} says {leaks:?}: {}", answer.body);
        assert_eq!(live.messages().await.len() - before, usize::from(*status != 400), "{name}: recorded");
    }
    let page = live.get("/metrics", HOSPITAL).await.body;
    assert!(page.contains("bindeledd_arrivals_total{transport=\"fhir\",answer=\"fault\"} 0"), "none was our fault");
    assert!(live.service.stop().await, "it stops in time");
    kinds.len()
}

/// Small limits and little patience, so that no kind of bad input takes long.
fn impatient(installation: &mut bindeledd::config::Installation) {
    installation.http.max_message_bytes = http::MESSAGE_BYTES;
    installation.http.body_grace = Duration::from_millis(300);
    installation.http.drain_time = Duration::from_millis(200);
    installation.limits.elements_total = 20_000;
    for partner in &mut installation.partners {
        for way in &mut partner.sends {
            if let Inbound::Directory(options) = way {
                options.max_message_bytes = http::MESSAGE_BYTES;
                options.settle = files::SETTLE;
            }
        }
    }
}

/// What must be in the store by now.
struct Book {
    /// A message that was there before all others.
    tracking: String,
    stored: usize,
}

impl Book {
    fn enter(&mut self, answer: &Answer) {
        let kind = answer.field("type");
        let recorded = ["message-unreadable", "sender-not-yours", "msgid-reused"];
        let is_new = answer.status == 202 && answer.field("repeated") == false;
        let is_recorded = recorded.iter().any(|name| kind == format!("/problems/{name}"));
        self.stored += usize::from(is_new || is_recorded);
    }

    /// Receipts and records as the gateway counted them.
    fn agrees_with_the_metrics(&self, page: &Answer) {
        let arrivals = |answer: &str| {
            let series = format!("bindeledd_arrivals_total{{transport=\"http\",answer=\"{answer}\"}} ");
            let value = page.body.lines().find_map(|line| line.strip_prefix(&series)).expect("the series");
            value.parse::<usize>().expect("a number")
        };
        // The last message came after the book was closed.
        assert_eq!(arrivals("receipt") + arrivals("turned-away"), self.stored + 1);
        assert_eq!(arrivals("fault"), 0);
    }
}

async fn check(live: &Live, case: &Case, book: &mut Book, words: &BTreeSet<String>) {
    let name = case.name;
    let (last, earlier) = case.requests.split_last().expect("a request");
    for request in earlier {
        let answer = live.exchange(&request.bytes, false).await.unwrap_or_else(|| panic!("{name}: no answer"));
        assert_eq!(answer.status, 202, "{name}: {answer:?}");
        book.enter(&answer);
    }
    let answer = live.exchange(&last.bytes, last.then_close).await;
    match (&case.expect, answer) {
        (Expect::Status(status), None) => assert!(*status >= 400, "{name}"),
        (_, None) => panic!("{name}: the connection was closed without an answer"),
        (expect, Some(answer)) => {
            is_as_expected(name, expect, &answer);
            let found = private_words::found_in(&answer.body, words);
            assert!(found.is_empty(), "{name}: {found:?} in {}", answer.body);
            book.enter(&answer);
        }
    }
    assert_eq!(live.messages().await.len(), book.stored, "{name}: messages in the store");
    let before = live.get(&format!("/messages/{}", book.tracking), HOSPITAL).await;
    assert_eq!((before.status, before.field("state")), (200, "accepted".into()), "{name}: the first message is unharmed");
}

fn is_as_expected(name: &str, expect: &Expect, answer: &Answer) {
    match expect {
        Expect::Problem(status, kind) => {
            assert_eq!(
                (answer.status, answer.field("type")),
                (*status, format!("/problems/{kind}").into()),
                "{name}: {answer:?}"
            );
            assert!(answer.head.contains("content-type: application/problem+json"), "{name}: {}", answer.head);
            assert_eq!(answer.field("status"), *status, "{name}");
            for said in ["title", "detail"] {
                assert!(
                    answer.field(said).as_str().is_some_and(|text| text.len() > 10),
                    "{name}: no {said} in {}",
                    answer.body
                );
            }
            if *kind == "message-unreadable" {
                let first = &answer.field("findings")[0];
                assert!(
                    first["hint"]["nb"].is_string() && first["rule"].is_string(),
                    "{name}: no explanation in {}",
                    answer.body
                );
            }
        }
        Expect::Receipt(state) => {
            assert_eq!((answer.status, answer.field("state")), (202, (*state).into()), "{name}: {answer:?}");
            assert!(answer.head.contains("location: /messages/"), "{name}: {}", answer.head);
        }
        Expect::Repeated => assert_eq!((answer.status, answer.field("repeated")), (202, true.into()), "{name}: {answer:?}"),
        Expect::Status(status) => assert_eq!(answer.status, *status, "{name}: {answer:?}"),
    }
}

async fn as_files() -> usize {
    let live = Live::start(impatient, |installation| store::open(installation, None)).await;
    let kinds = files::kinds();
    for kind in &kinds {
        (kind.put)(&live.drop_folder().join(&kind.name));
    }
    files::check(&live, &kinds).await;
    let stored: usize = kinds.iter().map(|kind| kind.stored).sum();
    assert_eq!(live.messages().await.len(), stored, "messages in the store");
    assert!(live.service.stop().await, "it stops in time");
    // The first of them is good.
    kinds.len() - 1
}

async fn in_a_bad_place() -> usize {
    store::full().await;
    store::not_writable_for_a_while().await;
    store::does_not_start().await;
    store::KINDS
}
