//! The rules that no message can break because the path is built so (`Enforced::Path`), each proven on the whole path: the
//! shipped configuration, a database, a clock that is told.

#[path = "path_rules/conversations.rs"]
mod conversations;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/shipped.rs"]
mod shipped;
#[path = "support/content.rs"]
mod content;

use bindeledd::domain::{DeliveryId, PartnerName, Timestamp};
use bindeledd::messages::all_types;
use bindeledd::messages::apprec::rules::r099_version_follows_the_message::version;
use bindeledd::messages::msghead::rules::r036_unknown_patient_is_accepted::may_be_answered_with_e35;
use bindeledd::routing::{AppRecVersion, Directory};
use bindeledd::rulebook::Direction;
use bindeledd::store::Part;
use bindeledd::transports::{Receipt, Reception, WhyTurnedAway};
use content::content;
use fixtures::{Fixture, all};
use shipped::Shipped;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn fixture(path: &str) -> Fixture {
    all().into_iter().find(|fixture| fixture.path == path).unwrap_or_else(|| panic!("no fixture {path}"))
}

/// A fixture with something replaced that is in it.
fn changed(path: &str, from: &str, to: &str) -> Fixture {
    let text = String::from_utf8(fixture(path).bytes).expect("UTF-8");
    assert!(text.contains(from), "{path} has no {from}");
    Fixture { path: path.into(), bytes: text.replace(from, to).into_bytes() }
}

fn partner(name: &str) -> PartnerName {
    PartnerName::parse(name).expect("a good name")
}

fn receipt(reception: Reception) -> Receipt {
    match reception {
        Reception::Receipt(receipt) => receipt,
        Reception::TurnedAway(turned_away) => panic!("turned away: {:?}", turned_away.why),
    }
}

/// The AppRecs among what was handed over: who got them, and their text.
fn apprecs(got: Vec<(PartnerName, String)>) -> Vec<(String, String)> {
    let is_apprec = |(_, text): &(PartnerName, String)| text.contains("<AppRec") || text.contains(":AppRec");
    got.into_iter().filter(is_apprec).map(|(partner, text)| (partner.to_string(), text)).collect()
}

/// How many rows a query finds.
fn count(shipped: &Shipped, sql: &str) -> i64 {
    shipped.disk.lock().expect("lock").query_row(sql, [], |row| row.get(0)).expect("good SQL")
}

fn numbers(shipped: &Shipped, sql: &str) -> Vec<i64> {
    let disk = shipped.disk.lock().expect("lock");
    let mut select = disk.prepare(sql).expect("good SQL");
    select.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("reads")
}

const INNLAGT: &str = "plo/accepted/log-innlagt-1.6.xml";
const REFUSED: &str = "msghead/refused/r030_no_patient.xml";
const APPREC: &str = "apprec/accepted/apprec-1.1-positive.xml";
const COPY_TO_GP: &str = "plo/accepted/log-innlagt-1.6-copy-to-gp.xml";

///
#[test]
fn the_same_bytes_get_the_same_receipt_and_other_bytes_under_their_msgid_are_turned_away() {
    let shipped = Shipped::new();
    let (from, first) = shipped.bring(&fixture(INNLAGT));
    let first = receipt(first.expect("no fault"));
    let again = receipt(shipped.bring_as(&from, &fixture(INNLAGT).bytes).expect("no fault"));
    assert_eq!((again.tracking, again.state, again.repeated), (first.tracking, first.state, true));
    let other = changed(INNLAGT, "<FamilyName>Fjord<", "<FamilyName>Lampe<");
    match shipped.bring_as(&from, &other.bytes).expect("no fault") {
        Reception::TurnedAway(turned_away) => {
            assert_eq!(turned_away.why, WhyTurnedAway::MsgIdReused { earlier: first.tracking });
        }
        Reception::Receipt(_) => panic!("two messages under one MsgId"),
    }
    assert_eq!(shipped.deliver().iter().filter(|(_, text)| text.contains("<MsgHead")).count(), 1);
}

