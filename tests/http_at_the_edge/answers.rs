//! What a peer is told: one case for each problem there is.

use super::book::Mood;
use super::{Answer, PATIENCE, TOKEN, XML, begin_post, read_to_end, start, start_with};
use bindeledd::domain::{Fault, Seeded, TrackingId};
use bindeledd::transports::http::{InOptions, ProblemKind};
use bindeledd::transports::{Answer as Counted, WhyTurnedAway};
use bindeledd::web::ServerLimits;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// Checks everything that all problems have in common.
fn check_problem(answer: &Answer, kind: ProblemKind) {
    assert_eq!(answer.status, kind.status(), "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let problem = answer.json();
    assert_eq!(problem["type"], format!("/problems/{}", kind.name()));
    assert_eq!(problem["status"], kind.status());
    assert_eq!(problem["title"], kind.title());
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    let retry_after = kind.retry_after_seconds().map_or(String::new(), |seconds| seconds.to_string());
    assert_eq!(answer.header("retry-after"), retry_after);
}

#[tokio::test]
async fn a_message_gets_202_with_its_tracking_id_and_the_place_of_its_state() {
    let here = start().await;
    let (first, second) = (here.bring("<a/>").await, here.bring("<a/>").await);
    assert_eq!(first.status, 202);
    let receipt = first.json();
    let entry = here.book.taken().remove(0);
    assert_eq!((entry.partner.as_str(), entry.via), ("gp", "http"));
    let tracking = entry.tracking.to_string();
    assert_eq!(receipt["tracking"], tracking);
    assert_eq!((&receipt["state"], &receipt["repeated"]), (&"accepted".into(), &false.into()));
    assert_eq!(first.header("location"), format!("/messages/{tracking}"));
    assert_eq!((second.json()["repeated"].as_bool(), second.header("location")), (Some(true), first.header("location")));
    assert_eq!([Counted::Receipt, Counted::Repeated].map(|answer| here.counters.http.count(answer)), [1, 1]);
}

#[tokio::test]
async fn whatever_is_wrong_with_a_request_is_named_and_nothing_of_it_reaches_the_inbox() {
    let here = start().await;
    let basic = "authorization: Basic Z3A6Z3Atc2VjcmV0";
    let cases: &[(&str, &str, &[&str], &str, ProblemKind)] = &[
        ("POST", "/messages", &[XML], "<a/>", ProblemKind::TokenMissing),
        ("POST", "/messages", &[XML, basic], "<a/>", ProblemKind::TokenMissing),
        ("POST", "/messages", &[XML, TOKEN, TOKEN], "<a/>", ProblemKind::TokenMissing),
        ("POST", "/messages", &[XML, "authorization: Bearer wrong"], "<a/>", ProblemKind::TokenUnknown),
        ("POST", "/messages", &[XML, "authorization: Bearer gp-secre"], "<a/>", ProblemKind::TokenUnknown),
        ("POST", "/messages", &[TOKEN], "<a/>", ProblemKind::ContentTypeNotXml),
        ("POST", "/messages", &[TOKEN, "content-type: application/json"], "{}", ProblemKind::ContentTypeNotXml),
        ("POST", "/messages", &[TOKEN, "content-type: text/xml; charset=utf-16"], "<a/>", ProblemKind::ContentTypeNotXml),
        ("POST", "/messages", &[TOKEN, XML, "content-encoding: gzip"], "<a/>", ProblemKind::ContentEncoded),
        ("POST", "/messages", &[TOKEN, XML], "", ProblemKind::MessageEmpty),
        ("GET", "/messages", &[TOKEN], "", ProblemKind::NoSuchMethod),
        ("PUT", "/messages", &[TOKEN, XML], "<a/>", ProblemKind::NoSuchMethod),
        ("DELETE", "/messages/K7QP2-MFX9T", &[TOKEN], "", ProblemKind::NoSuchMethod),
        ("POST", "/Messages", &[TOKEN, XML], "<a/>", ProblemKind::NoSuchPath),
        ("POST", "/messages/", &[TOKEN, XML], "<a/>", ProblemKind::NoSuchPath),
        ("GET", "/", &[], "", ProblemKind::NoSuchPath),
        ("GET", "/../etc/passwd", &[], "", ProblemKind::NoSuchPath),
        ("GET", "/problems/nothing", &[], "", ProblemKind::NoSuchPath),
        ("GET", "/problems/%FF", &[], "", ProblemKind::NoSuchPath),
        ("GET", "/messages/%FF", &[TOKEN], "", ProblemKind::TrackingIdMisread),
        ("GET", "/messages/K7QP2", &[TOKEN], "", ProblemKind::TrackingIdMisread),
        ("GET", "/messages/K7QP2-MFX9T", &[], "", ProblemKind::TokenMissing),
    ];
    for (method, path, headers, body, kind) in cases {
        println!("{method} {path} {headers:?}");
        check_problem(&here.ask(method, path, headers, *body).await, *kind);
    }
    assert_eq!(here.book.asked(), 0);
    assert_eq!(here.counters.http.count(Counted::RefusedAtTheDoor), 10);
}

#[tokio::test]
async fn an_unauthorised_peer_is_told_how_to_show_a_token_and_a_wrong_method_which_ones_there_are() {
    let here = start().await;
    let missing = here.ask("POST", "/messages", &[XML], "<a/>").await;
    assert_eq!(missing.header("www-authenticate"), r#"Bearer realm="bindeledd""#);
    let unknown = here.ask("POST", "/messages", &[XML, "authorization: Bearer x"], "<a/>").await;
    assert!(unknown.header("www-authenticate").contains("invalid_token"));
    assert_eq!(here.ask("GET", "/messages", &[], "").await.header("allow"), "POST");
}

#[tokio::test]
async fn a_message_that_is_turned_away_is_answered_with_all_that_was_found() {
    let here = start().await;
    let earlier = TrackingId::new(&Seeded::new(9));
    for (why, kind) in [
        (WhyTurnedAway::Unreadable, ProblemKind::MessageUnreadable),
        (WhyTurnedAway::ForeignSender, ProblemKind::SenderNotYours),
        (WhyTurnedAway::NotFitToSend, ProblemKind::NotFitToSend),
        (WhyTurnedAway::MsgIdReused { earlier }, ProblemKind::MsgIdReused),
    ] {
        here.book.set(Mood::TurnsAway(why));
        let answer = here.bring("<a/>").await;
        check_problem(&answer, kind);
        let problem = answer.json();
        assert_eq!(problem["tracking"].as_str().unwrap().len(), 11);
        assert_eq!(problem["earlier"].as_str(), (kind == ProblemKind::MsgIdReused).then(|| earlier.to_string()).as_deref());
        let finding = &problem["findings"][0];
        for (key, expected) in [
            ("rule", "R-009"),
            ("severity", "error"),
            ("consequence", "refuse"),
            ("path", "/mh:MsgHead"),
            ("source", "XML 1.0, 2.1"),
        ] {
            assert_eq!(finding[key], expected);
        }
        assert_eq!((&finding["line"], &finding["column"]), (&4.into(), &12.into()));
        assert_eq!(finding["message"]["nb"], "Krav: Dokumentet er velformet");
        assert_eq!(finding["hint"]["nn"], "Lukk kvart element.");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_a_5xx_that_says_nothing_of_its_inside() {
    let here = start().await;
    for (fault, kind) in [
        ((|| Fault::passing("/var/lib/inside")) as fn() -> Fault, ProblemKind::FaultPassing),
        (|| Fault::storage_full("/var/lib/inside"), ProblemKind::StorageFull),
        (|| Fault::lasting("/var/lib/inside"), ProblemKind::FaultLasting),
    ] {
        here.book.set(Mood::Faults(fault));
        let answer = here.bring("<a/>").await;
        check_problem(&answer, kind);
        assert!(answer.body.contains("nothing is wrong with the message") && !answer.body.contains("inside"));
    }
    assert_eq!(here.book.faulted(), 3);
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_refused_before_it_is_sent() {
    let here = start().await;
    let mut stream = here.connect().await;
    let length = 50 * 1024 * 1024;
    let head = format!(
        "POST /messages HTTP/1.1\r\nhost: x\r\n{TOKEN}\r\n{XML}\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("20971520 bytes"), "the limit is told: {answer}");
}

#[tokio::test]
async fn a_peer_that_sends_all_of_a_body_we_refuse_still_comes_to_read_the_answer() {
    const MIB: usize = 1024 * 1024;
    let options = InOptions { max_message_bytes: 1000, drain_bytes: 64 * MIB, drain_time: PATIENCE, ..InOptions::default() };
    let here = start_with(options, ServerLimits::default(), None).await;
    let mut stream = here.connect().await;
    begin_post(&mut stream, 32 * MIB, "").await;
    let piece = vec![b'x'; MIB];
    for _ in 0..32 {
        stream.write_all(&piece).await.expect("nobody hangs up");
    }
    here.stopper.stop();
    assert!(read_to_end(&mut stream).await.starts_with("HTTP/1.1 413 "));
}

#[tokio::test]
async fn a_body_that_grows_too_large_without_having_been_announced_is_refused() {
    let options = InOptions { max_message_bytes: 1000, ..InOptions::default() };
    let here = start_with(options, ServerLimits::default(), None).await;
    let mut stream = here.connect().await;
    let head = format!(
        "POST /messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{TOKEN}\r\n{XML}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunk = format!("1f4\r\n{}\r\n", "x".repeat(500));
    stream.write_all(format!("{head}{chunk}{chunk}{chunk}0\r\n\r\n").as_bytes()).await.unwrap();
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(here.book.asked(), 0);
}

#[tokio::test]
async fn a_body_that_stands_still_is_answered_with_408() {
    let short = Duration::from_millis(20);
    let options = InOptions { body_grace: short, drain_time: short, ..InOptions::default() };
    let here = start_with(options, ServerLimits::default(), None).await;
    let mut stream = here.connect().await;
    begin_post(&mut stream, 100, "<half").await;
    let answer = read_to_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("/problems/message-too-slow"), "{answer}");
    assert_eq!(here.book.asked(), 0);
}

#[tokio::test]
async fn a_body_that_is_cut_short_is_never_taken_for_a_message() {
    let here = start().await;
    let mut stream = here.connect().await;
    begin_post(&mut stream, 100, "<a/>").await;
    stream.shutdown().await.unwrap();
    read_to_end(&mut stream).await;
    assert_eq!(here.book.asked(), 0);
    assert_eq!(here.bring("<a/>").await.status, 202, "the next one is served");
}

#[tokio::test]
async fn when_too_many_come_at_once_the_next_is_told_to_come_again() {
    let options = InOptions { requests_at_once: 1, ..InOptions::default() };
    let here = start_with(options, ServerLimits::default(), None).await;
    here.book.hold_answers();
    let mut first = here.connect().await;
    begin_post(&mut first, 4, "<a/>").await;
    here.book.asked_at_least(1).await;
    check_problem(&here.bring("<b/>").await, ProblemKind::TooBusy);
    here.book.let_through();
    here.book.let_through();
    here.stopper.stop();
    assert!(read_to_end(&mut first).await.starts_with("HTTP/1.1 202 "));
    here.serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn every_problem_has_a_page_that_explains_it_in_three_languages() {
    let here = start().await;
    for kind in ProblemKind::ALL {
        let answer = here.ask("GET", &format!("/problems/{}", kind.name()), &[], "").await;
        assert_eq!(answer.status, 200, "{kind:?}");
        let page = answer.json();
        for language in ["en", "nb", "nn"] {
            assert!(page["explanation"][language].as_str().unwrap().len() > 20, "{kind:?} {language}");
        }
    }
}

#[tokio::test]
async fn the_state_of_a_message_is_shown_to_those_it_concerns_and_to_nobody_else() {
    let here = start().await;
    let tracking = here.known.tracking.to_string();
    for spelling in [tracking.clone(), tracking.to_lowercase(), tracking.replace('-', "")] {
        let answer = here.ask("GET", &format!("/messages/{spelling}"), &[TOKEN], "").await;
        assert_eq!(answer.status, 200);
        let view = answer.json();
        assert_eq!((&view["tracking"], &view["type"]), (&tracking.clone().into(), &"DIALOG_NOTAT".into()));
        assert_eq!(view["received_at"], "2023-11-14T22:13:20.000Z");
        assert_eq!(view["deliveries"][0]["apprec"]["errors"][0], "E21");
        assert!(view["deliveries"][0]["next_attempt_at"].is_null());
        assert_eq!((&view["findings"][0]["rule"], &view["findings"][0]["severity"]), (&"R-009".into(), &"warning".into()));
        assert_eq!(view["history"][0]["what"], "received");
    }
    let hospital = "authorization: Bearer hospital-secret";
    let other = here.ask("GET", &format!("/messages/{tracking}"), &[hospital], "").await;
    let none = here.ask("GET", &format!("/messages/{}", TrackingId::new(&Seeded::new(6))), &[hospital], "").await;
    check_problem(&other, ProblemKind::MessageUnknown);
    assert_eq!(other.body, none.body, "nobody can find out whether there is such a message");
}

#[tokio::test]
async fn a_tracking_id_with_a_wrong_check_character_was_probably_misread() {
    let here = start().await;
    let mut tracking = here.known.tracking.as_stored().to_string();
    let last = tracking.pop().unwrap();
    tracking.push(if last == '7' { '8' } else { '7' });
    let answer = here.ask("GET", &format!("/messages/{tracking}"), &[TOKEN], "").await;
    check_problem(&answer, ProblemKind::TrackingIdMisread);
    assert!(answer.json()["detail"].as_str().unwrap().contains("misread"));
}

#[tokio::test]
async fn health_readiness_and_metrics_are_shown_without_a_token() {
    let here = start().await;
    here.bring("<a/>").await;
    assert_eq!(here.ask("GET", "/healthz", &[], "").await.status, 200);
    assert_eq!(here.ask("GET", "/readyz", &[], "").await.status, 200);
    let metrics = here.ask("GET", "/metrics", &[], "").await.body;
    for line in ["bindeledd_queue_depth 3", "bindeledd_arrivals_total{transport=\"http\",answer=\"receipt\"} 1"] {
        assert!(metrics.contains(line), "{metrics}");
    }
    here.known.ready.store(false, Ordering::Relaxed);
    check_problem(&here.ask("GET", "/readyz", &[], "").await, ProblemKind::NotReady);
    assert_eq!(here.ask("GET", "/healthz", &[], "").await.status, 200, "a restart would not help");
}
