//! a message is not sent against the will of the patient.

use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-043",
    name: "consent_is_not_refused",
    holds: Text {
        en: "Consent, where it is given, is a code of list 9064 and not 4 (refused)",
        nb: "Consent, der det er oppgitt, er en kode i kodeverk 9064 og ikke 4 (ikke gitt)",
        nn: "Consent, der det er oppgitt, er ein kode i kodeverk 9064 og ikkje 4 (ikkje gitt)",
    },
    hint: Text {
        en: "A message about a patient who has refused is not sent; list 3109 means other things by the same codes",
        nb: "En melding om en pasient som ikke har samtykket, skal ikke sendes; kodeverk 3109 mener noe annet med de samme kodene",
        nn: "Ei melding om ein pasient som ikkje har samtykt, skal ikkje sendast; kodeverk 3109 meiner noko anna med dei same kodane",
    },
    source: "HIS 80704; code list 9064",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// OID of list 9064: status of the patient's consent.
const CONSENT: &str = "2.16.578.1.12.4.1.1.9064";

/// Looks at the documents of dialogue and PLO messages; reports to registers use list 3109.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let documents = head.documents().filter(|_| head.kind.needs_patient);
    let consents = documents.filter_map(|document| document.child(NAMESPACE, "Consent"));
    consents.filter_map(finding).take(MANY).collect()
}

fn finding(consent: Node<'_>) -> Option<Finding> {
    let list = consent.attribute("S").unwrap_or_default();
    let found = match consent.attribute("V") {
        // No list at all is for R-073.
        _ if !list.is_empty() && list != CONSENT => Detail::words("of another list", "fra et annet kodeverk"),
        Some("4") => Detail::words("refused", "ikke gitt"),
        _ => return None,
    };
    Some(place::finding_at(&RULE, consent).found(found))
}