///
#[test]
fn where_a_schema_is_said_to_lie_makes_no_difference() {
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    for location in ["http://127.0.0.1:9/nowhere.xsd", "file:///etc/hostname", "MsgHead-v1_2.xsd", ""] {
        let hint =
            format!("<MsgHead {xsi} xsi:schemaLocation=\"{} {location}\" ", "http://www.kith.no/xmlstds/msghead/2006-05-24");
        let shipped = Shipped::new();
        shipped.bring(&changed(INNLAGT, "<MsgHead ", &hint)).1.expect("no fault");
        assert_eq!(shipped.verdict(), (vec![], "accepted".into()), "{location}");
    }
}

///
#[test]
fn a_message_of_another_time_is_accepted_with_a_warning_and_kept_from_being_sent() {
    let minute = HOUR / 60;
    let generated = Timestamp::parse_xs_date_time("2026-03-02T10:15:00+01:00").expect("a time");
    let ago =
        |span: Duration| Timestamp::from_millis(generated.as_millis() - i64::try_from(span.as_millis()).expect("short"));
    let late = |span: Duration| generated.plus(span);
    let cases =
        [(ago(6 * minute), false), (ago(4 * minute), true), (late(96 * HOUR), true), (late(96 * HOUR + minute), false)];
    for (now, in_time) in cases {
        for outgoing in [false, true] {
            let judged_as = if outgoing { Direction::Outgoing } else { Direction::Incoming };
            let shipped = Shipped::where_partners(|partner| partner.judged_as = judged_as);
            shipped.be_at(now);
            let reception = shipped.bring_as(&partner("storfjell-sykehus"), &fixture(INNLAGT).bytes).expect("no fault");
            match (reception, in_time, outgoing) {
                (Reception::Receipt(_), true, _) => assert_eq!(shipped.verdict(), (vec![], "accepted".into()), "{now}"),
                (Reception::Receipt(_), false, false) => {
                    assert_eq!(shipped.verdict(), (vec!["R-025".into()], "accepted".into()), "{now}");
                }
                (Reception::TurnedAway(turned_away), false, true) => {
                    assert_eq!(turned_away.why, WhyTurnedAway::NotFitToSend, "{now}");
                }
                (Reception::Receipt(_), false, true) => panic!("{now}: it was sent"),
                (Reception::TurnedAway(_), ..) => panic!("{now}: it was turned away"),
            }
        }
    }
}

///
#[test]
fn a_duplicate_gets_no_apprec_even_when_the_first_was_refused() {
    for path in [INNLAGT, REFUSED] {
        let shipped = Shipped::new();
        let (from, _) = shipped.bring(&fixture(path));
        assert_eq!(apprecs(shipped.deliver()).len(), 1, "{path}: the first gets one");
        shipped.bring_as(&from, &fixture(path).bytes).expect("no fault");
        let other = changed(path, "<Document>", "<Document ><!-- another -->");
        shipped.bring_as(&from, &other.bytes).expect("no fault");
        assert_eq!(shipped.deliver(), [], "{path}: the duplicates get none, and go to nobody");
    }
}

///
#[test]
fn an_apprec_is_never_answered_whatever_is_wrong_with_it() {
    let apprecs = all().into_iter().filter(|fixture| fixture.path.starts_with("apprec/"));
    for fixture in apprecs {
        let shipped = Shipped::where_receivers_answer();
        shipped.bring(&fixture).1.expect("no fault");
        shipped.deliver();
        assert_eq!(count(&shipped, "SELECT count(*) FROM delivery WHERE own_month IS NOT NULL"), 0, "{}", fixture.path);
    }
}

///
#[test]
fn what_is_handed_over_is_never_sent_again_however_long_its_apprec_is_missing() {
    let shipped = Shipped::where_receivers_answer();
    shipped.bring(&fixture(INNLAGT)).1.expect("no fault");
    assert_eq!(shipped.deliver().len(), 1);
    for _ in 0..10 {
        shipped.be_at(shipped.now().plus(24 * HOUR));
        assert_eq!(shipped::block_on(shipped.gateway.take_back()).expect("no fault"), 0);
        assert_eq!(shipped.deliver(), []);
    }
    let numbers = shipped::block_on(shipped.gateway.store.numbers(shipped.now())).expect("counts");
    assert_eq!(numbers.receipts_overdue, 1, "but somebody sees it");
}

