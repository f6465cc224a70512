//! a conversation is about one patient.

use super::super::{Conversation, Turn};
use crate::domain::Ident;
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-089",
    name: "patient_is_the_same",
    holds: Text {
        en: "The patient is the same as in the message that is referred to",
        nb: "Pasienten er den samme som i meldingen det vises til",
        nn: "Pasienten er den same som i meldinga det blir vist til",
    },
    hint: Text {
        en: "Possibly the wrong patient: check with the sender before anything is entered in a record",
        nb: "Mulig feil pasient: avklar med avsenderen før noe føres i en journal",
        nn: "Mogleg feil pasient: avklar med avsendaren før noko blir ført i ein journal",
    },
    source: "our own rule of safety; HIS 1151 (deviation 1)",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Compares numbers of the same kind only: who got a fødselsnummer after a D-number is the same patient.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let earlier = [conversation.parent.as_ref(), conversation.first.as_ref()];
    let another = earlier.into_iter().flatten().any(|earlier| are_of_two_persons(&turn.patient, &earlier.patient));
    another.then(|| turn.finding(&RULE).found(Detail::words("another identity number", "et annet identitetsnummer")))
}

fn are_of_two_persons(one: &[Ident], other: &[Ident]) -> bool {
    let national = |ident: &&Ident| matches!(ident.type_code.as_str(), "FNR" | "DNR" | "FHN");
    let pairs = || one.iter().filter(national).flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs().any(|(a, b)| a.type_code == b.type_code) && !pairs().any(|(a, b)| a.says_the_same_as(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Private;

    fn ident(kind: &str, id: &str) -> Ident {
        let (type_system, type_name) = (String::new(), String::new());
        Ident { id: Private::new(id.into()), type_code: kind.into(), type_system, type_name }
    }

    #[test]
    fn only_numbers_of_the_same_kind_tell_two_persons_apart() {
        let fnr = || ident("FNR", "14854131010");
        let (other, dnr) = (|| ident("FNR", "08923822136"), || ident("DNR", "57867933397"));
        let differ = |one: Vec<Ident>, two: Vec<Ident>| are_of_two_persons(&one, &two);
        assert!(differ(vec![fnr()], vec![other()]));
        assert!(!differ(vec![fnr()], vec![ident("FNR", " 14854131010 ")]));
        assert!(!differ(vec![dnr()], vec![fnr()]), "a fødselsnummer may follow a D-number");
        assert!(!differ(vec![dnr(), fnr()], vec![fnr(), other()]), "one in common is enough");
        assert!(!differ(vec![ident("HNR", "2")], vec![ident("HNR", "1")]), "a local number means nothing elsewhere");
        assert!(!differ(vec![], vec![fnr()]));
    }
}
