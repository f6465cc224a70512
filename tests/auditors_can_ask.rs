//! What an auditor asks of the log, and what keeps it from whoever should not see it.

#[path = "support/auditor.rs"]
mod auditor;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/shipped.rs"]
mod shipped;
#[path = "support/owner.rs"]
mod owner;
#[path = "auditors_can_ask/at_rest.rs"]
mod at_rest;
#[path = "auditors_can_ask/linked.rs"]
mod linked;

use auditor::Auditor;
use bindeledd::domain::{Actor, Class, FirstKept, Month, PersonId, Timestamp, TrackingId};
use bindeledd::messages::{self, Judging};
use bindeledd::proof::PublicKey;
use bindeledd::proof::extract;
use bindeledd::store::{Broken, KeptBack, Look, Noted, Part, Question, Removing, Wanted};
use bindeledd::xml::Limits;
use fixtures::{Fixture, all};
use shipped::{Shipped, block_on};
use std::collections::{BTreeMap, BTreeSet};

fn who() -> Actor {
    Actor::account("revisor", None)
}

fn question(wanted: Wanted) -> Question {
    Question { wanted, since: None, until: None, purpose: "request of the patient, case 17".into(), who: who() }
}

/// Every accepted fixture has come, and was handed over.
fn busy() -> Shipped {
    let shipped = Shipped::where_receivers_answer();
    for fixture in all().into_iter().filter(Fixture::is_accepted) {
        shipped.bring(&fixture).1.expect("received");
        shipped.deliver();
    }
    shipped
}

/// The numbers of patients in the messages of a log, as somebody finds them who opens them all: by message.
fn scan(shipped: &Shipped) -> BTreeMap<i64, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for both in shipped.disk.texts("SELECT CAST(id AS text) || ' ' || tracking FROM message") {
        let (id, tracking) = both.split_once(' ').expect("two words");
        let (id, tracking) = (id.parse().expect("a number"), TrackingId::parse(tracking).expect("a tracking id"));
        let look = Look { tracking, part: Part::Message, purpose: "a full scan".into(), who: who() };
        let bytes = block_on(shipped.gateway.store.look_at_content(look, shipped.now())).expect("reads").expect("kept");
        let Ok(parsed) = messages::read(bytes.expose(), &Judging::incoming(Limits::default())) else { continue };
        let numbers = parsed.patient().iter().map(|ident| ident.id.expose().replace(' ', ""));
        found.insert(id, numbers.collect::<BTreeSet<_>>());
    }
    found
}

#[test]
fn the_answer_about_a_patient_is_that_of_somebody_who_opens_every_message() {
    let shipped = busy();
    let scanned = scan(&shipped);
    let patients: BTreeSet<&String> = scanned.values().flatten().filter(|number| !number.is_empty()).collect();
    assert!(patients.len() >= 5, "{} patients", patients.len());
    for number in patients {
        let about: Vec<i64> = scanned.iter().filter(|(_, of)| of.contains(number)).map(|(id, _)| *id).collect();
        let list = about.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        // AppRecs name nobody: they belong to the messages that they answer.
        let expected = owner::numbers(
            &shipped.disk,
            &format!(
                "SELECT id FROM history WHERE message_id IN ({list}) OR message_id IN
                   (SELECT answered_by FROM delivery WHERE message_id IN ({list}))"
            ),
        );
        let person = PersonId::new(number.clone(), "FNR");
        let found = block_on(shipped.gateway.store.look_up(question(Wanted::Patient(person)), shipped.now()));
        let found = found.expect("answered");
        let got: Vec<i64> = found.lines.iter().map(|line| line.number).filter(|line| *line != found.asked).collect();
        let mut expected: Vec<i64> = expected.into_iter().filter(|line| *line < found.asked).collect();
        expected.sort_unstable();
        assert_eq!(got, expected, "of {} messages", about.len());
        assert!(found.lines.iter().any(|line| line.number == found.asked), "who asks is in the answer");
    }
}

