//! The FHIR door: everything is told as an OperationOutcome that FHIR R4 knows, and what the server says of itself can be looked up.

use super::{Answer, Here, TOKEN, start};
use bindeledd::fhir::{Limits, judge, read};

const FHIR: &str = "content-type: application/fhir+json";

/// The answer, which must be a resource without a fault.
fn resource(answer: &Answer) -> serde_json::Value {
    assert!(answer.header("content-type").starts_with("application/fhir+json"), "{answer:?}");
    let json = read(answer.body.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let issues: Vec<String> = judge(&json).iter().map(|issue| format!("{} {:?}", issue.path, issue.kind)).collect();
    assert!(issues.is_empty(), "{issues:?}");
    answer.json()
}

async fn told(here: &Here, method: &str, path: &str, headers: &[&str], body: &'static str) -> (u16, String) {
    let answer = here.ask(method, path, headers, body).await;
    let outcome = resource(&answer);
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    (answer.status, outcome["issue"][0]["code"].as_str().unwrap().to_string())
}

#[tokio::test]
async fn whatever_is_wrong_with_a_request_is_told_as_an_operation_outcome() {
    let here = start().await;
    for (method, path, headers, body, status, code) in [
        ("POST", "/fhir/$process-message", &[FHIR][..], "{}", 401, "login"),
        ("POST", "/fhir", &[FHIR, "authorization: Bearer of-nobody"], "{}", 401, "unknown"),
        ("POST", "/fhir", &[TOKEN, "content-type: application/xml"], "<a/>", 415, "not-supported"),
        ("POST", "/fhir", &[TOKEN, FHIR, "content-encoding: gzip"], "{}", 415, "not-supported"),
        ("POST", "/fhir", &[TOKEN, FHIR], "", 400, "structure"),
        (
            "POST",
            "/fhir/$process-message?response-url=https://elsewhere.example",
            &[TOKEN, FHIR],
            "{}",
            400,
            "not-supported",
        ),
        ("DELETE", "/fhir/$process-message", &[TOKEN], "", 405, "not-supported"),
        ("GET", "/fhir/Patient", &[TOKEN], "", 404, "not-found"),
        ("GET", "/fhir/MessageDefinition/of-nothing", &[], "", 404, "not-found"),
        ("GET", "/fhir/MessageDefinition?name=x", &[], "", 400, "not-supported"),
    ] {
        assert_eq!(told(&here, method, path, headers, body).await, (status, code.to_string()), "{method} {path}");
    }
    assert_eq!(here.book.asked(), 0, "nothing reached the inbox");
}

#[tokio::test]
async fn a_receipt_says_where_the_state_is_in_the_language_that_was_asked_for() {
    let here = start().await;
    for path in ["/fhir/$process-message", "/fhir", "/fhir/", "/fhir/$process-message?async=true"] {
        let answer =
            here.ask("POST", path, &[TOKEN, FHIR, "accept-language: nb-NO"], format!("{{\"id\":\"{path}\"}}")).await;
        let outcome = resource(&answer);
        assert_eq!(answer.status, 202, "{path}");
        let said = outcome["issue"][0]["details"]["text"].as_str().unwrap();
        let tracking = answer.header("location").strip_prefix("/messages/").unwrap();
        assert!(said.starts_with("Vi har lagret meldingen.") && said.contains(tracking), "{said}");
    }
}

#[tokio::test]
async fn what_the_server_says_of_itself_can_be_looked_up() {
    let here = start().await;
    let statement = resource(&here.ask("GET", "/fhir/metadata", &[], "").await);
    assert_eq!(statement["resourceType"], "CapabilityStatement");
    let address = statement["messaging"][0]["endpoint"][0]["address"].as_str().unwrap();
    assert_eq!(address, format!("http://{}/fhir/$process-message", here.address));
    let supported = statement["messaging"][0]["supportedMessage"].as_array().unwrap();
    assert!(supported.len() > 30, "{}", supported.len());
    for message in supported {
        let url = message["definition"].as_str().unwrap();
        let found = resource(&here.ask("GET", &format!("/fhir/MessageDefinition?url={url}"), &[], "").await);
        assert_eq!(found["total"], 1, "{url}");
        let id = found["entry"][0]["resource"]["id"].as_str().unwrap();
        assert_eq!(resource(&here.ask("GET", &format!("/fhir/MessageDefinition/{id}"), &[], "").await)["url"], url);
    }
    for kind in statement["rest"][0]["resource"].as_array().unwrap() {
        let kind = kind["type"].as_str().unwrap();
        let found = here.ask("GET", &format!("/fhir/{kind}"), &[], "").await;
        assert!(found.status == 200 && found.json()["total"].as_u64() > Some(0), "{kind}");
    }
}

#[tokio::test]
async fn a_partner_fetches_what_it_was_notified_of_and_nobody_else_does() {
    let here = start().await;
    let parcel = format!("/fhir/Bundle/{}-17", here.known.tracking);
    let fetched = here.ask("GET", &parcel, &[TOKEN], "").await;
    assert_eq!((fetched.status, fetched.json()["type"].as_str()), (200, Some("message")));
    assert_eq!(fetched.header("cache-control"), "no-store");
    assert_eq!(told(&here, "GET", &parcel, &[], "").await, (401, "login".into()));
    let other = ["authorization: Bearer hospital-secret"];
    assert_eq!(told(&here, "GET", &parcel, &other, "").await, (404, "not-found".into()));
    for unknown in [format!("{parcel}8"), "/fhir/Bundle/x".into(), "/fhir/Bundle/1-2-3".into()] {
        assert_eq!(told(&here, "GET", &unknown, &[TOKEN], "").await, (404, "not-found".into()), "{unknown}");
    }
}