///
#[test]
fn a_patient_without_a_number_is_no_reason_to_refuse_and_e35_is_never_written() {
    let shipped = Shipped::new();
    shipped.bring(&fixture("plo/warned/r034_patient_without_number.xml")).1.expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-034".into()], "accepted".into()));
    for fixture in all() {
        let shipped = Shipped::new();
        shipped.bring(&fixture).1.expect("no fault");
        for message in 1..=count(&shipped, "SELECT max(id) FROM message") {
            let own = format!("SELECT id FROM delivery WHERE message_id = {message} AND own_month IS NOT NULL");
            for delivery in numbers(&shipped, &own) {
                let ours = content(&shipped, message, Part::Delivery(DeliveryId(delivery)));
                assert!(!String::from_utf8_lossy(&ours).contains("\"E35\""), "{}", fixture.path);
            }
        }
    }
    let may = all_types().filter(|kind| may_be_answered_with_e35(kind.code)).count();
    assert_eq!(may, 0, "no type that we know may be answered so");
}

///
#[test]
fn a_copy_receiver_is_delivered_to_and_answered_for_on_its_own() {
    let shipped = Shipped::new();
    shipped.bring(&fixture(COPY_TO_GP)).1.expect("no fault");
    let got: Vec<String> =
        shipped.deliver().into_iter().filter(|(_, text)| text.contains("MsgHead")).map(|(p, _)| p.to_string()).collect();
    assert_eq!(got, ["fjellvik-hjemmetjeneste", "nordoy-legekontor"]);

    let shipped = Shipped::where_receivers_answer();
    shipped.bring(&changed(COPY_TO_GP, "9000201", "9000299")).1.expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-064".into()], "accepted".into()), "only the copy receiver is refused");
    let got = shipped.deliver();
    assert_eq!(got.iter().filter(|(_, text)| text.contains("MsgHead")).count(), 1);
    let answers = apprecs(got);
    assert_eq!(answers.len(), 1);
    for expected in ["<Role V=\"COP\"", "<Id>9000299</Id>", "V=\"E21\""] {
        assert!(answers[0].1.contains(expected), "no {expected} in {}", answers[0].1);
    }

    let shipped = Shipped::new();
    shipped
        .bring(&changed(COPY_TO_GP, "<Patient>", "<Patient><!-- without a name -->").without_patient())
        .1
        .expect("no fault");
    let answers = apprecs(shipped.deliver());
    let roles: Vec<bool> = answers.iter().map(|(_, text)| text.contains("<Role V=\"COP\"")).collect();
    assert_eq!(roles, [false, true], "a message that is wrong is refused once for each receiver");
}

trait WithoutPatient {
    fn without_patient(self) -> Self;
}

impl WithoutPatient for Fixture {
    fn without_patient(self) -> Self {
        let text = String::from_utf8(self.bytes).expect("UTF-8");
        let (before, rest) = text.split_once("<Patient>").expect("a patient");
        let (_, after) = rest.split_once("</Patient>").expect("its end");
        Self { path: self.path, bytes: format!("{before}{after}").into_bytes() }
    }
}

///
#[test]
fn the_version_of_an_apprec_follows_the_message_or_what_was_agreed() {
    for kind in all_types().filter(|kind| kind.family != "apprec") {
        let expected = match (kind.family, kind.version) {
            ("plo", "1.5") | ("dialogmelding", "1.0") => AppRecVersion::V1_0,
            ("plo", "1.6") | ("dialogmelding", "1.1") => AppRecVersion::V1_1,
            // A draft that HITS 1168 does not know: the newer one.
            ("plo", "2.0") => AppRecVersion::V1_1,
            other => panic!("HITS 1168 says nothing about {other:?}; look it up"),
        };
        assert_eq!(version(kind, None), expected, "{}", kind.label());
        for agreed in [AppRecVersion::V1_0, AppRecVersion::V1_1] {
            assert_eq!(version(kind, Some(agreed)), agreed);
        }
    }
    for (path, namespace) in [(INNLAGT, "apprec/2012-02-15"), ("plo/accepted/log-innlagt-1.5.xml", "apprec/2004-11-21")] {
        let shipped = Shipped::new();
        shipped.bring(&fixture(path)).1.expect("no fault");
        let answers = apprecs(shipped.deliver());
        assert!(answers.len() == 1 && answers[0].1.contains(namespace), "{path}: {answers:?}");
    }
}

