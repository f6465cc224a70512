//! RefDoc/Id is the id of the document inside.

use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;
use std::borrow::Cow;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-042",
    name: "reference_names_the_document_inside",
    holds: Text {
        en: "RefDoc/Id, where it is given, is the id that the document inside has",
        nb: "RefDoc/Id, der den er oppgitt, er den id-en som dokumentet inni har",
        nn: "RefDoc/Id, der han er oppgitt, er den id-en som dokumentet inni har",
    },
    hint: Text {
        en: "Write the same id in both places",
        nb: "Skriv den samme id-en begge steder",
        nn: "Skriv den same id-en begge stader",
    },
    source: "HIS 80601",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The id of an EPJ component is its `komponentID`; other documents have an `Id` or a `MsgId` first in their root, or none.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let references = head.documents().filter_map(|document| document.child(NAMESPACE, "RefDoc"));
    references.filter_map(finding).take(MANY).collect()
}

fn finding(reference: Node<'_>) -> Option<Finding> {
    let outer = reference.child(NAMESPACE, "Id").filter(|id| id.has_text())?;
    let inside = reference.child(NAMESPACE, "Content")?.children().next()?;
    let inner = id_of(inside).filter(|id| !id.trim().is_empty())?;
    // Some ids are UUIDs, whose letters may be capital or small.
    (!outer.text().trim().eq_ignore_ascii_case(inner.trim())).then(|| place::finding_at(&RULE, outer))
}

fn id_of(document: Node<'_>) -> Option<Cow<'_, str>> {
    let child = || document.children().find(|child| matches!(child.name().local, "Id" | "MsgId")).map(Node::text);
    document.attribute("komponentID").map(Cow::Borrowed).or_else(child)
}
