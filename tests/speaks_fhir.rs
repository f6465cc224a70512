//! The promise: a partner at a FHIR endpoint gets every message as a Bundle that says the same, is answered in FHIR, and what it sends as a
//! Bundle goes the ordinary way; what is wrong with a Bundle is told with its place, and nothing is lost silently.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "speaks_fhir/servers.rs"]
mod servers;
#[path = "support/shipped.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod shipped;
#[path = "support/content.rs"]
mod content;

use bindeledd::domain::{Language, MsgId, PartnerName};
use bindeledd::fhir::{self, Json};
use bindeledd::messages::apprec::{Answer, compose, write};
use bindeledd::messages::{Body, Judging, Parsed, read};
use bindeledd::routing::{Acknowledges, AppRecVersion, Form, LossClass, Partner, Understands};
use bindeledd::rulebook::Consequence;
use bindeledd::store::Part;
use bindeledd::translation::forms::xml_in;
use bindeledd::translation::mapping::{lines, to_fhir};
use bindeledd::transports::{Reception, WhyTurnedAway};
use bindeledd::xml::{Limits, Tree, decode};
use content::content;
use fixtures::{Fixture, all};
use shipped::Shipped;

const MUNICIPALITY: &str = "fjellvik-tildeling";
const HOSPITAL: &str = "storfjell-sykehus";
const ANSWER: &str = "0f4f6f0e-3f0a-4c7e-9a55-2f1c2a3b4c5d";
const MESSAGE: Form = Form::FhirMessage { with_original: false };

fn name(text: &str) -> PartnerName {
    PartnerName::parse(text).expect("a good name")
}

fn fixture(path: &str) -> Fixture {
    all().into_iter().find(|fixture| fixture.path == path).expect("it is there")
}

fn parse(bytes: &[u8]) -> Parsed {
    read(bytes, &Judging::incoming(Limits::default())).expect("it can be read")
}

/// One partner gets Bundles.
fn where_speaks_fhir(who: &'static str, form: Form, acknowledges: Acknowledges) -> Shipped {
    Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = acknowledges;
        if partner.name.as_str() == who {
            partner.understands.form = form;
        }
    })
}

fn history(world: &Shipped) -> Vec<String> {
    world.disk.texts("SELECT what || ' ' || why FROM history ORDER BY id")
}

fn got_by<'g>(got: &'g [(PartnerName, String)], partner: &str) -> Vec<&'g str> {
    got.iter().filter(|(name, _)| name.as_str() == partner).map(|(_, text)| &**text).collect()
}

fn bundle(text: &str) -> Json<'_> {
    let bundle = fhir::read(text.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let wrong: Vec<String> =
        fhir::judge(&bundle).iter().map(|issue| format!("{}: {}", issue.path, issue.sentence(Language::En))).collect();
    assert_eq!(wrong, [""; 0]);
    bundle
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    let text = decode(bytes).expect("text");
    let (tree, _) = Tree::read(&text, &Limits::default());
    lines(tree.root().expect("a root"))
}

/// A message as a Bundle, as a system with our mapping would send it.
fn as_bundle(bytes: &[u8]) -> String {
    let text = decode(bytes).expect("text");
    let (tree, _) = Tree::read(&text, &Limits::default());
    let bundle = to_fhir(tree.root().expect("a root"), "6f1f9f0e-3f0a-4c7e-9a55-2f1c2a3b4c5d");
    bundle.unwrap_or_else(|_| panic!("it has places")).compact()
}

fn resource_types<'b>(bundle: &'b Json<'_>) -> Vec<&'b str> {
    let entries = bundle.get("entry").expect("entries").items();
    entries.iter().filter_map(|entry| entry.get("resource")?.resource_type()).collect()
}

fn answer(got: &Parsed, version: AppRecVersion, world: &Shipped) -> Vec<u8> {
    let receiver = got.envelope.receivers.first().expect("a receiver");
    write(&compose(&got.envelope, receiver, &Answer::Positive, version, MsgId::new(ANSWER), world.now())).into_bytes()
}

