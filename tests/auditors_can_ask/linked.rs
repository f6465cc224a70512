//! A D-number and the national identity number after it are one person's, from when somebody says so until somebody takes it back.

use super::{busy, owner, question, scan, who};
use crate::shipped::{Shipped, block_on};
use bindeledd::domain::PersonId;
use bindeledd::store::{Linked, Wanted};
use std::collections::BTreeSet;

fn person(number: &str) -> PersonId {
    PersonId::new(number.to_owned(), "")
}

/// The messages that are in the answer about a number, the words of its lines, and how many numbers are linked to it.
fn asked(shipped: &Shipped, number: &str) -> (BTreeSet<i64>, Vec<String>, usize) {
    let found = block_on(shipped.gateway.store.look_up(question(Wanted::Patient(person(number))), shipped.now()));
    let found = found.expect("answered");
    let messages = found.lines.iter().filter_map(|line| line.message.map(|(message, _)| message.0)).collect();
    (messages, found.lines.into_iter().map(|line| line.what).collect(), found.linked)
}

fn link(shipped: &Shipped, one: &str, other: &str) -> Linked {
    let linked = shipped.gateway.store.link_numbers(
        person(one),
        person(other),
        "both are on the letter of the register".into(),
        who(),
        shipped.now(),
    );
    block_on(linked).expect("linked")
}

fn unlink(shipped: &Shipped, one: &str) -> Linked {
    let unlinked = shipped.gateway.store.unlink_number(person(one), "it was another one".into(), who(), shipped.now());
    block_on(unlinked).expect("taken back")
}

#[test]
fn numbers_that_are_linked_have_one_answer_until_one_of_them_is_taken_out() {
    let shipped = busy();
    let numbers: BTreeSet<String> = scan(&shipped).into_values().flatten().filter(|number| number.len() == 11).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).take(3).collect();
    let [one, two, three] = numbers[..] else { panic!("three patients") };
    let alone = [one, two, three].map(|number| asked(&shipped, number).0);
    let union = |of: &[usize]| of.iter().flat_map(|at| alone[*at].clone()).collect::<BTreeSet<_>>();
    assert!(union(&[0, 1]).len() > alone[0].len() && union(&[0, 1]).len() > alone[1].len());

    assert!(matches!(link(&shipped, one, two), Linked::Done { numbers: 2, .. }));
    assert_eq!(link(&shipped, two, one), Linked::Already);
    assert_eq!(link(&shipped, one, one), Linked::Already, "nothing to say of one number");
    for number in [one, two] {
        let (messages, words, linked) = asked(&shipped, number);
        assert_eq!((messages, linked), (union(&[0, 1]), 1));
        assert!(words.iter().any(|word| word == "linked"), "that they were linked is in the answer: {words:?}");
    }
    assert_eq!(asked(&shipped, three).0, alone[2]);

    // Whichever two are linked, all that were linked before come along.
    assert!(matches!(link(&shipped, three, two), Linked::Done { numbers: 3, .. }));
    for number in [one, two, three] {
        let (messages, _, linked) = asked(&shipped, number);
        assert_eq!((messages, linked), (union(&[0, 1, 2]), 2));
    }

    // Each of them may be the one by which the others are named.
    for (taken_out, at, left) in [(three, 2, [0, 1]), (two, 1, [0, 2]), (one, 0, [1, 2])] {
        assert!(matches!(unlink(&shipped, taken_out), Linked::Done { .. }));
        assert_eq!(unlink(&shipped, taken_out), Linked::Already);
        assert_eq!(asked(&shipped, taken_out).0, alone[at]);
        for other in left {
            assert_eq!(asked(&shipped, numbers[other]).0, union(&left));
        }
        link(&shipped, taken_out, numbers[left[0]]);
    }
    let verified = block_on(shipped.gateway.store.verify_history(None)).expect("read");
    assert_eq!(verified.broken, None);
}

#[test]
fn numbers_that_are_linked_are_nowhere_in_the_clear() {
    let shipped = busy();
    let numbers: BTreeSet<String> = scan(&shipped).into_values().flatten().filter(|number| number.len() == 11).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    link(&shipped, numbers[0], numbers[1]);
    link(&shipped, numbers[0], "01815000274");
    for text in owner::whole(&shipped.disk) {
        assert!(!text.contains("01815000274") && numbers.iter().all(|number| !text.contains(number)));
    }
}
