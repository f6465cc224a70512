//! The promise: a partner whose system does not understand a message gets it in a version that it does, the sender gets the AppRec
//! that belongs to what it sent, and what would lose more than was agreed goes nowhere and is told.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/shipped.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod shipped;

use bindeledd::domain::{MsgId, PartnerName, Receiver};
use bindeledd::messages::apprec::{Answer, compose, write};
use bindeledd::messages::{Body, Judging, Parsed, read};
use bindeledd::routing::{Acknowledges, AppRecVersion, LossClass, Partner, Understands};
use bindeledd::transports::Reception;
use bindeledd::xml::Limits;
use fixtures::{Fixture, all};
use shipped::Shipped;

const MUNICIPALITY: &str = "fjellvik-tildeling";
const HOSPITAL: &str = "storfjell-sykehus";
const ANSWER: &str = "0f4f6f0e-3f0a-4c7e-9a55-2f1c2a3b4c5d";

fn name(text: &str) -> PartnerName {
    PartnerName::parse(text).expect("a good name")
}

fn fixture(path: &str) -> Fixture {
    all().into_iter().find(|fixture| fixture.path == path).expect("it is there")
}

fn parse(text: &str) -> Parsed {
    read(text.as_bytes(), &Judging::incoming(Limits::default())).expect("it can be read")
}

/// The municipality's system reads PLO 1.5 only, with at most this loss.
fn reads_1_5(max_loss: LossClass, acknowledges: Acknowledges) -> Shipped {
    Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = acknowledges;
        if partner.name.as_str() == MUNICIPALITY {
            partner.understands = Understands { versions: vec![("plo", vec!["1.5"])], max_loss, ..Understands::default() };
        }
    })
}

fn history(world: &Shipped) -> Vec<String> {
    let disk = world.disk.lock().expect("lock");
    let mut select = disk.prepare("SELECT what || ' ' || why FROM history ORDER BY id").expect("SQL");
    select.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("reads")
}

/// The positive AppRec of the receiver's own system.
fn answer(got: &Parsed, version: AppRecVersion, world: &Shipped) -> String {
    let receiver: &Receiver = got.envelope.receivers.first().expect("a receiver");
    let apprec = compose(&got.envelope, receiver, &Answer::Positive, version, MsgId::new(ANSWER), world.now());
    write(&apprec)
}

fn got_by<'g>(got: &'g [(PartnerName, String)], partner: &str) -> Vec<&'g str> {
    got.iter().filter(|(name, _)| name.as_str() == partner).map(|(_, text)| &**text).collect()
}

#[test]
fn a_municipality_gets_the_older_version_and_the_hospital_the_apprec_of_its_own() {
    let world = reads_1_5(LossClass::Text, Acknowledges::Receiver);
    let sent = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    let (_, received) = world.bring(&sent);
    assert!(matches!(received, Ok(Reception::Receipt(_))));
    let got = world.deliver();
    let [translated] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(translated);
    assert_eq!(read.kind.label(), "plo 1.5");
    assert_eq!(read.envelope.msg_id, parse(&String::from_utf8_lossy(&sent.bytes)).envelope.msg_id);
    assert!(read.findings.iter().all(|finding| !finding.consequence.stops()), "{:?}", read.findings);
    let told = history(&world);
    let line = told.iter().find(|line| line.starts_with("translated ")).expect("history tells it");
    assert_eq!(line, "translated for fjellvik-tildeling to PLO 1.5: P-01, P-07, P-08, P-09");

    let apprec = answer(&read, AppRecVersion::V1_0, &world);
    assert!(matches!(world.bring_as(&name(MUNICIPALITY), apprec.as_bytes()), Ok(Reception::Receipt(_))));
    let got = world.deliver();
    let [handed_over] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(handed_over);
    assert_eq!(read.kind.label(), "apprec 1.1");
    assert!(matches!(&read.body, Body::Receipt(apprec) if apprec.id == MsgId::new(ANSWER) && apprec.is_positive()));
    assert!(read.findings.iter().all(|finding| !finding.consequence.stops()), "{:?}", read.findings);
}

#[test]
fn the_original_is_what_stays_in_the_log() {
    let world = reads_1_5(LossClass::Text, Acknowledges::Receiver);
    let sent = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    world.bring(&sent).1.expect("received");
    let disk = world.disk.lock().expect("lock");
    let kept: Vec<u8> = disk.query_row("SELECT bytes FROM content", [], |row| row.get(0)).expect("reads");
    assert_eq!(kept, sent.bytes);
}

#[test]
fn the_gateways_own_apprec_for_a_translated_message_is_of_the_version_that_was_sent() {
    let world = reads_1_5(LossClass::Text, Acknowledges::Gateway);
    world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
    let got = world.deliver();
    let [apprec] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
    assert_eq!(parse(apprec).kind.label(), "apprec 1.1");
}

#[test]
fn what_would_lose_more_than_was_agreed_is_refused_with_every_reason() {
    let world = reads_1_5(LossClass::Recoded, Acknowledges::Receiver);
    world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
    let got = world.deliver();
    assert_eq!(got_by(&got, MUNICIPALITY), [""; 0]);
    let [apprec] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
    let Body::Receipt(apprec) = parse(apprec).body else { panic!("no AppRec") };
    assert!(!apprec.is_positive());
    let told: Vec<(&str, bool)> = apprec
        .errors
        .iter()
        .map(|error| {
            (
                error.v.as_str(),
                error.ot.starts_with("Mottakerens system forstår ikke plo 1.6, og meldingen ville miste mer enn avtalt"),
            )
        })
        .collect();
    assert_eq!(told, [("T10", true); 3], "P-07, P-08 and P-09");
    assert_eq!(world.verdict(), (vec!["R-023".to_string(); 3], "refused".to_string()));
}

#[test]
fn who_understands_it_gets_it_as_it_came() {
    let world = Shipped::where_partners(|partner| {
        partner.acknowledges = Acknowledges::Receiver;
        partner.understands = Understands {
            versions: vec![("plo", vec!["1.5", "1.6"])],
            max_loss: LossClass::Lossless,
            ..Understands::default()
        };
    });
    let sent = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    world.bring(&sent).1.expect("received");
    let got = world.deliver();
    assert_eq!(got_by(&got, MUNICIPALITY), [String::from_utf8_lossy(&sent.bytes)]);
}

#[test]
fn a_sender_that_understands_one_version_of_apprec_gets_that() {
    let world = Shipped::where_partners(|partner| {
        partner.acknowledges = Acknowledges::Receiver;
        if partner.name.as_str() == HOSPITAL {
            partner.understands =
                Understands { versions: vec![("apprec", vec!["1.0"])], max_loss: LossClass::Text, ..Understands::default() };
        }
    });
    world.bring(&fixture("plo/accepted/helseoppl-soknad-1.6.xml")).1.expect("received");
    let got = world.deliver();
    let apprec = answer(&parse(got_by(&got, MUNICIPALITY)[0]), AppRecVersion::V1_1, &world);
    world.bring_as(&name(MUNICIPALITY), apprec.as_bytes()).expect("received");
    let got = world.deliver();
    assert_eq!(parse(got_by(&got, HOSPITAL)[0]).kind.label(), "apprec 1.0");
}
