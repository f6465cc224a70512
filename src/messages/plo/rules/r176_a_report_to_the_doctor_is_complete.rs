//! a report to the doctor tells what he needs to help.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::parts::Sign::Has;
use crate::messages::plo::parts::{CRITICAL_INFORMATION, CURRENT_PROBLEM, MEDICATION, Part};
use crate::messages::plo::profile::Profile;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-176",
    name: "a_report_to_the_doctor_is_complete",
    holds: Text {
        en: "HELSEOPPLYSNINGER_LEGE tells the problem, its kind, critical information, medication and what was done",
        nb: "HELSEOPPLYSNINGER_LEGE forteller om problemstilling, type innhold, kritisk informasjon, legemidler og iverksatte tiltak",
        nn: "HELSEOPPLYSNINGER_LEGE fortel om problemstilling, type innhald, kritisk informasjon, legemiddel og sette i verk tiltak",
    },
    hint: Text {
        en: "Send what is relevant to the patient; leave the rest, and this is only a reminder",
        nb: "Send det som er relevant for pasienten; utelat resten, for dette er bare en påminnelse",
        nn: "Send det som er relevant for pasienten; utelat resten, for dette er berre ei påminning",
    },
    source: "HIS 1145 (2019), 3 and 4.3",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// In the order in which the profile names them.
const PARTS: [Part; 5] = [
    Part {
        signs: &[Has(&["InnholdKonsultasjon", "TypeInnholdKonsultasjon"])],
        element: "InnholdKonsultasjon",
        en: "no kind of content",
        nb: "ingen type innhold",
    },
    CURRENT_PROBLEM,
    CRITICAL_INFORMATION,
    MEDICATION,
    Part {
        signs: &[Has(&["Sykepleierdokumentasjon", "IverksatteTiltak"])],
        element: "Sykepleierdokumentasjon",
        en: "no measures taken",
        nb: "ingen iverksatte tiltak",
    },
];

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "HELSEOPPLYSNINGER_LEGE") else { return Vec::new() };
    profile.wants_each(&PARTS);
    profile.findings
}
