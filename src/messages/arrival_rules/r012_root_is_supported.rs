//! the root element is one we read.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-012",
    name: "root_is_supported",
    holds: Text {
        en: "The root element is MsgHead 1.2, AppRec 1.0 or AppRec 1.1, in its own namespace",
        nb: "Rotelementet er MsgHead 1.2, AppRec 1.0 eller AppRec 1.1, i sitt eget navnerom",
        nn: "Rotelementet er MsgHead 1.2, AppRec 1.0 eller AppRec 1.1, i sitt eige namnerom",
    },
    hint: Text {
        en: "Wrap the content in a MsgHead 1.2, namespace http://www.kith.no/xmlstds/msghead/2006-05-24",
        nb: "Pakk innholdet i en MsgHead 1.2, navnerom http://www.kith.no/xmlstds/msghead/2006-05-24",
        nn: "Pakk innhaldet i ein MsgHead 1.2, namnerom http://www.kith.no/xmlstds/msghead/2006-05-24",
    },
    source: "HIS 80415:2012; test 33",
    incoming: Consequence::Refuse(Reason::UnsupportedFormat),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
