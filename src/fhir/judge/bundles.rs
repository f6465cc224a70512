//! The invariants of Bundle, and of resources inside others.

use super::super::json::{Json, Object};
use super::invariant::Invariant;
use super::invariant::Shape::{AnyOf, Own};
use super::presence::{all_different, each, has, text};
use crate::domain::Text;

#[rustfmt::skip]
pub(super) static INVARIANTS: &[Invariant] = &[
    Invariant::new("bdl-1", "Bundle", Own(|bundle| !has(bundle, "total") || is(bundle, &["searchset", "history"]), Text {
        en: "`total` is only for the results of a search and for a history.",
        nb: "`total` er bare for søkeresultater og historikk.",
        nn: "`total` er berre for søkjeresultat og historikk.",
    })),
    Invariant::new("bdl-2", "Bundle", Own(
        |bundle| is(bundle, &["searchset"]) || !each(bundle, "entry").any(|entry| has(entry, "search")),
        Text {
            en: "`entry.search` is only for the results of a search.",
            nb: "`entry.search` er bare for søkeresultater.",
            nn: "`entry.search` er berre for søkjeresultat.",
        },
    )),
    Invariant::new("bdl-3", "Bundle", Own(
        |bundle| {
            let wanted = is(bundle, &["batch", "transaction", "history"]);
            each(bundle, "entry").all(|entry| has(entry, "request") == wanted)
        },
        Text {
            en: "`entry.request` is required in a batch, a transaction and a history, and forbidden in every other Bundle.",
            nb: "`entry.request` er påkrevd i batch, transaction og history, og forbudt i alle andre Bundle-typer.",
            nn: "`entry.request` er påkravd i batch, transaction og history, og forbode i alle andre Bundle-typar.",
        },
    )),
    Invariant::new("bdl-4", "Bundle", Own(
        |bundle| {
            let wanted = is(bundle, &["batch-response", "transaction-response", "history"]);
            each(bundle, "entry").all(|entry| has(entry, "response") == wanted)
        },
        Text {
            en: "`entry.response` is required in answers to a batch or a transaction and in a history, and forbidden in every other Bundle.",
            nb: "`entry.response` er påkrevd i svar på batch og transaction og i history, og forbudt i alle andre Bundle-typer.",
            nn: "`entry.response` er påkravd i svar på batch og transaction og i history, og forbode i alle andre Bundle-typar.",
        },
    )),
    Invariant::new("bdl-5", "Bundle.entry", AnyOf(&["resource", "request", "response"])),
    Invariant::new("bdl-7", "Bundle", Own(
        |bundle| is(bundle, &["history"]) || all_different(each(bundle, "entry").filter_map(name_of_entry)),
        Text {
            en: "`fullUrl` must be different in every entry, or the versions must be.",
            nb: "`fullUrl` må være ulik i hver entry, eller så må versjonene være ulike.",
            nn: "`fullUrl` må vere ulik i kvar entry, eller så må versjonane vere ulike.",
        },
    )),
    Invariant::new("bdl-8", "Bundle.entry", Own(
        |entry| !text(entry, "fullUrl").is_some_and(|url| url.contains("/_history/")),
        Text {
            en: "`fullUrl` may not name a version.",
            nb: "`fullUrl` kan ikke peke på en versjon.",
            nn: "`fullUrl` kan ikkje peike på ein versjon.",
        },
    )),
    Invariant::new("bdl-9", "Bundle", Own(
        |bundle| {
            let identifier = || each(bundle, "identifier").next();
            !is(bundle, &["document"]) || identifier().is_some_and(|id| has(id, "system") && has(id, "value"))
        },
        Text {
            en: "A document must have an identifier with `system` and `value`.",
            nb: "Et dokument må ha en identifikator med `system` og `value`.",
            nn: "Eit dokument må ha ein identifikator med `system` og `value`.",
        },
    )),
    Invariant::new("bdl-10", "Bundle", Own(|bundle| !is(bundle, &["document"]) || text(bundle, "timestamp").is_some(), Text {
        en: "A document must have a `timestamp`.",
        nb: "Et dokument må ha `timestamp`.",
        nn: "Eit dokument må ha `timestamp`.",
    })),
    Invariant::new("bdl-11", "Bundle", Own(|bundle| !is(bundle, &["document"]) || begins_with(bundle, "Composition"), Text {
        en: "A document must begin with a Composition.",
        nb: "Et dokument må begynne med en Composition.",
        nn: "Eit dokument må byrje med ein Composition.",
    })),
    Invariant::new("bdl-12", "Bundle", Own(|bundle| !is(bundle, &["message"]) || begins_with(bundle, "MessageHeader"), Text {
        en: "A message must begin with a MessageHeader.",
        nb: "En melding må begynne med en MessageHeader.",
        nn: "Ei melding må byrje med ein MessageHeader.",
    })),
    Invariant::new("dom-2", "DomainResource", Own(
        |resource| !each(resource, "contained").any(|inner| has(inner, "contained")),
        Text {
            en: "A contained resource may not contain others.",
            nb: "En innebygd ressurs kan ikke selv ha innebygde ressurser.",
            nn: "Ein innebygd ressurs kan ikkje sjølv ha innebygde ressursar.",
        },
    )),
    Invariant::new("dom-4", "DomainResource", Own(
        |resource| !each(resource, "contained").any(|inner| has_meta(inner, &["versionId", "lastUpdated"])),
        Text {
            en: "A contained resource may have neither `meta.versionId` nor `meta.lastUpdated`.",
            nb: "En innebygd ressurs kan ikke ha `meta.versionId` eller `meta.lastUpdated`.",
            nn: "Ein innebygd ressurs kan ikkje ha `meta.versionId` eller `meta.lastUpdated`.",
        },
    )),
    Invariant::new("dom-5", "DomainResource", Own(
        |resource| !each(resource, "contained").any(|inner| has_meta(inner, &["security"])),
        Text {
            en: "A contained resource may not have a security label: the resource around it has it.",
            nb: "En innebygd ressurs kan ikke ha `meta.security`: den hører til ressursen rundt.",
            nn: "Ein innebygd ressurs kan ikkje ha `meta.security`: han høyrer til ressursen rundt.",
        },
    )),
];

fn is(bundle: &Object<'_>, types: &[&str]) -> bool {
    text(bundle, "type").is_some_and(|known| types.contains(&known))
}

fn begins_with(bundle: &Object<'_>, resource_type: &str) -> bool {
    let first = each(bundle, "entry").next().and_then(|entry| entry.get("resource"));
    first.and_then(Json::resource_type) == Some(resource_type)
}

fn name_of_entry<'o>(entry: &'o Object<'_>) -> Option<(&'o str, Option<&'o str>)> {
    let version = entry.get("resource").and_then(|resource| resource.get("meta")?.get("versionId")?.text());
    Some((text(entry, "fullUrl")?, version))
}

fn has_meta(resource: &Object<'_>, names: &[&str]) -> bool {
    each(resource, "meta").any(|meta| names.iter().any(|name| has(meta, name)))
}
