//! the parts of the head that the envelope is made of are there (full schema validation comes on top of this).

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-013",
    name: "head_has_its_parts",
    holds: Text {
        en: "The head has all parts that its schema makes mandatory",
        nb: "Hodet har alle deler som skjemaet gjør obligatoriske",
        nn: "Hovudet har alle delar som skjemaet gjer obligatoriske",
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
