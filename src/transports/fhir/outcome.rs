//! Answers as OperationOutcome, which is what a FHIR client reads.

use crate::domain::{Language, Text};
use crate::fhir::{Json, Object, array};
use crate::rulebook::Finding;
use crate::translation::mapping::BASE;
use crate::transports::Receipt;
use crate::transports::http::{Problem, ProblemKind, in_words};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;

const FHIR_JSON: &str = "application/fhir+json; fhirVersion=4.0; charset=utf-8";

/// The language that a client asks for, of the three that we speak.
fn language(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = asked.split(',').map(|one| one.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let known = first.filter_map(|one| match one.split('-').next().unwrap_or_default() {
        "nb" | "no" => Some(Language::Nb),
        "nn" => Some(Language::Nn),
        "en" => Some(Language::En),
        _ => None,
    });
    known.into_iter().next().unwrap_or_default()
}

/// 202: we have it. What is not in the message that was made of it is told at once.
pub(super) fn accepted(receipt: &Receipt, headers: &HeaderMap) -> Response<Body> {
    let language = language(headers);
    let said = format!("{} ({})", in_words(receipt).in_language(language), receipt.tracking);
    let first = issue("information", "informational", &said);
    let notes = receipt.notes.iter().map(|finding| of_finding(finding, language));
    let mut response = outcome(202, [first].into_iter().chain(notes));
    // A tracking id is made of letters, digits and a hyphen.
    if let Ok(place) = HeaderValue::from_str(&format!("/messages/{}", receipt.tracking)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// A problem with the status that it has everywhere, in the language that the request asks for; its headers too.
pub fn refused(problem: Problem, headers: &HeaderMap) -> Response<Body> {
    let language = language(headers);
    let (kind, status) = (problem.kind, problem.kind.status());
    let explained = explained(kind).in_language(language);
    let (tracking, findings) = (problem.tracking, problem.findings.clone());
    let said = match tracking {
        Some(tracking) => format!("{explained} ({tracking})"),
        None => explained.to_string(),
    };
    let detail = problem.detail.clone();
    let as_json = problem.into_response();
    let severity = if status >= 500 { "fatal" } else { "error" };
    let findings: Vec<Object<'static>> = findings.iter().map(|finding| of_finding(finding, language)).collect();
    let first = issue(severity, code_of(kind), &said).with("diagnostics", detail);
    let mut response = outcome(status, [first].into_iter().chain(findings));
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = as_json.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// What it means and what to do, where that is otherwise for a Bundle than for XML.
fn explained(kind: ProblemKind) -> Text {
    match kind {
        ProblemKind::MessageUnreadable => NO_MESSAGE,
        ProblemKind::NotFitToSend => NOT_FIT,
        _ => kind.explanation(),
    }
}

const NO_MESSAGE: Text = Text {
    en: "No message could be made of this. It is not sent to anybody. The other issues say what is wrong, and where.",
    nb: "Det kunne ikke lages noen melding av dette. Det sendes ikke til noen. De andre punktene sier hva som er galt, og hvor.",
    nn: "Det kunne ikkje lagast noka melding av dette. Det blir ikkje sendt til nokon. Dei andre punkta seier kva som er gale, og kvar.",
};
const NOT_FIT: Text = Text {
    en: "The message that was made of this may not be sent as it is. The other issues say why; mend them, and send it again.",
    nb: "Meldingen som ble laget av dette, kan ikke sendes slik den er. De andre punktene sier hvorfor; rett dem og send på nytt.",
    nn: "Meldinga som vart laga av dette, kan ikkje sendast slik ho er. Dei andre punkta seier kvifor; rett dei og send på nytt.",
};

/// The code of list issue-type.
fn code_of(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::TokenMissing => "login",
        ProblemKind::TokenUnknown => "unknown",
        ProblemKind::ContentTypeNotXml
        | ProblemKind::ContentTypeNotFhir
        | ProblemKind::ContentEncoded
        | ProblemKind::QueryUnknown
        | ProblemKind::NoSuchMethod => "not-supported",
        ProblemKind::MessageEmpty | ProblemKind::MessageCutShort => "structure",
        ProblemKind::MessageTooLarge => "too-long",
        ProblemKind::MessageTooSlow => "timeout",
        ProblemKind::TooBusy => "throttled",
        ProblemKind::MessageUnreadable => "invalid",
        ProblemKind::SenderNotYours => "forbidden",
        ProblemKind::NotFitToSend => "business-rule",
        ProblemKind::MsgIdReused => "duplicate",
        ProblemKind::MessageUnknown | ProblemKind::TrackingIdMisread | ProblemKind::NoSuchPath => "not-found",
        ProblemKind::NotReady | ProblemKind::FaultPassing => "transient",
        ProblemKind::StorageFull => "no-store",
        ProblemKind::FaultLasting => "exception",
    }
}

/// A finding: about the Bundle with the place in FHIRPath, about the message made of it with the place there.
fn of_finding(finding: &Finding, language: Language) -> Object<'static> {
    // A path in the Bundle begins with its name; then the clause says the code of the issue, a colon, and the source.
    let is_of_the_bundle = finding.path.as_ref().is_some_and(|path| path.starts_with("Bundle"));
    let clause = finding.says.as_ref().filter(|_| is_of_the_bundle).map(|says| says.clause.to_string()).unwrap_or_default();
    let usual = ("business-rule", finding.rule.source);
    let (code, source) = clause.split_once(": ").unwrap_or(usual);
    let severity = match finding.consequence.severity() {
        "info" => "information",
        other => other,
    };
    let mut diagnostics = finding.hint(language).to_string();
    if let Some(place) = finding.place {
        diagnostics += &format!(" ({place})");
    }
    if let Some(path) = finding.path.as_ref().filter(|_| !is_of_the_bundle) {
        diagnostics += &format!(" (MsgHead: {path})");
    }
    diagnostics += &format!(" [{source}]");
    let coding =
        |system: &str, code: String| Object::new().with("system", format!("{BASE}/CodeSystem/{system}")).with("code", code);
    // Of a native Bundle, what was found is the rule for such.
    let native = finding.found.as_ref().filter(|_| is_of_the_bundle).map(|found| found.to_string().replace('\'', ""));
    let codings = [coding("gw-rules", finding.rule.id.to_owned())];
    let codings = codings.into_iter().chain(native.map(|native| coding("gw-native-rule", native)));
    let details = Object::new().with("coding", array(codings)).with("text", finding.sentence(language));
    let mut made = Object::new()
        .with("severity", severity.to_owned())
        .with("code", code.to_owned())
        .with("details", details)
        .with("diagnostics", diagnostics);
    if let Some(path) = finding.path.as_ref().filter(|_| is_of_the_bundle) {
        made.set("expression", vec![path.clone().into()]);
    }
    made
}

fn issue(severity: &'static str, code: &'static str, said: &str) -> Object<'static> {
    let details = Object::new().with("text", said.to_owned());
    Object::new().with("severity", severity).with("code", code).with("details", details)
}

/// What findings say, as an OperationOutcome.
pub fn told(findings: &[Finding], language: Language) -> Json<'static> {
    Object::resource("OperationOutcome").with("issue", array(findings.iter().map(|one| of_finding(one, language)))).into()
}

