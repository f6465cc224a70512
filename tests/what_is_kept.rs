//! The promise of retention: what was kept long enough goes, and its space with it; what is held or still needed stays; the history
//! says what went, with proof; and what is missing in it without that is found, by us and by others. Wherever a process dies meanwhile,
//! doing it again completes it.

#[path = "support/auditor.rs"]
mod auditor;
#[path = "support/fixtures.rs"]
mod fixtures;
#[expect(dead_code, reason = "messages come here without those that they answer")]
#[path = "support/shipped.rs"]
mod shipped;
#[expect(dead_code, reason = "other tests look at it as a whole")]
#[path = "support/owner.rs"]
mod owner;
#[path = "what_is_kept/town.rs"]
mod town;
#[path = "what_is_kept/faults.rs"]
mod faults;
#[path = "what_is_kept/removed.rs"]
mod removed;

use bindeledd::domain::{Class, FirstKept, PersonId, Retention, TrackingId};
use bindeledd::store::{KeptBack, Linked, PlanRow, Question, ToHold, Wanted};
use fixtures::{Fixture, all};
use shipped::block_on;
use std::collections::BTreeSet;
use town::{Town, who};

#[test]
fn what_was_kept_long_enough_goes_and_the_rest_is_as_it_was() {
    let town = Town::new();
    let before = town.counts();
    let plan = town.plan(town.retention());
    let pruned = town.prune(town.retention());
    let goes = |class: Class| plan.iter().filter(|row| row.class == class).map(|row| row.goes).sum::<i64>();
    let gone = |class: Class| pruned.iter().filter(|one| one.class == class).map(|one| one.count).sum::<i64>();
    for class in Class::ALL {
        assert!(goes(class) > 0, "{class:?}: {plan:?}");
        assert_eq!(goes(class), gone(class), "{class:?} goes as it was planned");
    }
    let after = town.counts();
    assert_eq!(after["message"], before["message"] - gone(Class::Metadata));
    assert!(town.number("SELECT min(received_at) FROM message") >= town.oldest_kept(Class::Metadata));
    for orphans in [
        "SELECT count(*) FROM patient WHERE message_id NOT IN (SELECT id FROM message)",
        "SELECT count(*) FROM finding WHERE message_id NOT IN (SELECT id FROM message)",
        "SELECT count(*) FROM delivery WHERE message_id NOT IN (SELECT id FROM message)",
        "SELECT count(*) FROM attempt WHERE delivery_id NOT IN (SELECT id FROM delivery)",
        "SELECT count(*) FROM patient_line WHERE line NOT IN (SELECT id FROM history)",
    ] {
        assert_eq!(town.number(orphans), 0, "{orphans}");
    }
    assert!(town.prune(town.retention()).is_empty(), "a second time nothing is left to remove");
    assert!(town.plan(town.retention()).iter().all(|row| row.goes == 0 && !row.stays.is_empty()));
    let whole = block_on(town.store().verify_history(None)).expect("read");
    assert_eq!(whole.broken, None);
    assert!(!whole.removed.is_empty() && whole.removed_by.is_some());
    town.is_deliverable();
}

#[test]
fn what_arrives_again_after_its_metadata_went_is_a_new_message() {
    let town = Town::new();
    let first = town.first_fixture();
    let ids = || town.number("SELECT count(*) FROM message");
    let before = ids();
    town.arrive(&first);
    assert_eq!(ids(), before, "it is known by its MsgId");
    town.prune(town.retention());
    let before = ids();
    town.arrive(&first);
    assert_eq!(ids(), before + 1);
}

#[test]
fn what_is_under_way_is_not_removed_and_goes_when_it_has_ended() {
    let town = Town::new();
    let late = town.leave_one_under_way();
    let rows = town.plan(town.retention());
    let under_way = |class: Class| rows.iter().any(|row| row.class == class && row.stays.contains(&(KeptBack::UnderWay, 1)));
    assert!(under_way(Class::Content) && under_way(Class::Metadata), "{rows:?}");
    town.prune(town.retention());
    assert!(town.has(late));
    town.shipped.deliver();
    town.days_later(7);
    town.prune(town.retention());
    assert!(!town.has(late));
}

