//! The promise: a partner whose system does not understand a message gets it in a version that it does, the sender gets the AppRec
//! that belongs to what it sent, and what would lose more than was agreed goes nowhere and is told.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/shipped.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod shipped;
#[path = "support/content.rs"]
mod content;

use bindeledd::domain::{MsgId, PartnerName, Receiver};
use bindeledd::messages::apprec::{Answer, compose, write};
use bindeledd::messages::{Body, Judging, Parsed, read};
use bindeledd::routing::{Acknowledges, AppRecVersion, LossClass, Partner, Pattern, Understands};
use bindeledd::rulebook::Findings;
use bindeledd::store::Part;
use bindeledd::translation::versions::{Wanted, translate_as_within};
use bindeledd::transports::Reception;
use bindeledd::xml::Limits;
use content::content;
use fixtures::{Fixture, all};
use shipped::Shipped;

const MUNICIPALITY: &str = "fjellvik-tildeling";
const OFFICE: &str = "nordoy-legekontor";
const NURSES: &str = "fjellvik-hjemmetjeneste";
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
    assert_eq!(content(&world, 1, Part::Message), sent.bytes);
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

/// The doctor's office, whose system supports these types, and reads at most this of dialogmelding.
fn office_supports(types: &[&str], versions: Vec<(&'static str, Vec<&'static str>)>) -> Shipped {
    Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = Acknowledges::Receiver;
        if partner.name.as_str() == OFFICE {
            partner.accepts = types.iter().map(|text| Pattern::parse(text).expect("a pattern")).collect();
            partner.understands =
                Understands { versions: versions.clone(), contact_profession: Some("LE"), ..Understands::default() };
        }
    })
}

#[test]
fn who_supports_clinical_dialog_only_gets_a_request_as_that_and_its_sender_the_apprec_for_the_request() {
    let world = office_supports(&["DIALOG_HELSEFAGLIG"], Vec::new());
    let sent = fixture("dialogmelding/accepted/dialog-foresporsel-1.0.xml");
    world.bring(&sent).1.expect("received");
    let got = world.deliver();
    let [dialog] = got_by(&got, OFFICE)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(dialog);
    assert_eq!((read.kind.label(), read.envelope.type_code.as_str()), ("dialogmelding 1.1".into(), "DIALOG_HELSEFAGLIG"));
    assert_eq!(read.envelope.msg_id, parse(&String::from_utf8_lossy(&sent.bytes)).envelope.msg_id);
    assert_eq!(read.findings.iter().map(|finding| finding.rule.id).collect::<Vec<_>>(), [""; 0]);
    let told = history(&world);
    let line = told.iter().find(|line| line.starts_with("translated ")).expect("history tells it");
    assert_eq!(line, "translated for nordoy-legekontor to DIALOG_HELSEFAGLIG in Dialogmelding 1.1: D-01, D-09");

    let apprec = answer(&read, AppRecVersion::V1_0, &world);
    assert!(apprec.contains("DIALOG_HELSEFAGLIG"));
    world.bring_as(&name(OFFICE), apprec.as_bytes()).expect("received");
    assert_eq!(world.verdict(), (Vec::new(), "accepted".to_string()), "nobody complains of what we did ourselves");
    let got = world.deliver();
    let [handed_over] = got_by(&got, NURSES)[..] else { panic!("{:?}", history(&world)) };
    let Body::Receipt(apprec) = parse(handed_over).body else { panic!("no AppRec") };
    assert_eq!(apprec.original.message_type.v, "DIALOG_FORESPORSEL");
}

#[test]
fn who_supports_none_of_what_a_message_can_become_refuses_it() {
    let world = office_supports(&["LOG_*"], Vec::new());
    world.bring(&fixture("dialogmelding/accepted/dialog-foresporsel-1.0.xml")).1.expect("received");
    assert_eq!(world.verdict(), (vec!["R-023".to_string()], "refused".to_string()));
}

#[test]
fn what_cannot_become_the_type_that_is_supported_is_refused_with_the_reason() {
    let world = Shipped::where_partners(|partner: &mut Partner| {
        if partner.name.as_str() == OFFICE {
            partner.accepts = vec![Pattern::parse("DIALOG_HELSEFAGLIG").expect("a pattern")];
        }
    });
    world.bring(&fixture("dialogmelding/accepted/dialog-foresporsel-1.0.xml")).1.expect("received");
    let got = world.deliver();
    let [apprec] = got_by(&got, NURSES)[..] else { panic!("{:?}", history(&world)) };
    let Body::Receipt(apprec) = parse(apprec).body else { panic!("no AppRec") };
    let [error] = &apprec.errors[..] else { panic!("one reason") };
    assert_eq!(error.v, "T10");
    assert!(error.ot.contains("D-09") && error.ot.contains("støtter ikke DIALOG_FORESPORSEL"), "{}", error.ot);
}

