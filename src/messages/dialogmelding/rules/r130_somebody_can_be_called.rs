//! a clinical dialog message says whom to call.

use crate::domain::Text;
use crate::messages::content::{at, child, has};
use crate::messages::dialogmelding::parts::{can_be_called, note_of, roles};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-130",
    name: "somebody_can_be_called",
    holds: Text {
        en: "DIALOG_HELSEFAGLIG names a responsible clinician or a unit, with telephone",
        nb: "DIALOG_HELSEFAGLIG oppgir ansvarlig helsepersonell eller enhet, med telefon",
        nn: "DIALOG_HELSEFAGLIG gir opp ansvarleg helsepersonell eller eining, med telefon",
    },
    hint: Text {
        en: "Add name and TeleCom in RollerRelatertNotat/HealthcareProfessional or TilknyttetEnhet/Kontaktenhet",
        nb: "Legg til navn og TeleCom i RollerRelatertNotat/HealthcareProfessional eller TilknyttetEnhet/Kontaktenhet",
        nn: "Legg til namn og TeleCom i RollerRelatertNotat/HealthcareProfessional eller TilknyttetEnhet/Kontaktenhet",
    },
    source: "HIS 1077; HITS 1174",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// One of the roles is enough.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let note = note_of(head, "DIALOG_HELSEFAGLIG")?;
    let clinician = |role: Node<'_>| {
        let who = child(role, "HealthcareProfessional").or_else(|| at(role, &["TilknyttetEnhet", "HealthcareProfessional"]));
        who.is_some_and(|who| (has(who, "FamilyName") || has(who, "GivenName")) && can_be_called(who))
    };
    let unit = |role: Node<'_>| {
        let unit = at(role, &["TilknyttetEnhet", "Kontaktenhet"]);
        unit.is_some_and(|unit| has(unit, "OrganisationName") && can_be_called(unit))
    };
    (!roles(note).any(|role| clinician(role) || unit(role))).then(|| place::finding_at(&RULE, note))
}