fn outcome(status: u16, issues: impl IntoIterator<Item = Object<'static>>) -> Response<Body> {
    resource(status, &Object::resource("OperationOutcome").with("issue", array(issues)).into())
}

/// A resource as an answer.
pub fn resource(status: u16, resource: &Json<'_>) -> Response<Body> {
    let mut response = bytes(resource.compact().into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A resource that is written already, as an answer.
pub fn bytes(resource: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(resource));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(FHIR_JSON));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_we_speak_is_taken() {
        let of = |asked: &str| language(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, asked.parse().unwrap())]));
        assert_eq!(of("nb-NO,nb;q=0.9,en;q=0.8"), Language::Nb);
        assert_eq!(of("de, nn;q=0.5"), Language::Nn);
        assert_eq!(of("no"), Language::Nb);
        assert_eq!(language(&HeaderMap::new()), Language::default());
    }

    #[test]
    fn every_problem_is_told_as_an_operation_outcome_that_r4_knows() {
        for kind in ProblemKind::ALL {
            let response = refused(Problem::new(kind), &HeaderMap::new());
            assert_eq!(response.status().as_u16(), kind.status());
            let made: Json<'static> =
                Object::resource("OperationOutcome").with("issue", vec![issue("error", code_of(kind), "x").into()]).into();
            assert!(crate::fhir::judge(&made).is_empty(), "{kind:?}");
        }
    }
}
