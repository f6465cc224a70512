//! the type of the message is said in words too.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-024",
    name: "type_has_its_text",
    holds: Text {
        en: "MsgInfo/Type has the name of the message type in DN",
        nb: "MsgInfo/Type har navnet på meldingstypen i DN",
        nn: "MsgInfo/Type har namnet på meldingstypen i DN",
    },
    hint: Text {
        en: "Write the text of list 8279 in DN, for instance \"Melding om innlagt pasient\"",
        nb: "Skriv teksten fra kodeverk 8279 i DN, for eksempel \"Melding om innlagt pasient\"",
        nn: "Skriv teksten frå kodeverk 8279 i DN, til dømes \"Melding om innlagt pasient\"",
    },
    source: "HISD 1165",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Any text will do: texts are not compared.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let message_type = &head.model.info.message_type;
    let only_code = message_type.dn.trim().is_empty() && !message_type.v.trim().is_empty();
    only_code.then(|| head.finding(&RULE, &["MsgInfo", "Type"]))
}
