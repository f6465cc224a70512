//! Where a Bundle came from: a Provenance, and where it was agreed the XML as it came, for evidence. Neither is read on the way back.

use super::grow::{add, concept, id_of, reference};
use crate::domain::Timestamp;
use crate::fhir::{Json, Object};
use crate::translation::mapping::BASE;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Adds the Provenance of the translation, and the original if there is one to go along. `message` is the id of the MessageHeader.
pub(super) fn add_provenance(bundle: &mut Json<'_>, message: &str, original: Option<&[u8]>, now: Timestamp) {
    let source = match original {
        Some(bytes) => {
            let document = id_of(message, "original");
            add_original(bundle, message, &document, bytes);
            reference(&document)
        }
        None => {
            let named = Object::new().with("system", "urn:ietf:rfc:3986").with("value", format!("urn:uuid:{message}"));
            Object::new().with("identifier", named)
        }
    };
    let id = id_of(message, "provenance of the translation");
    let assembler = concept_of("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler");
    let agent = Object::new().with("type", assembler).with("who", Object::new().with("display", "Bindeledd"));
    let entity = Object::new().with("role", "source").with("what", source);
    let provenance = Object::resource("Provenance")
        .with("id", id.clone())
        .with("target", vec![reference(message).into()])
        .with("recorded", now.to_string())
        .with("policy", vec![format!("{BASE}/mapping").into()])
        .with("activity", concept("gw-activity", "translate"))
        .with("agent", vec![agent.into()])
        .with("entity", vec![entity.into()]);
    add(bundle, &id, provenance);
}

fn concept_of(system: &'static str, code: &'static str) -> Object<'static> {
    Object::new().with("coding", vec![Object::new().with("system", system).with("code", code).into()])
}

/// The bytes as they came, in a Binary, and the DocumentReference that says what they are.
fn add_original(bundle: &mut Json<'_>, message: &str, document: &str, bytes: &[u8]) {
    let binary = id_of(message, "bytes of the original");
    let attachment = Object::new()
        .with("contentType", "application/xml")
        .with("url", format!("urn:uuid:{binary}"))
        .with("title", "Meldingen slik den kom");
    let made = Object::resource("DocumentReference")
        .with("id", document.to_owned())
        .with("status", "current")
        .with("category", vec![concept("gw-doc", "original-message").into()])
        .with("content", vec![Object::new().with("attachment", attachment).into()]);
    add(bundle, document, made);
    let made = Object::resource("Binary")
        .with("id", binary.clone())
        .with("contentType", "application/xml")
        .with("data", STANDARD.encode(bytes));
    add(bundle, &binary, made);
}
