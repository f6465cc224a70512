//! the type of an identifier names the list that it is of.

use super::super::ident::{self, Ident};
use super::super::lists::{ORGANISATION_IDS, PERSON_IDS};
use crate::codelists::by_oid;
use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-055",
    name: "type_of_identifier_names_its_list",
    holds: Text {
        en: "TypeId has V, S and DN; S is list 9051 for organisations and list 8116 for persons, and either for a HER-id",
        nb: "TypeId har V, S og DN; S er kodeverk 9051 for virksomheter og 8116 for personer, og ett av dem for en HER-id",
        nn: "TypeId har V, S og DN; S er kodeverk 9051 for verksemder og 8116 for personar, og eitt av dei for ein HER-id",
    },
    hint: Text {
        en: "Write S as 2.16.578.1.12.4.1.1.9051 for an organisation or a service, and 2.16.578.1.12.4.1.1.8116 for a person",
        nb: "Skriv S som 2.16.578.1.12.4.1.1.9051 for en virksomhet eller tjeneste, og 2.16.578.1.12.4.1.1.8116 for en person",
        nn: "Skriv S som 2.16.578.1.12.4.1.1.9051 for ei verksemd eller teneste, og 2.16.578.1.12.4.1.1.8116 for ein person",
    },
    source: "HIS 80601; HIS 1001, 3.2; acceptance tests 14b, 23",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at every identifier of the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let finding = |ident: Ident<'_>| Some(place::finding_at(&RULE, ident.type_id).found(wrong(&ident)?));
    ident::all(head).filter_map(finding).take(MANY).collect()
}

fn wrong(ident: &Ident<'_>) -> Option<Detail> {
    let given = |name: &str| ident.type_id.attribute(name).is_some_and(|value| !value.trim().is_empty());
    let missing = match (given("V"), given("S"), given("DN")) {
        (true, true, true) => None,
        (false, ..) => Some(Detail::words("V is missing", "V mangler")),
        (true, false, _) => Some(Detail::words("S is missing", "S mangler")),
        (true, true, false) => Some(Detail::words("DN is missing", "DN mangler")),
    };
    missing.or_else(|| wrong_list(ident))
}

fn wrong_list(ident: &Ident<'_>) -> Option<Detail> {
    let list = ident.list();
    let known = list == ORGANISATION_IDS || list == PERSON_IDS;
    let fits = match ident.type_code() {
        "HER" => known,
        // The OID may be that of the series which the number is issued from.
        "HNR" | "FHN" => list != ORGANISATION_IDS && list.contains('.'),
        _ if ident.beside("OrganisationName").is_some() => list == ORGANISATION_IDS,
        _ if ident.beside("FamilyName").is_some() || ident.beside("GivenName").is_some() => list == PERSON_IDS,
        _ => known,
    };
    if !fits {
        return Some(Detail::words("another list", "et annet kodeverk"));
    }
    // A series of numbers is no code list, and has no codes.
    let is_a_code = by_oid(list).is_none_or(|list| list.code(ident.type_code()).is_some());
    (!is_a_code).then(|| Detail::code(ident.type_code()))
}
