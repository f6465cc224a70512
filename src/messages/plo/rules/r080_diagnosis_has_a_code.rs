//! a diagnosis is coded in ICD-10 or ICPC-2.

use crate::codelists::by_oid;
use crate::domain::Text;
use crate::messages::bindings::CodedValue;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// ICD-10, ICPC-2, ICPC-2B.
const LISTS: [u32; 3] = [7110, 7170, 7171];

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-080",
    name: "diagnosis_has_a_code",
    holds: Text {
        en: "A diagnosis is coded, in ICD-10 (7110), ICPC-2 (7170) or ICPC-2B (7171)",
        nb: "En diagnose er kodet, i ICD-10 (7110), ICPC-2 (7170) eller ICPC-2B (7171)",
        nn: "Ein diagnose er koda, i ICD-10 (7110), ICPC-2 (7170) eller ICPC-2B (7171)",
    },
    hint: Text {
        en: "Write the code in V and the OID of the list in S, for instance 2.16.578.1.12.4.1.1.7110",
        nb: "Skriv koden i V og OID-en til kodeverket i S, for eksempel 2.16.578.1.12.4.1.1.7110",
        nn: "Skriv koden i V og OID-en til kodeverket i S, til dømes 2.16.578.1.12.4.1.1.7110",
    },
    source: "HISD 1165; HIS 80704",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// A code without `S` is for R-073, an `S` that is no OID for R-083. Codes are met with and without their point (I50.9, I509).
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let diagnoses = head.survey.coded.iter().filter(|value| value.row.element == "Diagnosekode");
    diagnoses.filter_map(finding).take(MANY).collect()
}

fn finding(value: &CodedValue<'_>) -> Option<Finding> {
    let found = match (value.code, value.s) {
        ("", _) if !value.ot.is_empty() => Detail::words("words instead of a code", "ord i stedet for en kode"),
        ("", _) | (_, "") => return None,
        _ if !value.s_is_an_oid() || by_oid(value.s).is_some_and(|list| LISTS.contains(&list.number)) => return None,
        _ => Detail::oid(value.s),
    };
    Some(place::finding_at(&RULE, value.node).found(found))
}
