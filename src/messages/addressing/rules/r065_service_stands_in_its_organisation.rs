//! the outer organisation is the legal entity, the inner one its service.

use super::super::parties::parties;
use crate::domain::{Ident, Text};
use crate::messages::msghead::model::{NAMESPACE, Organisation};
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-065",
    name: "service_stands_in_its_organisation",
    holds: Text {
        en: "The outer Organisation is the legal entity and the one inside it its service; there are no further levels",
        nb: "Det ytre Organisation er virksomheten og det inni er tjenesten; det finnes ikke flere nivåer",
        nn: "Det ytre Organisation er verksemda og det inni er tenesta; det finst ikkje fleire nivå",
    },
    hint: Text {
        en: "Name the organisation (level 1) outside and the service (level 2) inside, each with its own HER-id",
        nb: "Oppgi virksomheten (nivå 1) ytterst og tjenesten (nivå 2) inni, hver med sin egen HER-id",
        nn: "Oppgi verksemda (nivå 1) ytst og tenesta (nivå 2) inni, kvar med sin eigen HER-id",
    },
    source: "HIS 80601; HIS 1153-1, AD2.2",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Which HER-id is which only Adresseregisteret knows; here it is seen when both levels have the same, or when there are three.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    parties(head).filter_map(|(node, outer)| finding(node, outer)).take(MANY).collect()
}

fn finding(node: Node<'_>, outer: &Organisation) -> Option<Finding> {
    let inner = outer.organisation.as_deref()?;
    let her_id = |unit: &Organisation| unit.idents.iter().find_map(Ident::her_id);
    let level_2 = node.child(NAMESPACE, "Organisation")?;
    // One without any content is for R-020.
    let level_3 = level_2.child(NAMESPACE, "Organisation").filter(|third| third.children().next().is_some());
    if let Some(level_3) = level_3 {
        let found = Detail::words("a third level", "et tredje nivå");
        return Some(place::finding_at(&RULE, level_3).found(found));
    }
    let same = her_id(outer).filter(|id| her_id(inner) == Some(*id))?;
    Some(place::finding_at(&RULE, level_2).found(Detail::her_id(same)))
}
