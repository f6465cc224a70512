//! an admission report tells what the hospital needs.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
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

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "INNLEGGELSESRAPPORT") else { return Vec::new() };
    profile.wants(
        profile.tells("9142", "AAI") || profile.tells("9141", "11"),
        "MedisinskfagligeOpplysninger",
        "no reason for admission (heading AAI)",
        "ingen innleggelsesårsak (overskrift AAI)",
    );
    profile.wants(
        profile.has(&["InfoMedisinskDiagnose", "MedisinskDiagnose"]),
        "InfoMedisinskDiagnose",
        "no diagnosis",
        "ingen diagnose",
    );
    profile.wants(
        profile.has(&["MedisinskfagligeOpplysninger", "Cave"]),
        "MedisinskfagligeOpplysninger",
        "no critical information (Cave)",
        "ingen kritisk informasjon (Cave)",
    );
    profile.wants(profile.has(&["Legemiddelinfo"]), "epj3:Legemiddelinfo", "no medication", "ingen legemidler");
    profile.wants(
        profile.tells("9141", "8"),
        "Sykepleierdokumentasjon",
        "no nursing summary (heading 8)",
        "ingen sykepleiesammenfatning (overskrift 8)",
    );
    profile.wants(
        profile.has(&["InfoKartleggingFunksjonsniva", "KartlagtFunksjon"]),
        "InfoKartleggingFunksjonsniva",
        "no assessment of functions",
        "ingen funksjonskartlegging",
    );
    profile.wants(profile.has(&["EksisterendeTjeneste"]), "EksisterendeTjeneste", "no services", "ingen tjenester");
    profile.wants(
        profile.tells("9141", "14"),
        "Sykepleierdokumentasjon",
        "no practical information (heading 14)",
        "ingen praktiske opplysninger (overskrift 14)",
    );
    profile.wants(profile.has(&["ParorendeForesatt"]), "ParorendeForesatt", "no next of kin", "ingen pårørende");
    profile.findings
}
