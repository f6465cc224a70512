//! medical information from the doctor tells what the municipality needs.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::parts::Sign::{Has, Tells};
use crate::messages::plo::parts::{CURRENT_PROBLEM, DIAGNOSIS, MEDICATION, Part};
use crate::messages::plo::profile::Profile;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-178",
    name: "medical_information_is_complete",
    holds: Text {
        en: "MEDISINSKE_OPPLYSNINGER tells its kind, the problem, diagnoses, findings, wishes and medication, and whether the patient has applied",
        nb: "MEDISINSKE_OPPLYSNINGER forteller om type innhold, problemstilling, diagnoser, funn, ønsker og legemidler, og om pasienten har søkt",
        nn: "MEDISINSKE_OPPLYSNINGER fortel om type innhald, problemstilling, diagnosar, funn, ønske og legemiddel, og om pasienten har søkt",
    },
    hint: Text {
        en: "Send what is relevant to the patient; leave the rest, and this is only a reminder",
        nb: "Send det som er relevant for pasienten; utelat resten, for dette er bare en påminnelse",
        nn: "Send det som er relevant for pasienten; utelat resten, for dette er berre ei påminning",
    },
    source: "HIS 1147 (2019), 3 and 4.3",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// In the order in which the profile names them.
const PARTS: [Part; 6] = [
    Part {
        signs: &[Has(&["TypeInnholdIMelding", "TypeInnhold"])],
        element: "TypeInnholdIMelding",
        en: "no kind of content",
        nb: "ingen type innhold",
    },
    CURRENT_PROBLEM,
    DIAGNOSIS,
    Part {
        signs: &[Tells("9142", "FU")],
        element: "MedisinskfagligeOpplysninger",
        en: "no findings (heading FU)",
        nb: "ingen funn (overskrift FU)",
    },
    Part {
        signs: &[Tells("9142", "UTRED")],
        element: "MedisinskfagligeOpplysninger",
        en: "no wishes or expectations (heading UTRED)",
        nb: "ingen ønsker eller forventninger (overskrift UTRED)",
    },
    MEDICATION,
];

/// Checks each part by itself, so that what is missing is seen at once.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "MEDISINSKE_OPPLYSNINGER") else { return Vec::new() };
    profile.wants_each(&PARTS);
    let for_an_application = profile.kind_of_content() == "5";
    let applied = profile.has(&["OpplysningerTilSoknad"]) || profile.has(&["SendtDokument"]);
    profile.wants(
        !for_an_application || applied,
        "OpplysningerTilSoknad",
        "not whether the patient has applied",
        "ikke om egensøknad er sendt",
    );
    profile.findings
}
