//! The same for what refers to earlier messages, and for what is carried unopened.

use super::*;

///
#[test]
fn a_cancellation_that_comes_first_is_delivered_and_so_is_what_it_cancels() {
    let shipped = Shipped::new();
    let (new, cancellation) =
        (fixture("plo/accepted/log-innlagt-1.6-latin1.xml"), fixture("plo/accepted/log-innlagt-1.6-kansellering.xml"));
    let hospital = partner("storfjell-sykehus");
    shipped.be_at(Timestamp::parse_xs_date_time("2026-04-27T19:03:00+02:00").expect("a time"));
    for (message, rules) in [(&cancellation, vec!["R-088".to_string()]), (&new, vec![])] {
        shipped.bring_as(&hospital, &message.bytes).expect("no fault");
        assert_eq!(shipped.verdict(), (rules, "accepted".into()), "{}", message.path);
        let got = shipped.deliver();
        assert!(
            got.iter()
                .any(|(to, text)| to.as_str() == "fjellvik-hjemmetjeneste"
                    && *text == String::from_utf8_lossy(&message.bytes))
        );
    }
    assert_eq!(
        count(&shipped, "SELECT count(*) FROM finding WHERE consequence <> 'note'"),
        0,
        "what is unknown is no fault"
    );
}

///
#[test]
fn a_deviation_goes_back_as_a_message_and_the_apprec_stands() {
    let shipped = Shipped::new();
    let deviation = fixture("dialogmelding/accepted/dialog-avvik-1.0.xml");
    shipped.bring(&deviation).1.expect("no fault");
    let answered =
        "SELECT count(*) FROM delivery WHERE own_month IS NOT NULL AND message_id < (SELECT max(id) FROM message)";
    assert_eq!(count(&shipped, answered), 1, "what it is about has its AppRec");
    let got = shipped.deliver();
    let went_back = |(to, text): &(PartnerName, String)| to.as_str() == "storfjell-sykehus" && text.contains("DIALOG_AVVIK");
    assert!(got.iter().any(went_back), "{got:?}");
    assert_eq!(count(&shipped, answered), 1, "and no other");
}

///
#[test]
fn a_request_may_state_its_purpose_or_not() {
    let request = "dialogmelding/accepted/dialog-foresporsel-1.0.xml";
    let purpose =
        "</p1:Sporsmal><p1:Formål V=\"2\" S=\"2.16.578.1.12.4.1.1.9068\" DN=\"Helsehjelp til pasient som har journal\"/>";
    for message in [fixture(request), changed(request, "</p1:Sporsmal>", purpose)] {
        let shipped = Shipped::new();
        shipped.bring(&message).1.expect("no fault");
        assert_eq!(shipped.verdict(), (vec![], "accepted".into()));
    }
}

///
#[test]
fn an_attachment_is_carried_unopened_and_nobody_is_told_that_it_was_scanned() {
    let shipped = Shipped::new();
    let message = fixture("plo/accepted/utskrivningsrapport-1.6-attachment.xml");
    shipped.bring(&message).1.expect("no fault");
    let got = shipped.deliver();
    assert!(got.iter().any(|(_, text)| text.as_bytes() == message.bytes), "byte for byte");
    assert_eq!(count(&shipped, "SELECT count(*) FROM finding"), 0);
}

/// R-093, where the change refers to a message before the cancellation.
#[test]
fn a_cancellation_is_remembered_whatever_a_later_change_refers_to() {
    let shipped = Shipped::new();
    let cancellation = fixture("plo/accepted/helseoppl-soknad-1.6-kansellering.xml");
    let (hospital, reception) = shipped.bring(&cancellation);
    reception.expect("no fault");
    let later = changed(
        "plo/accepted/helseoppl-soknad-1.6-endring.xml",
        "MsgId>0f03d53d-2947-4425-b3fd-c81ac41d3efc",
        "MsgId>3f1c2a52-6a0c-4d0e-9a53-7c2f0f6f1a10",
    );
    shipped.bring_as(&hospital, &later.bytes).expect("no fault");
    assert_eq!(shipped.verdict(), (vec!["R-093".into()], "accepted".into()));
}

/// a system whose own messages are judged as outgoing.
#[test]
fn what_contradicts_the_log_is_not_sent() {
    let contradictions =
        ["conversation/warned/r089_another_patient.xml", "conversation/warned/r097_cancelled_by_its_receiver.xml"];
    for path in contradictions {
        let mut setup = shipped::installation().setup().expect("connects to nobody yet");
        let mut partners: Vec<_> = setup.directory.partners().into_iter().cloned().collect();
        partners.iter_mut().for_each(|partner| partner.judged_as = Direction::Outgoing);
        setup.directory = Directory::new(partners).expect("as before");
        let shipped = Shipped::with(setup);
        match shipped.bring(&fixture(path)).1.expect("no fault") {
            Reception::TurnedAway(turned_away) => assert_eq!(turned_away.why, WhyTurnedAway::NotFitToSend, "{path}"),
            Reception::Receipt(receipt) => panic!("{path}: {}", receipt.state.as_str()),
        }
    }
}
