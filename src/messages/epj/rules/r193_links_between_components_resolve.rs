//! a link between components leads somewhere.

use crate::domain::MsgId;
use crate::domain::Text;
use crate::messages::epj::component::id;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-193",
    name: "links_between_components_resolve",
    holds: Text {
        en: "tilhorerKomponent, linkTilKomponent and referanseViktigTilleggsinfo name components by their UUID, in this message or an earlier one",
        nb: "tilhorerKomponent, linkTilKomponent og referanseViktigTilleggsinfo viser til komponenter med UUID, i denne meldingen eller en tidligere",
        nn: "tilhorerKomponent, linkTilKomponent og referanseViktigTilleggsinfo viser til komponentar med UUID, i denne meldinga eller ei tidlegare",
    },
    hint: Text {
        en: "Copy the komponentID of the component that is meant",
        nb: "Kopier komponentID for komponenten det gjelder",
        nn: "Kopier komponentID for komponenten det gjeld",
    },
    source: "acceptance tests 17a to 17c for transfer of medication",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

const LINKS: [&str; 3] = ["tilhorerKomponent", "linkTilKomponent", "linkFraKomponent"];
const MORE: &str = "http://www.kith.no/xmlstds/epj/EPJTilleggsinfo/2008-02-20";

/// A component that is not in this message is only noted: it may be in an earlier one.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let components = &head.survey.components;
    let known: HashSet<String> = components.iter().map(|component| MsgId::new(id(*component)).key()).collect();
    let find = |node: Node<'_>, named: &str| {
        let id = MsgId::new(named);
        let finding = || place::finding_at(&RULE, node).found(Detail::msg_id(&id));
        match (id.is_uuid(), known.contains(&id.key())) {
            (_, true) => None,
            (true, false) => Some(finding().with(Consequence::Note)),
            (false, false) => Some(finding()),
        }
    };
    let mut findings = Vec::new();
    for component in components {
        findings.extend(component.attribute("referanseViktigTilleggsinfo").and_then(|named| find(*component, named)));
        if component.name().namespace == MORE {
            let links = component.descendants().filter(|node| LINKS.contains(&node.name().local));
            findings.extend(links.filter_map(|link| find(link, link.text().trim())));
        }
    }
    findings
}
