//! The promises of the judge over FHIR resources: what is right passes, what is wrong is told with its place, and no word of
//! a resource's content is repeated.
#![expect(clippy::print_stderr, reason = "what is skipped is said aloud, and the figures are wanted")]

#[path = "fhir/all_examples.rs"]
mod all_examples;
#[path = "fhir/examples.rs"]
mod examples;
#[path = "fhir/fetched.rs"]
mod fetched;

use bindeledd::domain::Language;
use bindeledd::fhir::{Issue, IssueKind, Limits, judge, places, read};
use std::collections::BTreeSet;

/// A message as the gateway would send it, and small enough to read.
const MESSAGE: &str = r#"{
  "resourceType": "Bundle",
  "type": "message",
  "timestamp": "2026-11-22T12:30:00+01:00",
  "entry": [
    {
      "fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
      "resource": {
        "resourceType": "MessageHeader",
        "eventUri": "urn:oid:2.16.578.1.12.4.1.1.8279",
        "source": { "endpoint": "urn:oid:2.16.578.1.12.4.1.2.9000201" },
        "focus": [{ "reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0" }]
      }
    },
    {
      "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
      "resource": {
        "resourceType": "Observation",
        "status": "final",
        "code": { "text": "Stille Fjord" },
        "subject": { "reference": "urn:uuid:7b0ed8a8-6ac4-4b2b-a1e4-6ff4d2a8c1a1" },
        "valueQuantity": { "value": 2.50, "unit": "kg" }
      }
    },
    {
      "fullUrl": "urn:uuid:7b0ed8a8-6ac4-4b2b-a1e4-6ff4d2a8c1a1",
      "resource": { "resourceType": "Patient", "gender": "female", "birthDate": "1980-02-29" }
    }
  ]
}"#;

fn kind(issue: &Issue) -> String {
    match issue.kind {
        IssueKind::Broken(invariant) => format!("Broken({})", invariant.key),
        IssueKind::WrongTarget(_) => "WrongTarget".into(),
        other => format!("{other:?}"),
    }
}

/// Each issue as its place in FHIRPath, its kind, and line and column.
fn issues(text: &str) -> Vec<String> {
    let json = read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let issues = judge(&json);
    let places = places(text.as_bytes(), &issues);
    let shown = |(issue, place): (&Issue, bindeledd::xml::Place)| {
        format!("{} {} {}:{}", issue.path, kind(issue), place.line, place.column)
    };
    issues.iter().zip(places).map(shown).collect()
}

#[test]
fn a_good_message_has_no_issue() {
    assert_eq!(issues(MESSAGE), Vec::<String>::new());
}

#[test]
fn each_of_the_usual_mistakes_is_told_with_its_place() {
    let broken = [
        ("\"birthDate\"", "\"birthday\"", "Bundle.entry[2].resource.children()[2] UnknownElement(None) 27:68"),
        ("\"gender\"", "\"gneder\"", "Bundle.entry[2].resource.children()[1] UnknownElement(Some(\"gender\")) 27:48"),
        ("\"status\": \"final\",", "", "Bundle.entry[1].resource Missing(\"status\") 17:7"),
        ("\"final\"", "\"finished\"", "Bundle.entry[1].resource.status UnknownCode(\"observation-status\") 19:9"),
        (
            "\"valueQuantity\"",
            "\"valueString\": \"a\", \"valueQuantity\"",
            "Bundle.entry[1].resource.value.ofType(Quantity) ChoiceTwice(\"value\") 22:29",
        ),
        ("2.50", "\"2.50\"", "Bundle.entry[1].resource.value.ofType(Quantity).value WrongForm(Number) 22:28"),
        ("1980-02-29", "1981-02-29", "Bundle.entry[2].resource.birthDate BadValue(\"date\") 27:68"),
        ("{ \"text\": \"Stille Fjord\" }", "{}", "Bundle.entry[1].resource.code Empty 20:9"),
        (
            "\"subject\": { \"reference\": \"urn:uuid:7b0ed8a8-6ac4-4b2b-a1e4-6ff4d2a8c1a1\" }",
            "\"subject\": { \"reference\": \"urn:uuid:c757873d-ec9a-4326-a141-556f43239520\" }",
            "Bundle.entry[1].resource.subject WrongTarget 21:9",
        ),
        (
            "[{ \"reference\"",
            "[{ \"referenc\"",
            "Bundle.entry[0].resource.focus[0].children()[0] UnknownElement(Some(\"reference\")) 12:21",
        ),
        (
            "\"focus\": [{ \"reference\": \"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0\" }]",
            "\"focus\": { \"reference\": \"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0\" }",
            "Bundle.entry[0].resource.focus WrongForm(Array) 12:9",
        ),
        ("\"MessageHeader\"", "\"Basic\"", "Bundle Broken(bdl-12) 1:1"),
        ("\"Patient\"", "\"Patients\"", "Bundle.entry[2].resource UnknownResource 27:7"),
        (
            "urn:uuid:7b0ed8a8-6ac4-4b2b-a1e4-6ff4d2a8c1a1\" }",
            "urn:uuid:00000000-6ac4-4b2b-a1e4-6ff4d2a8c1a1\" }",
            "Bundle.entry[1].resource.subject NotInBundle 21:9",
        ),
    ];
    for (good, bad, expected) in broken {
        assert!(MESSAGE.contains(good), "{good}");
        let found = issues(&MESSAGE.replacen(good, bad, 1));
        assert!(found.iter().any(|issue| issue == expected), "{bad}: {found:?}, not {expected}");
    }
}

