//! a dialog that begins from nothing says which profession it is for.

use crate::domain::Text;
use crate::messages::content::{at, child, code};
use crate::messages::dialogmelding::parts::{note_of, roles};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-131",
    name: "contact_at_the_receiver_is_named",
    holds: Text {
        en: "A first DIALOG_HELSEFAGLIG with theme 6 that refers to no earlier message names the profession it is for: role 24 with TypeHealthcareProfessional",
        nb: "En første DIALOG_HELSEFAGLIG med tema 6 uten referanse til en tidligere melding oppgir hvilken profesjon den er til: rolle 24 med TypeHealthcareProfessional",
        nn: "Ein første DIALOG_HELSEFAGLIG med tema 6 utan referanse til ei tidlegare melding gir opp kva profesjon han er til: rolle 24 med TypeHealthcareProfessional",
    },
    hint: Text {
        en: "Add a RollerRelatertNotat with RoleToPatient 24 (contact at the receiver) and the profession, list 9060",
        nb: "Legg til RollerRelatertNotat med RoleToPatient 24 (kontakt hos mottaker) og profesjonen, kodeverk 9060",
        nn: "Legg til RollerRelatertNotat med RoleToPatient 24 (kontakt hos mottakar) og profesjonen, kodeverk 9060",
    },
    source: "HIS 1077",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks it where no earlier message tells who is meant.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let note = note_of(head, "DIALOG_HELSEFAGLIG").filter(|_| head.model.info.conversation.is_none())?;
    child(note, "TemaKodet").filter(|theme| code(*theme) == "6")?;
    let is_contact = |role: &Node<'_>| {
        let outer = child(*role, "RoleToPatient");
        let inner = at(*role, &["HealthcareProfessional", "RoleToPatient"]);
        outer.or(inner).is_some_and(|named| code(named) == "24")
    };
    let profession = &["HealthcareProfessional", "TypeHealthcareProfessional"];
    let mut named = roles(note).filter(is_contact).filter_map(|role| at(role, profession));
    let named = named.any(|profession| !code(profession).is_empty());
    (!named).then(|| place::finding_at(&RULE, note))
}
