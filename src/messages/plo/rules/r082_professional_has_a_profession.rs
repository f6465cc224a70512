//! every health professional in a PLO message has a profession.

use crate::domain::Text;
use crate::messages::bindings::Space;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The elements of class HealthcareProfessional (felleskomponent1).
const PROFESSIONALS: [&str; 7] = [
    "AdministrertAv",
    "AnsvarligRapport",
    "AnsvarligTjenesteyter",
    "Forskriver",
    "InformasjonGittAv",
    "Kontaktperson",
    "VideresendtTil",
];

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-082",
    name: "professional_has_a_profession",
    holds: Text {
        en: "Every health professional in a PLO message has a profession, TypeHealthcareProfessional",
        nb: "Alt helsepersonell i en PLO-melding har en profesjon, TypeHealthcareProfessional",
        nn: "Alt helsepersonell i ei PLO-melding har ein profesjon, TypeHealthcareProfessional",
    },
    hint: Text {
        en: "Write the profession as a code of list 9060, for instance SP Sykepleier or LE Lege",
        nb: "Skriv profesjonen med en kode fra kodeverk 9060, for eksempel SP Sykepleier eller LE Lege",
        nn: "Skriv profesjonen med ein kode frå kodeverk 9060, til dømes SP Sykepleier eller LE Lege",
    },
    source: "HIS 80704",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Points at whoever has none. An element without children is an empty element: R-019.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = head.content() else { return Vec::new() };
    let professionals = content.descendants().filter(|node| PROFESSIONALS.contains(&node.name().local));
    let without = professionals.filter(|node| node.children().next().is_some() && !has_a_profession(*node));
    without.map(|node| place::finding_at(&RULE, node)).take(MANY).collect()
}

fn has_a_profession(professional: Node<'_>) -> bool {
    let is_it = |name: crate::xml::Name<'_>| {
        name.local == "TypeHealthcareProfessional" && Space::of(name.namespace) == Some(Space::Felles)
    };
    professional.children().any(|child| is_it(child.name()))
}
