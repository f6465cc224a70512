//! an Organisation element says which organisation it is.

use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-020",
    name: "organisation_has_content",
    holds: Text {
        en: "An Organisation element has a name and an identifier; the schema lets an empty one pass",
        nb: "Et Organisation-element har navn og identifikator; skjemaet slipper gjennom et tomt",
        nn: "Eit Organisation-element har namn og identifikator; skjemaet slepp gjennom eit tomt",
    },
    hint: Text {
        en: "Leave the element out, or fill in OrganisationName and Ident",
        nb: "Utelat elementet, eller fyll ut OrganisationName og Ident",
        nn: "Utelat elementet, eller fyll ut OrganisationName og Ident",
    },
    source: "HIS 80601",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Reported here and not by R-019. What an empty receiver leads to is for the rules on addresses.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let empty = head.survey.empty.iter().filter(|node| node.is(NAMESPACE, "Organisation"));
    empty.take(MANY).map(|node| place::finding_at(&RULE, *node)).collect()
}
