//! the responsible unit or clinician is named and can be reached.

use crate::domain::Text;
use crate::messages::content::has;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, along, coded_in};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-155",
    name: "somebody_responsible_can_be_reached",
    holds: Text {
        en: "The responsible unit is given with name and telephone, or the responsible clinician with name, profession, role and telephone",
        nb: "Ansvarlig enhet er oppgitt med navn og telefon, eller ansvarlig helsepersonell med navn, profesjon, rolle og telefon",
        nn: "Ansvarleg eining er oppgjeven med namn og telefon, eller ansvarleg helsepersonell med namn, profesjon, rolle og telefon",
    },
    hint: Text {
        en: "Fill TilknyttetEnhet/Kontaktenhet (OrganisationName, TeleCom) or AnsvarForRapport/AnsvarligRapport",
        nb: "Fyll ut TilknyttetEnhet/Kontaktenhet (OrganisationName, TeleCom) eller AnsvarForRapport/AnsvarligRapport",
        nn: "Fyll ut TilknyttetEnhet/Kontaktenhet (OrganisationName, TeleCom) eller AnsvarForRapport/AnsvarligRapport",
    },
    source: "HITS 1174; profiles HIS 1143 to 1149; acceptance tests 25 and 26",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that there is one of the two. The profiles ask for the unit, HITS 1174 for the unit or the clinician.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = Content::of(head)?;
    let common = content.common();
    let has_phone = |who: Node<'_>| {
        let numbers = along(who, &["TeleCom", "TeleAddress"]);
        numbers.iter().any(|number| number.attribute("V").is_some_and(|v| !v.trim().is_empty()))
    };
    let units = along(common, &["TilknyttetEnhet", "Kontaktenhet"]);
    let unit = units.into_iter().any(|unit| has(unit, "OrganisationName") && has_phone(unit));
    let clinicians = along(common, &["AnsvarForRapport", "AnsvarligRapport"]);
    let clinician = clinicians.into_iter().any(|person| {
        let told = ["TypeHealthcareProfessional", "RoleToPatient"].iter().all(|field| !coded_in(person, field).v.is_empty());
        told && has(person, "FamilyName") && has_phone(person)
    });
    (!unit && !clinician).then(|| content.missing(&RULE, common, &["TilknyttetEnhet", "Kontaktenhet"]))
}