#[test]
fn a_clinical_dialog_is_a_question_first_and_its_answer_is_part_of_the_dialog_again() {
    // The municipality supports requests and answers only, and the office writes clinical dialogs.
    let world = Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = Acknowledges::Receiver;
        if partner.name.as_str() == MUNICIPALITY {
            partner.accepts = ["DIALOG_FORESPORSEL", "DIALOG_SVAR", "DIALOG_NOTAT"]
                .map(|it| Pattern::parse(it).expect("a pattern"))
                .into();
        }
        if partner.name.as_str() == OFFICE {
            partner.accepts = vec![Pattern::parse("DIALOG_HELSEFAGLIG").expect("a pattern")];
        }
    });
    let first = fixture("dialogmelding/accepted/dialog-helsefaglig-1.1.xml");
    let (_, received) = world.bring(&first);
    received.expect("received");
    let got = world.deliver();
    let [question] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    assert_eq!(parse(question).envelope.type_code, "DIALOG_FORESPORSEL");
    assert_eq!(parse(question).findings.refusals().count(), 0);

    world.bring(&fixture("dialogmelding/accepted/dialog-helsefaglig-1.1-svar.xml")).1.expect("received");
    let got = world.deliver();
    let [same] = got_by(&got, OFFICE)[..] else { panic!("{:?}", history(&world)) };
    assert_eq!(parse(same).envelope.type_code, "DIALOG_HELSEFAGLIG", "what is supported goes as it came");
}

#[test]
fn an_answer_to_a_request_that_became_a_dialog_is_an_answer_to_whoever_asked() {
    let world = Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = Acknowledges::Receiver;
        let types: &[&str] = match partner.name.as_str() {
            OFFICE => &["DIALOG_HELSEFAGLIG"],
            NURSES => &["DIALOG_FORESPORSEL", "DIALOG_SVAR"],
            _ => &[],
        };
        partner.accepts = types.iter().map(|text| Pattern::parse(text).expect("a pattern")).collect();
        partner.understands.contact_profession = Some("LE");
    });
    let asked = fixture("dialogmelding/accepted/dialog-foresporsel-1.0.xml");
    world.bring(&asked).1.expect("received");
    world.deliver();
    let answer = as_dialog(&fixture("dialogmelding/accepted/dialog-svar-1.0.xml"));
    world.bring_as(&name(OFFICE), answer.as_bytes()).expect("received");
    let got = world.deliver();
    let [answered] = got_by(&got, NURSES)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(answered);
    assert_eq!(read.envelope.type_code, "DIALOG_SVAR");
    assert!(answered.contains("Vekten har økt 2 kg siden mandag"), "the question is quoted from the log: {answered}");
    assert!(read.findings.iter().all(|finding| !finding.consequence.stops()), "{:?}", read.findings);
}

/// The answer as the office's system writes it: a clinical dialog, without the question.
fn as_dialog(answer: &Fixture) -> String {
    let text = String::from_utf8_lossy(&answer.bytes).into_owned();
    let judging = Judging::incoming(Limits::default());
    let understands = Understands { max_loss: LossClass::Text, ..Understands::default() };
    let text = text.replacen(
        "</pl:HealthcareProfessional>\n\t\t\t\t\t\t</pl:RollerRelatertNotat>\n\t\t\t\t\t</pl:Notat>",
        "<pl:TeleCom><fk1:TeleAddress V=\"tel:+4700000200\"/></pl:TeleCom></pl:HealthcareProfessional>\n\t\t\t\t\t\t</pl:RollerRelatertNotat>\n\t\t\t\t\t</pl:Notat>",
        1,
    );
    let wanted = Wanted { into_type: Some("DIALOG_HELSEFAGLIG"), ..Wanted::of(&understands) };
    let made = translate_as_within(text.as_bytes(), wanted, &judging);
    let Ok(made) = made else { panic!("it can be one") };
    // Nothing of ours is left in it: what a system of its own would have written.
    let (before, rest) = made.text.split_once("\n----------").expect("a line");
    let (_, after) = rest.split_once("</pl:TekstNotatInnhold>").expect("the end of the text");
    format!("{before}</pl:TekstNotatInnhold>{after}")
}

/// The municipality's system reads PLO 1.6 only.
fn reads_1_6(placeholder: bool) -> Shipped {
    Shipped::where_partners(|partner: &mut Partner| {
        partner.acknowledges = Acknowledges::Receiver;
        if partner.name.as_str() == MUNICIPALITY {
            let versions = vec![("plo", vec!["1.6"])];
            partner.understands = Understands { versions, stay_placeholder: placeholder, ..Understands::default() };
        }
    })
}

const APPLICATION: &str = "plo/accepted/helseoppl-soknad-1.5.xml";

/// The patient of one message and a time, written into another: notices about that patient.
fn about_the_same_patient(path: &str, application: &Fixture) -> String {
    let number = |text: &str| {
        let (_, rest) = text.split_once("Patient>").expect("a patient");
        let at = rest.find("Id>").expect("an id") + 3;
        rest[at..at + 11].to_string()
    };
    let notice = String::from_utf8(fixture(path).bytes).expect("UTF-8");
    let theirs = number(&String::from_utf8_lossy(&application.bytes));
    notice.replace(&number(&notice), &theirs)
}

