//! `POST /validate`: a judgement for whoever asks, and nothing kept.

use super::{XML, start};

const NO_PATIENT: &str = include_str!("../../fixtures/msghead/refused/r030_no_patient.xml");
const GOOD: &str = include_str!("../../fixtures/plo/accepted/log-innlagt-1.6.xml");

#[tokio::test]
async fn a_message_is_judged_without_an_account_and_reaches_no_inbox() {
    let here = start().await;
    let judged = here.ask("POST", "/validate", &[XML], NO_PATIENT).await;
    assert_eq!(judged.status, 200);
    let judged = judged.json();
    assert_eq!((&judged["verdict"], &judged["file"]), (&"refused".into(), &"-".into()));
    assert_eq!(judged["apprec"], serde_json::json!({ "version": "1.1", "status": 2, "errors": ["E36"] }));
    assert_eq!(judged["findings"][0]["rule"], "R-030");
    assert_eq!(here.ask("POST", "/validate", &[XML], GOOD).await.json()["verdict"], "accepted");
    assert_eq!(here.book.asked(), 0, "nothing was handed in");
}

#[tokio::test]
async fn direction_and_language_can_be_asked_for_and_anything_else_is_told() {
    let here = start().await;
    let strict = here.ask("POST", "/validate?direction=out&lang=nn", &[XML], NO_PATIENT).await.json();
    assert_eq!(strict["findings"][0]["consequence"], "block");
    assert!(strict["findings"][0]["message"].as_str().unwrap().contains("Meldinga gjeld"), "{strict:#}");
    let unknown = here.ask("POST", "/validate?dir=out", &[XML], GOOD).await;
    assert_eq!((unknown.status, unknown.json()["type"].as_str()), (400, Some("/problems/query-unknown")));
}

#[tokio::test]
async fn what_is_no_xml_is_judged_and_what_is_not_declared_as_xml_is_not() {
    let here = start().await;
    let broken = here.ask("POST", "/validate", &[XML], "<a>").await;
    assert_eq!((broken.status, broken.json()["findings"][0]["rule"].as_str()), (200, Some("R-009")));
    assert_eq!(here.ask("POST", "/validate", &["content-type: text/plain"], GOOD).await.status, 415);
    assert_eq!(here.ask("POST", "/validate", &[XML], "").await.status, 400);
}
