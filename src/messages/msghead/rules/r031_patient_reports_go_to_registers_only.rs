//! PatientReport is for reports to registers.

use crate::domain::{Reason, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-031",
    name: "patient_reports_go_to_registers_only",
    holds: Text {
        en: "A message between health actors has Document, not PatientReport",
        nb: "En melding mellom helseaktører har Document, ikke PatientReport",
        nn: "Ei melding mellom helseaktørar har Document, ikkje PatientReport",
    },
    hint: Text {
        en: "Send one message for each patient, with the content in Document",
        nb: "Send én melding for hver pasient, med innholdet i Document",
        nn: "Send éi melding for kvar pasient, med innhaldet i Document",
    },
    source: "HIS 80601",
    incoming: Consequence::Refuse(Reason::UnsupportedFormat),
    outgoing: Consequence::Block,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Check,
};

/// A partner that is a register may agree on a warning.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    (!head.model.reports.is_empty()).then(|| head.finding(&RULE, &["PatientReport"]))
}
