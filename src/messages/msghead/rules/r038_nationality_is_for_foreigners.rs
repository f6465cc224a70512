//! Nationality is given only when it is not Norwegian.

use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-038",
    name: "nationality_is_for_foreigners",
    holds: Text {
        en: "Nationality is left out when it is Norwegian",
        nb: "Nationality utelates når det er norsk",
        nn: "Nationality blir utelate når det er norsk",
    },
    hint: Text { en: "Leave the element out", nb: "Utelat elementet", nn: "Utelat elementet" },
    source: "HIS 80601",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at every person of the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let norwegian = |node: &&Node<'_>| node.name().local == "Nationality" && node.attribute("V") == Some("NO");
    head.survey.values.iter().filter(norwegian).take(MANY).map(|node| place::finding_at(&RULE, *node)).collect()
}