///
#[test]
fn a_second_apprec_for_the_same_receiver_is_ignored() {
    let shipped = Shipped::where_receivers_answer();
    let (from, _) = shipped.bring(&fixture(APPREC));
    assert_eq!(apprecs(shipped.deliver()).len(), 1);
    let second = changed(APPREC, "f8e6b279-5a04-4730-a9d1-dc81f874f96a", "0d1c6a1e-6f0f-4b7e-9f0a-1c2d3e4f5a6b");
    shipped.bring_as(&from, &second.bytes).expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-100".into()], "duplicate".into()));
    assert_eq!(shipped.deliver(), [], "and the sender does not hear of it");
    assert_eq!(count(&shipped, "SELECT count(*) FROM delivery WHERE state = 'acknowledged'"), 1);
}

/// R-100, where the gateway acknowledges: the receiver's own AppRec overtakes the end of the attempt.
#[test]
fn what_a_receiver_has_answered_is_not_answered_again_on_its_behalf() {
    let shipped = Shipped::new();
    shipped.bring(&fixture(INNLAGT)).1.expect("no fault");
    let under_way = shipped.claim();
    shipped.bring_as(&partner("fjellvik-hjemmetjeneste"), &fixture(APPREC).bytes).expect("no fault");
    assert_eq!(shipped.verdict(), (vec![], "accepted".into()));
    shipped.conclude(&under_way);
    assert_eq!(apprecs(shipped.deliver()).len(), 1, "the sender gets one AppRec");
    assert_eq!(count(&shipped, "SELECT count(*) FROM history WHERE what = 'illegal'"), 0);
}

/// where the gateway acknowledges: the sender has been told "accepted", so a person must see to it.
#[test]
fn a_refusal_of_what_the_gateway_has_acknowledged_is_held_for_a_person() {
    let shipped = Shipped::new();
    shipped.bring(&fixture(INNLAGT)).1.expect("no fault");
    assert_eq!(apprecs(shipped.deliver()).len(), 1, "acknowledged on behalf of home care");
    let refusal = changed(APPREC, "<Status V=\"1\" DN=\"OK\"/>", "<Status V=\"2\" DN=\"Avvist\"/>");
    shipped.bring_as(&partner("fjellvik-hjemmetjeneste"), &refusal.bytes).expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-103".into(), "R-100".into()], "held".into()));
    assert_eq!(shipped.deliver(), [], "and no second AppRec is sent on");
}

///
#[test]
fn an_apprec_after_96_hours_is_noted_as_late_and_counts() {
    for (late, rules) in [(95 * HOUR, vec![]), (97 * HOUR, vec!["R-101".to_string()])] {
        let shipped = Shipped::where_receivers_answer();
        shipped.bring(&fixture(INNLAGT)).1.expect("no fault");
        shipped.deliver();
        shipped.be_at(shipped.now().plus(late));
        shipped.bring_as(&partner("fjellvik-hjemmetjeneste"), &fixture(APPREC).bytes).expect("no fault");
        assert_eq!(shipped.verdict(), (rules, "accepted".into()));
        assert_eq!(apprecs(shipped.deliver()).len(), 1, "it reaches the sender");
        assert_eq!(count(&shipped, "SELECT count(*) FROM delivery WHERE state = 'acknowledged'"), 1);
    }
}

