//! several numbers of the patient are numbers of the same person.

use super::super::ident::{self, Ident};
use crate::domain::{PersonNumber, Text};
use crate::messages::msghead::HeadView;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-059",
    name: "numbers_of_the_patient_are_of_one_person",
    holds: Text {
        en: "Several identity numbers of the patient are of one and the same person",
        nb: "Flere identitetsnumre for pasienten gjelder én og samme person",
        nn: "Fleire identitetsnummer for pasienten gjeld éin og same person",
    },
    hint: Text {
        en: "Find out which of the numbers is the patient's; receivers go by FNR first, then DNR, FHN and HNR",
        nb: "Finn ut hvilket av numrene som er pasientens; mottakere bruker FNR først, deretter DNR, FHN og HNR",
        nn: "Finn ut kva for eit av nummera som er pasienten sitt; mottakarar bruker FNR først, deretter DNR, FHN og HNR",
    },
    source: "HIS 1001; HIS 80415, acceptance tests 16d, 17a, 17b",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Two numbers of one type, or a fødselsnummer and a D-number that do not agree on birth date and sex, are of two persons. What
/// an H-number or FH-number says of a person nobody can tell from its digits.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let patient = head.root.child(NAMESPACE, "MsgInfo")?.child(NAMESPACE, "Patient")?;
    let of_patient = |ident: &Ident<'_>| ident.node.parent() == Some(patient);
    let numbers: Vec<_> = ident::all(head).filter(of_patient).filter_map(|ident| Some((ident, told_by(&ident)?))).collect();
    let (_, (first_type, first)) = numbers.first()?;
    let is_of_another = |(type_code, number): &(&str, PersonNumber)| {
        let same_type = type_code == first_type && number != first;
        same_type || number.birth_date() != first.birth_date() || number.is_a_womans() != first.is_a_womans()
    };
    let (other, _) = numbers.iter().skip(1).find(|(_, told)| is_of_another(told))?;
    Some(place::finding_at(&RULE, other.id))
}

fn told_by<'t>(ident: &Ident<'t>) -> Option<(&'t str, PersonNumber)> {
    let type_code = ident.type_code();
    let number = PersonNumber::parse(&ident.written()).filter(|_| matches!(type_code, "FNR" | "DNR"))?;
    Some((type_code, number))
}
