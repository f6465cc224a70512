//! every EPJ component has an id of its own.

use crate::domain::MsgId;
use crate::domain::Text;
use crate::messages::epj::component::{id, is_pointer};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-189",
    name: "component_ids_are_unique_uuids",
    holds: Text {
        en: "komponentID is a UUID that no other component of the message has",
        nb: "komponentID er en UUID som ingen annen komponent i meldingen har",
        nn: "komponentID er ein UUID som ingen annan komponent i meldinga har",
    },
    hint: Text {
        en: "Make a new UUID for every component",
        nb: "Lag en ny UUID for hver komponent",
        nn: "Lag ein ny UUID for kvar komponent",
    },
    source: "HIS 80704; HIS 1150",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// A node of an extract points at a component, and has its id for that.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut findings = Vec::new();
    for component in &head.survey.components {
        let id = MsgId::new(id(*component));
        let wrong = if !id.is_uuid() {
            Detail::words("not a UUID", "ikke en UUID")
        } else if !is_pointer(*component) && !seen.insert(id.key()) {
            Detail::words("the id of another component", "id-en til en annen komponent")
        } else {
            continue;
        };
        findings.push(place::finding_at(&RULE, *component).found(wrong));
    }
    findings
}
