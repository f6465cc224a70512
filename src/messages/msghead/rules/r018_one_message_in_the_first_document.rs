//! the content of the first document has exactly one root element.

use crate::domain::{Reason, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-018",
    name: "one_message_in_the_first_document",
    holds: Text {
        en: "The Content of the first document holds exactly one message",
        nb: "Content i det første dokumentet har nøyaktig én melding",
        nn: "Content i det første dokumentet har nøyaktig éi melding",
    },
    hint: Text {
        en: "Send each message by itself, or in a document of its own",
        nb: "Send hver melding for seg, eller i et eget dokument",
        nn: "Send kvar melding for seg, eller i eit eige dokument",
    },
    source: "HIS 80601",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that there are not several; that there is one is for R-039.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let roots = head.model.documents.first()?.reference.content_roots.len();
    let finding = || head.finding(&RULE, &["Document", "RefDoc", "Content"]);
    (roots > 1).then(|| finding().found(Detail::count(roots as u64, "root elements", "rotelementer")))
}