#[test]
fn whoever_asked_before_is_in_the_answer_and_no_number_of_a_patient_is_in_the_log() {
    let shipped = busy();
    let number = "14854131010".to_owned();
    let ask = || {
        let person = PersonId::new(number.clone(), "");
        block_on(shipped.gateway.store.look_up(question(Wanted::Patient(person)), shipped.now())).expect("answered")
    };
    let (first, second) = (ask(), ask());
    assert!(second.lines.iter().any(|line| line.number == first.asked && line.who.as_deref() == Some("account revisor")));
    let numbers: BTreeSet<String> = scan(&shipped).into_values().flatten().filter(|number| number.len() == 11).collect();
    assert!(numbers.len() >= 5);
    for text in owner::whole(&shipped.disk) {
        assert!(numbers.iter().all(|number| !text.contains(number.as_str())), "a number of a patient is in a column");
    }
}

#[test]
fn content_cannot_be_read_in_the_database() {
    let shipped = busy();
    let words = ["<MsgHead", "MsgInfo", "Patient", "AppRec xmlns"];
    for text in owner::whole(&shipped.disk) {
        assert!(words.iter().all(|word| !text.contains(word)), "content is in the clear: {}", text.len());
    }
}

#[test]
fn what_is_taken_out_is_called_whole_by_us_and_by_others_and_shows_no_more_than_was_asked() {
    let shipped = busy();
    let store = &shipped.gateway.store;
    let folder = tempfile::tempdir().expect("a folder");
    let first = block_on(store.seal(shipped.now())).expect("sealed").expect("there was something");
    let (everything, one) = (folder.path().join("everything"), folder.path().join("patient"));
    let whole = block_on(store.export(question(Wanted::All), &everything, Some(&first), shipped.now())).expect("written");
    assert!(whole.whole && whole.lines > 200, "{} lines", whole.lines);
    let person = PersonId::new("14854131010".into(), "");
    let of_one = store.export(question(Wanted::Patient(person)), &one, Some(&first), shipped.now());
    let of_one = block_on(of_one).expect("written");
    assert!(!of_one.whole && of_one.lines < whole.lines && of_one.lines > 5);
    let key: PublicKey = whole.key;
    for extract in [&everything, &one] {
        let verified = extract::verify(extract, Some(key), std::slice::from_ref(&first)).expect("it can be read");
        assert!(verified.is_signed && verified.broken.is_none(), "{:?}", verified.broken.map(|broken| broken.to_string()));
    }
    let text = std::fs::read_to_string(one.join("manifest.json")).expect("a manifest");
    assert!(!text.contains("14854131010"));
    let Some(auditor) = Auditor::new() else { return };
    let noted = folder.path().join("noted.txt");
    std::fs::write(&noted, first.note()).expect("written");
    let row = |extract: &std::path::Path| {
        let words = ["verify".into(), extract.display().to_string(), "--key".into(), key.to_string()];
        words.into_iter().chain(["--head".into(), noted.display().to_string()]).collect::<Vec<String>>()
    };
    let rows = [row(&everything), row(&one)];
    for (code, said) in auditor.judge(rows.iter().map(Vec::as_slice)) {
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("Signed by the log: who "), "{said}");
    }
}

#[test]
fn a_seal_or_a_head_that_somebody_changed_is_found_and_so_is_an_older_copy() {
    let shipped = busy();
    let store = &shipped.gateway.store;
    block_on(store.seal(shipped.now())).expect("sealed").expect("something");
    shipped.bring(&all().into_iter().find(Fixture::is_accepted).expect("one")).1.expect("received");
    let second = block_on(store.seal(shipped.now())).expect("sealed").expect("something");
    let verify = |noted: Option<Noted>| block_on(store.verify_history(noted)).expect("read").broken;
    let signed = || Some(Noted::Signed(Box::new(second.clone())));
    assert_eq!(verify(signed()), None);
    let deed = |sql: &str| owner::write(&shipped.disk, sql);
    ["seal", "history"].iter().for_each(|table| owner::let_pass(&shipped.disk, table));
    deed("CREATE TABLE kept AS SELECT * FROM seal");
    let undo = "DELETE FROM seal; INSERT INTO seal SELECT * FROM kept";
    for (change, found) in [
        ("UPDATE seal SET text = replace(text, '\"root\":\"', '\"root\":\"0') WHERE number = 1", Broken::Seal(1)),
        ("UPDATE seal SET head = (SELECT head FROM kept WHERE number = 1) WHERE number = 2", Broken::Signature(2)),
        ("UPDATE seal SET head = replace(head, '1', '2') WHERE number = 1", Broken::Signature(1)),
        ("DELETE FROM seal WHERE number = 2", Broken::SealsCutOff(2)),
    ] {
        deed(change);
        assert_eq!(verify(signed()), Some(found), "{change}");
        deed(undo);
    }
    deed("DELETE FROM seal WHERE number = 2; DELETE FROM history WHERE id > (SELECT max(last) FROM seal)");
    assert_eq!(verify(None), None, "in itself an older copy is whole");
    assert_eq!(verify(signed()), Some(Broken::SealsCutOff(2)));
    let stranger = Shipped::new();
    let foreign = block_on(stranger.gateway.store.seal(stranger.now())).expect("sealed").expect("keys were made");
    assert_eq!(verify(Some(Noted::Signed(Box::new(foreign)))), Some(Broken::Foreign));
}

