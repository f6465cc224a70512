//! type and content belong together.

use crate::codelists::by_number;
use crate::domain::{Reason, Text};
use crate::messages::dialogmelding;
use crate::messages::kind::MessageType;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-017",
    name: "type_fits_its_content",
    holds: Text {
        en: "The type in the head is one that this content is sent as",
        nb: "Typen i hodet er en som dette innholdet sendes som",
        nn: "Typen i hovudet er ein som dette innhaldet blir sendt som",
    },
    hint: Text {
        en: "Correct MsgInfo/Type, or send the content that belongs to it",
        nb: "Rett MsgInfo/Type, eller send innholdet som hører til",
        nn: "Rett MsgInfo/Type, eller send innhaldet som høyrer til",
    },
    source: "HIS 1143 to 1149; HIS 80603; HIS 80415:2012, test 24",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks content of the types that we know; any other is for its receiver to judge.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = head.content()?.name();
    let is_of = |kind: &&MessageType| kind.namespace == content.namespace && kind.root == content.local;
    let fits = |kind: &MessageType| match kind.family {
        "dialogmelding" => head.type_code().starts_with("DIALOG_"),
        _ => kind.code == head.type_code(),
    };
    let mut known = plo::TYPES.iter().chain(dialogmelding::TYPES).filter(is_of).peekable();
    let is_known = known.peek().is_some();
    // What is no type at all is told by R-023.
    let is_type = by_number(8279).is_some_and(|types| types.code(head.type_code()).is_some());
    if !is_known || !is_type || known.any(fits) {
        return None;
    }
    Some(place::finding(&RULE, head.root, &["MsgInfo", "Type"]).found(Detail::code(head.type_code())))
}
