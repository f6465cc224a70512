//! the patient has an identifier.

use super::r033_patient_is_identified::is_identified;
use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-034",
    name: "patient_has_a_number",
    holds: Text {
        en: "The patient has an identifier beside the name",
        nb: "Pasienten har en identifikator ved siden av navnet",
        nn: "Pasienten har ein identifikator ved sida av namnet",
    },
    hint: Text {
        en: "Add Ident with FNR, DNR or FHN; without it the receiver must match the patient by hand",
        nb: "Legg til Ident med FNR, DNR eller FHN; uten den må mottakeren koble pasienten manuelt",
        nn: "Legg til Ident med FNR, DNR eller FHN; utan den må mottakaren kople pasienten manuelt",
    },
    source: "HIS 80704; HIS 1077; HIS 1206",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at a patient who is identified by birth date and sex; one who is not identified at all is for R-033.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let patient = head.model.info.patient.as_ref().filter(|patient| head.kind.needs_patient && is_identified(patient))?;
    let any = patient.idents.iter().any(|ident| !ident.id.expose().trim().is_empty());
    (!any).then(|| head.finding(&RULE, &["MsgInfo", "Patient", "Ident"]))
}
