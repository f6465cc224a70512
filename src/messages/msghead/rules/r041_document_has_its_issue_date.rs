//! a document says when it was issued.

use crate::domain::Text;
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-041",
    name: "document_has_its_issue_date",
    holds: Text {
        en: "RefDoc/IssueDate is given, and is the same as in the document inside",
        nb: "RefDoc/IssueDate er oppgitt, og er den samme som i dokumentet inni",
        nn: "RefDoc/IssueDate er oppgitt, og er den same som i dokumentet inni",
    },
    hint: Text {
        en: "Write the time when the document was issued",
        nb: "Skriv tidspunktet da dokumentet ble utstedt",
        nn: "Skriv tidspunktet då dokumentet vart utferda",
    },
    source: "HIS 80601; HIS 1036",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Attachments are for R-183. Where the document inside has an `IssueDate` of its own, the two are compared as they are written.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let references = head.documents().filter_map(|document| document.child(NAMESPACE, "RefDoc"));
    references.filter_map(finding).take(MANY).collect()
}

fn finding(reference: Node<'_>) -> Option<Finding> {
    let is_document = reference.child(NAMESPACE, "MsgType").is_some_and(|kind| kind.attribute("V") == Some("XML"));
    let value = |node: Node<'_>| node.attribute("V").map(|value| value.trim().to_string());
    match reference.child(NAMESPACE, "IssueDate") {
        _ if !is_document => None,
        None => Some(place::finding_at(&RULE, reference).found(Detail::words("no IssueDate", "IssueDate mangler"))),
        Some(date) => {
            let inside = reference.child(NAMESPACE, "Content")?.children().next()?;
            let own = inside.children().find(|child| child.name().local == "IssueDate").and_then(value)?;
            let found = Detail::words("another date than in the document", "en annen dato enn i dokumentet");
            (value(date)? != own).then(|| place::finding_at(&RULE, date).found(found))
        }
    }
}
