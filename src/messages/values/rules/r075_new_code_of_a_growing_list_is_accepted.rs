//! a code that is newer than our edition of a list that grows is accepted.

use super::many;
use crate::codelists::Membership;
use crate::domain::{Language, Text};
use crate::messages::bindings::CodedValue;
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::messages::values::suggest::names;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule, Says, Wording};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-075",
    name: "new_code_of_a_growing_list_is_accepted",
    holds: Text {
        en: "A code that is newer than our edition of a list that grows is accepted",
        nb: "En kode som er nyere enn vår utgave av et kodeverk som vokser, blir godtatt",
        nn: "Ein kode som er nyare enn vår utgåve av eit kodeverk som veks, blir godteken",
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
    many(survey.coded.iter().filter(|value| !value.code.is_empty() && is_new(value)).map(finding))
}

fn finding(value: &CodedValue<'_>) -> Finding {
    let (found, named) = (Detail::code(value.code), names(&value.lists().collect::<Vec<_>>()));
    let says = Says {
        message: Wording {
            en: format!(
                "{} is not in our edition of list {named}, which grows; it is accepted",
                found.in_language(Language::En)
            ),
            nb: format!(
                "{} er ikke i vår utgave av kodeverk {named}, som vokser; den er godtatt",
                found.in_language(Language::Nb)
            ),
            nn: format!(
                "{} er ikkje i vår utgåve av kodeverk {named}, som veks; han er godteken",
                found.in_language(Language::Nn)
            ),
        },
        hint: Wording { en: RULE.hint.en.into(), nb: RULE.hint.nb.into(), nn: RULE.hint.nn.into() },
        clause: "".into(),
    };
    place::finding_at(&RULE, value.node).found(found).saying(says)
}

fn is_new(value: &CodedValue<'_>) -> bool {
    let memberships = || value.lists().map(|list| (list, list.membership(value.code)));
    let known = memberships().any(|(list, membership)| match membership {
        Membership::Member(_) => true,
        Membership::Possible => list.codes().is_empty(),
        Membership::Stranger => false,
    });
    !known && memberships().any(|(_, membership)| membership == Membership::Possible)
}