#[test]
fn an_application_of_1_5_tells_of_the_stay_that_its_sender_told_of_before() {
    let world = reads_1_6(false);
    let application = fixture(APPLICATION);
    let came = about_the_same_patient("plo/accepted/log-innlagt-1.5.xml", &application);
    world.bring(&fixture("plo/accepted/log-innlagt-1.5.xml")).1.expect("received");
    world.deliver();
    world
        .bring_as(&name(HOSPITAL), with_another_id(&came, "d6b1f5a2-3c4e-4f8a-9b0d-1e2f3a4b5c6d").as_bytes())
        .expect("received");
    world.deliver();
    world.bring(&application).1.expect("received");
    let got = world.deliver();
    let [translated] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    let read = parse(translated);
    assert_eq!(read.kind.label(), "plo 1.6");
    assert!(read.findings.iter().all(|finding| !finding.consequence.stops()), "{:?}", read.findings);
    let (_, stay) = translated.split_once("OpplysningOpphold>").expect("a stay");
    let (stay, _) = stay.split_once("OpplysningOpphold>").expect("its end");
    let (_, time) = came.split_once("TidspunktForHendelse V=\"").expect("a time");
    assert!(stay.contains(&time[..19]), "the time is that of the notice: {stay}");
}

#[test]
fn an_application_of_1_5_after_the_stay_or_about_somebody_else_is_refused() {
    let world = reads_1_6(false);
    world.bring(&fixture("plo/accepted/log-innlagt-1.6-copy-to-gp.xml")).1.expect("received");
    world.deliver();
    let application = fixture(APPLICATION);
    for (path, id) in [
        ("plo/accepted/log-innlagt-1.5.xml", "d6b1f5a2-3c4e-4f8a-9b0d-1e2f3a4b5c6d"),
        ("plo/accepted/log-utskrevet-1.5.xml", "e6b1f5a2-3c4e-4f8a-9b0d-1e2f3a4b5c6e"),
    ] {
        let notice = with_another_id(&about_the_same_patient(path, &application), id);
        world.bring_as(&name(HOSPITAL), notice.as_bytes()).expect("received");
        world.deliver();
    }
    world.bring(&application).1.expect("received");
    assert_eq!(world.verdict().1, "refused");
    assert!(history(&world).iter().any(|line| line.contains("P-16")), "{:?}", history(&world));
}

#[test]
fn in_an_emergency_an_application_of_1_5_says_that_nothing_is_known_of_the_stay() {
    let world = reads_1_6(true);
    world.bring(&fixture(APPLICATION)).1.expect("received");
    let got = world.deliver();
    let [translated] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
    assert!(translated.contains("ikke oppgitt i v1.5"));
    assert!(parse(translated).findings.iter().all(|finding| !finding.consequence.stops()));
}

fn with_another_id(text: &str, id: &str) -> String {
    let own = parse(text).envelope.msg_id.as_written().to_string();
    text.replace(&own, id)
}

#[test]
fn an_attachment_that_a_receiver_does_not_take_is_refused_and_one_that_it_takes_goes_as_it_came() {
    let with = |types: &[&str]| {
        Shipped::where_partners(|partner: &mut Partner| {
            partner.acknowledges = Acknowledges::Receiver;
            partner.understands.attachments = types.iter().map(|it| (*it).to_string()).collect();
        })
    };
    let sent = fixture("plo/accepted/utskrivningsrapport-1.6-attachment.xml");
    let world = with(&["application/pdf"]);
    world.bring(&sent).1.expect("received");
    assert_eq!(world.verdict().1, "accepted");
    assert!(world.deliver().iter().any(|(_, text)| *text == String::from_utf8_lossy(&sent.bytes)));
    let world = with(&["image/png"]);
    world.bring(&sent).1.expect("received");
    assert_eq!(world.verdict(), (vec!["R-023".to_string()], "refused".to_string()));
    assert!(history(&world).iter().any(|line| line.contains("D-14")), "{:?}", history(&world));
}

#[test]
fn who_supports_both_types_and_reads_the_version_of_one_gets_that_one_and_who_names_no_types_only_the_version() {
    let sent = fixture("dialogmelding/accepted/dialog-helsefaglig-1.1.xml");
    let got_as = |types: &'static [&'static str]| {
        let world = Shipped::where_partners(|partner: &mut Partner| {
            partner.acknowledges = Acknowledges::Receiver;
            partner.accepts = types.iter().map(|text| Pattern::parse(text).expect("a pattern")).collect();
            partner.understands = Understands { versions: vec![("dialogmelding", vec!["1.0"])], ..Understands::default() };
        });
        world.bring(&sent).1.expect("received");
        let got = world.deliver();
        let [got] = got_by(&got, MUNICIPALITY)[..] else { panic!("{:?}", history(&world)) };
        let read = parse(got);
        (read.kind.version, read.envelope.type_code)
    };
    assert_eq!(got_as(&["DIALOG_*"]), ("1.0", "DIALOG_FORESPORSEL".to_string()));
    assert_eq!(got_as(&["DIALOG_HELSEFAGLIG"]), ("1.0", "DIALOG_HELSEFAGLIG".to_string()));
    assert_eq!(got_as(&[]), ("1.0", "DIALOG_HELSEFAGLIG".to_string()));
}
