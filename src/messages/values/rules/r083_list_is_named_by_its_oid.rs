//! `S` is the OID of a code list.

use super::many;
use crate::codelists::OID_STEM;
use crate::domain::Text;
use crate::messages::bindings::{Aspect, CodedValue};
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Fix, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-083",
    name: "list_is_named_by_its_oid",
    holds: Text {
        en: "S is the OID of a code list: 2.16.578.1.12.4.1.1. and its number, or another OID",
        nb: "S er OID-en til et kodeverk: 2.16.578.1.12.4.1.1. og nummeret, eller en annen OID",
        nn: "S er OID-en til eit kodeverk: 2.16.578.1.12.4.1.1. og nummeret, eller ein annan OID",
    },
    hint: Text {
        en: "Write the whole OID, not only the number of the list",
        nb: "Skriv hele OID-en, ikke bare nummeret til kodeverket",
        nn: "Skriv heile OID-en, ikkje berre nummeret til kodeverket",
    },
    source: "HIS 80117",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The schema asks for digits and points only, and is silent about `9121`. The `S` of an identifier is for R-055.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    let judged = survey.coded.iter().filter(|value| value.row.judges(Aspect::Shape) && !value.s.is_empty());
    many(judged.filter(|value| !value.s_is_an_oid()).map(finding))
}

fn finding(value: &CodedValue<'_>) -> Finding {
    let finding = place::finding_at(&RULE, value.node).found(Detail::oid(value.s));
    let number = value.row.lists.iter().find(|number| number.to_string() == value.s.trim());
    match (number, value.node.attribute_bytes("S")) {
        (Some(number), Some(bytes)) => finding.fixed_by(Fix::one(bytes, format!("{OID_STEM}{number}"))),
        _ => finding,
    }
}
