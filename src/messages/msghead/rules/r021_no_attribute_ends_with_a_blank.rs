//! no attribute ends with a blank.

use crate::domain::{Private, Text};
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Edit, Enforced, Finding, Fix, Rule};
use crate::xml::{Name, Node};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-021",
    name: "no_attribute_ends_with_a_blank",
    holds: Text {
        en: "The value of an attribute does not end with a blank",
        nb: "Verdien av et attributt slutter ikke med mellomrom",
        nn: "Verdien av eit attributt sluttar ikkje med mellomrom",
    },
    hint: Text {
        en: "Trim the value before it is written",
        nb: "Fjern mellomrommet før verdien skrives",
        nn: "Fjern mellomrommet før verdien blir skriven",
    },
    source: "HISD 1165",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at every element of the national namespaces.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    head.survey.blank_ended.iter().take(MANY).map(|node| finding(*node)).collect()
}

fn finding(node: Node<'_>) -> Finding {
    let ends_blank = |(name, value): &(Name<'_>, &str)| name.namespace.is_empty() && value.ends_with(char::is_whitespace);
    let trimmed = |(name, value): (Name<'_>, &str)| {
        Some(Edit { bytes: node.attribute_bytes(name.local)?, with: Private::new(value.trim_end().to_string()) })
    };
    let edits: Vec<Edit> = node.attributes().filter(ends_blank).filter_map(trimmed).collect();
    let finding = place::finding_at(&RULE, node);
    if edits.is_empty() { finding } else { finding.fixed_by(Fix { edits }) }
}
