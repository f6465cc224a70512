//! no attribute ends with a blank.

use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
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
    let ends_blank = |(_, value): &(Name<'_>, &str)| value.trim_end().len() < value.len();
    let mut found = None;
    for (name, _) in node.attributes().filter(ends_blank) {
        found = found.or(Some(match name.local {
            "V" => Detail::words("in V", "i V"),
            "S" => Detail::words("in S", "i S"),
            "DN" => Detail::words("in DN", "i DN"),
            "OT" => Detail::words("in OT", "i OT"),
            _ => Detail::words("in an attribute", "i et attributt"),
        }));
    }
    match found {
        Some(found) => place::finding_at(&RULE, node).found(found),
        None => place::finding_at(&RULE, node),
    }
}
