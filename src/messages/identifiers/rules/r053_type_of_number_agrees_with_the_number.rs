//! an identity number is of the type that TypeId says.

use super::super::ident::{self, Ident};
use super::super::number;
use crate::domain::{NumberClass, Text};
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-053",
    name: "type_of_number_agrees_with_the_number",
    holds: Text {
        en: "TypeId agrees with the number: FNR, DNR, HNR and FHN are told from each other by the first and the third digit",
        nb: "TypeId stemmer med nummeret: FNR, DNR, HNR og FHN skilles fra hverandre på første og tredje siffer",
        nn: "TypeId stemmer med nummeret: FNR, DNR, HNR og FHN blir skilde frå kvarandre på første og tredje siffer",
    },
    hint: Text {
        en: "Write the type that the number has, or compare the number with its source",
        nb: "Skriv typen som nummeret har, eller sammenlign nummeret med kilden",
        nn: "Skriv typen som nummeret har, eller samanlikn nummeret med kjelda",
    },
    source: "HIS 1001, 4.2",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at the form only: whether the check digits are right is for the rule of each type.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    ident::all(head).filter_map(|ident| finding(&ident)).take(MANY).collect()
}

fn finding(ident: &Ident<'_>) -> Option<Finding> {
    let said = number::class_of_type(ident.type_code())?;
    let class = NumberClass::of(&ident.written()).filter(|class| *class != said)?;
    let found = match class {
        NumberClass::Fodselsnummer => {
            Detail::words("it is written as a fødselsnummer", "det er skrevet som et fødselsnummer")
        }
        NumberClass::DNumber => Detail::words("it is written as a D-number", "det er skrevet som et D-nummer"),
        NumberClass::HNumber => Detail::words("it is written as an H-number", "det er skrevet som et H-nummer"),
        NumberClass::FhNumber => Detail::words("it is written as an FH-number", "det er skrevet som et FH-nummer"),
    };
    Some(place::finding_at(&RULE, ident.type_id).found(found))
}
