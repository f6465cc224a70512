//! The promise: what claims a Norwegian base profile is as the profile wants it, in every Bundle that the mapping makes; and whoever
//! breaks a demand of a profile hears of it.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

#[expect(dead_code, reason = "Bundles for servers are promised elsewhere")]
mod corpus;
#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use bindeledd::domain::Language;
use bindeledd::fhir::profiles::{self, Demand, Wish};
use bindeledd::fhir::{self, IssueKind, Json};
use bindeledd::translation::mapping::to_fhir;
use bindeledd::xml::{self, Limits, Tree};
use corpus::{FIXTURES, files, grown, number, official_samples};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong by a profile.
fn broken(json: &Json<'_>) -> Vec<(&'static Demand, String)> {
    let told = |issue: fhir::Issue| match issue.kind {
        IssueKind::Profile(demand) => Some((demand, format!("{}: {}", issue.path, issue.sentence(Language::En)))),
        _ => None,
    };
    fhir::judge(json).into_iter().filter_map(told).collect()
}

#[test]
fn every_bundle_keeps_the_profiles_that_it_claims() {
    let seed = number("BINDELEDD_SEED").unwrap_or(0) as u64;
    let files = FIXTURES.iter().flat_map(|folder| files(folder)).chain(official_samples().unwrap_or_default());
    let read = |path| xml::decode(&std::fs::read(path).expect("it can be read")).expect("a document").into_owned();
    let (mut troubles, mut claimed) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for text in files.map(read).chain(grown(seed, number("BINDELEDD_GROWN").unwrap_or(8))) {
        let (tree, _) = Tree::read(&text, &Limits::default());
        let bundle = to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000").expect("known");
        broken(&bundle).into_iter().for_each(|(_, why)| *troubles.entry(why).or_default() += 1);
        for entry in bundle.get("entry").expect("entries").items() {
            let profile = entry.get("resource").and_then(|resource| resource.get("meta")?.first("profile"));
            claimed.extend(profile.and_then(Json::text).and_then(profiles::by_url).map(|profile| profile.of));
        }
    }
    let told: Vec<String> = troubles.iter().take(30).map(|(why, count)| format!("{count} times: {why}")).collect();
    assert!(troubles.is_empty(), "seed {seed}\n{}", told.join("\n"));
    let all: Vec<&str> = claimed.into_iter().collect();
    let kinds =
        ["Composition", "DocumentReference", "Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson"];
    assert_eq!(all, kinds);
}

