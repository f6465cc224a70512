//! a message is valid by the schema of its head, or of its AppRec.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-013",
    name: "message_is_valid",
    holds: Text {
        en: "The head, or the AppRec, is valid by its schema",
        nb: "Hodet, eller applikasjonskvitteringen, er gyldig etter skjemaet sitt",
        nn: "Hovudet, eller applikasjonskvitteringa, er gyldig etter skjemaet sitt",
    },
    hint: Text {
        en: "Add the element that is named in the path, in the order of the schema",
        nb: "Legg til elementet som er navngitt i stien, i skjemaets rekkefølge",
        nn: "Legg til elementet som er namngitt i stien, i rekkjefølgja til skjemaet",
    },
    source: "HIS 80601; HIS 80415:2012; MsgHead-v1_2.xsd, AppRec-v1.1.xsd",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
