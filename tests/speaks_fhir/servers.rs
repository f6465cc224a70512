//! Servers that keep resources, platforms that fetch, and answers in the same breath.

use super::*;

#[test]
fn a_server_that_keeps_resources_gets_a_transaction_that_it_can_get_twice() {
    let form = Form::FhirTransaction { with_original: false };
    for sent in all().into_iter().filter(|fixture| fixture.is_accepted() && !fixture.path.starts_with("apprec/")) {
        let texts: Vec<String> = (0..2)
            .filter_map(|_| {
                let world = Shipped::where_partners(|partner| {
                    partner.acknowledges = Acknowledges::Receiver;
                    partner.understands.form = form;
                });
                world.bring(&sent).1.expect("received");
                world.deliver().pop().map(|(_, text)| text)
            })
            .collect();
        let [first, second] = &texts[..] else { continue };
        assert_eq!(first, second, "{}", sent.path);
        let bundle = bundle(first);
        assert_eq!(bundle.get("type").and_then(Json::text), Some("transaction"));
        for entry in bundle.get("entry").expect("entries").items() {
            let request = entry.get("request").expect("a request");
            let url = request.get("url").and_then(Json::text).expect("an address");
            assert!(url.bytes().filter(u8::is_ascii_digit).count() < 11 || url.contains('-'), "a number in {url}");
            let method = request.get("method").and_then(Json::text);
            assert_eq!(request.get("ifNoneExist").is_some(), method == Some("POST"), "{url}");
        }
    }
}

#[test]
fn a_server_is_told_what_somebody_must_do_and_by_when() {
    let world = Shipped::where_partners(|partner| {
        partner.acknowledges = Acknowledges::Receiver;
        partner.understands.form = Form::FhirTransaction { with_original: false };
    });
    world.bring(&fixture("dialogmelding/accepted/dialog-foresporsel-1.0.xml")).1.expect("received");
    let got = world.deliver();
    let bundle = bundle(&got.last().expect("a parcel").1);
    assert!(resource_types(&bundle).contains(&"Task"), "{:?}", resource_types(&bundle));
    let entries = bundle.get("entry").expect("entries").items();
    let task = entries.iter().filter_map(|entry| entry.get("resource")).find(|one| one.resource_type() == Some("Task"));
    let task = task.expect("a task");
    let code = task.get("code").and_then(|code| code.first("coding")?.get("code")?.text());
    assert_eq!(code, Some("answer-request"));
    let end = task.get("restriction").and_then(|restriction| restriction.get("period")?.get("end")?.text());
    assert_eq!(end, Some("2026-04-17T06:35:30.000Z"), "three days after it came");
}

#[test]
fn what_answers_another_message_asks_nobody_for_an_answer() {
    let world = Shipped::where_partners(|partner| {
        partner.acknowledges = Acknowledges::Receiver;
        partner.understands.form = Form::FhirTransaction { with_original: false };
    });
    let kinds = |path: &str| -> Vec<String> {
        world.bring(&fixture(path)).1.expect("received");
        let got = world.deliver();
        let bundle = bundle(&got.last().expect("a parcel").1);
        resource_types(&bundle).into_iter().map(str::to_owned).collect()
    };
    assert!(kinds("dialogmelding/accepted/dialog-helsefaglig-1.1.xml").contains(&"Task".to_string()));
    assert!(!kinds("dialogmelding/accepted/dialog-helsefaglig-1.1-svar.xml").contains(&"Task".to_string()));
    assert!(kinds("plo/accepted/orientering-tjenestetilbud-1.6.xml").contains(&"CarePlan".to_string()));
    assert!(kinds("plo/accepted/medisinske-opplysninger-1.6.xml").contains(&"CareTeam".to_string()));
}

#[test]
fn what_a_partner_was_notified_of_it_can_fetch_and_that_is_written_down() {
    let (world, _) = where_the_team_was_asked();
    let delivery: i64 = {
        let id = world.disk.texts("SELECT CAST(id AS text) FROM delivery WHERE partner = 'fjellvik-samhandling'").remove(0);
        id.parse().expect("a number")
    };
    let tracking: String = { world.disk.texts("SELECT tracking FROM message ORDER BY id LIMIT 1").remove(0) };
    let tracking = bindeledd::domain::TrackingId::parse(&tracking).expect("a tracking id");
    let fetch = |who: &str| {
        let delivery = bindeledd::domain::DeliveryId(delivery);
        shipped::block_on(world.gateway.store.fetch(tracking, delivery, name(who), world.now())).expect("reads")
    };
    assert!(fetch("storfjell-sykehus").is_none(), "it is for the team alone");
    let fetched = fetch("fjellvik-samhandling").expect("a parcel");
    bundle(std::str::from_utf8(&fetched).expect("text"));
    let lines = history(&world);
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("fetched")).collect::<Vec<_>>(),
        ["fetched by fjellvik-samhandling"]
    );
}

#[test]
fn an_answer_that_a_server_gives_at_once_is_taken_in_before_the_attempt_ends() {
    let (world, _) = where_the_team_was_asked();
    let question = fixture("plo/accepted/helseoppl-soknad-1.6.xml");
    world.bring(&question).1.expect("received");
    let claimed = world.claim();
    let to_the_municipality = claimed.iter().find(|claimed| claimed.partner.as_str() == MUNICIPALITY).expect("a parcel");
    let received = parse(to_the_municipality.bytes.as_ref().expect("at hand"));
    let apprec = as_bundle(&answer(&received, AppRecVersion::V1_1, &world));
    let at_once = bindeledd::delivery::AnswerAtOnce(bindeledd::domain::Private::new(apprec.into_bytes()));
    let proof = bindeledd::delivery::Cause::new("taken");
    let evidence = bindeledd::delivery::Evidence { proof, answer: Some(at_once) };
    shipped::block_on(world.gateway.conclude(to_the_municipality, &Ok(evidence))).expect("concludes");
    let got = world.deliver();
    let [apprec] = got_by(&got, HOSPITAL)[..] else { panic!("{:?}", history(&world)) };
    assert!(matches!(&parse(apprec.as_bytes()).body, Body::Receipt(apprec) if apprec.is_positive()));
}
