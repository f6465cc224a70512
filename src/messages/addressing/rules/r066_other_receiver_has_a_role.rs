//! a further receiver says in which role it stands.

use crate::codelists::by_number;
use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-066",
    name: "other_receiver_has_a_role",
    holds: Text {
        en: "OtherReceiver has a RoleReceiver with V and DN from list 8112; ComMethod is recommended",
        nb: "OtherReceiver har RoleReceiver med V og DN fra kodeverk 8112; ComMethod anbefales",
        nn: "OtherReceiver har RoleReceiver med V og DN frå kodeverk 8112; ComMethod er tilrådd",
    },
    hint: Text {
        en: "Write COP and \"Kopimottaker\" for a copy receiver",
        nb: "Skriv COP og «Kopimottaker» for en kopimottaker",
        nn: "Skriv COP og «Kopimottakar» for ein kopimottakar",
    },
    source: "HIS 80601; code list 8112",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Whatever the role says, the receiver is a full receiver.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let others = head.root.child(NAMESPACE, "MsgInfo").into_iter();
    let others = others.flat_map(|info| info.children().filter(|child| child.is(NAMESPACE, "OtherReceiver")));
    others.filter_map(|other| finding(other.child(NAMESPACE, "RoleReceiver")?)).take(MANY).collect()
}

fn finding(role: Node<'_>) -> Option<Finding> {
    let (code, text) = (role.attribute("V").unwrap_or_default(), role.attribute("DN").unwrap_or_default());
    let is_in_the_list = by_number(8112).is_some_and(|list| list.code(code).is_some());
    let found = match (is_in_the_list, text.trim().is_empty()) {
        (true, false) => return None,
        (true, true) => Detail::words("no DN", "DN mangler"),
        (false, _) => Detail::code(code),
    };
    Some(place::finding_at(&RULE, role).found(found))
}
