//! a discharge report tells what home care needs.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::parts::Sign::{Has, Tells};
use crate::messages::plo::parts::{CURRENT_PROBLEM, DIAGNOSIS, MEDICATION, NEXT_OF_KIN, NURSING_SUMMARY, Part};
use crate::messages::plo::profile::Profile;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-179",
    name: "a_discharge_report_is_complete",
    holds: Text {
        en: "UTSKRIVNINGSRAPPORT tells the problem, plans, diagnoses, medication, nursing, appointments and next of kin",
        nb: "UTSKRIVNINGSRAPPORT forteller om problemstilling, planer, diagnoser, legemidler, sykepleie, kontrolltimer og pårørende",
        nn: "UTSKRIVNINGSRAPPORT fortel om problemstilling, planar, diagnosar, legemiddel, sjukepleie, kontrolltimar og pårørande",
    },
    hint: Text {
        en: "Send what is relevant to the patient; leave the rest, and this is only a reminder",
        nb: "Send det som er relevant for pasienten; utelat resten, for dette er bare en påminnelse",
        nn: "Send det som er relevant for pasienten; utelat resten, for dette er berre ei påminning",
    },
    source: "HIS 1148 (2019), 3 and 4.3",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// In the order in which the profile names them.
const PARTS: [Part; 7] = [
    CURRENT_PROBLEM,
    Part {
        signs: &[Tells("9142", "OP")],
        element: "MedisinskfagligeOpplysninger",
        en: "no plans (heading OP)",
        nb: "ingen planer (overskrift OP)",
    },
    DIAGNOSIS,
    MEDICATION,
    NURSING_SUMMARY,
    Part {
        signs: &[Has(&["InfoKontrolltime"])],
        element: "InfoKontrolltime",
        en: "no appointments",
        nb: "ingen kontrolltimer",
    },
    NEXT_OF_KIN,
];

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "UTSKRIVNINGSRAPPORT") else { return Vec::new() };
    profile.wants_each(&PARTS);
    profile.findings
}
