//! a message has one main document.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-040",
    name: "one_main_document",
    holds: Text {
        en: "At most one Document has DocumentConnection H (main document)",
        nb: "Høyst ett Document har DocumentConnection H (hoveddokument)",
        nn: "Høgst eitt Document har DocumentConnection H (hovuddokument)",
    },
    hint: Text {
        en: "Mark the attachments with V, or leave DocumentConnection out: the first Document is the main one",
        nb: "Merk vedleggene med V, eller utelat DocumentConnection: det første Document er hoveddokumentet",
        nn: "Merk vedlegga med V, eller utelat DocumentConnection: det første Document er hovuddokumentet",
    },
    source: "HIS 80601",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Points at the second one.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let is_main = |document: &Node<'_>| {
        document.child(NAMESPACE, "DocumentConnection").is_some_and(|connection| connection.attribute("V") == Some("H"))
    };
    let second = head.documents().filter(is_main).nth(1)?;
    Some(place::finding_at(&RULE, second))
}
