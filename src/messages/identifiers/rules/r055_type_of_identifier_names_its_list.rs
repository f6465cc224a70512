//! the type of an identifier names the list that it is of.

use super::super::ident::{self, Ident};
use super::super::lists::{ORGANISATION_IDS, PERSON_IDS};
use crate::codelists::by_oid;
use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Fix, Rule};

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
    ident::all(head).filter_map(|ident| incomplete(&ident).or_else(|| wrong_list(&ident))).take(MANY).collect()
}

fn incomplete(ident: &Ident<'_>) -> Option<Finding> {
    let given = |name: &str| ident.type_id.attribute(name).is_some_and(|value| !value.trim().is_empty());
    let found = match (given("V"), given("S"), given("DN")) {
        (true, true, true) => return None,
        (false, ..) => Detail::words("V is missing", "V mangler"),
        (true, false, _) => Detail::words("S is missing", "S mangler"),
        (true, true, false) => Detail::words("DN is missing", "DN mangler"),
    };
    Some(place::finding_at(&RULE, ident.type_id).found(found))
}

fn wrong_list(ident: &Ident<'_>) -> Option<Finding> {
    let (list, code) = (ident.list(), ident.type_code());
    let is_of_a_series = matches!(code, "HNR" | "FHN") && list != ORGANISATION_IDS && list.contains('.');
    let may_be: &[&str] = match code {
        "HER" => &[ORGANISATION_IDS, PERSON_IDS],
        // The OID may be that of the series which the number is issued from.
        _ if is_of_a_series => return None,
        _ if ident.beside("OrganisationName").is_some() => &[ORGANISATION_IDS],
        _ if ident.beside("FamilyName").is_some() || ident.beside("GivenName").is_some() => &[PERSON_IDS],
        _ => &[ORGANISATION_IDS, PERSON_IDS],
    };
    let is_a_code_of = |list: &str| by_oid(list).is_some_and(|list| list.code(code).is_some());
    if may_be.contains(&list) {
        let finding = || place::finding_at(&RULE, ident.type_id).found(Detail::code(code));
        return (!is_a_code_of(list)).then(finding);
    }
    let finding = place::finding_at(&RULE, ident.type_id).found(Detail::words("another list", "et annet kodeverk"));
    let right = may_be.iter().find(|list| is_a_code_of(list)).filter(|_| may_be.len() == 1);
    Some(match (right, ident.type_id.attribute_bytes("S")) {
        (Some(right), Some(bytes)) => finding.fixed_by(Fix::one(bytes, *right)),
        _ => finding,
    })
}
