//! a telephone number, fax number or e-mail address says which it is, and has no blanks.

use super::many;
use crate::domain::Text;
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Fix, Rule};
use crate::xml::Node;

const SCHEMES: [&str; 3] = ["tel:", "mailto:", "fax:"];

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-079",
    name: "tele_address_has_a_scheme",
    holds: Text {
        en: "TeleAddress begins with tel:, mailto: or fax:, and has no blanks",
        nb: "TeleAddress begynner med tel:, mailto: eller fax:, og har ingen mellomrom",
        nn: "TeleAddress byrjar med tel:, mailto: eller fax:, og har ingen mellomrom",
    },
    hint: Text {
        en: "Write it in V as an address: tel:+4722334455, mailto:post@fjellvik.example",
        nb: "Skriv det i V som en adresse: tel:+4722334455, mailto:post@fjellvik.example",
        nn: "Skriv det i V som ei adresse: tel:+4722334455, mailto:post@fjellvik.example",
    },
    source: "HISD 1165; HIS 80117",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// An element without any attribute is an empty element: R-019. The number itself is never shown.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    many(survey.tele_addresses.iter().filter_map(|node| finding(*node)))
}

fn finding(node: Node<'_>) -> Option<Finding> {
    node.attributes().next()?;
    let written = node.attribute("V").unwrap_or_default();
    let has_a_scheme =
        SCHEMES.iter().any(|scheme| written.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    let has_blanks = written.contains(char::is_whitespace);
    let found = match (written.trim().is_empty(), has_a_scheme, has_blanks) {
        (true, ..) => Detail::words("nothing in V", "ingenting i V"),
        (_, true, false) => return None,
        (_, true, true) => Detail::words("blanks", "mellomrom"),
        (_, false, _) => Detail::words("none of these at its beginning", "ingen av dem i begynnelsen"),
    };
    let finding = place::finding_at(&RULE, node).found(found);
    Some(match mended(node, written, has_a_scheme) {
        Some(fix) => finding.fixed_by(fix),
        None => finding,
    })
}

/// Blanks go, and digits get `tel:`. What else has no scheme is left to a person.
fn mended(node: Node<'_>, written: &str, has_a_scheme: bool) -> Option<Fix> {
    let bytes = node.attribute_bytes("V")?;
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let is_a_number =
        plain.len() >= 3 && plain.bytes().enumerate().all(|(at, b)| b.is_ascii_digit() || at == 0 && b == b'+');
    match (has_a_scheme, is_a_number) {
        (true, _) => Some(Fix::one(bytes, plain)),
        (false, true) => Some(Fix::one(bytes, format!("tel:{plain}"))),
        (false, false) => None,
    }
}