fn told_of(reception: Result<Reception, bindeledd::domain::Fault>) -> (WhyTurnedAway, Vec<String>) {
    let Ok(Reception::TurnedAway(turned_away)) = reception else { panic!("it was let in") };
    let told = turned_away.findings.iter().map(|finding| {
        let place = finding.place.map_or_else(String::new, |place| format!(" {place}"));
        let path = finding.path.clone().unwrap_or_default();
        format!("{} {path}{place}: {}", finding.rule.id, finding.sentence(Language::En))
    });
    (turned_away.why, told.collect())
}

#[test]
fn a_partner_at_a_fhir_endpoint_gets_every_message_as_a_bundle_that_says_the_same() {
    let mut told = 0;
    for sent in all().into_iter().filter(|fixture| fixture.is_accepted() && !fixture.path.starts_with("apprec/")) {
        let world = Shipped::where_partners(|partner| {
            partner.acknowledges = Acknowledges::Receiver;
            partner.understands.form = MESSAGE;
        });
        world.bring(&sent).1.expect("received");
        let id = parse(&sent.bytes).envelope.msg_id.key();
        for (_, text) in world.deliver().iter().filter(|(_, text)| text.to_lowercase().contains(&id)) {
            bundle(text);
            let back = xml_in(text.as_bytes()).expect("a message");
            assert_eq!(lines_of(&back), lines_of(&sent.bytes), "{}", sent.path);
            told += 1;
        }
    }
    assert!(told >= 40, "{told} Bundles");
}

#[test]
fn the_xml_stays_in_the_log_and_history_says_in_which_form_it_went_out() {
    let world = where_speaks_fhir(MUNICIPALITY, MESSAGE, Acknowledges::Receiver);
    let sent = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    world.bring(&sent).1.expect("received");
    assert!(history(&world).contains(&"translated for fjellvik-tildeling to a FHIR R4 message".to_string()));
    assert_eq!(content(&world, 1, Part::Message), sent.bytes);
}

#[test]
fn first_the_version_then_the_form() {
    let world = Shipped::where_partners(|partner| {
        partner.acknowledges = Acknowledges::Receiver;
        if partner.name.as_str() == MUNICIPALITY {
            let versions = vec![("plo", vec!["1.5"])];
            partner.understands = Understands { form: MESSAGE, versions, ..Understands::default() };
        }
    });
    world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
    let got = world.deliver();
    let [text] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    assert_eq!(parse(&xml_in(text.as_bytes()).expect("a message")).kind.label(), "plo 1.5");
    let line = "translated for fjellvik-tildeling to PLO 1.5: P-01, P-07, P-08, P-09; then to a FHIR R4 message";
    assert!(history(&world).contains(&line.to_string()), "{:?}", history(&world));
}

#[test]
fn the_original_travels_along_where_that_was_agreed_and_is_the_bytes_as_they_came() {
    let form = Form::FhirMessage { with_original: true };
    let world = where_speaks_fhir("fjellvik-hjemmetjeneste", form, Acknowledges::Receiver);
    let sent = fixture("plo/accepted/log-innlagt-1.6-latin1.xml");
    world.bring(&sent).1.expect("received");
    let got = world.deliver();
    let [text] = got_by(&got, "fjellvik-hjemmetjeneste")[..] else { panic!("{:?}", history(&world)) };
    let bundle = bundle(text);
    let entries = bundle.get("entry").expect("entries").items();
    let binary = entries.iter().filter_map(|entry| entry.get("resource")).find(|one| one.resource_type() == Some("Binary"));
    let data = binary.and_then(|binary| binary.get("data")?.text()).expect("data");
    use base64::Engine;
    assert_eq!(base64::engine::general_purpose::STANDARD.decode(data).expect("base64"), sent.bytes);
    assert_eq!(lines_of(&xml_in(text.as_bytes()).expect("a message")), lines_of(&sent.bytes), "and it is not read back");
}

#[test]
fn its_apprec_as_a_bundle_is_matched_and_reaches_the_sender_as_xml() {
    let world = where_speaks_fhir(MUNICIPALITY, MESSAGE, Acknowledges::Receiver);
    world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
    let got = world.deliver();
    let [text] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    let received = parse(&xml_in(text.as_bytes()).expect("a message"));
    let apprec = as_bundle(&answer(&received, AppRecVersion::V1_1, &world));
    assert!(matches!(world.bring_as(&name(MUNICIPALITY), apprec.as_bytes()), Ok(Reception::Receipt(_))));
    let got = world.deliver();
    let [handed_over] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(handed_over.as_bytes());
    assert!(matches!(&read.body, Body::Receipt(apprec) if apprec.id == MsgId::new(ANSWER) && apprec.is_positive()));
}

