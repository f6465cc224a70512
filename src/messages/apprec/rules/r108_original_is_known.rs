//! an AppRec answers a message that we delivered.

use crate::domain::MsgId;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-108",
    name: "original_is_known",
    holds: Text {
        en: "The AppRec answers a message that was delivered here",
        nb: "Applikasjonskvitteringen svarer på en melding som er levert her",
        nn: "Applikasjonskvitteringa svarer på ei melding som er levert her",
    },
    hint: Text {
        en: "Check OriginalMsgId/Id and the HER-ids of the AppRec. It is kept for a person, and not answered",
        nb: "Sjekk OriginalMsgId/Id og HER-id-ene i kvitteringen. Den beholdes for en person, og besvares ikke",
        nn: "Sjekk OriginalMsgId/Id og HER-id-ane i kvitteringa. Ho blir halden for ein person, og blir ikkje svara på",
    },
    source: "derived from HIS 80415:2012",
    incoming: Consequence::Hold,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// The finding on an AppRec whose original nobody knows.
pub fn unknown(msg_id: &MsgId) -> Finding {
    Finding::new(&RULE).on("/AppRec/OriginalMsgId/Id").found(Detail::msg_id(msg_id))
}
