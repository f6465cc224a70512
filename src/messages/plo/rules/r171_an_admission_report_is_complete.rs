//! an admission report tells what the hospital needs.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::parts::Sign::{Has, Tells};
use crate::messages::plo::parts::{CRITICAL_INFORMATION, DIAGNOSIS, MEDICATION, NEXT_OF_KIN, NURSING_SUMMARY, Part};
use crate::messages::plo::profile::Profile;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-171",
    name: "an_admission_report_is_complete",
    holds: Text {
        en: "INNLEGGELSESRAPPORT tells why, diagnoses, critical information, medication, nursing, function, services, practical matters and next of kin",
        nb: "INNLEGGELSESRAPPORT forteller om årsak, diagnoser, kritisk informasjon, legemidler, sykepleie, funksjon, tjenester, praktiske forhold og pårørende",
        nn: "INNLEGGELSESRAPPORT fortel om årsak, diagnosar, kritisk informasjon, legemiddel, sjukepleie, funksjon, tenester, praktiske tilhøve og pårørande",
    },
    hint: Text {
        en: "Send what is relevant to the patient; leave the rest, and this is only a reminder",
        nb: "Send det som er relevant for pasienten; utelat resten, for dette er bare en påminnelse",
        nn: "Send det som er relevant for pasienten; utelat resten, for dette er berre ei påminning",
    },
    source: "HIS 1143 (2019), 3 and 4.3",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// In the order in which the profile names them.
const PARTS: [Part; 9] = [
    Part {
        signs: &[Tells("9142", "AAI"), Tells("9141", "11")],
        element: "MedisinskfagligeOpplysninger",
        en: "no reason for admission (heading AAI)",
        nb: "ingen innleggelsesårsak (overskrift AAI)",
    },
    DIAGNOSIS,
    CRITICAL_INFORMATION,
    MEDICATION,
    NURSING_SUMMARY,
    Part {
        signs: &[Has(&["InfoKartleggingFunksjonsniva", "KartlagtFunksjon"])],
        element: "InfoKartleggingFunksjonsniva",
        en: "no assessment of functions",
        nb: "ingen funksjonskartlegging",
    },
    Part {
        signs: &[Has(&["EksisterendeTjeneste"])],
        element: "EksisterendeTjeneste",
        en: "no services",
        nb: "ingen tjenester",
    },
    Part {
        signs: &[Tells("9141", "14")],
        element: "Sykepleierdokumentasjon",
        en: "no practical information (heading 14)",
        nb: "ingen praktiske opplysninger (overskrift 14)",
    },
    NEXT_OF_KIN,
];

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "INNLEGGELSESRAPPORT") else { return Vec::new() };
    profile.wants_each(&PARTS);
    profile.findings
}