#[test]
fn the_gateways_own_apprecs_for_a_fhir_sender_are_bundles_positive_and_negative() {
    for (path, code) in
        [("plo/accepted/helseoppl-soknad-1.6.xml", "ok"), ("msghead/refused/r063_unknown_service.xml", "fatal-error")]
    {
        let sent = fixture(path);
        let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Gateway);
        world.bring(&sent).1.expect("received");
        let got = world.deliver();
        let [apprec] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
        let bundle = bundle(apprec);
        let header = bundle.first("entry").and_then(|first| first.get("resource")).expect("a header");
        let response = header.get("response").expect("a response");
        assert_eq!(response.get("code").and_then(Json::text), Some(code));
        let asked = parse(&sent.bytes).envelope.msg_id.key();
        assert_eq!(response.get("identifier").and_then(Json::text), Some(&*asked));
    }
}

#[test]
fn the_gateway_acknowledges_what_it_handed_over_as_a_bundle() {
    for form in [MESSAGE, Form::FhirTransaction { with_original: true }] {
        let world = where_speaks_fhir(MUNICIPALITY, form, Acknowledges::Gateway);
        world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
        let got = world.deliver();
        let [apprec] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
        assert_eq!(parse(apprec.as_bytes()).kind.label(), "apprec 1.1");
    }
}

#[test]
fn a_bundle_goes_the_ordinary_way_as_xml_and_is_kept_as_it_came() {
    let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Receiver);
    let meant = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    world.be_at(parse(&meant.bytes).envelope.generated_at.expect("a time"));
    let sent = as_bundle(&meant.bytes);
    let Ok(Reception::Receipt(receipt)) = world.bring_as(&name(HOSPITAL), sent.as_bytes()) else { panic!("turned away") };
    assert!(receipt.notes.is_empty() && !receipt.repeated);
    let got = world.deliver();
    let [text] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    assert_eq!(lines_of(text.as_bytes()), lines_of(&meant.bytes));
    assert_eq!(content(&world, 1, Part::CameAs), sent.as_bytes());

    let Ok(Reception::Receipt(again)) = world.bring_as(&name(HOSPITAL), sent.as_bytes()) else { panic!("turned away") };
    assert!(again.repeated && again.tracking == receipt.tracking);
    let other = sent.replace("Storfjell sykehus HF", "Storfjell sjukehus HF");
    let (why, _) = told_of(world.bring_as(&name(HOSPITAL), other.as_bytes()));
    assert!(matches!(why, WhyTurnedAway::MsgIdReused { earlier } if earlier == receipt.tracking));
}

/// Proves R-203.
#[test]
fn a_bundle_that_is_no_valid_fhir_is_turned_away_with_every_place() {
    let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Receiver);
    let good = as_bundle(&fixture("plo/accepted/log-innlagt-1.6.xml").bytes);
    let bad = good.replace("\"type\":\"message\"", "\"type\":\"massage\"").replace("\"status\":\"current\"", "\"status\":1");
    let (why, told) = told_of(world.bring_as(&name(HOSPITAL), bad.as_bytes()));
    assert_eq!(why, WhyTurnedAway::Unreadable);
    assert!(told.iter().any(|line| line.starts_with("R-203 Bundle.type line 1, column ")), "{told:?}");
    assert!(
        told.iter().any(|line| line.starts_with("R-203 Bundle.entry[") && line.contains(".resource.status line 1")),
        "{told:?}"
    );
    let (_, told) = told_of(world.bring_as(&name(HOSPITAL), b"{\"resourceType\":\"Bundle\",}"));
    assert_eq!(told, ["R-203 Bundle line 1, column 26: There is a comma, and nothing follows it."]);
    assert_eq!(world.verdict(), (vec!["R-203".to_string()], "refused".to_string()));
}

