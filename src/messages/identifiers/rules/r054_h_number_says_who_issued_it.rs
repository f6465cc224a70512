//! an H-number that leaves its organisation says whose it is.

use super::super::ident;
use super::super::lists::PERSON_IDS;
use crate::domain::{NumberClass, Text};
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-054",
    name: "h_number_says_who_issued_it",
    holds: Text {
        en: "An H-number that is sent to another organisation says in TypeId/@S which organisation issued it",
        nb: "Et H-nummer som sendes til en annen virksomhet, sier i TypeId/@S hvilken virksomhet som har tildelt det",
        nn: "Eit H-nummer som blir sendt til ei anna verksemd, seier i TypeId/@S kva verksemd som har tildelt det",
    },
    hint: Text {
        en: "Write the OID of the issuing organisation's series in S, or agree with the receiver on what the number means there",
        nb: "Skriv OID-en til virksomhetens nummerserie i S, eller avtal med mottakeren hva nummeret betyr der",
        nn: "Skriv OID-en til nummerserien til verksemda i S, eller avtal med mottakaren kva nummeret betyr der",
    },
    source: "HIS 1001, 3.2",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// For a sender only. The receiver matches such a number by hand; the gateway matches no patients at all.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let of_no_series = ident::of_type(head, "HNR").filter(|ident| ident.list() == PERSON_IDS);
    let well_formed = of_no_series.filter(|ident| NumberClass::of(&ident.written()) == Some(NumberClass::HNumber));
    well_formed.map(|ident| place::finding_at(&RULE, ident.type_id)).take(MANY).collect()
}
