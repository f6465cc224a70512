//! how a message is sent is said only of letters.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-068",
    name: "com_method_is_for_letters",
    holds: Text {
        en: "Sender and Receiver have ComMethod only in a message that goes by letter",
        nb: "Sender og Receiver har ComMethod bare i en melding som går som brev",
        nn: "Sender og Receiver har ComMethod berre i ei melding som går som brev",
    },
    hint: Text {
        en: "Leave ComMethod out of Sender and Receiver",
        nb: "Utelat ComMethod i Sender og Receiver",
        nn: "Utelat ComMethod i Sender og Receiver",
    },
    source: "HIS 80601",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// What comes to the gateway is no letter.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let info = &head.model.info;
    let sides = [("Sender", &info.sender), ("Receiver", &info.receiver)];
    let given = sides.into_iter().filter(|(_, side)| side.com_method.is_some());
    given.map(|(side, _)| head.finding(&RULE, &["MsgInfo", side, "ComMethod"])).collect()
}
