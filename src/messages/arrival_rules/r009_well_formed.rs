//! the bytes are well-formed XML.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-009",
    name: "well_formed",
    holds: Text { en: "The message is well-formed XML", nb: "Meldingen er velformet XML", nn: "Meldinga er velforma XML" },
    hint: Text {
        en: "Produce the message with an XML library, and check that nothing cut it off or was added on the way",
        nb: "Lag meldingen med et XML-bibliotek, og sjekk at den ikke er kuttet eller har fått noe lagt til underveis",
        nn: "Lag meldinga med eit XML-bibliotek, og sjekk at ho ikkje er kutta eller har fått noko lagt til undervegs",
    },
    source: "HIS 80415:2012, 3.3.1; tests 16, 34",
    incoming: Consequence::Refuse(Reason::Unreadable),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