#[test]
fn what_is_held_stays_until_the_hold_is_lifted() {
    for of in ["patient", "number that is linked", "message", "month"] {
        let town = Town::new();
        let (tracking, number) = town.oldest_with_a_patient();
        let another = || PersonId::new("01815000274".into(), "");
        let what = match of {
            "number that is linked" => {
                let (one, reason) = (PersonId::new(number.clone(), ""), "a letter of the register".to_owned());
                let linked = town.store().link_numbers(one, another(), reason, who(), town.shipped.now());
                assert!(matches!(block_on(linked), Ok(Linked::Done { numbers: 2, .. })));
                ToHold::Patient(another())
            }
            "patient" => ToHold::Patient(PersonId::new(number.clone(), "")),
            "message" => ToHold::Message(tracking),
            _ => ToHold::Month(town.first_month()),
        };
        let hold = block_on(town.store().hold(what, "case 17".into(), who(), town.shipped.now())).expect("held");
        let of_it = || {
            let question = Question {
                wanted: Wanted::Message(tracking),
                since: None,
                until: None,
                purpose: "a test".into(),
                who: who(),
            };
            block_on(town.store().look_up(question, town.shipped.now())).expect("answered").lines
        };
        let lines: BTreeSet<i64> = of_it().iter().map(|line| line.number).collect();
        let plan = town.plan(town.retention());
        let held =
            |class| plan.iter().any(|row| row.class == class && row.stays.iter().any(|(why, _)| *why == KeptBack::Held));
        assert!(Class::ALL.into_iter().all(held), "{of}: {plan:?}");
        town.prune(town.retention());
        assert!(town.has(tracking) && town.has_content(tracking), "{of}");
        let left: BTreeSet<i64> = of_it().iter().map(|line| line.number).collect();
        assert!(lines.is_subset(&left), "{of}: lines of it are gone");
        assert_eq!(block_on(town.store().verify_history(None)).expect("read").broken, None, "{of}");
        let holds = block_on(town.store().holds()).expect("read");
        assert!(holds.len() == 1 && !format!("{holds:?}").contains(&number), "by pseudonym, never the number");
        let lift = |number| block_on(town.store().lift(number, "closed".into(), who(), town.shipped.now()));
        assert_eq!((lift(hold).expect("lifted"), lift(hold).expect("answered")), (true, false));
        town.prune(town.retention());
        assert!(!town.has(tracking), "{of}");
        let whole = block_on(town.store().verify_history(None)).expect("read");
        assert_eq!(whole.broken, None, "{of}: gaps that came to meet are one");
    }
}

#[test]
fn by_hand_only_the_class_that_was_named_goes() {
    for class in Class::ALL {
        let town = Town::new();
        let before = town.counts();
        let pruned = town.prune_first_kept(FirstKept::only(class, town.first_month_kept(Class::Content)));
        assert!(!pruned.is_empty() && pruned.iter().all(|one| one.class == class), "{class:?}: {pruned:?}");
        let after = town.counts();
        assert_eq!(after["message"] < before["message"], class == Class::Metadata);
        assert_eq!(town.number("SELECT count(*) FROM emptied") > 0, class == Class::History);
        assert_eq!(block_on(town.store().verify_history(None)).expect("read").broken, None);
    }
}

#[test]
fn the_gateway_does_it_by_itself_where_it_is_configured() {
    let mut town = Town::new();
    let keep = |town: &Town| block_on(town.shipped.gateway.keep(&|| true)).expect("kept");
    assert_eq!(keep(&town), [], "nothing is configured");
    town.shipped.gateway.setup.retention = town.retention();
    assert_eq!(keep(&town), [], "nothing came for months, so the clock may be wrong");
    town.arrive_today();
    assert_eq!(keep(&town), [], "what came by a wrong clock proves nothing");
    town.days_later(19);
    town.arrive_today();
    assert_eq!(keep(&town), []);
    town.days_later(2);
    assert!(!keep(&town).is_empty());
    assert_eq!(keep(&town), []);
    let said = town.shipped.disk.texts("SELECT why FROM history WHERE what = 'removed' AND who IS NULL");
    assert!(!said.is_empty() && said.iter().all(|why| why.contains("as is configured")), "{said:?}");
}

#[test]
fn the_line_that_says_what_was_in_force_stays_as_long_as_lines_that_were_written_under_it() {
    let town = Town::that_says_what_is_in_force();
    let said = town.number("SELECT min(id) FROM history WHERE what = 'configured'");
    let is_there = |line: i64| town.number(&format!("SELECT count(*) FROM history WHERE id = {line}")) == 1;
    let plan = town.plan(town.retention());
    let in_force = |row: &PlanRow| row.stays.iter().any(|(why, _)| *why == KeptBack::InForce);
    assert!(plan.iter().any(in_force), "{plan:?}");
    town.prune(town.retention());
    let whole = block_on(town.store().verify_history(None)).expect("read");
    assert!(is_there(said) && whole.broken.is_none() && whole.removed[0].0 > said, "{:?}", whole.removed);
    let anew = town.works_under(2);
    block_on(town.store().seal(town.shipped.now())).expect("sealed");
    town.days_later(300);
    town.arrive_today();
    block_on(town.store().seal(town.shipped.now())).expect("sealed");
    town.prune(town.retention());
    assert!(!is_there(said) && is_there(anew));
    let whole = block_on(town.store().verify_history(None)).expect("read");
    assert_eq!((whole.broken, whole.removed[0].0), (None, 1), "what said first that lines went is gone itself");
}

#[test]
fn nothing_of_a_month_that_is_not_over_goes_whatever_is_asked() {
    let town = Town::new();
    let now = Retention { content: Some(0), metadata: Some(0), history: Some(0) };
    let later = now.first_kept(town.shipped.now().plus(std::time::Duration::from_secs(86_400 * 400)));
    let of_now = |town: &Town| {
        let month = town.this_month().start().as_millis();
        town.number(&format!("SELECT count(*) FROM message WHERE received_at >= {month}"))
    };
    town.arrive_today();
    let before = of_now(&town);
    assert!(before > 0);
    town.prune_first_kept(later);
    assert_eq!(of_now(&town), before);
    let tracking = TrackingId::parse(&town.shipped.disk.texts("SELECT tracking FROM message ORDER BY id DESC LIMIT 1")[0]);
    assert!(town.has_content(tracking.expect("a tracking id")));
}

fn accepted() -> Vec<Fixture> {
    all().into_iter().filter(Fixture::is_accepted).collect()
}
