//! the sender knows a message by the type that it sent.

use super::super::rule::{Rule, Step, Told};
use crate::codelists::by_number;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "A-03",
    name: "message_is_named_by_the_type_that_was_sent",
    what: Text {
        en: "The answer to a message that was delivered as another type names it by the type that was sent",
        nb: "Svaret på en melding som ble levert som en annen type, viser til den med typen som ble sendt",
        nn: "Svaret på ei melding som vart levert som ein annan type, viser til ho med typen som vart send",
    },
    before: "OriginalMsgId/MsgType",
    after: "OriginalMsgId/MsgType",
    class: LossClass::Recoded,
    source: "HIS 1153-1, AD1.16",
    down: Some(Step::Does(run)),
    up: Some(Step::Does(run)),
};

/// In either version.
pub fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let Some(sent) = told.wanted.sent_type else { return };
    let Some(named) = content.child_mut("OriginalMsgId").and_then(|original| original.child_mut("MsgType")) else { return };
    if named.attribute("V").is_some_and(|named| named.trim() == sent) {
        return;
    }
    named.set_attribute("V", sent);
    if let Some(code) = by_number(8279).and_then(|list| list.code(sent)) {
        named.set_attribute("DN", code.dn);
    }
    told.tell(&RULE, LossClass::Recoded, named.origin());
}
