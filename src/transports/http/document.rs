//! Problems, findings and receipts as JSON. What the API's JSON looks like stands here and in `web`, nowhere else.

use super::{Problem, ProblemKind};
use crate::domain::{Language, MessageState, Text};
use crate::rulebook::{About, Consequence, Finding};
use crate::transports::Receipt;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use std::borrow::Cow;

const JSON: &str = "application/json";
const PROBLEM_JSON: &str = "application/problem+json";

/// One text in the three languages.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct Words {
    en: String,
    nb: String,
    nn: String,
}

impl Words {
    fn of(in_language: impl Fn(Language) -> String) -> Self {
        Self { en: in_language(Language::En), nb: in_language(Language::Nb), nn: in_language(Language::Nn) }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self::of(|language| text.in_language(language).to_string())
    }
}

/// A finding as partners see it.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub struct FindingView {
    rule: &'static str,
    severity: &'static str,
    consequence: Cow<'static, str>,
    /// Counted from 1 in the order of the message; absent when the finding is about the whole message.
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver: Option<usize>,
    line: Option<u32>,
    column: Option<u32>,
    path: Option<String>,
    message: Words,
    hint: Words,
    source: &'static str,
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.id,
            severity: finding.consequence.severity(),
            consequence: finding.consequence.as_str().into(),
            receiver: match finding.about {
                About::Message => None,
                About::Receiver(position) => Some(position + 1),
            },
            line: finding.place.map(|place| place.line),
            column: finding.place.map(|place| place.column),
            path: finding.path.clone(),
            message: Words::of(|language| finding.sentence(language)),
            hint: Words::of(|language| finding.hint(language).to_string()),
            source: finding.rule.source,
        }
    }
}

impl FindingView {
    /// With the consequence that was recorded when it was found; the rule's own may have changed since.
    pub fn with_consequence(mut self, recorded: String) -> Self {
        self.severity = Consequence::severity_of(&recorded);
        self.consequence = recorded.into();
        self
    }
}

/// A problem document (RFC 9457, 3.1), extended with what a partner needs to mend it.
#[derive(Serialize)]
struct Document {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingView>,
}

fn type_of(kind: ProblemKind) -> String {
    format!("/problems/{}", kind.name())
}

