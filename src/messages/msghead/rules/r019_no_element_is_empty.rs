//! no element that carries information is empty.

use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-019",
    name: "no_element_is_empty",
    holds: Text {
        en: "An element is left out rather than sent empty",
        nb: "Et element utelates heller enn å sendes tomt",
        nn: "Eit element blir utelate heller enn å sendast tomt",
    },
    hint: Text {
        en: "Leave the element out, or fill it",
        nb: "Utelat elementet, eller fyll det ut",
        nn: "Utelat elementet, eller fyll det ut",
    },
    source: "HISD 1165; acceptance tests",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds every element without text, child and attribute, but for those that have a rule of their own.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let empty = head.survey.empty.iter().filter(|node| !has_its_own_rule(**node));
    empty.take(MANY).map(|node| place::finding_at(&RULE, *node)).collect()
}

/// `Content`; `Organisation`: R-020; `Address`: R-046; `TypeId` and `Id` of an `Ident`;
/// `InfoTidligereSykdommer`: R-151.
fn has_its_own_rule(node: Node<'_>) -> bool {
    let is_in_an_ident = || node.parent().is_some_and(|parent| parent.name().local == "Ident");
    match node.name().local {
        "Content" | "Address" | "InfoTidligereSykdommer" => true,
        "Organisation" => node.name().namespace == NAMESPACE,
        "Id" | "TypeId" => is_in_an_ident(),
        _ => false,
    }
}
