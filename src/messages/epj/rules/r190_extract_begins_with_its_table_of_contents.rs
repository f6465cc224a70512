//! an extract of a record begins with its table of contents.

use crate::domain::MsgId;
use crate::domain::Text;
use crate::messages::epj::component::{EXTRACT, id, is_pointer};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-190",
    name: "extract_begins_with_its_table_of_contents",
    holds: Text {
        en: "The first document of EPJ-EKSTRAKT is a tree of Node, and each of them names a component in the documents that follow",
        nb: "Det første dokumentet i EPJ-EKSTRAKT er et tre av Node, og hver av dem viser til en komponent i dokumentene som følger",
        nn: "Det første dokumentet i EPJ-EKSTRAKT er eit tre av Node, og kvar av dei viser til ein komponent i dokumenta som følgjer",
    },
    hint: Text {
        en: "Let every Node have the komponentID of a component in the message, and leave the others out",
        nb: "La hver Node ha komponentID til en komponent i meldingen, og utelat de andre",
        nn: "La kvar Node ha komponentID til ein komponent i meldinga, og utelat dei andre",
    },
    source: "HIS 1150",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The outermost node is the extract itself and points at nothing.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    if head.type_code() != "EPJ-EKSTRAKT" {
        return Vec::new();
    }
    let Some(first) = head.content() else { return Vec::new() };
    if !first.is(EXTRACT, "Node") {
        return vec![
            place::finding_at(&RULE, first).found(Detail::words("another first document", "et annet første dokument")),
        ];
    }
    let key = |node: Node<'_>| MsgId::new(id(node)).key();
    let components = head.survey.components.iter().filter(|component| !is_pointer(**component));
    let known: HashSet<String> = components.map(|component| key(*component)).collect();
    if known.is_empty() {
        return vec![place::finding_at(&RULE, first).found(Detail::words("no component", "ingen komponent"))];
    }
    let nodes = first.descendants().skip(1).filter(|node| is_pointer(*node));
    let lost = nodes.filter(|node| !known.contains(&key(*node)));
    let words = || Detail::words("a component that is not there", "en komponent som ikke finnes");
    lost.map(|node| place::finding_at(&RULE, node).found(words())).collect()
}
