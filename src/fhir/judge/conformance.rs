//! The invariants of the resources that a server tells about itself with: definitions, code systems, value sets, maps.

use super::super::json::Object;
use super::invariant::Invariant;
use super::invariant::Shape::{AnyOf, Needs, NotBoth, Own};
use super::presence::{all_different, each, has, text};
use crate::domain::Text;

#[rustfmt::skip]
pub(super) static INVARIANTS: &[Invariant] = &[
    Invariant::new("cmd-1", "ConceptMap.group.element.target", Own(
        |target| has(target, "comment") || !matches!(text(target, "equivalence"), Some("narrower" | "inexact")),
        Text {
            en: "A target that is narrower or inexact must have a `comment`.",
            nb: "Et mål som er narrower eller inexact, må ha `comment`.",
            nn: "Eit mål som er narrower eller inexact, må ha `comment`.",
        },
    )),
    Invariant::new("cmd-2", "ConceptMap.group.unmapped", Own(
        |unmapped| text(unmapped, "mode") != Some("fixed") || has(unmapped, "code"),
        Text {
            en: "With the mode `fixed`, there must be a `code`.",
            nb: "Når mode er `fixed`, må `code` være med.",
            nn: "Når mode er `fixed`, må `code` vere med.",
        },
    )),
    Invariant::new("cmd-3", "ConceptMap.group.unmapped", Own(
        |unmapped| text(unmapped, "mode") != Some("other-map") || has(unmapped, "url"),
        Text {
            en: "With the mode `other-map`, there must be a `url`.",
            nb: "Når mode er `other-map`, må `url` være med.",
            nn: "Når mode er `other-map`, må `url` vere med.",
        },
    )),
    Invariant::new("csd-1", "CodeSystem", Own(
        |system| {
            let mut codes = Vec::new();
            each(system, "concept").for_each(|concept| collect_codes(concept, &mut codes));
            all_different(codes.into_iter())
        },
        Text {
            en: "Every code of a code system must be different.",
            nb: "Alle koder i et kodeverk må være ulike.",
            nn: "Alle kodar i eit kodeverk må vere ulike.",
        },
    )),
    Invariant::new("vsd-1", "ValueSet.compose.include", AnyOf(&["valueSet", "system"])),
    Invariant::new("vsd-2", "ValueSet.compose.include", Own(
        |include| has(include, "system") || !has(include, "concept") && !has(include, "filter"),
        Text {
            en: "Where `concept` or `filter` is, `system` must be too.",
            nb: "Når `concept` eller `filter` er med, må `system` også være med.",
            nn: "Når `concept` eller `filter` er med, må `system` òg vere med.",
        },
    )),
    Invariant::new("vsd-3", "ValueSet.compose.include", NotBoth("concept", "filter")),
    Invariant::new("vsd-6", "ValueSet.expansion.contains", AnyOf(&["code", "display"])),
    Invariant::new("vsd-10", "ValueSet.expansion.contains", Needs("code", "system")),
    Invariant::new("cpb-1", "CapabilityStatement", AnyOf(&["rest", "messaging", "document"])),
    Invariant::new("cpb-2", "CapabilityStatement", AnyOf(&["description", "software", "implementation"])),
    Invariant::new("cpb-3", "CapabilityStatement", Own(
        |statement| {
            is_of_kind(statement, "instance") || !each(statement, "messaging").any(|messaging| has(messaging, "endpoint"))
        },
        Text {
            en: "Only a statement about an instance has a `messaging.endpoint`.",
            nb: "Bare en beskrivelse av en installasjon har `messaging.endpoint`.",
            nn: "Berre ei skildring av ein installasjon har `messaging.endpoint`.",
        },
    )),
    Invariant::new("cpb-15", "CapabilityStatement", Own(
        |statement| {
            let software_alone = has(statement, "software") && !has(statement, "implementation");
            !is_of_kind(statement, "capability") || software_alone
        },
        Text {
            en: "A statement about software has `software` and no `implementation`.",
            nb: "En beskrivelse av en programvare har `software` og ikke `implementation`.",
            nn: "Ei skildring av ei programvare har `software` og ikkje `implementation`.",
        },
    )),
    Invariant::new("cpb-16", "CapabilityStatement", Own(
        |statement| {
            let neither = !has(statement, "software") && !has(statement, "implementation");
            !is_of_kind(statement, "requirements") || neither
        },
        Text {
            en: "A statement of requirements has neither `software` nor `implementation`.",
            nb: "En kravbeskrivelse har verken `software` eller `implementation`.",
            nn: "Ei kravskildring har verken `software` eller `implementation`.",
        },
    )),
    Invariant::new("cpb-14", "CapabilityStatement", Own(
        |statement| !is_of_kind(statement, "instance") || has(statement, "implementation"),
        Text {
            en: "A statement about an instance must have `implementation`.",
            nb: "En beskrivelse av en installasjon må ha `implementation`.",
            nn: "Ei skildring av ein installasjon må ha `implementation`.",
        },
    )),
    Invariant::new("cpb-9", "CapabilityStatement.rest", Own(
        |rest| all_different(each(rest, "resource").filter_map(|resource| text(resource, "type"))),
        Text {
            en: "A resource may be described only once.",
            nb: "En ressurs kan bare beskrives én gang.",
            nn: "Ein ressurs kan berre skildrast éin gong.",
        },
    )),
    Invariant::new("cpb-12", "CapabilityStatement.rest.resource", Own(
        |resource| all_different(each(resource, "searchParam").filter_map(|parameter| text(parameter, "name"))),
        Text {
            en: "A search parameter may be described only once.",
            nb: "En søkeparameter kan bare beskrives én gang.",
            nn: "Ein søkjeparameter kan berre skildrast éin gong.",
        },
    )),
    Invariant::new("sdf-4", "StructureDefinition", Own(
        |definition| has(definition, "baseDefinition") || definition.get("abstract").and_then(|is| is.bool()) == Some(true),
        Text {
            en: "A structure that is not abstract must have a `baseDefinition`.",
            nb: "En struktur som ikke er abstrakt, må ha `baseDefinition`.",
            nn: "Ein struktur som ikkje er abstrakt, må ha `baseDefinition`.",
        },
    )),
    Invariant::new("sdf-6", "StructureDefinition", AnyOf(&["snapshot", "differential"])),
];

fn is_of_kind(statement: &Object<'_>, kind: &str) -> bool {
    text(statement, "kind") == Some(kind)
}

fn collect_codes<'o>(concept: &'o Object<'_>, codes: &mut Vec<&'o str>) {
    codes.extend(text(concept, "code"));
    each(concept, "concept").for_each(|inner| collect_codes(inner, codes));
}
