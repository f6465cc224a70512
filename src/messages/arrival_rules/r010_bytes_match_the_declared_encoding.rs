//! the bytes are what the declaration says: UTF-8 or ISO-8859-1.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-010",
    name: "bytes_match_the_declared_encoding",
    holds: Text {
        en: "The bytes are UTF-8 or ISO-8859-1, as declared",
        nb: "Bytene er UTF-8 eller ISO-8859-1, slik det er deklarert",
        nn: "Bytane er UTF-8 eller ISO-8859-1, slik det er deklarert",
    },
    hint: Text {
        en: "Write UTF-8 and declare it; a file that was saved again by an editor is the usual cause",
        nb: "Skriv UTF-8 og deklarer det; en fil som er lagret på nytt i et redigeringsprogram, er den vanlige årsaken",
        nn: "Skriv UTF-8 og deklarer det; ei fil som er lagra på nytt i eit redigeringsprogram, er den vanlege årsaka",
    },
    source: "HIS 80415:2012, 3.3.1; HISD 1165; acceptance test 4",
    incoming: Consequence::Refuse(Reason::Unreadable),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