#[test]
fn all_issues_of_a_resource_are_told_at_once() {
    let mut bad = MESSAGE.to_string();
    for (good, wrong) in
        [("final", "finished"), ("1980-02-29", "yesterday"), ("\"2026-11-22T12:30:00+01:00\"", "null"), ("2.50", "true")]
    {
        bad = bad.replacen(good, wrong, 1);
    }
    assert_eq!(
        issues(&bad),
        [
            "Bundle.timestamp Null 4:3",
            "Bundle.entry[1].resource.status UnknownCode(\"observation-status\") 19:9",
            "Bundle.entry[1].resource.value.ofType(Quantity).value WrongForm(Number) 22:28",
            "Bundle.entry[2].resource.birthDate BadValue(\"date\") 27:68",
        ]
    );
}

#[test]
fn the_places_beside_values_are_judged_too() {
    let of = |text: &str| {
        issues(text).into_iter().map(|issue| issue.split(' ').skip(1).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let extension = r#"{"extension":[{"url":"urn:a","valueCode":"b"}]}"#;
    let patient = |inner: &str| format!(r#"{{"resourceType":"Patient",{inner}}}"#);
    let none: [&str; 0] = [];
    assert_eq!(of(&patient(&format!(r#""_birthDate":{extension}"#))), none);
    assert_eq!(of(&patient(&format!(r#""name":[{{"given":["a",null],"_given":[null,{extension}]}}]"#))), none);
    assert_eq!(of(&patient(&format!(r#""birthDate":null,"_birthDate":{extension}"#))), ["Null 1:27"]);
    assert_eq!(of(&patient(r#""birthDate":"1980","_birthDate":{"id":"a"}"#)), none);
    assert_eq!(of(&patient(r#""_birthDate":{"id":"a"}"#)), ["Broken(ele-1) 1:27"]);
    assert_eq!(of(&patient(r#""_birthDate":{}"#)), ["Empty 1:27"]);
    assert_eq!(of(&patient(r#""_name":[{"id":"a"}]"#)), ["UnknownElement(Some(\"name\")) 1:27"]);
    assert_eq!(of(&patient(r#""name":[{"given":["a",null]}]"#)), ["Null 1:49"]);
    assert_eq!(of(&patient(&format!(r#""name":[{{"given":["a","b"],"_given":[{extension}]}}]"#))), ["Unpaired 1:54"]);
    assert_eq!(of(&patient(r#""name":[{"given":["a",null],"_given":[null,null]}]"#)), ["Null 1:49"]);
    assert_eq!(of(&patient(&format!(r#""name":[{{"given":["a"],"_given":{extension}}}]"#))), ["WrongForm(Array) 1:50"]);
    assert_eq!(of(&patient(r#""birthDate":"1980","_birthDate":"a""#)), ["WrongForm(Object) 1:46"]);
    assert_eq!(
        of(&patient(r#""deceasedBoolean":true,"_deceasedDateTime":{"id":"a"}"#)),
        ["ChoiceTwice(\"deceased\") 1:50", "Broken(ele-1) 1:50"]
    );
}

#[test]
fn contained_resources_and_references_to_them_are_judged() {
    let of = |contained: &str, rest: &str| {
        issues(&format!(
            r#"{{"resourceType":"Observation","status":"final","code":{{"text":"a"}},"contained":[{contained}]{rest}}}"#
        ))
        .into_iter()
        .map(|issue| issue.rsplit_once(' ').expect("a place").0.to_owned())
        .collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    let patient = r#"{"resourceType":"Patient","id":"p"}"#;
    assert_eq!(of(patient, r##","subject":{"reference":"#p"}"##), none);
    assert_eq!(of(patient, r##","performer":[{"reference":"#p"}]"##), none);
    assert_eq!(of(patient, r##","device":{"reference":"#p"}"##), ["Observation.device WrongTarget"]);
    assert_eq!(of(patient, r##","subject":{"reference":"#p","type":"Group"}"##), ["Observation.subject OtherTarget"]);
    assert_eq!(of(patient, ""), ["Observation.contained[0] Broken(dom-3)"]);
    let looks_back = r##"{"resourceType":"Provenance","target":[{"reference":"#"}],"recorded":"2026-11-22T12:30:00Z","agent":[{"who":{"display":"a"}}]}"##;
    assert_eq!(of(looks_back, ""), none);
    let nested = format!(r#"{{"resourceType":"Basic","id":"b","code":{{"text":"a"}},"contained":[{patient}]}}"#);
    let found = of(&nested, r##","focus":[{"reference":"#b"}]"##);
    assert!(found.contains(&"Observation Broken(dom-2)".to_owned()), "{found:?}");
    let versioned = r#"{"resourceType":"Patient","id":"p","meta":{"versionId":"1","security":[{"code":"R"}]}}"#;
    assert_eq!(
        of(versioned, r##","subject":{"reference":"#p"}"##),
        ["Observation Broken(dom-4)", "Observation Broken(dom-5)"]
    );
}

#[test]
fn what_is_no_resource_is_told_and_nothing_is_endless() {
    assert_eq!(issues("[]"), ["Resource NotAResource 1:1"]);
    assert_eq!(issues("\"a\""), ["Resource NotAResource 1:1"]);
    assert_eq!(issues("{}"), ["Resource NotAResource 1:1"]);
    assert_eq!(issues(r#"{"resourceType":"HumanName"}"#), ["Resource UnknownResource 1:1"]);
    let many = format!(r#"{{"resourceType":"Patient","name":[{}]}}"#, vec!["{}"; 1200].join(","));
    let found = issues(&many);
    assert_eq!(found.len(), 1001);
    assert!(found[1000].contains(" More "), "{}", found[1000]);
    let mut deep = bindeledd::fhir::Object::new().with("text", "a");
    for _ in 0..2000 {
        deep =
            bindeledd::fhir::Object::new().with("url", "urn:a").with("extension", vec![bindeledd::fhir::Json::from(deep)]);
    }
    let patient = bindeledd::fhir::Object::resource("Patient").with("extension", vec![bindeledd::fhir::Json::from(deep)]);
    assert!(judge(&patient.into()).iter().any(|issue| matches!(issue.kind, IssueKind::TooDeep)));
}

#[test]
fn every_committed_example_is_right_and_written_back_to_the_byte() {
    let examples = examples::committed();
    let mut types = BTreeSet::new();
    for text in &examples {
        let json = examples::json(text);
        assert!(json.compact() == *text, "an example is not written back as it was");
        assert!(examples::json(&json.pretty()) == json);
        let found = issues(text);
        assert!(found.is_empty(), "{:?}: {found:?}", json.get("id").and_then(|id| id.text()));
        types.insert(json.resource_type().expect("a resource").to_owned());
    }
    assert!(examples.len() >= 200 && types.len() >= 130, "{} examples of {} types", examples.len(), types.len());
}

/// What is wrong in the official examples themselves: looked at one by one.
#[rustfmt::skip]
const WRONG_EXAMPLES: [&str; 29] = [
    "ActivityDefinition-blood-tubes-supply.json Narrative(Silent)",
    "ActivityDefinition-heart-valve-replacement.json Narrative(Silent)",
    "Bundle-dataelements.json Broken(bdl-7)",
    "DeviceMetric-example.json WrongTarget",
    "DeviceUseStatement-example.json WrongTarget",
    "EventDefinition-example.json Narrative(Silent)",
    "ImplementationGuide-fhir.json Missing(\"name\")",
    "ImplementationGuide-fhir.json Missing(\"status\")",
    "MedicationRequest-medrx0301.json WrongTarget",
    "Observation-clinical-gender.json WrongTarget",
    "Questionnaire-qs1.json Missing(\"linkId\")",
    "Questionnaire-zika-virus-exposure-assessment.json Narrative(Silent)",
    "SearchParameter-codesystem-extensions-CodeSystem-author.json Missing(\"base\")",
    "SearchParameter-codesystem-extensions-CodeSystem-effective.json Missing(\"base\")",
    "SearchParameter-codesystem-extensions-CodeSystem-end.json Missing(\"base\")",
    "SearchParameter-codesystem-extensions-CodeSystem-keyword.json Missing(\"base\")",
    "SearchParameter-codesystem-extensions-CodeSystem-workflow.json Missing(\"base\")",
    "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json BadValue(\"id\")",
    "SearchParameter-valueset-extensions-ValueSet-author.json Missing(\"base\")",
    "SearchParameter-valueset-extensions-ValueSet-effective.json Missing(\"base\")",
    "SearchParameter-valueset-extensions-ValueSet-end.json Missing(\"base\")",
    "SearchParameter-valueset-extensions-ValueSet-keyword.json Missing(\"base\")",
    "SearchParameter-valueset-extensions-ValueSet-workflow.json Missing(\"base\")",
    "StructureDefinition-Definition.json Broken(sdf-4)",
    "StructureDefinition-Event.json Broken(sdf-4)",
    "StructureDefinition-FiveWs.json Broken(sdf-4)",
    "StructureDefinition-Request.json Broken(sdf-4)",
    "ig-r4.json Missing(\"name\")",
    "ig-r4.json Missing(\"status\")",
];

#[test]
fn all_official_examples_are_right_but_those_that_are_known_to_be_wrong() {
    let limits = Limits { document_bytes: 100 * 1024 * 1024, values_total: 10_000_000, ..Limits::default() };
    let examples = all_examples::all();
    let mut wrong = BTreeSet::new();
    for (name, bytes) in &examples {
        let json = read(bytes, &limits).unwrap_or_else(|trouble| panic!("{name}: {trouble}"));
        wrong.extend(judge(&json).iter().map(|issue| format!("{name} {}", kind(issue))));
    }
    let known = WRONG_EXAMPLES.iter().map(ToString::to_string).filter(|_| !examples.is_empty()).collect();
    assert_eq!(wrong, known);
}

#[test]
fn no_sentence_repeats_what_a_sender_wrote() {
    let secret = "Hemmeligheten";
    let bad = MESSAGE
        .replace("\"final\"", &format!("\"{secret}\""))
        .replace("\"birthDate\"", &format!("\"{secret}\""))
        .replace("\"kg\"", &format!("\"kg\", \"{secret}\": \"{secret}\""))
        .replace("1980-02-29", secret)
        .replace("urn:oid:2.16.578.1.12.4.1.2.9000201", &format!("{secret} {secret}"));
    let json = examples::json(&bad);
    let issues = judge(&json);
    assert!(issues.len() >= 4, "{}", issues.len());
    for issue in &issues {
        let sentences = [Language::En, Language::Nb, Language::Nn].map(|language| issue.sentence(language));
        let all = format!("{issue:?} {} {sentences:?} {} {}", issue.path, issue.code(), issue.source());
        assert!(!all.contains(secret), "{all}");
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains("{}")), "{sentences:?}");
    }
}
