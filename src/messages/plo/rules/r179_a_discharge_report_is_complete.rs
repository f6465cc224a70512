//! a discharge report tells what home care needs.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
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

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "UTSKRIVNINGSRAPPORT") else { return Vec::new() };
    profile.wants(
        profile.tells("9142", "PROB"),
        "MedisinskfagligeOpplysninger",
        "no current problem (heading PROB)",
        "ingen aktuell problemstilling (overskrift PROB)",
    );
    profile.wants(
        profile.tells("9142", "OP"),
        "MedisinskfagligeOpplysninger",
        "no plans (heading OP)",
        "ingen planer (overskrift OP)",
    );
    profile.wants(
        profile.has(&["InfoMedisinskDiagnose", "MedisinskDiagnose"]),
        "InfoMedisinskDiagnose",
        "no diagnosis",
        "ingen diagnose",
    );
    profile.wants(profile.has(&["Legemiddelinfo"]), "epj3:Legemiddelinfo", "no medication", "ingen legemidler");
    profile.wants(
        profile.tells("9141", "8"),
        "Sykepleierdokumentasjon",
        "no nursing summary (heading 8)",
        "ingen sykepleiesammenfatning (overskrift 8)",
    );
    profile.wants(profile.has(&["InfoKontrolltime"]), "InfoKontrolltime", "no appointments", "ingen kontrolltimer");
    profile.wants(profile.has(&["ParorendeForesatt"]), "ParorendeForesatt", "no next of kin", "ingen pårørende");
    profile.findings
}