/// Content that is not of a later month goes.
fn content_until(month: Month) -> Removing<'static> {
    let first_kept = FirstKept::only(Class::Content, Month::of(month.end()));
    Removing { first_kept, who: Some(who()), reason: "kept long enough".into(), go_on: &|| true }
}

#[test]
fn a_month_that_is_removed_is_gone_for_good_and_its_history_is_not() {
    let shipped = busy();
    let store = &shipped.gateway.store;
    let both = shipped.disk.texts("SELECT tracking || ' ' || CAST(received_at AS text) FROM message ORDER BY id LIMIT 1");
    let (tracking, received_at) = both[0].split_once(' ').expect("two words");
    let (tracking, received_at) =
        (TrackingId::parse(tracking).expect("a tracking id"), received_at.parse().expect("a time"));
    let month = Month::of(Timestamp::from_millis(received_at));
    let look = || Look { tracking, part: Part::Message, purpose: "is it there?".into(), who: who() };
    assert!(block_on(store.look_at_content(look(), shipped.now())).expect("reads").is_some());
    let remove = |now| block_on(store.prune(&content_until(month), now)).expect("removed");
    assert_eq!(remove(Timestamp::from_millis(received_at)), [], "the month is not over");
    let later = Timestamp::from_millis(month.end().as_millis() + 1);
    let [removed] = &remove(later)[..] else { panic!("one month") };
    assert!(removed.count > 0);
    assert!(block_on(store.look_at_content(look(), later)).expect("reads").is_none(), "the content is gone");
    assert_eq!(remove(later), [], "there is nothing more to remove");
    let about = block_on(store.look_up(question(Wanted::Message(tracking)), later)).expect("answered");
    assert!(about.lines.iter().any(|line| line.what == "received"), "what happened stays");
    let removals = owner::numbers(&shipped.disk, "SELECT id FROM history WHERE what = 'removed'");
    assert_eq!(removals.len(), 1);
    assert_eq!(block_on(store.verify_history(None)).expect("read").broken, None);
    let wrapped = owner::numbers(
        &shipped.disk,
        &format!("SELECT count(*) FROM secret WHERE name = 'content {month}' AND wrapped IS NULL"),
    );
    assert_eq!(wrapped, [1], "its key is destroyed");
}

#[test]
fn a_month_whose_content_is_still_to_be_delivered_is_not_removed() {
    let shipped = Shipped::where_receivers_answer();
    shipped.bring(&all().into_iter().find(Fixture::is_accepted).expect("one")).1.expect("received");
    assert_eq!(shipped.verdict().1, "accepted");
    let month = Month::of(shipped.now());
    let later = Timestamp::from_millis(month.end().as_millis() + 1);
    let store = &shipped.gateway.store;
    assert_eq!(block_on(store.prune(&content_until(month), later)).expect("looked at"), []);
    let [row] = &block_on(store.plan(content_until(month).first_kept, later)).expect("read")[..] else {
        panic!("one month")
    };
    assert_eq!((row.goes, &row.stays[..]), (0, &[(KeptBack::UnderWay, 1)][..]));
    assert!(!shipped.deliver().is_empty(), "and it is delivered");
}
