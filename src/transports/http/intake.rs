//! Takes the body of a request within all bounds: declared as what is wanted, not too many at a time, not too large, not too slow.
//! It knows no partner and no inbox.

use super::InOptions;
use super::body::{self, Held, Room};
use super::problem::{Problem, ProblemKind};
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tokio::sync::{Semaphore, SemaphorePermit};

/// What a body must be declared as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Media {
    /// XML, in one of two encodings.
    Xml,
    /// A resource of FHIR in JSON.
    FhirJson,
}

/// The bounds, and what of them is in use.
pub struct Intake {
    media: Media,
    options: InOptions,
    room: Room,
    places: Semaphore,
}

/// A body that was read; its place and its room are free again when it is dropped.
pub struct Taken<'i> {
    held: Held,
    _place: SemaphorePermit<'i>,
}

impl Taken<'_> {
    /// The bytes.
    pub fn bytes(&self) -> &bytes::Bytes {
        &self.held.bytes
    }
}

impl Intake {
    /// Bounds for XML with nothing in use.
    pub fn new(options: InOptions) -> Self {
        Self::of(Media::Xml, options)
    }

    /// Bounds with nothing in use.
    pub fn of(media: Media, options: InOptions) -> Self {
        Self { media, room: Room::new(&options), places: Semaphore::new(options.requests_at_once), options }
    }

    /// Reads the body.
    pub async fn take(&self, head: &Parts, body: &mut Body) -> Result<Taken<'_>, Problem> {
        content_type_is(self.media, &head.headers)?;
        let place = self.places.try_acquire().map_err(|_| Problem::new(ProblemKind::TooBusy))?;
        let held = body::read(body, announced(&head.headers), &self.options, &self.room).await?;
        if held.bytes.is_empty() {
            return Err(Problem::new(ProblemKind::MessageEmpty));
        }
        Ok(Taken { held, _place: place })
    }

    /// After a refusal: throws away what still comes of the body, so that the peer comes to read the answer.
    pub async fn drain(&self, head: &Parts, body: &mut Body) {
        // Who waits for "100 Continue" gets the refusal instead, and keeps the body.
        if !head.headers.contains_key(header::EXPECT) {
            body::drain(body, &self.options).await;
        }
    }
}

/// Which encoding XML is in, the bytes decide; a charset that contradicts both is refused. JSON is always UTF-8.
fn content_type_is(media: Media, headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Problem::new(ProblemKind::ContentEncoded));
    }
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let (types, charsets, refusal): (&[&str], &[&str], _) = match media {
        Media::Xml => (&["application/xml", "text/xml"], &["utf-8", "iso-8859-1"], ProblemKind::ContentTypeNotXml),
        Media::FhirJson => (&["application/fhir+json", "application/json"], &["utf-8"], ProblemKind::ContentTypeNotFhir),
    };
    let is_wanted = types.iter().any(|wanted| essence.eq_ignore_ascii_case(wanted));
    if is_wanted && parts.all(|one| is_harmless_parameter(one, charsets)) { Ok(()) } else { Err(Problem::new(refusal)) }
}

/// Another release of FHIR is another language.
fn is_harmless_parameter(parameter: &str, charsets: &[&str]) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return true };
    let (name, value) = (name.trim(), value.trim().trim_matches('"'));
    if name.eq_ignore_ascii_case("fhirVersion") {
        return matches!(value, "4.0" | "4.0.1");
    }
    !name.eq_ignore_ascii_case("charset") || charsets.iter().any(|charset| value.eq_ignore_ascii_case(charset))
}

/// What Content-Length says; hyper has made sure that it is a number and stands there once.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(name: header::HeaderName, value: &str) -> bool {
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, "text/xml".parse().unwrap())]);
        headers.insert(name, value.parse().unwrap());
        content_type_is(Media::Xml, &headers).is_ok()
    }

    #[test]
    fn xml_in_the_two_encodings_is_taken_however_it_is_declared() {
        for value in [
            "application/xml",
            "text/xml",
            "Application/XML; charset=UTF-8",
            "text/xml;charset=\"iso-8859-1\"",
            "application/xml; profile=x; charset=utf-8;",
        ] {
            assert!(is_taken(header::CONTENT_TYPE, value), "{value}");
        }
    }

    #[test]
    fn a_bundle_is_taken_as_json_of_r4_only() {
        let is_taken = |value: &str| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, value.parse().unwrap())]);
            content_type_is(Media::FhirJson, &headers).is_ok()
        };
        for value in ["application/fhir+json", "application/fhir+json; fhirVersion=4.0; charset=utf-8", "application/json"] {
            assert!(is_taken(value), "{value}");
        }
        for value in ["application/fhir+xml", "application/xml", "application/fhir+json; fhirVersion=5.0", "text/json"] {
            assert!(!is_taken(value), "{value}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for value in
            ["", "application/json", "application/xml2", "text/xml; charset=utf-16", "text/plain", "application/soap+xml"]
        {
            assert!(!is_taken(header::CONTENT_TYPE, value), "{value}");
        }
        assert!(content_type_is(Media::Xml, &HeaderMap::new()).is_err(), "none at all");
        assert!(!is_taken(header::CONTENT_ENCODING, "gzip"));
        assert!(is_taken(header::CONTENT_ENCODING, "identity"));
    }
}
