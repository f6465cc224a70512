//! the patient has a family name and a given name.

use crate::domain::{Private, Reason, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-032",
    name: "patient_has_a_full_name",
    holds: Text {
        en: "The patient has both FamilyName and GivenName",
        nb: "Pasienten har både FamilyName og GivenName",
        nn: "Pasienten har både FamilyName og GivenName",
    },
    hint: Text {
        en: "Add the name that is missing in MsgInfo/Patient",
        nb: "Legg til navnet som mangler i MsgInfo/Patient",
        nn: "Legg til namnet som manglar i MsgInfo/Patient",
    },
    source: "HIS 80704; HIS 80603; HIS 80415:2012 (E32, E33 and E34 only if agreed)",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[
        Consequence::Refuse(Reason::PatientNameMissing),
        Consequence::Refuse(Reason::PatientFamilyNameMissing),
        Consequence::Refuse(Reason::PatientGivenNameMissing),
    ],
    enforced: Enforced::Check,
};

/// A patient without any name is not identified, which R-033 says.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let patient = head.model.info.patient.as_ref().filter(|_| head.kind.needs_patient)?;
    let given = |name: &Option<Private<String>>| name.as_ref().is_some_and(|name| !name.expose().trim().is_empty());
    let (missing, found) = match (given(&patient.family_name), given(&patient.given_name)) {
        (false, true) => ("FamilyName", Detail::words("no family name", "etternavn mangler")),
        (true, false) => ("GivenName", Detail::words("no given name", "fornavn mangler")),
        _ => return None,
    };
    Some(head.finding(&RULE, &["MsgInfo", "Patient", missing]).found(found))
}
