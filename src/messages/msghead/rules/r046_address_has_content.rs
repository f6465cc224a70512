//! an Address says something.

use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-046",
    name: "address_has_content",
    holds: Text {
        en: "An Address has at least one of its parts",
        nb: "En Address har minst én av delene sine",
        nn: "Ein Address har minst éin av delane sine",
    },
    hint: Text {
        en: "Leave the element out when there is no address",
        nb: "Utelat elementet når det ikke finnes noen adresse",
        nn: "Utelat elementet når det ikkje finst noka adresse",
    },
    source: "HIS 80601",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Reported here and not by R-019.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let empty = head.survey.empty.iter().filter(|node| node.name().local == "Address");
    empty.take(MANY).map(|node| place::finding_at(&RULE, *node)).collect()
}
