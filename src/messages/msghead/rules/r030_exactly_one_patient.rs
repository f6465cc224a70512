//! a message between health actors is about exactly one patient.

use super::super::HeadView;
use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-030",
    name: "exactly_one_patient",
    holds: Text {
        en: "The message is about exactly one patient",
        nb: "Meldingen gjelder nøyaktig én pasient",
        nn: "Meldinga gjeld nøyaktig éin pasient",
    },
    hint: Text {
        en: "Add MsgInfo/Patient with name and identity number",
        nb: "Legg til MsgInfo/Patient med navn og identitetsnummer",
        nn: "Legg til MsgInfo/Patient med namn og identitetsnummer",
    },
    source: "HIS 80601; HIS 80603; HIS 80704",
    incoming: Consequence::Refuse(Reason::PatientInsufficient),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks it where the standard demands a patient: dialog and PLO messages. Content we only carry is not judged.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let missing = head.kind.needs_patient && head.model.info.patient.is_none();
    missing.then(|| head.finding(&RULE, &["MsgInfo", "Patient"]))
}
