//! attachments are scanned for malware where they are opened, which is not here.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-187",
    name: "attachments_are_scanned_where_they_are_opened",
    holds: Text {
        en: "Attachments are scanned for malware where they are opened. The gateway does not scan: it carries them unopened, byte for byte",
        nb: "Vedlegg skannes for skadevare der de åpnes. Meldingsporten skanner ikke: den bærer dem uåpnet, byte for byte",
        nn: "Vedlegg blir skanna for skadevare der dei blir opna. Meldingsporten skannar ikkje: han ber dei uopna, byte for byte",
    },
    hint: Text {
        en: "See to it that the receiving system scans what it stores or opens",
        nb: "Sørg for at mottakersystemet skanner det som lagres eller åpnes",
        nn: "Sørg for at mottakarsystemet skannar det som blir lagra eller opna",
    },
    source: "our own rule",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
