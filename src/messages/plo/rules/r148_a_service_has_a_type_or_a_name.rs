//! a service says which it is.

use crate::domain::Text;
use crate::messages::content::{each, has};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, coded_in};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-148",
    name: "a_service_has_a_type_or_a_name",
    holds: Text {
        en: "EksisterendeTjeneste and TjenesteBehov have IPLOStjenestetype or BetegnelseTjeneste",
        nb: "EksisterendeTjeneste og TjenesteBehov har IPLOStjenestetype eller BetegnelseTjeneste",
        nn: "EksisterendeTjeneste og TjenesteBehov har IPLOStjenestetype eller BetegnelseTjeneste",
    },
    hint: Text {
        en: "Give the code of list 9151 with its text, or the name of the service",
        nb: "Oppgi koden fra liste 9151 med tekst, eller navnet på tjenesten",
        nn: "Oppgi koden frå liste 9151 med tekst, eller namnet på tenesta",
    },
    source: "HIS 80704; acceptance tests 24 and 25",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every service. In 2.0 the schema demands the name.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head).filter(|content| !content.is_2_0()) else { return Vec::new() };
    let services = each(content.root, "EksisterendeTjeneste").chain(each(content.root, "TjenesteBehov"));
    let nameless = |service: &Node<'_>| {
        let code = coded_in(*service, "IPLOStjenestetype");
        code.v.trim().is_empty() && code.ot.trim().is_empty() && !has(*service, "BetegnelseTjeneste")
    };
    services.filter(nameless).map(|service| place::finding_at(&RULE, service)).collect()
}