/// Resources that keep every demand of their profile and use it, one for each.
const GOOD: [(&str, &str); 8] = [
    (
        "Patient",
        r#""identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"1"},{"system":"urn:oid:2.16.578.1.12.4.1.4.2","value":"1"},
        {"system":"urn:oid:2.16.578.1.12.4.1.4.3","value":"1"},{"system":"HNR","value":"1","assigner":{"display":"x"},
        "type":{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.8327","code":"HNR"}]}}],
        "name":[{"extension":[MIDDLE]}],"address":[{"district":"x","extension":[DISTRICT],"_district":{"extension":[MUNICIPALITY]}}],
        "contact":[{"name":{"extension":[MIDDLE]},"address":{"extension":[DISTRICT],"_district":{"extension":[MUNICIPALITY]}}}]"#,
    ),
    (
        "Practitioner",
        r#""identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.4","value":"1"},{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"1"},
        {"system":"urn:oid:2.16.578.1.12.4.1.4.2","value":"1"}],"qualification":[{"code":{"coding":[
        {"system":"urn:oid:2.16.578.1.12.4.1.1.9060","code":"LE"},{"system":"urn:oid:2.16.578.1.12.4.1.1.7704","code":"1"},
        {"system":"urn:oid:2.16.578.1.12.4.1.1.7426","code":"1"}]}}]"#,
    ),
    (
        "PractitionerRole",
        r#""code":[{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.9034","code":"1"}]}],
        "specialty":[{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.8451","code":"1"}]}]"#,
    ),
    (
        "Organization",
        r#""name":"x","identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.101","value":"1"},{"system":"urn:oid:2.16.578.1.12.4.1.4.102",
        "value":"1"}],"type":[{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.8628","code":"1"}]},
        {"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.8624","code":"1"}]}]"#,
    ),
    (
        "RelatedPerson",
        r#""patient":{"display":"x"},"identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"1"},
        {"system":"urn:oid:2.16.578.1.12.4.1.4.2","value":"1"}],
        "relationship":[{"coding":[{"system":"http://hl7.no/fhir/CodeSystem/no-basis-marital-status","code":"gift"}]}]"#,
    ),
    (
        "Composition",
        r#""status":"final","date":"2026","author":[{"display":"x"}],"title":"x",
        "type":{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.9602","code":"A11-2"}]}"#,
    ),
    (
        "DocumentReference",
        r#""status":"current","content":[{"attachment":{"title":"x"}}],
        "type":{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.9602","code":"I02-2"}]}"#,
    ),
    (
        "Endpoint",
        r#""status":"active","connectionType":{"code":"x"},"address":"https://example.org",
        "payloadType":[{"coding":[{"system":"urn:oid:2.16.578.1.12.4.1.1.8279","code":"DIALOG"}]}]"#,
    ),
];

/// The good resource of a type.
fn good(kind: &str) -> Json<'static> {
    let members = GOOD.iter().find(|(known, _)| *known == kind).expect("there is one").1;
    let of =
        |name: &str, value: &str| format!(r#"{{"url":"http://hl7.no/fhir/StructureDefinition/no-basis-{name}",{value}}}"#);
    let members = members
        .replace("MIDDLE", &of("middlename", r#""valueString":"x""#))
        .replace("DISTRICT", &of("urban-district", r#""valueCoding":{"code":"1"}"#))
        .replace("MUNICIPALITY", &of("municipalitycode", r#""valueCoding":{"code":"1"}"#));
    let text = format!(
        r#"{{"resourceType":"{kind}","meta":{{"profile":["http://hl7.no/fhir/StructureDefinition/no-basis-{kind}"]}},{members}}}"#
    );
    fhir::read(text.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{kind}: {why}")).into_owned()
}

#[test]
fn a_resource_that_keeps_its_profile_is_not_blamed() {
    for (kind, _) in GOOD {
        let json = good(kind);
        let issues: Vec<String> =
            fhir::judge(&json).iter().map(|issue| format!("{}: {}", issue.path, issue.sentence(Language::En))).collect();
        assert!(issues.is_empty(), "{kind}: {issues:?}");
    }
}

/// Every tree that is made by changing one member or item somewhere.
fn mutants(json: &Json<'static>) -> Vec<Json<'static>> {
    let mut made = Vec::new();
    match json {
        Json::Object(object) => {
            for at in 0..object.members().len() {
                let (name, value) = &object.members()[at];
                if matches!(&**name, "meta" | "resourceType" | "url") {
                    continue;
                }
                let mut without = object.clone();
                without.members_mut().remove(at);
                made.push(Json::Object(without));
                for changed in mutants(value) {
                    let mut with = object.clone();
                    with.members_mut()[at].1 = changed;
                    made.push(Json::Object(with));
                }
            }
        }
        Json::Array(items) => {
            for at in 0..items.len() {
                let mut twice = items.clone();
                twice.insert(at, items[at].clone());
                made.push(Json::Array(twice));
                for changed in mutants(&items[at]) {
                    let mut with = items.clone();
                    with[at] = changed;
                    made.push(Json::Array(with));
                }
            }
        }
        Json::Text(_) => made.push("other".into()),
        _ => {}
    }
    made
}

#[test]
fn every_demand_of_a_profile_has_a_mutant_that_breaks_it_alone() {
    let key = |demand: &Demand| format!("{demand:?}");
    let mut caught = BTreeMap::<String, usize>::new();
    for (kind, _) in GOOD {
        for mutant in mutants(&good(kind)) {
            let broken = broken(&mutant);
            if let [(demand, why)] = broken.as_slice() {
                assert!(why.starts_with(kind) && !why.contains('{'), "{why}");
                *caught.entry(key(demand)).or_default() += 1;
            }
        }
    }
    let demands = profiles::all().iter().flat_map(|profile| &profile.demands);
    // What is demanded of a data type is broken there.
    let own = demands.filter(|demand| !matches!(demand.wish, Wish::Type(_)));
    let missed: Vec<String> = own.map(key).filter(|demand| !caught.contains_key(demand)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_resource_that_claims_nothing_is_judged_by_r4_alone() {
    let mut json = good("Composition");
    let object = json.object_mut().expect("an object");
    object.set("meta", Json::Null);
    object.set("type", fhir::Object::new().with("text", "x"));
    assert!(fhir::judge(&json).is_empty());
}