///
#[test]
fn an_apprec_reaches_the_sender_byte_for_byte_also_from_a_copy_receiver() {
    let negative_copy = changed("apprec/accepted/apprec-1.1-copy-receiver.xml", "<ns2:Status V=\"1\" DN=\"OK\"/>", REFUSES);
    for apprec in [
        fixture("apprec/accepted/apprec-1.0-negative.xml"),
        fixture("apprec/accepted/apprec-1.1-negative.xml"),
        negative_copy,
    ] {
        let shipped = Shipped::where_receivers_answer();
        shipped.bring(&apprec).1.expect("no fault");
        let got = shipped.deliver();
        let expected = vec![(partner("storfjell-sykehus"), String::from_utf8(apprec.bytes).expect("UTF-8"))];
        assert_eq!(got, expected, "{}", apprec.path);
        assert_eq!(count(&shipped, "SELECT count(*) FROM delivery WHERE state = 'rejected'"), 1, "{}", apprec.path);
    }
}

const REFUSES: &str = "<ns2:Status V=\"2\" DN=\"Avvist\"/><ns2:Error S=\"2.16.578.1.12.4.1.1.8221\" V=\"X99\" DN=\"Annen feil\" OT=\"Prøvd &amp; avvist\"/>";

///
#[test]
fn a_signer_under_a_service_is_not_mirrored_and_a_gp_is() {
    let signer = "<HealthcareProfessional><FamilyName>Hegg</FamilyName><GivenName>Sindig</GivenName><Ident><Id>9900777</Id>\
                  <TypeId V=\"HPR\" S=\"2.16.578.1.12.4.1.1.8116\" DN=\"HPR-nummer\"/></Ident></HealthcareProfessional>";
    let service_and_signer = format!("{signer}<Organisation>\n          <OrganisationName>Sykepleietjeneste<");
    let with_signer =
        changed(INNLAGT, "<Organisation>\n          <OrganisationName>Sykepleietjeneste<", &service_and_signer);
    let shipped = Shipped::new();
    shipped.bring(&with_signer).1.expect("no fault");
    let answers = apprecs(shipped.deliver());
    assert_eq!(answers.len(), 1);
    assert!(answers[0].1.contains("<Dept>") && !answers[0].1.contains("HCPerson") && !answers[0].1.contains("Hegg"));

    let shipped = Shipped::new();
    shipped.bring(&fixture("msghead/refused/r064_unknown_person.xml")).1.expect("no fault");
    assert!(apprecs(shipped.deliver())[0].1.contains("<HCPerson>"));
}

///
#[test]
fn a_wrong_code_is_no_reason_to_refuse() {
    let wrong_codes = [
        ("TypeRelasjon V=\"ARP\"", "TypeRelasjon V=\"XYZ\"", "R-074"),
        ("RoleToPatient V=\"3\"", "RoleToPatient V=\"99\"", "R-074"),
        ("TypeId V=\"ENH\"", "TypeId V=\"XYZ\"", "R-055"),
        ("14854131010", "14854131011", "R-048"),
    ];
    for (from, to, rule) in wrong_codes {
        let shipped = Shipped::new();
        shipped.bring(&changed(INNLAGT, from, to)).1.expect("no fault");
        assert_eq!(shipped.verdict(), (vec![rule.to_string()], "accepted".into()), "{to}");
    }
    let shipped = Shipped::new();
    shipped.bring(&fixture("msghead/refused/r023_type_not_supported.xml")).1.expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-023".into()], "accepted".into()), "a type that is not on the list is noted");
}

///
#[test]
fn what_the_patient_does_not_want_forwarded_goes_to_its_receiver_only() {
    let ready = "plo/accepted/log-utskrivningsklar-1.6.xml";
    let status = "<ns4:Forsendelsesstatus V=\"N\" DN=\"Ny\"/>";
    let reservation = |value| format!("{status}<ns4:ForbeholdOmVideresending>{value}</ns4:ForbeholdOmVideresending>");
    for (value, expected) in
        [("false", vec!["fjellvik-tildeling", "fjellvik-kapasitet"]), ("true", vec!["fjellvik-tildeling"])]
    {
        let shipped = Shipped::new();
        let message = changed(ready, status, &reservation(value));
        shipped.bring(&message).1.expect("no fault");
        let got = shipped.deliver().into_iter().filter(|(_, text)| text.contains("MsgHead")).map(|(partner, _)| partner);
        assert_eq!(got.map(|partner| partner.to_string()).collect::<Vec<_>>(), expected, "with {value}");
        assert_eq!(shipped.verdict().0.contains(&"R-158".to_string()), value == "true", "and it is written down");
    }
}

