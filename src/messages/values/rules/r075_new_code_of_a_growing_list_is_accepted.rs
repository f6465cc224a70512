//! a code that is newer than our edition of a list that grows is accepted.

use super::many;
use crate::codelists::Membership;
use crate::domain::Text;
use crate::messages::bindings::CodedValue;
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-075",
    name: "new_code_of_a_growing_list_is_accepted",
    holds: Text {
        en: "A code of a list that grows is in our edition of it; a newer one is accepted",
        nb: "En kode fra et kodeverk som vokser, er i vår utgave av det; en nyere kode blir godtatt",
        nn: "Ein kode frå eit kodeverk som veks, er i vår utgåve av det; ein nyare kode blir godteken",
    },
    hint: Text {
        en: "Nothing has to be done if the code is right; look it up at Volven, and in the file of the list under codelists/",
        nb: "Ingenting må gjøres hvis koden er riktig; slå den opp i Volven, og i filen til kodeverket under codelists/",
        nn: "Ingenting må gjerast dersom koden er rett; slå han opp i Volven, og i fila til kodeverket under codelists/",
    },
    source: "HIS 1077; HIS 80704; HITS 1228; code lists 7322, 8279, 9602",
    incoming: Consequence::Note,
    outgoing: Consequence::Note,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Lists whose codes are kept elsewhere altogether say nothing about any code.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let new = survey.coded.iter().filter(|value| !value.code.is_empty() && is_new(value));
    many(new.map(|value| place::finding_at(&RULE, value.node).found(Detail::code(value.code))))
}

fn is_new(value: &CodedValue<'_>) -> bool {
    let lists = value.lists();
    let memberships = || lists.iter().map(|list| (list, list.membership(value.code)));
    let known = memberships().any(|(list, membership)| match membership {
        Membership::Member(_) => true,
        Membership::Possible => list.codes().is_empty(),
        Membership::Stranger => false,
    });
    !known && memberships().any(|(_, membership)| membership == Membership::Possible)
}