/// Proves R-204.
#[test]
fn a_bundle_without_a_message_is_turned_away_and_told_what_is_missing() {
    let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Receiver);
    let (why, told) = told_of(world.bring_as(&name(HOSPITAL), br#"{"resourceType":"Bundle","type":"collection"}"#));
    assert_eq!(why, WhyTurnedAway::Unreadable);
    assert!(told.iter().all(|line| line.starts_with("R-204 Bundle")) && !told.is_empty(), "{told:?}");
}

/// Proves R-205.
#[test]
fn what_a_system_added_to_a_bundle_and_the_message_has_no_place_for_is_told() {
    let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Receiver);
    let meant = fixture("plo/accepted/log-innlagt-1.6.xml");
    world.be_at(parse(&meant.bytes).envelope.generated_at.expect("a time"));
    let sent =
        as_bundle(&meant.bytes).replacen("\"resourceType\":\"Patient\"", "\"resourceType\":\"Patient\",\"active\":true", 1);
    let Ok(Reception::Receipt(receipt)) = world.bring_as(&name(HOSPITAL), sent.as_bytes()) else { panic!("turned away") };
    let notes: Vec<_> = receipt.notes.iter().map(|note| (note.rule.id, note.path.clone().unwrap_or_default())).collect();
    let [(rule, path)] = &notes[..] else { panic!("{notes:?}") };
    assert!(*rule == "R-205" && path.starts_with("Bundle.entry[") && path.ends_with("].resource.active"), "{notes:?}");
    assert!(receipt.notes.iter().all(|note| note.consequence == Consequence::Note));
    assert!(world.verdict().0.contains(&"R-205".to_string()), "it is in the log");
}

#[test]
fn what_is_wrong_with_the_message_in_a_bundle_is_told_at_once_and_nobody_else_sees_it() {
    let world = where_speaks_fhir(HOSPITAL, MESSAGE, Acknowledges::Receiver);
    let meant = fixture("plo/accepted/log-innlagt-1.6.xml");
    world.be_at(parse(&meant.bytes).envelope.generated_at.expect("a time"));
    let sent = as_bundle(&meant.bytes);
    let number = parse(&meant.bytes);
    let Body::Business(_) = &number.body else { panic!("a business message") };
    // Another digit at the end of the patient's number: the check digits do not hold.
    let at = sent.find("\"resourceType\":\"Patient\"").expect("a patient");
    let value = at + sent[at..].find("\"value\":\"").expect("an identifier") + "\"value\":\"".len();
    let mut wrong = sent.clone().into_bytes();
    wrong[value + 10] = if wrong[value + 10] == b'9' { b'0' } else { wrong[value + 10] + 1 };
    let (why, told) = told_of(world.bring_as(&name(HOSPITAL), &wrong));
    assert_eq!(why, WhyTurnedAway::NotFitToSend);
    assert!(told.iter().any(|line| line.starts_with("R-048")), "{told:?}");
    assert!(world.deliver().is_empty());
    assert!(matches!(told_of(world.bring_as(&name(MUNICIPALITY), sent.as_bytes())).0, WhyTurnedAway::ForeignSender));
}

/// A minimal Bundle as a platform posts it.
fn native(path: &str) -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/native").join(path);
    std::fs::read_to_string(file).expect("reads")
}

/// The team of the shipped configuration has got the GP's message.
fn where_the_team_was_asked() -> (Shipped, String) {
    let world = Shipped::where_receivers_answer();
    let question = fixture("dialogmelding/accepted/dialog-helsefaglig-1.1-oppfolgingsteam.xml");
    world.bring(&question).1.expect("received");
    let got = world.deliver();
    let [text] = got_by(&got, "fjellvik-samhandling")[..] else { panic!("{:?}", history(&world)) };
    let answer = native("dialog-helsefaglig/answer-of-a-team.json");
    let written = parse(&xml_in(text.as_bytes()).expect("a message")).envelope;
    let now = world.now().plus(std::time::Duration::from_secs(3600));
    world.be_at(now);
    let answer = answer.replace("2026-03-19T13:20:00+01:00", &now.to_string());
    assert!(answer.contains(&written.msg_id.key()), "it answers that");
    (world, answer)
}

