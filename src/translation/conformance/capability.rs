//! The CapabilityStatement: what this server takes and gives.

use super::shelf::all;
use crate::fhir::{Json, Object, array};
use std::collections::BTreeSet;

/// Seven days: a message that comes again within them is known by its id (FHIR R4, CapabilityStatement.messaging.reliableCache).
const RELIABLE_CACHE_MINUTES: u32 = 7 * 24 * 60;
const TRANSPORT: &str = "http://terminology.hl7.org/CodeSystem/message-transport";

/// An operation of the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operation<'o> {
    /// Without `$`: `process-message`.
    pub name: &'o str,
    /// The canonical of its OperationDefinition.
    pub definition: &'o str,
}

/// What the server at `base` can do, at `date` (a dateTime of FHIR). `base` is without a slash at its end.
pub fn capability(version: &str, base: &str, date: &str, operations: &[Operation<'_>]) -> Json<'static> {
    let software = Object::new().with("name", "Bindeledd").with("version", version.to_owned());
    let implementation =
        Object::new().with("description", "Integration gateway for health messages").with("url", base.to_owned());
    Object::resource("CapabilityStatement")
        .with("status", "active")
        .with("date", date.to_owned())
        .with("kind", "instance")
        .with("software", software)
        .with("implementation", implementation)
        .with("fhirVersion", "4.0.1")
        .with("format", array(["application/fhir+json", "json"]))
        .with("rest", array([rest(operations)]))
        .with("messaging", array([messaging(base)]))
        .into()
}

fn messaging(base: &str) -> Object<'static> {
    let protocol = Object::new().with("system", TRANSPORT).with("code", "http");
    let endpoint = Object::new().with("protocol", protocol).with("address", format!("{base}/$process-message"));
    let messages = all().iter().filter(|one| one.kind == "MessageDefinition");
    let both = messages.flat_map(|one| ["sender", "receiver"].map(|mode| (mode, one.url.clone())));
    let supported = both.map(|(mode, url)| Object::new().with("mode", mode).with("definition", url));
    Object::new()
        .with("endpoint", array([endpoint]))
        .with("reliableCache", RELIABLE_CACHE_MINUTES)
        .with("supportedMessage", array(supported))
}

fn rest(operations: &[Operation<'_>]) -> Object<'static> {
    let kinds: BTreeSet<&'static str> = all().iter().map(|one| one.kind).collect();
    let by_url = || {
        let definition = "http://hl7.org/fhir/SearchParameter/conformance-url";
        Object::new().with("name", "url").with("definition", definition).with("type", "uri")
    };
    let resource = |kind: &'static str| {
        let interactions = ["read", "search-type"].map(|code| Object::new().with("code", code));
        let is_canonical = kind != "NamingSystem";
        Object::new()
            .with("type", kind)
            .with("interaction", array(interactions))
            .with("searchParam", array(is_canonical.then(by_url)))
    };
    let operation =
        |one: &Operation<'_>| Object::new().with("name", one.name.to_owned()).with("definition", one.definition.to_owned());
    Object::new()
        .with("mode", "server")
        .with("security", Object::new().with("description", "A bearer token for each partner, over TLS."))
        .with("resource", array(kinds.into_iter().map(resource)))
        .with("operation", array(operations.iter().map(operation)))
}
