//! the patient is identified by name and number, or by name, birth date and sex.

use super::super::HeadView;
use super::super::model::Person;
use crate::domain::Private;
use crate::domain::{Reason, Text};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-033",
    name: "patient_is_identified",
    holds: Text {
        en: "The patient is identified by name and fødselsnummer, D-number or FH-number, or by name, birth date and sex",
        nb: "Pasienten er identifisert med navn og fødselsnummer, D-nummer eller FH-nummer, eller med navn, fødselsdato og kjønn",
        nn: "Pasienten er identifisert med namn og fødselsnummer, D-nummer eller FH-nummer, eller med namn, fødselsdato og kjønn",
    },
    hint: Text {
        en: "Add what is missing in MsgInfo/Patient; nobody else can tell whom the message is about",
        nb: "Legg til det som mangler i MsgInfo/Patient; ingen andre kan vite hvem meldingen gjelder",
        nn: "Legg til det som manglar i MsgInfo/Patient; ingen andre kan vite kven meldinga gjeld",
    },
    source: "HIS 80415:2012, 3.3.4; test 24",
    incoming: Consequence::Refuse(Reason::PatientInsufficient),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the patient of a dialog or PLO message. Check digits do not matter here (HIS 1001 errors are warnings, R-048), and half
/// a name is a name: that it should be a full one is for R-032.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let patient = head.model.info.patient.as_ref().filter(|_| head.kind.needs_patient)?;
    let (en, nb) = missing_in(patient)?;
    Some(head.finding(&RULE, &["MsgInfo", "Patient"]).found(Detail::words(en, nb)))
}

/// Whether the patient is identified well enough.
pub(super) fn is_identified(patient: &Person) -> bool {
    missing_in(patient).is_none()
}

fn missing_in(patient: &Person) -> Option<(&'static str, &'static str)> {
    let given = |value: &Option<Private<String>>| value.as_ref().is_some_and(|v| !v.expose().trim().is_empty());
    let named = given(&patient.family_name) || given(&patient.given_name);
    let numbered = patient
        .idents
        .iter()
        .any(|ident| matches!(ident.type_code.as_str(), "FNR" | "DNR" | "FHN") && !ident.id.expose().trim().is_empty());
    let born = given(&patient.date_of_birth) && patient.sex.as_ref().is_some_and(|sex| matches!(sex.v.as_str(), "1" | "2"));
    match (named, numbered || born) {
        (true, true) => None,
        (false, true) => Some(("no name", "navn mangler")),
        (true, false) => Some((
            "no FNR, DNR or FHN, and not both birth date and sex",
            "verken FNR, DNR eller FHN, og ikke både fødselsdato og kjønn",
        )),
        (false, false) => Some((
            "no name, no number, and not both birth date and sex",
            "ikke noe navn, ikke noe nummer, og ikke både fødselsdato og kjønn",
        )),
    }
}