///
#[test]
fn absence_is_a_known_message_in_version_1_5_and_in_no_other() {
    let absence = "plo/accepted/fravarsmelding-1.5.xml";
    let kind = |fixture: &Fixture| {
        let read = bindeledd::messages::read(
            &fixture.bytes,
            &bindeledd::messages::Judging::incoming(bindeledd::xml::Limits::default()),
        );
        read.map_or_else(|_| panic!("{absence} can be read"), |parsed| parsed.kind.label())
    };
    assert_eq!(kind(&fixture(absence)), "plo 1.5");
    assert_eq!(kind(&changed(absence, "/2009-06-30", "/2012-04-01")), "opaque");
}

///
#[test]
fn the_text_of_a_code_may_be_any() {
    let shipped = Shipped::new();
    shipped.bring(&changed(INNLAGT, "DN=\"Pasient innlagt\"", "DN=\"Innlagt på sykehus\"")).1.expect("no fault");
    assert_eq!(shipped.verdict(), (vec![], "accepted".into()));
}

///
#[test]
fn a_point_in_time_without_a_zone_is_norwegian_in_winter_and_summer() {
    let instant = |text| bindeledd::domain::Timestamp::parse_xs_date_time(text).expect("a point in time");
    assert_eq!(instant("2026-03-02T10:15:00"), instant("2026-03-02T10:15:00+01:00"));
    assert_eq!(instant("2026-07-02T10:15:00"), instant("2026-07-02T10:15:00+02:00"));
    let shipped = Shipped::new();
    shipped.bring(&changed(INNLAGT, "T10:15:00+01:00</GenDate>", "T10:15:00</GenDate>")).1.expect("no fault");
    assert_eq!(shipped.verdict().1, "accepted");
}

/// R-023, for a receiver whose system says what it supports.
#[test]
fn a_type_that_a_receiver_does_not_support_is_refused_with_t10() {
    let shipped = Shipped::new();
    let to_tildeling = changed("msghead/refused/r023_type_not_supported.xml", "9000102", "9000101");
    shipped.bring(&to_tildeling).1.expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-023".into(), "R-023".into()], "refused".into()));
    let answers = apprecs(shipped.deliver());
    assert!(answers.len() == 1 && answers[0].1.contains("V=\"T10\""), "{answers:?}");
}

///
#[test]
fn what_is_refused_stays_in_the_log_and_is_delivered_to_nobody() {
    let mut refused = 0;
    for fixture in all() {
        let shipped = Shipped::new();
        shipped.bring(&fixture).1.expect("no fault");
        if shipped.verdict().1 != "refused" {
            continue;
        }
        refused += 1;
        let got = shipped.deliver();
        assert!(got.iter().all(|(_, text)| text.as_bytes() != fixture.bytes), "{} was delivered", fixture.path);
        let last = "(SELECT max(id) FROM message)";
        let sent = format!("SELECT count(*) FROM delivery WHERE message_id = {last} AND purpose = 'message'");
        assert_eq!(count(&shipped, &sent), 0, "{}", fixture.path);
        let last = count(&shipped, "SELECT max(id) FROM message");
        assert_eq!(content(&shipped, last, Part::Message), fixture.bytes, "{}", fixture.path);
    }
    assert!(refused >= 14, "only {refused} fixtures are refused");
}

#[test]
fn a_refusal_for_many_errors_tells_ten_and_how_many_more_there_are() {
    let shipped = Shipped::new();
    let strays: String = (1..=12).map(|_| "<Feil/>").collect();
    shipped.bring(&changed(INNLAGT, "</MsgInfo>", &format!("{strays}</MsgInfo>"))).1.expect("no fault");
    assert_eq!(shipped.verdict().1, "refused");
    let [(_, answer)] = apprecs(shipped.deliver()).try_into().expect("one AppRec");
    assert_eq!(answer.matches("<Error V=\"T02\"").count(), 10, "{answer}");
    assert!(answer.contains("I tillegg 2 feil til; rett disse først."), "{answer}");
}
