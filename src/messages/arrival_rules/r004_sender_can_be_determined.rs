//! the sender is known well enough to address an AppRec to.

use crate::domain::Envelope;
use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-004",
    name: "sender_can_be_determined",
    holds: Text {
        en: "The sender has a HER-id on level 1 or level 2, so that an AppRec can be addressed",
        nb: "Avsender har HER-id på nivå 1 eller nivå 2, slik at en applikasjonskvittering kan adresseres",
        nn: "Avsendaren har HER-id på nivå 1 eller nivå 2, slik at ei applikasjonskvittering kan adresserast",
    },
    hint: Text {
        en: "Give Sender/Organisation an Ident with TypeId HER, and its service or professional another",
        nb: "Gi Sender/Organisation en Ident med TypeId HER, og tjenesten eller personen under den en egen",
        nn: "Gi Sender/Organisation ein Ident med TypeId HER, og tenesta eller personen under ein eigen",
    },
    source: "HIS 80415:2012, 3.3.4; tests 13a, 13b, 16a-c",
    incoming: Consequence::Hold,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the sender of any message with an envelope.
pub fn check(envelope: &Envelope, root: Node<'_>) -> Option<Finding> {
    let known = envelope.sender.address().most_exact().is_some();
    (!known).then(|| super::super::place::finding(&RULE, root, &["MsgInfo", "Sender"]))
}
