//! People around the patient: next of kin, contacts and units.

use super::super::at::At;
use super::super::catalogue::{OWN_PROFESSION, PERSON_ID, PERSON_NAME};
use super::super::code::{Code, of_concept};
use super::super::contact;
use super::super::element::{Element, FK1, PO, put};
use super::super::person::Person;
use super::super::professional::Professional;
use super::super::references::behind;
use super::super::work::Work;
use crate::fhir::Path;

/// `ParorendeForesatt`: every RelatedPerson that says what it is to the patient.
pub(super) fn next_of_kin(work: &Work<'_>) -> Vec<Element> {
    let teams = work.entries.all("CareTeam").into_iter().flat_map(|team| team.each("participant"));
    let members: Vec<Path> = teams.filter_map(|one| Some(work.follow(&one.get("member")?, &one)?.path)).collect();
    let is_kin = |one: &At<'_>| one.json.get("relationship").is_some() || members.contains(&one.path);
    let related = work.entries.all("RelatedPerson").into_iter().filter(is_kin);
    let one = |kin: At<'_>| {
        kin.done_with("patient");
        let relations = kin.each("relationship");
        let of = |list: u32| relations.iter().find_map(|relation| of_concept(work, relation, &[list]));
        let (kinship, care) = (of(9033), of(9050));
        let person = Person::of(work, &kin, &FK1, &FK1);
        if person.name.family.is_none() && person.name.given.is_none() {
            work.tell(&PERSON_NAME, kin.path.clone());
        }
        let mut element = PO.element("ParorendeForesatt");
        put(&mut element, kinship.map(|code| PO.cs("Slektskap", &code)));
        put(&mut element, care.map(|code| PO.cs("Omsorgsfunksjon", &code)));
        let mut reference = PO.element("Referanseperson");
        person.write(&mut reference, &FK1, &FK1);
        element.push(reference);
        element
    };
    related.map(one).collect()
}

/// The professionals of a CareTeam, each in the role that it has there: `KontaktpersonHelsepersonell`.
pub(super) fn contacts(work: &Work<'_>) -> Vec<Element> {
    let mut contacts = Vec::new();
    for team in work.entries.all("CareTeam") {
        ["status", "subject"].into_iter().for_each(|name| team.done_with(name));
        for participant in team.each("participant") {
            let role = participant.each("role").into_iter().find_map(|role| of_concept(work, &role, &[9034]));
            let who = behind(work, &participant, "member").and_then(|who| Professional::of(work, &who, &FK1, &FK1));
            let Some(mut who) = who else { continue };
            who.role = role.or(who.role);
            contacts.extend(contact_person(work, &who));
        }
    }
    contacts
}

/// What this class demands of a professional; what is missing is told.
pub(super) fn complete(work: &Work<'_>, who: &Professional) -> Option<()> {
    let missing = [
        (who.person.name.family.is_none(), &PERSON_NAME),
        (who.person.idents.is_empty(), &PERSON_ID),
        (who.profession.is_none(), &OWN_PROFESSION),
    ];
    let told = missing.into_iter().filter(|(is_missing, _)| *is_missing);
    told.map(|(_, rule)| work.tell(rule, who.path.clone())).count().eq(&0).then_some(())
}

/// One professional who can be called.
pub(super) fn contact_person(work: &Work<'_>, who: &Professional) -> Option<Element> {
    complete(work, who)?;
    let mut element = PO.element("KontaktpersonHelsepersonell");
    element.push(who.write(PO.element("Kontaktperson"), &FK1, &FK1, true));
    Some(element)
}

/// The units of a CareTeam: `TilknyttetEnhet`. One without a number that this class demands is left unread.
pub(super) fn units(work: &Work<'_>) -> Vec<Element> {
    let teams = work.entries.all("CareTeam").into_iter().flat_map(|team| team.each("participant"));
    let units = teams.filter_map(|one| work.entries.follow(&one.get("member")?, &one));
    let one = |unit: At<'_>| {
        let name = unit.peek_of("name").filter(|_| unit.resource_type() == "Organization")?;
        let idents = contact::idents(work, &unit, contact::OF_ORGANISATIONS);
        if idents.is_empty() {
            return None;
        }
        unit.done_with("name");
        let mut inner = PO.element("Kontaktenhet");
        inner.push(FK1.text("OrganisationName", name));
        idents.iter().for_each(|ident| inner.push(contact::ident_element(&FK1, &FK1, ident)));
        put(&mut inner, contact::address(&FK1, &FK1, &unit));
        contact::telecoms(&unit).iter().for_each(|telecom| inner.push(contact::telecom_element(&FK1, &FK1, telecom)));
        let mut element = PO.element("TilknyttetEnhet");
        element.push(inner);
        Some(element)
    };
    units.filter_map(one).collect()
}

/// What is said of the patient's life: `TilleggsopplysningPasient`.
pub(super) fn life(work: &Work<'_>) -> Option<Element> {
    let patient = work.entries.all("Patient").into_iter().next()?;
    let mut element = PO.element("TilleggsopplysningPasient");
    let marital = patient.get("maritalStatus").and_then(|status| of_concept(work, &status, &[8724]));
    put(&mut element, marital.map(|status| PO.cs("SivilStatus", &status)));
    let alone = patient.our_bool("lives-alone");
    put(&mut element, alone.map(|alone| PO.text("BorAlene", if alone { "true" } else { "false" })));
    let languages = patient.each("communication");
    let language = languages.iter().filter_map(|one| one.get("language")).find_map(|one| of_concept(work, &one, &[3303]));
    put(&mut element, language.map(|language: Code| PO.cs("Sprak", &language)));
    element.has_children().then_some(element)
}