#[test]
fn a_platform_that_knows_nothing_of_msghead_answers_a_gp_in_the_same_conversation() {
    let (world, answer) = where_the_team_was_asked();
    let brought = world.bring_as(&name("fjellvik-samhandling"), answer.as_bytes());
    let Ok(Reception::Receipt(receipt)) = brought else { panic!("{:?}", told_of(brought)) };
    assert!(!receipt.repeated);
    let got = world.deliver();
    let [message] = got_by(&got, "nordoy-legekontor")[..] else { panic!("{:?}", history(&world)) };
    let message = parse(message.as_bytes());
    assert_eq!(message.kind.label(), "dialogmelding 1.1");
    assert!(message.findings.iter().all(|finding| !finding.consequence.stops()), "{:?}", message.findings);
    assert_eq!(message.envelope.conversation_key(), "c1a2f7d4-6c8e-4a53-9b0e-5d2f83a1b6e7");
    // The same Bundle again is the same message, however it is transmitted.
    let Ok(Reception::Receipt(again)) = world.bring_as(&name("fjellvik-samhandling"), answer.as_bytes()) else {
        panic!("turned away")
    };
    assert!(again.repeated && again.tracking == receipt.tracking);
}

#[test]
fn what_others_wrote_each_other_is_nothing_that_a_platform_can_refer_to() {
    let (world, answer) = where_the_team_was_asked();
    // A message between the hospital and home care, in which the team has no part.
    let other = fixture("plo/accepted/log-innlagt-1.6.xml");
    let now = world.now();
    world.bring(&other).1.expect("received");
    world.be_at(now);
    let foreign = parse(&other.bytes).envelope.msg_id.key();
    let answer = answer.replace("c1a2f7d4-6c8e-4a53-9b0e-5d2f83a1b6e7", &foreign);
    let (why, told) = told_of(world.bring_as(&name("fjellvik-samhandling"), answer.as_bytes()));
    assert_eq!(why, WhyTurnedAway::Unreadable);
    assert!(told.iter().any(|line| line.contains("inResponseTo")), "{told:?}");
}

#[test]
fn nothing_of_a_person_is_in_what_is_told_about_a_bundle() {
    let (world, answer) = where_the_team_was_asked();
    for broken in [
        answer.replace("\"DIALOG_HELSEFAGLIG\"", "\"DIALOG_BJØRK\""),
        answer.replace("\"status\": \"completed\"", "\"status\": \"Bjørk\""),
        answer.replace("9000104", "9000999"),
        answer.replace("\"type\": \"message\"", "\"type\": \"message\", \"Bjørk\": \"Rolig\""),
        answer.replace("urn:uuid:c1a2f7d4", "urn:uuid:00000000"),
        answer.replace("\"contentString\"", "\"contentText\""),
    ] {
        assert_ne!(broken, answer);
        let brought = world.bring_as(&name("fjellvik-samhandling"), broken.as_bytes());
        let Ok(Reception::TurnedAway(turned_away)) = brought else { panic!("it was let in") };
        assert!(!turned_away.findings.is_empty() || turned_away.why == WhyTurnedAway::ForeignSender);
        for finding in &turned_away.findings {
            let all = format!("{finding:?}{}", finding.hint(Language::Nb));
            for word in ["Bjørk", "Rolig", "Måke", "Tapper", "Fiolin", "9900102", "kartlegging"] {
                assert!(!all.contains(word), "{word} in {all}");
            }
        }
    }
}

#[test]
fn that_a_signature_does_not_go_along_is_told_and_refused_where_nothing_may_be_lost() {
    let sent = fixture("msghead/warned/r047_signed_message.xml");
    let with = |max_loss, with_original| {
        let world = Shipped::where_partners(|partner| {
            partner.acknowledges = Acknowledges::Receiver;
            let form = Form::FhirMessage { with_original };
            partner.understands = Understands { form, max_loss, ..Understands::default() };
        });
        world.bring(&sent).1.expect("received");
        let told: Vec<String> = history(&world).into_iter().filter(|line| line.contains("translated")).collect();
        (told, world.verdict().1)
    };
    let (told, state) = with(LossClass::Text, false);
    assert!(told.len() == 1 && told[0].ends_with("to a FHIR R4 message: G-01") && state == "accepted", "{told:?}");
    assert_eq!(with(LossClass::Lossless, false).1, "refused");
    let (told, state) = with(LossClass::Lossless, true);
    assert!(
        told.len() == 1 && told[0].ends_with("to a FHIR R4 message") && state == "accepted",
        "it travels in the original"
    );
}