impl From<&Problem> for Document {
    fn from(problem: &Problem) -> Self {
        let kind = problem.kind;
        Self {
            r#type: type_of(kind),
            title: kind.title(),
            status: kind.status(),
            detail: problem.detail.clone().unwrap_or_else(|| kind.explanation().en.to_string()),
            tracking: problem.tracking.map(|id| id.to_string()),
            earlier: problem.earlier.map(|id| id.to_string()),
            findings: problem.findings.iter().map(FindingView::from).collect(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let kind = self.kind;
        let document = Document::from(&self);
        let mut response = respond(kind.status(), PROBLEM_JSON, &document);
        let headers = response.headers_mut();
        if let Some(seconds) = kind.retry_after_seconds() {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(challenge) = challenge(kind) {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// What a 401 must carry (RFC 6750, 3).
fn challenge(kind: ProblemKind) -> Option<&'static str> {
    if kind.status() != 401 {
        return None;
    }
    Some(if kind == ProblemKind::TokenUnknown {
        r#"Bearer realm="bindeledd", error="invalid_token""#
    } else {
        r#"Bearer realm="bindeledd""#
    })
}

/// The answer to a message that we have.
#[derive(Serialize)]
struct ReceiptView {
    tracking: String,
    state: &'static str,
    repeated: bool,
    message: Words,
}

impl From<&Receipt> for ReceiptView {
    fn from(receipt: &Receipt) -> Self {
        Self {
            tracking: receipt.tracking.to_string(),
            state: receipt.state.as_str(),
            repeated: receipt.repeated,
            message: in_words(receipt).into(),
        }
    }
}

/// The same documents where there is no HTTP around them: the content type and the bytes.
pub fn bare(answer: Result<&Receipt, &Problem>) -> (&'static str, Vec<u8>) {
    match answer {
        Ok(receipt) => (JSON, written(&ReceiptView::from(receipt))),
        Err(problem) => (PROBLEM_JSON, written(&Document::from(problem))),
    }
}

/// 202 with the place where the state can be read.
pub fn accepted(receipt: &Receipt) -> Response<Body> {
    let mut response = respond(StatusCode::ACCEPTED.as_u16(), JSON, &ReceiptView::from(receipt));
    // A tracking id is made of letters, digits and a hyphen.
    if let Ok(place) = HeaderValue::from_str(&format!("/messages/{}", receipt.tracking)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// What a receipt says, for people.
pub fn in_words(receipt: &Receipt) -> Text {
    match receipt.state {
        _ if receipt.repeated => HAD_IT,
        MessageState::Received | MessageState::Accepted => HAVE_IT,
        MessageState::Refused => REFUSED,
        MessageState::Held => HELD,
        MessageState::Duplicate => DUPLICATE,
    }
}

const HAVE_IT: Text = Text {
    en: "We have stored the message. Whether its receiver accepts it, the application receipt (AppRec) will say.",
    nb: "Vi har lagret meldingen. Om mottakeren godtar den, sier applikasjonskvitteringen (AppRec).",
    nn: "Vi har lagra meldinga. Om mottakaren godtek ho, seier applikasjonskvitteringa (AppRec).",
};
const REFUSED: Text = Text {
    en: "We have stored the message and refused it; it goes to nobody. Its address, /messages/ and the tracking id, says why.",
    nb: "Vi har lagret meldingen og avvist den; den går ikke til noen. Adressen, /messages/ og sporings-ID-en, sier hvorfor.",
    nn: "Vi har lagra meldinga og avvist ho; ho går ikkje til nokon. Adressa, /messages/ og sporings-ID-en, seier kvifor.",
};
const HELD: Text = Text {
    en: "We have stored the message, and a person must look at it before it goes on. Its address, /messages/ and the tracking id, says why.",
    nb: "Vi har lagret meldingen, og noen må se på den før den går videre. Adressen, /messages/ og sporings-ID-en, sier hvorfor.",
    nn: "Vi har lagra meldinga, og nokon må sjå på ho før ho går vidare. Adressa, /messages/ og sporings-ID-en, seier kvifor.",
};
const DUPLICATE: Text = Text {
    en: "We have stored the message, but one with the same MsgId was here before; this one goes to nobody.",
    nb: "Vi har lagret meldingen, men en med samme MsgId har vært her før; denne går ikke til noen.",
    nn: "Vi har lagra meldinga, men ei med same MsgId har vore her før; denne går ikkje til nokon.",
};
const HAD_IT: Text = Text {
    en: "We had this message already. This is the same receipt; it is not sent a second time.",
    nb: "Vi hadde denne meldingen fra før. Dette er den samme kvitteringen; meldingen sendes ikke en gang til.",
    nn: "Vi hadde denne meldinga frå før. Dette er den same kvitteringa; meldinga blir ikkje send ein gong til.",
};

/// The page behind the `type` of a problem.
#[derive(Serialize)]
struct Explanation {
    r#type: String,
    title: &'static str,
    status: u16,
    explanation: Words,
}

/// What a problem means and what to do about it; `None` if there is no such problem.
pub fn explanation_page(name: &str) -> Option<Response<Body>> {
    let kind = ProblemKind::of_name(name)?;
    let page = Explanation {
        r#type: type_of(kind),
        title: kind.title(),
        status: kind.status(),
        explanation: kind.explanation().into(),
    };
    Some(json(&page))
}

/// 200 with a JSON document.
pub fn json(value: &impl Serialize) -> Response<Body> {
    respond(StatusCode::OK.as_u16(), JSON, value)
}

fn respond(status: u16, content_type: &'static str, value: &impl Serialize) -> Response<Body> {
    let mut response = Response::new(Body::from(written(value)));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Our own structs of texts and numbers always can be written; a peer would rather have the status alone than nothing.
fn written(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
