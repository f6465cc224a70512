//! a file that the message refers to is there.

use crate::domain::{Reason, Text};
use crate::messages::msghead::model::NAMESPACE;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-044",
    name: "referenced_file_travels_along",
    holds: Text {
        en: "A file that RefDoc refers to by cid: travels with the message",
        nb: "En fil som RefDoc viser til med cid:, følger med meldingen",
        nn: "Ei fil som RefDoc viser til med cid:, følgjer med meldinga",
    },
    hint: Text {
        en: "Put the file into the message: Content with Base64Container",
        nb: "Legg filen inn i meldingen: Content med Base64Container",
        nn: "Legg fila inn i meldinga: Content med Base64Container",
    },
    source: "HIS 80601; HIS 1036",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// No transport that the gateway speaks carries files beside a message, so a `cid:` has nothing to point at, and whoever gets
/// the message would look for its attachment in vain. That `FileReference` and `Content` exclude each other the schema says.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let files =
        head.documents().filter_map(|document| document.child(NAMESPACE, "RefDoc")?.child(NAMESPACE, "FileReference"));
    let beside = |file: &Node<'_>| file.text().trim().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:"));
    files.filter(beside).take(MANY).map(|file| place::finding_at(&RULE, file)).collect()
}
