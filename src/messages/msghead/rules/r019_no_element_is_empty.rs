//! no element that carries information is empty.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

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

/// Finds every element without text, child and attribute. `Content` is for, `InfoTidligereSykdommer` for R-151.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let empty = head.survey.empty.iter().filter(|node| !matches!(node.name().local, "Content" | "InfoTidligereSykdommer"));
    empty.map(|node| place::finding_at(&RULE, *node)).collect()
}
